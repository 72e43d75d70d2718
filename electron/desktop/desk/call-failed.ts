import type { Failure } from '../../http/outcome.ts'

/** Codes with which a call of the window can fail, beside the failure kinds of servers. */
export type CallCode =
  Failure['kind'] | 'not-set-up' | 'not-found' | 'refused' | 'keychain' | 'settings' | 'invalid' | 'internal'

/** A call that could not be carried out for a reason that a person can understand; `message` is for the window. */
export class CallFailed extends Error {
  readonly code: CallCode
  constructor(code: CallCode, message: string) {
    super(message)
    this.name = 'CallFailed'
    this.code = code
  }
}

/** The value of a server's answer. @throws CallFailed with the failure's kind and sentence */
export function valueOf<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure },
): T {
  if (result.ok) return result.value
  throw new CallFailed(result.failure.kind, result.failure.message)
}
