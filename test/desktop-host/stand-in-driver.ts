import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { ControlCalls, ControlName, ControlReply, HostState } from './control.ts'
import type { Desktop, DesktopOptions } from './desktop.ts'

const hostEntry = join(import.meta.dirname, 'host', 'main.ts')
const register = pathToFileURL(join(import.meta.dirname, 'host', 'register.ts')).href
/** More than the half minute after which the station looks by itself. */
const DEFAULT_LIMIT_MS = 60_000
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
  const child = fork(hostEntry, [join(appFolder, mainBundle), ...args], {
    cwd: appFolder,
    env: { ...environment, RADPOST_STAND_IN_APP: appFolder, RADPOST_STAND_IN_HOME: homeFolder },
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', register],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
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
      asked.reject(new Error(`The app has ended (${child.exitCode}). ${said}`))
    waiting.clear()
    for (const watcher of watchers) watcher()
  })

  async function ask<Name extends ControlName>(
    name: Name,
    ...given: ControlCalls[Name]['args']
  ): Promise<ControlCalls[Name]['result']> {
    if (!child.connected) throw new Error(`The app has ended (${child.exitCode}). ${said}`)
    lastId += 1
    const id = lastId
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.set(id, { resolve, reject })
    child.send({ id, name, args: given }, (error) => {
      if (error !== null) reject(error)
    })
    return (await promise) as ControlCalls[Name]['result']
  }

  async function until(
    what: string,
    fits: (state: HostState) => boolean,
    timeLimitMs = DEFAULT_LIMIT_MS,
  ): Promise<HostState> {
    const expires = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => expires.reject(new Error(`This did not come about in ${timeLimitMs} ms: ${what}. ${said}`)),
      timeLimitMs,
    )
    try {
      for (;;) {
        const next = Promise.withResolvers<void>()
        watchers.add(next.resolve)
        try {
          const state = await Promise.race([ask('state'), expires.promise])
          if (fits(state)) return state
          await Promise.race([next.promise, expires.promise])
        } finally {
          watchers.delete(next.resolve)
        }
      }
    } finally {
      clearTimeout(timer)
    }
  }

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
    output: () => said,
    async close() {
      await connected?.then((browser) => browser.close()).catch(() => undefined)
      if (child.exitCode === null && child.signalCode === null) {
        if (child.connected) child.disconnect()
        const hard = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT_MS)
        await exited
        clearTimeout(hard)
      }
    },
  }
}
