import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { autostartEntry } from './autostart-entry.ts'

/** Tells the started app to stay in the tray; Electron's own word for it was removed with version 44. */
export const HIDDEN_ARGUMENT = '--hidden'

/** Starts Radpost with the session of this account, or no longer. */
export function setAutostart(enabled: boolean): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: enabled, args: [HIDDEN_ARGUMENT] })
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
    const command = [program, ...(app.isPackaged ? [] : [app.getAppPath()]), HIDDEN_ARGUMENT]
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, autostartEntry(command))
  } catch {
    // A home that refuses the file starts Radpost by hand; nothing else depends on it.
  }
}
