import type { EventName, EventPayload } from '../../../shared/ipc.ts'
import { CallFailed } from './call-failed.ts'
import type { DesktopSettingsStore } from './desktop-settings.ts'
import type { Handlers } from './handlers.ts'
import { nextLockState, unlocked, type LockEvent, type LockState, type Proof } from './idle-lock.ts'

/** The user of the operating system, who alone lifts the cover. */
export type OsUser = {
  /** How they would prove themselves here; `none`: this system has no way that Radpost could ask. */
  how(): Promise<'touch-id' | 'lock-screen' | 'none'>
  /** Asks the system. Behind a lock screen it lasts as long as the person stays away. */
  prove(): Promise<Proof>
}

export type IdleLock = {
  isLocked(): boolean
  /** Looks at the idle time; call it every few seconds. */
  look(): void
  readonly sessionLocked: () => void
  readonly sessionUnlocked: () => void
  readonly handlers: Pick<Handlers, 'lock.get' | 'lock.set' | 'lock.now' | 'lock.unlock' | 'lock.touch'>
}

export type IdleLockParts = {
  readonly desktop: DesktopSettingsStore
  readonly osUser: OsUser
  /** Milliseconds since anybody touched this computer; null where the system does not say. */
  readonly systemIdleMs: () => number | null
  readonly now: () => number
  readonly push: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void
  /** The cover has come. */
  readonly onLocked: () => void
}

const MINUTE_MS = 60_000

/** Keeps the state of the cover, and answers the window's calls about it. */
export function createIdleLock(parts: IdleLockParts): IdleLock {
  const { desktop, osUser, now } = parts
  let present: LockState = unlocked
  let touchedAtMs = now()
  let proving: Promise<Proof> | null = null

  const minutes = (): number | null => desktop.get().idleLockMinutes
  const limitMs = (): number | null => {
    const limit = minutes()
    return limit === null ? null : limit * MINUTE_MS
  }

  function happen(event: LockEvent): void {
    const former = present
    present = nextLockState(former, event, limitMs())
    if (former.state === present.state) return
    // Where the window's own input counts, whoever proved themselves has just been here.
    if (present.state === 'open') touchedAtMs = now()
    else parts.onLocked()
    parts.push('lock.changed', { isLocked: present.state === 'covered' })
  }

  async function prove(): Promise<Proof> {
    happen({ kind: 'proof-asked' })
    const proof = await osUser.prove().catch((): Proof => 'impossible')
    happen({ kind: 'proof-answered', proof })
    return proof
  }

  async function view() {
    const how = await osUser.how()
    return { isLocked: present.state === 'covered', minutes: minutes(), how }
  }

  return {
    isLocked: () => present.state === 'covered',
    look: () => happen({ kind: 'idle', idleMs: parts.systemIdleMs() ?? now() - touchedAtMs }),
    sessionLocked: () => happen({ kind: 'session-locked' }),
    sessionUnlocked: () => happen({ kind: 'session-unlocked' }),
    handlers: {
      'lock.get': view,
      'lock.set': async ({ minutes: wanted }) => {
        if (wanted !== null && (await osUser.how()) === 'none') {
          throw new CallFailed(
            'refused',
            'This computer gives Radpost no way to ask who sits at it, so the window cannot be locked. Lock the computer itself when you leave.',
          )
        }
        touchedAtMs = now()
        desktop.change({ idleLockMinutes: wanted })
        return view()
      },
      'lock.now': () => {
        happen({ kind: 'lock-now' })
        return { isLocked: present.state === 'covered' }
      },
      'lock.unlock': async () => {
        if (present.state === 'open') return { proof: 'proved' }
        // One question at a time, however often the button is pressed.
        proving ??= prove().finally(() => {
          proving = null
        })
        return { proof: await proving }
      },
      'lock.touch': () => {
        if (present.state === 'open') touchedAtMs = now()
        return {}
      },
    },
  }
}
