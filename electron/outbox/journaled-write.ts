import { createHash } from 'node:crypto'
import type { AuditEntry } from '../journal/audit.ts'
import type { Journal } from '../journal/journal.ts'
import type { RequestRecord } from '../journal/records.ts'
import type { Failure, Result } from '../http/outcome.ts'
import type { Write } from '../qubs/client.ts'

/**
 * One write to a server under the rules of contract 1.6: bytes and key are in the journal before the first byte
 * leaves, a retry sends the same bytes with the same key, and whatever is not known to have failed counts as
 * possibly taken.
 */

/** How long a key may be repeated after an attempt that the server may have taken: the retention less a margin. */
export const retryWindowMs = { report: 23 * 3_600_000, comment: 23 * 3_600_000, upload: 14 * 60_000 } as const

/** Answers of 409 for unchanged bytes that are waited out before a person is asked (contract 1.6). */
export const MAX_CONFLICTS = 3

export type WriteParts = {
  readonly journal: Journal
  readonly now: () => number
  /** Throws when this station may no longer write (another one holds the folder). */
  readonly mustHoldLease: () => Promise<void>
}

export type NewRequest = Pick<
  RequestRecord,
  'deliveryId' | 'step' | 'generation' | 'generationLimit' | 'idempotencyKey' | 'body'
>

export function newRequest(request: NewRequest): RequestRecord {
  return {
    ...request,
    attempts: 0,
    inFlightSinceMs: null,
    maybeTakenSinceMs: null,
    conflicts: 0,
    upload: null,
    taken: null,
  }
}

/** A request found in flight was cut off by a crash: the server may have taken it. */
export function afterRestart(request: RequestRecord): RequestRecord {
  if (request.inFlightSinceMs === null) return request
  return {
    ...request,
    inFlightSinceMs: null,
    maybeTakenSinceMs: request.maybeTakenSinceMs ?? request.inFlightSinceMs,
  }
}

export type Attempt<T> = { readonly request: RequestRecord; readonly result: Result<T> }

/**
 * One attempt: journals its start, calls, journals its end. `taken` makes the answer that is kept from a success.
 */
export async function attemptWrite<T>(
  parts: WriteParts,
  request: RequestRecord,
  call: (write: Write) => Promise<Result<T>>,
  taken: (value: T) => Pick<RequestRecord, 'upload' | 'taken'>,
): Promise<Attempt<T>> {
  await parts.mustHoldLease()
  const started: RequestRecord = { ...request, attempts: request.attempts + 1, inFlightSinceMs: parts.now() }
  parts.journal.saveRequest(started, auditOf(parts, started, 'attempt'))

  const result = await call({ body: started.body, idempotencyKey: started.idempotencyKey })

  const ended = result.ok
    ? { ...started, inFlightSinceMs: null, maybeTakenSinceMs: null, conflicts: 0, ...taken(result.value) }
    : afterFailedAttempt(started, result.failure)
  parts.journal.saveRequest(ended, {
    ...auditOf(parts, ended, 'answer'),
    outcome: result.ok ? 'taken' : result.failure.kind,
    status: result.ok ? null : result.failure.status,
    requestId: result.ok ? null : result.failure.requestId,
    correlationId: result.ok ? result.correlationId : result.failure.correlationId,
  })
  return { request: ended, result }
}

function afterFailedAttempt(request: RequestRecord, failure: Failure): RequestRecord {
  return {
    ...request,
    inFlightSinceMs: null,
    maybeTakenSinceMs: failure.outcomeKnown
      ? request.maybeTakenSinceMs
      : (request.maybeTakenSinceMs ?? request.inFlightSinceMs),
    conflicts: failure.kind === 'conflict' ? request.conflicts + 1 : 0,
  }
}

/** True when repeating the key could act a second time, because the server may have forgotten the first. */
export function isKeyTooOld(request: RequestRecord, nowMs: number, windowMs: number): boolean {
  return request.maybeTakenSinceMs !== null && nowMs - request.maybeTakenSinceMs > windowMs
}

function auditOf(parts: WriteParts, request: RequestRecord, what: string): AuditEntry {
  return {
    at: new Date(parts.now()).toISOString(),
    what,
    id: request.deliveryId,
    step: request.step,
    attempt: request.attempts,
    idempotencyKey: request.idempotencyKey,
    bodySha256: createHash('sha256').update(request.body).digest('hex'),
  }
}
