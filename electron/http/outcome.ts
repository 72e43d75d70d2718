/** What a call to a server came to. Failures are values: every caller must say what it does with each kind. */

export const failureKinds = [
  /** The credentials were refused (401 after one renewal; `invalid_client` and its kin). */
  'auth',
  /** The token does not cover this domain or site (403). */
  'scope',
  /** The server understood and refused the content (400, 413, 415, 422). */
  'validation',
  /** 404: not found, or no longer pending reporting. */
  'gone',
  /** 409: same key, other payload, or the first attempt is still running (contract 1.6). */
  'conflict',
  /** 429. */
  'throttled',
  /** 5xx, 408. */
  'server',
  /** No connection, DNS, TLS, proxy, captive portal: the request did not reach the server as far as we know. */
  'network',
  /** Anything else, above all: bytes left and no answer came. */
  'unknown',
] as const
export type FailureKind = (typeof failureKinds)[number]

export type Failure = {
  readonly kind: FailureKind
  /** false: a write may have been taken. Reads are always true. */
  readonly outcomeKnown: boolean
  /** HTTP status, or null where no answer came. */
  readonly status: number | null
  /** The server's own code where it has one (`invalid_client`, S3 `AccessDenied`, `ECONNREFUSED`, …). */
  readonly code: string | null
  /** One sentence for a person: what happened, with the host, without secrets, URLs or patient data. */
  readonly message: string
  /** From the answer's Retry-After, already clamped; null where it gave none. */
  readonly retryAfterMs: number | null
  readonly requestId: string | null
  readonly correlationId: string | null
}

export type Result<T> =
  | {
      readonly ok: true
      readonly value: T
      readonly correlationId: string | null
      /** Server clock minus this machine's clock in milliseconds, from the Date header; null where absent. */
      readonly clockSkewMs: number | null
    }
  | { readonly ok: false; readonly failure: Failure }
