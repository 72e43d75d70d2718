import type { CallName } from '../../../shared/ipc.ts'

/**
 * The cover over a window that nobody sits at (docs/adr/0020). Pure: what happens comes in as events. It is lifted by
 * the user of the operating system and by nobody else; Radpost has no password of its own to ask for.
 */
export type LockState =
  | { readonly state: 'open' }
  /** `asked`: the operating system has been asked to prove its user. */
  | { readonly state: 'covered'; readonly proof: 'none' | 'asked' }

export type LockEvent =
  /** A look at how long nobody has touched the computer. */
  | { readonly kind: 'idle'; readonly idleMs: number }
  | { readonly kind: 'lock-now' }
  /** The session of the operating system was locked, or unlocked by its user. */
  | { readonly kind: 'session-locked' }
  | { readonly kind: 'session-unlocked' }
  | { readonly kind: 'proof-asked' }
  | { readonly kind: 'proof-answered'; readonly proof: Proof }

export type Proof = 'proved' | 'refused' | 'impossible'

export const unlocked: LockState = { state: 'open' }
const covered: LockState = { state: 'covered', proof: 'none' }

/** @param limitMs idle time after which it covers; null: the lock is off, and nothing ever covers */
export function nextLockState(present: LockState, event: LockEvent, limitMs: number | null): LockState {
  switch (event.kind) {
    case 'idle':
      return present.state === 'open' && limitMs !== null && event.idleMs >= limitMs ? covered : present
    case 'lock-now':
    case 'session-locked':
      return present.state === 'open' && limitMs !== null ? covered : present
    case 'session-unlocked':
      return unlocked
    case 'proof-asked':
      return present.state === 'covered' ? { state: 'covered', proof: 'asked' } : present
    case 'proof-answered':
      // An answer that nobody waits for any more proves nothing about whoever sits there now.
      if (present.state === 'open' || present.proof === 'none') return present
      return event.proof === 'proved' ? unlocked : covered
  }
}

/**
 * What main still answers while the window is covered: nothing that gives data of a patient. `compose.save` only takes,
 * so that what was being written when the cover came is kept.
 */
export const answeredWhileLocked: ReadonlySet<CallName> = new Set<CallName>([
  'app.info',
  'station.status',
  'settings.get',
  'preferences.get',
  'preferences.save',
  'compose.save',
  'lock.get',
  'lock.unlock',
  'lock.now',
  'lock.touch',
])
