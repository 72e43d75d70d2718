import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { ControlCalls, ControlName, ControlReply } from './control.ts'
import type { Desktop, DesktopOptions } from './desktop.ts'
import { createUntil, gatherOutput } from './driver-parts.ts'

const hostEntry = join(import.meta.dirname, 'host', 'main.ts')
const register = pathToFileURL(join(import.meta.dirname, 'host', 'register.ts')).href
const CLOSE_LIMIT_MS = 15_000

/** Starts the app's built bundle on the stand-in. Resolves when the app has been told `ready`, or has ended. */
export async function startOnStandIn(options: DesktopOptions): Promise<Desktop> {
  const {
    appFolder,
    homeFolder,
    environment = process.env,
    args = [],
    mainBundle = 'out/main/main.js',
  } = options
  // Made here and not by the host, which leaves it behind when it is killed.
  const browserFolder = await mkdtemp(join(tmpdir(), 'radpost-chromium-'))
  const child = fork(hostEntry, [join(appFolder, mainBundle), ...args], {
    cwd: appFolder,
    env: {
      ...environment,
      RADPOST_STAND_IN_APP: appFolder,
      RADPOST_STAND_IN_HOME: homeFolder,
      RADPOST_STAND_IN_BROWSER: browserFolder,
    },
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', register],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = gatherOutput(child)
  const exited = once(child, 'exit').then(() => child.exitCode)

  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  const watchers = new Set<() => void>()
  const ready = Promise.withResolvers<void>()
  let lastId = 0
  let connected: Promise<Browser> | null = null
  let shown: Page | null = null

  child.on('message', (message) => {
    const reply = message as ControlReply
    switch (reply.kind) {
      case 'ready':
        ready.resolve()
        break
      case 'changed':
        for (const watcher of watchers) watcher()
        break
      case 'reply':
        waiting.get(reply.id)?.resolve(reply.result)
        waiting.delete(reply.id)
        break
      case 'error':
        waiting.get(reply.id)?.reject(new Error(reply.message))
        waiting.delete(reply.id)
        break
    }
  })
  void exited.finally(() => {
    for (const asked of waiting.values())
      asked.reject(new Error(`The app has ended (${child.exitCode}). ${output()}`))
    waiting.clear()
    for (const watcher of watchers) watcher()
  })

  async function ask<Name extends ControlName>(
    name: Name,
    ...given: ControlCalls[Name]['args']
  ): Promise<ControlCalls[Name]['result']> {
    if (!child.connected) throw new Error(`The app has ended (${child.exitCode}). ${output()}`)
    lastId += 1
    const id = lastId
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.set(id, { resolve, reject })
    child.send({ id, name, args: given }, (error) => {
      if (error !== null) reject(error)
    })
    return (await promise) as ControlCalls[Name]['result']
  }

  const until = createUntil({
    state: () => ask('state'),
    watch() {
      const { promise, resolve } = Promise.withResolvers<void>()
      watchers.add(resolve)
      return { changed: promise, end: () => void watchers.delete(resolve) }
    },
    output,
  })

  async function page(): Promise<Page> {
    if (shown !== null && !shown.isClosed()) return shown
    await until('a window with a page', ({ windows }) => windows.some((window) => window.url !== ''))
    connected ??= chromium.connectOverCDP(await ask('chromium'), {
      // Colours and sizes are the app's, not Playwright's.
      noDefaults: true,
    })
    const browser = await connected
    for (;;) {
      const found = browser
        .contexts()
        .flatMap((context) => context.pages())
        .find((each) => each.url().includes('.stand-in.invalid'))
      if (found !== undefined) {
        await found.waitForLoadState()
        shown = found
        return found
      }
      await browser.contexts()[0]?.waitForEvent('page')
    }
  }

  await Promise.race([ready.promise, exited])

  return {
    host: 'stand-in',
    processId: child.pid ?? 0,
    page,
    state: () => ask('state'),
    until,
    traffic: () => ask('traffic'),
    clickTray: async () => void (await ask('clickTray')),
    chooseTrayItem: async (...labels) => void (await ask('chooseTrayItem', labels)),
    clickNotification: async (index) => void (await ask('clickNotification', index)),
    chooseFolder: async (path) => void (await ask('answerOpenDialog', path === null ? null : [path])),
    chooseSavePath: async (path) => void (await ask('answerSaveDialog', path)),
    closeWindow: async () => void (await ask('closeWindow')),
    power: async (event) => void (await ask('power', event)),
    callAs: (sender, channel, given) => ask('callAs', { ...sender }, channel, given),
    async quit() {
      await ask('quit')
      return exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    exited,
    output,
    async close() {
      await connected?.then((browser) => browser.close()).catch(() => undefined)
      if (child.exitCode === null && child.signalCode === null) {
        if (child.connected) child.disconnect()
        const hard = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT_MS)
        await exited
        clearTimeout(hard)
      }
      // The Chromium of a host that was killed ends by itself, a moment later.
      await rm(browserFolder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}
