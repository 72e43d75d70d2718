import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { autostartEntry, quotedForWindows } from './autostart-entry.ts'

/** Tells the started app to stay in the tray; Electron's own word for it was removed with version 44. */
export const HIDDEN_ARGUMENT = '--hidden'

/**
 * Gives the switch that starts Radpost with the session of this account, or no longer. Switched off, it removes only
 * what it made while it was on: an entry that an administrator made for an account with the setting off stays.
 * @param profile the folder that this start was given by `--profile`, null where it uses the usual one; macOS takes no
 *   arguments for what it starts
 */
export function createAutostart(profile: string | null): (enabled: boolean) => void {
  const given = [...(profile === null ? [] : ['--profile', profile]), HIDDEN_ARGUMENT]
  let wasEnabled = false
  return (enabled) => {
    if (enabled || wasEnabled) set(enabled, given)
    wasEnabled = enabled
  }
}

function set(enabled: boolean, given: readonly string[]): void {
  if (process.platform !== 'linux') {
    const args = process.platform === 'win32' ? given.map(quotedForWindows) : [...given]
    app.setLoginItemSettings({ openAtLogin: enabled, args })
    return
  }
  const path = join(app.getPath('appData'), 'autostart', 'radpost.desktop')
  try {
    if (!enabled) {
      rmSync(path, { force: true })
      return
    }
    // An AppImage runs from a folder that is gone at the next login; its own file is named by the environment.
    const program = process.env['APPIMAGE'] ?? process.execPath
    const command = [program, ...(app.isPackaged ? [] : [app.getAppPath()]), ...given]
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, autostartEntry(command))
  } catch {
    // A home that refuses the file starts Radpost by hand; nothing else depends on it.
  }
}
