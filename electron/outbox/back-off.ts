import { backOffMs } from '../http/back-off.ts'

/** Tries in quick succession before the outbox settles for a slow rhythm. */
const QUICK_TRIES = 6
const SLOW_BASE_MS = 2 * 60_000
const SLOW_SPREAD_MS = 3 * 60_000

/**
 * Milliseconds until the next try of a delivery. The first tries follow the contract's back-off (section 6); after
 * them somebody has a real outage, and a queue that knocks every few seconds all night helps nobody.
 */
export function outboxDelayMs(attempt: number, floorMs: number | null, random: () => number): number {
  if (attempt <= QUICK_TRIES) return backOffMs(attempt, floorMs, random())
  const slowMs = SLOW_BASE_MS + Math.floor(random() * SLOW_SPREAD_MS)
  return Math.max(slowMs, floorMs ?? 0)
}
