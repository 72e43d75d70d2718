import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { OsUser } from './desk/idle-lock-keeper.ts'

/**
 * The session of systemd-logind: Electron tells nothing of a locked screen on Linux. `LockedHint` is what the desktop's
 * lock screen (GNOME, KDE and others) says of itself; without a session, or without logind, nothing can be asked.
 */
export type LinuxSession = OsUser & {
  /** null: nobody says. */
  isLocked(): Promise<boolean | null>
}

export type LinuxSessionTimes = {
  /** How often the hint is read while somebody is to come back. */
  readonly stepMs: number
  /** A lock screen that has not said that it is there by then will not come. */
  readonly lockScreenMs: number
}

const usualTimes: LinuxSessionTimes = { stepMs: 500, lockScreenMs: 10_000 }
const COMMAND_MS = 5_000

const run = promisify(execFile)

export function createLinuxSession(
  environment: NodeJS.ProcessEnv,
  times: LinuxSessionTimes = usualTimes,
): LinuxSession {
  const session = environment['XDG_SESSION_ID']

  async function loginctl(...args: readonly string[]): Promise<string | null> {
    try {
      const { stdout } = await run('loginctl', args, { env: environment, timeout: COMMAND_MS })
      return stdout.trim()
    } catch {
      return null
    }
  }

  async function isLocked(): Promise<boolean | null> {
    if (session === undefined || session === '') return null
    const hint = await loginctl('show-session', session, '--property=LockedHint', '--value')
    return hint === 'yes' ? true : hint === 'no' ? false : null
  }

  /** Reads until it is as wanted; false where nobody says so in time. */
  async function becomes(wanted: boolean, limitMs: number): Promise<boolean> {
    for (let waitedMs = 0; waitedMs <= limitMs; waitedMs += times.stepMs) {
      const now = await isLocked()
      if (now === wanted) return true
      if (now === null) return false
      await pause(times.stepMs)
    }
    return false
  }

  return {
    isLocked,
    how: async () => ((await isLocked()) === null ? 'none' : 'lock-screen'),
    async prove() {
      if (session === undefined || (await loginctl('lock-session', session)) === null) return 'impossible'
      if (!(await becomes(true, times.lockScreenMs))) return 'impossible'
      return (await becomes(false, Number.POSITIVE_INFINITY)) ? 'proved' : 'impossible'
    },
  }
}
