import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { connectByPipe, type CdpConnection } from './cdp.ts'

/** One Chromium for one host process, in a profile folder of its own. */
export type Chromium = {
  readonly connection: CdpConnection
  /** Where a second client (the test's Playwright) may connect: `ws://127.0.0.1:…`. */
  readonly webSocketUrl: string
  close(): Promise<void>
}

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Path of a Chromium of this machine (`RADPOST_CHROMIUM` names another), or null. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  const named = environment['RADPOST_CHROMIUM']
  const places = named === undefined || named === '' ? usualPlaces : [named]
  return places.find((path) => existsSync(path)) ?? null
}

export type ChromiumOptions = {
  /** False: a real window on the display that the environment names. */
  readonly headless: boolean
  /** Where it keeps its files; null: in a folder that is removed with it. */
  readonly browserFolder: string | null
}

/**
 * @throws Error when there is no Chromium or it does not start
 */
export async function launchChromium({ headless, browserFolder }: ChromiumOptions): Promise<Chromium> {
  const program = findChromium()
  if (program === null)
    throw new Error('No Chromium on this machine: install it, or name it in RADPOST_CHROMIUM.')
  const profile = browserFolder ?? mkdtempSync(join(tmpdir(), 'radpost-chromium-'))
  const removeProfile = (): void => {
    if (browserFolder === null) rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  // The browser has no business with the keychain of the account.
  const { DBUS_SESSION_BUS_ADDRESS: _, ...environment } = process.env
  const child = spawn(program, browserArguments(profile, headless), {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  try {
    const [, , said, toBrowser, fromBrowser] = child.stdio as unknown as [
      null,
      null,
      Readable,
      Writable,
      Readable,
    ]
    const connection = connectByPipe(toBrowser, fromBrowser)
    const webSocketUrl = await Promise.race([
      listeningAt(said),
      exited.then(() => Promise.reject(new Error('Chromium ended while starting.'))),
    ])
    return {
      connection,
      webSocketUrl,
      async close() {
        const closing = connection.browser.send('Browser.close').catch(() => undefined)
        const hard = setTimeout(() => child.kill('SIGKILL'), 3_000)
        await Promise.all([closing, exited])
        clearTimeout(hard)
        removeProfile()
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    removeProfile()
    throw error
  }
}

function browserArguments(profile: string, headless: boolean): string[] {
  return [
    ...(headless ? ['--headless=new'] : []),
    // Chromium's own sandbox cannot start as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--remote-debugging-pipe',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--password-store=basic',
    '--use-mock-keychain',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-startup-window',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-search-engine-choice-screen',
    // Local network checks are Chrome's, not Electron's: they would hide that a guard of the app is missing.
    '--disable-features=Translate,MediaRouter,OptimizationHints,LocalNetworkAccessChecks',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-dev-shm-usage',
    '--hide-scrollbars',
    '--lang=en-AU',
  ]
}

/** Chromium names its address on standard error. The stream is read on, so that Chromium is never held up by it. */
async function listeningAt(said: Readable): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  createInterface({ input: said }).on('line', (line) => {
    const url = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1]
    if (url !== undefined) resolve(url)
  })
  return promise
}
