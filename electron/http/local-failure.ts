import type { Failure, FailureKind } from './outcome.ts'

/** A failure of our own, before anything was sent. */
export function local(kind: FailureKind, code: string, message: string): Failure {
  return {
    kind,
    outcomeKnown: true,
    status: null,
    code,
    message,
    retryAfterMs: null,
    requestId: null,
    correlationId: null,
  }
}
