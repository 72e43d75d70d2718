import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { powerMonitor, systemPreferences } from 'electron'
import type { Proof } from './desk/idle-lock.ts'
import type { OsUser } from './desk/idle-lock-keeper.ts'
import { createLinuxSession } from './os-unlock-linux.ts'

/**
 * Asks the operating system to prove its user (docs/adr/0020): Touch ID or the account's password on macOS; elsewhere
 * the system's own lock screen, which nobody passes without the account.
 */
export function createOsUser(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): OsUser {
  if (platform === 'darwin') return touchId
  return platform === 'win32' ? windowsLockScreen(environment) : createLinuxSession(environment)
}

const touchId: OsUser = {
  how: async () => (systemPreferences.canPromptTouchID() ? 'touch-id' : 'none'),
  async prove() {
    if (!systemPreferences.canPromptTouchID()) return 'impossible'
    try {
      await systemPreferences.promptTouchID('unlock Radpost')
      return 'proved'
    } catch {
      return 'refused'
    }
  },
}

/** A system whose lock screen does not come within this time (a policy forbids it) will not show one. */
const LOCK_SCREEN_MS = 10_000

function windowsLockScreen(environment: NodeJS.ProcessEnv): OsUser {
  const rundll = join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32', 'rundll32.exe')
  return {
    how: async () => 'lock-screen',
    prove: () =>
      new Promise<Proof>((resolve) => {
        const end = (proof: Proof): void => {
          clearTimeout(limit)
          powerMonitor.off('lock-screen', locked)
          powerMonitor.off('unlock-screen', back)
          resolve(proof)
        }
        const locked = (): void => clearTimeout(limit)
        const back = (): void => end('proved')
        const limit = setTimeout(() => end('impossible'), LOCK_SCREEN_MS)
        powerMonitor.on('lock-screen', locked)
        powerMonitor.on('unlock-screen', back)
        execFile(rundll, ['user32.dll,LockWorkStation'], (error) => {
          if (error !== null) end('impossible')
        })
      }),
  }
}
