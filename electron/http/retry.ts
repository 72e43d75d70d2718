import { setTimeout as delay } from 'node:timers/promises'
import { backOffMs } from './back-off.ts'
import type { Failure, Result } from './outcome.ts'

/** How often a read is tried in all (contract 6). */
export const READ_TRIES = 5
/**
 * Longest wait inside one call, in milliseconds. A server that asks for more gets its failure handed to the
 * caller, who can show "waiting until" instead of a call that hangs for an hour.
 */
export const MAX_WAIT_INSIDE_MS = 60_000

/** Waits; rejects when the signal aborts. */
export type Sleep = (ms: number, signal: AbortSignal | undefined) => Promise<void>

/** The real wait. */
export const sleep: Sleep = async (ms, signal) => {
  await delay(ms, undefined, signal === undefined ? {} : { signal })
}

const hopelessCodes = new Set(['certificate', 'proxy-auth', 'not-allowed', 'cancelled', 'redirect'])

/** Whether the same read may go better in a moment: transport, 408, 429, 5xx (contract 6). */
export function isWorthRetrying(failure: Failure): boolean {
  if (failure.kind === 'server' || failure.kind === 'throttled') return true
  return failure.kind === 'network' && !hopelessCodes.has(failure.code ?? '')
}

export type RetryTools = {
  /** Values in [0, 1). */
  readonly random: () => number
  readonly sleep: Sleep
  readonly signal?: AbortSignal | undefined
}

/**
 * Tries a read up to READ_TRIES times. Ends with the first success, the first failure that waiting cannot cure,
 * or, when the signal aborts during a wait, the last failure.
 */
export async function retryRead<T>(tools: RetryTools, attempt: () => Promise<Result<T>>): Promise<Result<T>> {
  for (let tried = 1; ; tried += 1) {
    const result = await attempt()
    if (result.ok || tried >= READ_TRIES || !isWorthRetrying(result.failure)) return result
    const { retryAfterMs } = result.failure
    if ((retryAfterMs ?? 0) > MAX_WAIT_INSIDE_MS) return result
    try {
      await tools.sleep(backOffMs(tried, retryAfterMs, tools.random()), tools.signal)
    } catch {
      return result
    }
    if (tools.signal?.aborted === true) return result
  }
}
