import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Desktop, DesktopOptions } from './desktop.ts'
import { startOnElectron } from './electron-driver.ts'
import { findChromium } from './host/chromium.ts'
import { startOnStandIn } from './stand-in-driver.ts'

/** What the app can be run on here. */
export type DesktopHost =
  | { readonly kind: 'electron'; readonly binary: string }
  | { readonly kind: 'stand-in'; readonly chromium: string }
  | { readonly kind: 'none'; readonly reason: string }

/**
 * Real Electron where its binary is installed, else the stand-in. `RADPOST_DESKTOP_HOST=stand-in` asks for the stand-in
 * although there is a binary.
 */
export function desktopHost(appFolder: string, environment: NodeJS.ProcessEnv = process.env): DesktopHost {
  const binary = environment['RADPOST_DESKTOP_HOST'] === 'stand-in' ? null : electronBinary(appFolder)
  if (binary !== null) return { kind: 'electron', binary }
  const chromium = findChromium(environment)
  if (chromium !== null) return { kind: 'stand-in', chromium }
  return { kind: 'none', reason: 'neither the binary of Electron nor a Chromium' }
}

/** One sentence about {@link desktopHost}, for the head of a run. */
export function describeHost(host: DesktopHost): string {
  switch (host.kind) {
    case 'electron':
      return 'The desktop specs run on real Electron.'
    case 'stand-in':
      return `The desktop specs run on the stand-in with ${host.chromium}, because the binary of Electron is not here.`
    case 'none':
      return `The desktop specs are skipped: this machine has ${host.reason}.`
  }
}

/** Electron's package names its own binary in a file, once it has been downloaded. */
function electronBinary(appFolder: string): string | null {
  const folder = join(appFolder, 'node_modules', 'electron')
  if (!existsSync(join(folder, 'path.txt'))) return null
  const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  return existsSync(binary) ? binary : null
}

/** @throws Error when there is nothing to run it on */
export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const host = desktopHost(options.appFolder, options.environment)
  switch (host.kind) {
    case 'electron':
      return startOnElectron(options, host.binary)
    case 'stand-in':
      return startOnStandIn(options)
    case 'none':
      throw new Error(`The app cannot be started: this machine has ${host.reason}.`)
  }
}
