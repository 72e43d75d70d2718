import { createHash } from 'node:crypto'
import type { PlannedFile, ReportPlan } from '../../shared/delivery.ts'
import type { DeliveryRecord, RequestRecord, UploadProgress } from '../journal/records.ts'
import type { Failure } from '../http/outcome.ts'
import { uploadUrlBody } from '../qubs/bodies.ts'
import type { UploadTarget } from '../qubs/schemas.ts'
import { afterFailure } from './after-failure.ts'
import {
  afterRestart,
  attemptWrite,
  isKeyTooOld,
  MAX_CONFLICTS,
  newRequest,
  retryWindowMs,
} from './journaled-write.ts'
import { bytesOf, type SendParts } from './send-parts.ts'
import type { Happening } from './transition.ts'

/**
 * One file by presigned PUT (contract 2): ask for a URL, PUT, read back. Each URL leaves a metadata row that nobody
 * can remove, so a file gets three at most before a person is asked.
 */

const URLS_PER_FILE = 3
/** A URL with less life left than this is not begun with (contract 1.6 "replay"). */
const MIN_URL_LIFE_MS = 60_000

export type Uploaded = { readonly guid: string; readonly fileName: string; readonly readBack: boolean }

export async function uploadFile(
  parts: SendParts,
  record: DeliveryRecord,
  plan: ReportPlan,
  index: number,
  bytes: Uint8Array,
): Promise<{ ok: true; value: Uploaded } | { ok: false; happening: Happening }> {
  const file = plan.files[index]
  if (file === undefined) throw new Error('The plan has no such file.')
  const step = `upload-${index}`
  const stored = parts.journal.request(record.id, step)
  let request =
    stored !== null && isOfPlan(parts, plan, file, stored)
      ? afterRestart(stored)
      : firstRequest(parts, record, plan, file, step)

  for (;;) {
    const progress = request.upload
    if (progress?.put === 'done') return { ok: true, value: progress }
    if (progress?.put === 'started' || progress?.put === 'unanswered') {
      const there = await whatIsStored(parts, plan, progress.guid)
      if (there.kind === 'unasked') {
        return { ok: false, happening: afterFailure(there.failure, parts.backOff(record)) }
      }
      if (there.kind === 'bytes' && there.sha256 === file.sha256) {
        request = saveProgress(parts, request, { ...progress, put: 'done', readBack: true })
        continue
      }
    }
    if (needsNewKey(parts, request)) {
      if (request.generation >= request.generationLimit) return { ok: false, happening: tooManyUrls(request) }
      request = nextGeneration(parts, request, plan, file)
    }

    const asked = await attemptWrite<UploadTarget>(
      parts,
      request,
      (write) => parts.server.createUploadUrl(plan.appointmentId, write),
      (target) => ({
        upload: progressOf(parts, request, target, file, 'not-started'),
        taken: null,
      }),
    )
    request = asked.request
    if (!asked.result.ok) {
      return { ok: false, happening: afterFailure(asked.result.failure, parts.backOff(record)) }
    }
    const target = asked.result.value
    if (isNearlyDead(target, parts.now(), asked.result.clockSkewMs ?? 0)) {
      request = saveProgress(parts, request, progressOf(parts, request, target, file, 'failed'))
      continue
    }

    const put = await putFile(parts, request, target, file, bytes)
    request = put.request
    if (put.happening !== null) return { ok: false, happening: put.happening }
    if (request.upload?.put === 'done' && !request.upload.readBack) {
      request = await readBack(parts, request, plan, file)
    }
  }
}

async function putFile(
  parts: SendParts,
  request: RequestRecord,
  target: UploadTarget,
  file: PlannedFile,
  bytes: Uint8Array,
): Promise<{ request: RequestRecord; happening: Happening | null }> {
  await parts.mustHoldLease()
  const at = (put: UploadProgress['put']): RequestRecord =>
    saveProgress(parts, request, progressOf(parts, request, target, file, put))
  const started = at('started')
  const outcome = await parts.server.upload({ url: target.uploadUrl, bytes, contentType: file.contentType })
  auditPut(parts, started, outcome.kind, outcome.kind === 'done' ? null : outcome.failure.code)
  const later = (kind: 'server' | 'network', failure: Failure): Happening =>
    afterFailure({ ...failure, kind }, parts.backOffOf(request.attempts))
  switch (outcome.kind) {
    case 'done':
      return { request: at('done'), happening: null }
    case 'expired':
    case 'refused':
      return { request: at('failed'), happening: null }
    case 'slow-down':
      return { request: at('failed'), happening: later('server', outcome.failure) }
    case 'unreachable':
      return { request: at('not-started'), happening: later('network', outcome.failure) }
    // The next try asks the server first whether the bytes are there.
    case 'unknown':
      return { request: at('unanswered'), happening: later('network', outcome.failure) }
  }
}

/** The bytes as the server gives them back, compared by SHA-256. No answer is no proof against the 2xx of the PUT. */
async function readBack(
  parts: SendParts,
  request: RequestRecord,
  plan: ReportPlan,
  file: PlannedFile,
): Promise<RequestRecord> {
  const progress = request.upload
  if (progress === null) return request
  const found = await whatIsStored(parts, plan, progress.guid)
  if (found.kind !== 'bytes') return request
  const same = found.sha256 === file.sha256
  auditPut(parts, request, same ? 'read-back' : 'read-back-differs', null)
  return saveProgress(parts, request, { ...progress, put: same ? 'done' : 'failed', readBack: same })
}

type Stored =
  | { readonly kind: 'bytes'; readonly sha256: string }
  | { readonly kind: 'nothing' }
  /** The server could not be asked just now: whether the bytes are there is as open as before. */
  | { readonly kind: 'unasked'; readonly failure: Failure }

/** What the server shows for this attachment, while it is pending or in any status (contract 2 rule 5). */
async function whatIsStored(parts: SendParts, plan: ReportPlan, guid: string): Promise<Stored> {
  let unasked: Failure | null = null
  for (const scope of ['reporting', 'any'] as const) {
    const attachment = await parts.server.getAttachment(plan.appointmentId, guid, { scope })
    if (!attachment.ok) {
      if (isPassing(attachment.failure)) unasked = attachment.failure
      continue
    }
    if (attachment.value.url === null) continue
    const content = await parts.server.download({ url: attachment.value.url, maxBytes: 4 * 1_048_576 })
    if (content.ok) {
      return { kind: 'bytes', sha256: createHash('sha256').update(content.value.bytes).digest('hex') }
    }
    if (isPassing(content.failure)) unasked = content.failure
  }
  return unasked === null ? { kind: 'nothing' } : { kind: 'unasked', failure: unasked }
}

/** A failure that time mends. Any other means that this server does not show its report artefacts. */
function isPassing({ kind }: Failure): boolean {
  return kind === 'network' || kind === 'server' || kind === 'throttled' || kind === 'auth'
}

/**
 * A key that gave a failed or possibly spent URL gives it again, so another URL needs another key; and so does one that
 * the server may be about to forget (contract 1.6, 2 rule 4). After a crash the same key brings the same URL back,
 * and with it no second metadata row.
 */
function needsNewKey(parts: SendParts, request: RequestRecord): boolean {
  const { upload } = request
  if (upload?.put === 'failed' || upload?.put === 'unanswered' || request.conflicts >= MAX_CONFLICTS)
    return true
  if (upload !== null && parts.now() - upload.askedAtMs > retryWindowMs.upload) return true
  return isKeyTooOld(request, parts.now(), retryWindowMs.upload)
}

/** The key tells what a stored request was for: another appointment, status or file has another key. */
function isOfPlan(parts: SendParts, plan: ReportPlan, file: PlannedFile, stored: RequestRecord): boolean {
  return stored.idempotencyKey === keyOf(parts, plan, file, stored.step, stored.generation)
}

function firstRequest(
  parts: SendParts,
  record: DeliveryRecord,
  plan: ReportPlan,
  file: PlannedFile,
  step: string,
): RequestRecord {
  return newRequest({
    deliveryId: record.id,
    step,
    generation: 1,
    generationLimit: URLS_PER_FILE,
    idempotencyKey: keyOf(parts, plan, file, step, 1),
    body: bytesOf(uploadUrlBody({ fileName: file.fileName, contentType: file.contentType })),
  })
}

function nextGeneration(
  parts: SendParts,
  request: RequestRecord,
  plan: ReportPlan,
  file: PlannedFile,
): RequestRecord {
  const generation = request.generation + 1
  return newRequest({
    ...request,
    generation,
    idempotencyKey: keyOf(parts, plan, file, request.step, generation),
  })
}

function keyOf(
  parts: SendParts,
  plan: ReportPlan,
  file: PlannedFile,
  step: string,
  generation: number,
): string {
  return parts.idempotencyKey([
    step,
    plan.domain,
    plan.appointmentId,
    plan.status,
    plan.reportedAtUtc,
    file.sha256,
    String(generation),
  ])
}

function saveProgress(parts: SendParts, request: RequestRecord, upload: UploadProgress): RequestRecord {
  const next = { ...request, upload }
  parts.journal.saveRequest(next, null)
  return next
}

function progressOf(
  parts: SendParts,
  request: RequestRecord,
  target: UploadTarget,
  file: PlannedFile,
  put: UploadProgress['put'],
): UploadProgress {
  return {
    guid: target.guid,
    fileName: target.fileName ?? file.fileName,
    askedAtMs: request.upload?.askedAtMs ?? parts.now(),
    put,
    readBack: false,
  }
}

/** By this machine's clock and by the server's: where one of them is wrong, the storage itself is asked. */
function isNearlyDead({ expiresAtMs }: UploadTarget, nowMs: number, clockSkewMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs - Math.min(nowMs, nowMs + clockSkewMs) < MIN_URL_LIFE_MS
}

function tooManyUrls(request: RequestRecord): Happening {
  return {
    type: 'held',
    reason: 'rejected',
    message: `The file could not be stored, though ${request.generation} upload addresses were tried. Retry later, or ask QUBS with the ids of this delivery's audit.`,
  }
}

function auditPut(parts: SendParts, request: RequestRecord, outcome: string, code: string | null): void {
  parts.journal.audit.append({
    at: new Date(parts.now()).toISOString(),
    what: 'put',
    id: request.deliveryId,
    step: request.step,
    guid: request.upload?.guid ?? null,
    outcome,
    code,
  })
}
