import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { _electron, type Page } from 'playwright-core'
import type { HostState, TrafficItem } from './control.ts'
import type { Desktop, DesktopOptions } from './desktop.ts'
import { createUntil, gatherOutput } from './driver-parts.ts'

const recorder = join(import.meta.dirname, 'electron-recorder.cjs')
const START_LIMIT_MS = 60_000
const CLOSE_LIMIT_MS = 15_000
const LOOK_EVERY_MS = 100

/** What electron-recorder.cjs puts into the main process. */
type Desk = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/**
 * Starts the app's built bundle on real Electron, with a recorder loaded before it.
 * @param binary path of Electron
 */
export async function startOnElectron(options: DesktopOptions, binary: string): Promise<Desktop> {
  const { appFolder, environment = process.env, args = [] } = options
  // Else Electron would be a plain Node (Playwright's own launch arguments then fail).
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = environment
  const app = await _electron.launch({
    executablePath: binary,
    args: [
      // Chromium's own sandbox cannot start as root, which only a build machine is.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--require',
      recorder,
      appFolder,
      ...args,
    ],
    env: Object.fromEntries(
      Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    timeout: START_LIMIT_MS,
  })
  const child = app.process()
  const output = gatherOutput(child)
  const exited = once(child, 'exit').then(() => child.exitCode)

  async function ask(name: string, ...given: readonly unknown[]): Promise<unknown> {
    return app.evaluate(
      (_electronModule, [asked, values]) => {
        const { radpostDesk } = globalThis as unknown as { readonly radpostDesk: Desk }
        return radpostDesk[asked]?.(...values)
      },
      [name, given] as const,
    )
  }
  const state = async (): Promise<HostState> => (await ask('state')) as HostState

  async function page(): Promise<Page> {
    const window = app.windows()[0] ?? (await app.firstWindow({ timeout: START_LIMIT_MS }))
    await window.waitForLoadState()
    return window
  }

  return {
    host: 'electron',
    processId: child.pid ?? 0,
    page,
    state,
    until: createUntil({
      state,
      watch: () => ({ changed: wait(LOOK_EVERY_MS), end: () => undefined }),
      output,
    }),
    traffic: async () => JSON.parse((await ask('traffic')) as string) as TrafficItem[],
    clickTray: async () => void (await ask('clickTray')),
    chooseTrayItem: async (...labels) => void (await ask('chooseTrayItem', labels)),
    clickNotification: async (index) => void (await ask('clickNotification', index)),
    chooseFolder: async (path) => void (await ask('answerOpenDialog', path === null ? null : [path])),
    chooseSavePath: async (path) => void (await ask('answerSaveDialog', path)),
    closeWindow: async () => void (await ask('closeWindow')),
    power: async (event) => void (await ask('power', event)),
    callAs: async (sender, channel, given) =>
      (await ask('callAs', sender, channel, given)) as { readonly ok: boolean; readonly value: unknown },
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
      if (child.exitCode !== null || child.signalCode !== null) return
      const hard = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT_MS)
      await ask('quit').catch(() => child.kill())
      await exited
      clearTimeout(hard)
    },
  }
}
