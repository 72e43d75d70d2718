import type { FailureKind, Result } from '../http/outcome.ts'
import { local } from '../http/local-failure.ts'

/** Results of our own, without a server's answer. */

export function done<T>(value: T): Result<T> {
  return { ok: true, value, correlationId: null, clockSkewMs: null }
}

/** `message`: one sentence for a person that ends with what to do. */
export function refused(
  code: string,
  message: string,
  kind: FailureKind = 'validation',
): Extract<Result<never>, { ok: false }> {
  return { ok: false, failure: local(kind, code, message) }
}
