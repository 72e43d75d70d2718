import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, Menu } from 'electron'
import type { Log } from '../station/log.ts'
import { registerAppScheme } from './content-protocol.ts'

/** What must have happened before Electron is ready; see main.ts for the order and its reasons. */

/** Must equal the installer's appId, or Windows shows no notification. */
const APP_USER_MODEL_ID = 'io.radpost.desktop'

/** Chromium's own files go into the profile: on Windows the usual place roams with the account. */
export function keepBrowserDataIn(profileFolder: string): void {
  const folder = join(profileFolder, 'window')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
  app.setPath('sessionData', folder)
}

/**
 * One app a profile: a second start shows the first one's window and ends.
 * @returns false where this is the second
 */
export function isOnlyInstance(onSecond: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', onSecond)
  return true
}

/** Electron checklist 4 (every renderer is sandboxed) and 18 (our own scheme). */
export function setSwitches(): void {
  app.enableSandbox()
  app.setAppUserModelId(APP_USER_MODEL_ID)
  registerAppScheme()
}

/** Electron would show a stack trace for what nobody caught; the log has it, the person gets a sentence. */
export function catchMistakes(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.error('uncaught', error)
    dialog.showErrorBox(
      'Radpost has to stop',
      'Radpost made a mistake of its own and has written it into its log. Nothing is lost: start it again, and it goes on where it was.',
    )
    app.exit(1)
  })
  process.on('unhandledRejection', (error) => log.error('unhandled', error))
}

/** Only macOS needs a menu bar, for copy and paste; elsewhere it would offer what the window does not have. */
export function setMenuBar(): void {
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
}

export function endAtOnce(): void {
  app.exit(0)
}

export function whenReady(): Promise<void> {
  return app.whenReady()
}
