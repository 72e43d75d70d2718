/** First wait in milliseconds before jitter (contract 6). */
export const BACK_OFF_BASE_MS = 1000
/** Longest wait of our own in milliseconds (contract 6). */
export const BACK_OFF_CAP_MS = 60_000

/**
 * Milliseconds to wait after the failed try number `attempt` (1, 2, …): full jitter over 1 s, 2 s, 4 s … 60 s.
 * A server's Retry-After is the floor; up to a second is added to it, so that stations told the same time do not
 * all come back at once. `random` is a value in [0, 1).
 */
export function backOffMs(attempt: number, retryAfterMs: number | null, random: number): number {
  const ceilingMs = Math.min(BACK_OFF_CAP_MS, BACK_OFF_BASE_MS * 2 ** Math.max(0, attempt - 1))
  const jitteredMs = Math.floor(random * ceilingMs)
  if (retryAfterMs === null) return jitteredMs
  return Math.max(jitteredMs, retryAfterMs + Math.floor(random * BACK_OFF_BASE_MS))
}
