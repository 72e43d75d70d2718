import { DateTime } from 'luxon'

/** Longest wait that a server can ask for, in milliseconds; longer ones are shortened to it (contract 6). */
export const MAX_RETRY_AFTER_MS = 3_600_000

/** Milliseconds since 1970 of an HTTP-date in any of its three forms (RFC 9110 5.6.7); null for anything else. */
export function httpDateMs(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null
  const date = DateTime.fromHTTP(text.trim())
  return date.isValid ? date.toMillis() : null
}

/** Server clock minus this machine's clock in milliseconds (about a second exact); null without a Date header. */
export function clockSkewMs(dateHeader: string | null | undefined, nowMs: number): number | null {
  const serverMs = httpDateMs(dateHeader)
  return serverMs === null ? null : serverMs - nowMs
}

/**
 * Milliseconds that a Retry-After header asks to wait, 0 … MAX_RETRY_AFTER_MS (RFC 9110 10.2.3). A date counts
 * from the answer's own Date, because the clock of a hospital machine may be wrong; one in the past gives 0.
 * Fractions of seconds are accepted. null for absent, negative and unreadable values.
 */
export function retryAfterMs(
  header: string | null | undefined,
  dateHeader: string | null | undefined,
  nowMs: number,
): number | null {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), MAX_RETRY_AFTER_MS)
  const untilMs = httpDateMs(text)
  if (untilMs === null) return null
  return Math.min(Math.max(untilMs - (httpDateMs(dateHeader) ?? nowMs), 0), MAX_RETRY_AFTER_MS)
}
