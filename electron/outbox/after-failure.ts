import type { WaitingReason } from '../../shared/delivery.ts'
import type { Failure } from '../http/outcome.ts'
import { assertNever, type Happening } from './transition.ts'

/**
 * What a failed call means for a delivery whose request has not been taken, or may be repeated with the same key and
 * bytes (contract 1.3, 1.6, 6). Pure.
 */

/** Credentials and scope do not mend themselves within a minute; a person has to act, then the next try finds out. */
const AUTH_RETRY_MS = 5 * 60_000

export type BackOff = {
  readonly nowMs: number
  readonly attempts: number
  readonly delayMs: (attempt: number, floorMs: number | null) => number
}

export function afterFailure(failure: Failure, backOff: BackOff): Happening {
  const later = (
    reason: WaitingReason,
    delayMs = backOff.delayMs(backOff.attempts, failure.retryAfterMs),
  ): Happening => ({
    type: 'waiting',
    reason,
    message: failure.message,
    nextTryAtMs: backOff.nowMs + delayMs,
  })
  switch (failure.kind) {
    case 'throttled':
      return later('throttled')
    case 'server':
      return later('server')
    case 'network':
    case 'unknown':
      return later('network')
    // The same key is being worked on; waiting a little and asking again is what the contract asks for (1.6).
    case 'conflict':
      return later('server')
    case 'auth':
    case 'scope':
      return later('auth', AUTH_RETRY_MS)
    case 'gone':
      return {
        type: 'held',
        reason: 'gone',
        message:
          'The appointment is no longer pending reporting, so nothing was sent. Somebody else may have reported it.',
        trace: { requestId: failure.requestId, correlationId: failure.correlationId },
      }
    case 'validation':
      return {
        type: 'held',
        reason: 'rejected',
        message: `QUBS refused it: ${failure.message}`,
        trace: { requestId: failure.requestId, correlationId: failure.correlationId },
      }
    default:
      return assertNever(failure.kind)
  }
}
