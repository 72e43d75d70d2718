import { powerMonitor } from 'electron'

/** When nobody sits at the computer, as the system tells. */

/**
 * Milliseconds since the last key or pointer anywhere on this computer; null where the system does not tell: Wayland
 * keeps one program's input from the others.
 */
export function systemIdleMs(environment: NodeJS.ProcessEnv): number | null {
  if (environment['XDG_SESSION_TYPE'] === 'wayland') return null
  return powerMonitor.getSystemIdleTime() * 1_000
}

/** Windows and macOS tell of it; see os-unlock-linux.ts for Linux. */
export function followSession(session: { readonly locked: () => void; readonly unlocked: () => void }): void {
  powerMonitor.on('lock-screen', session.locked)
  powerMonitor.on('unlock-screen', session.unlocked)
}

/** How often Linux is asked; each time runs a small command of the system. */
const STEP_MS = 15_000

/** Linux tells nobody, so it is asked, and only while the answer matters. */
export function followLinuxSession(session: {
  readonly isLocked: () => Promise<boolean | null>
  readonly matters: () => boolean
  readonly locked: () => void
  readonly unlocked: () => void
}): void {
  let was: boolean | null = null
  const look = async (): Promise<void> => {
    const is = session.matters() ? await session.isLocked() : null
    if (is === true && was !== true) session.locked()
    if (is === false && was === true) session.unlocked()
    was = is
  }
  setInterval(() => void look(), STEP_MS).unref()
}
