import type { CallResult } from '../../shared/ipc.ts'

/** How often Solo is asked, in milliseconds. */
const LIVE_MS = 10_000
const SELDOM_MS = 60_000

/** How a look ended. */
export type Looked = {
  readonly visit: CallResult<'solo.visit'> | undefined
  /** `refused`: the key is wrong, and asking again and again would only lock the account. */
  readonly failure: 'refused' | 'other' | null
}

/** Until when the next look waits; false: nothing is asked any more until a person does. */
export function pollEveryMs({ visit, failure }: Looked, isInSight: boolean): number | false {
  if (failure === 'refused' || visit?.isConfigured === false) return false
  const status = visit?.visit?.status ?? null
  // Only a visit that is still to take place changes by the minute.
  const isLive = failure === null && status !== null && !isEnded(status.kind)
  return isLive && isInSight ? LIVE_MS : SELDOM_MS
}

function isEnded(kind: string): boolean {
  return kind === 'completed' || kind === 'cancelled' || kind === 'missed'
}
