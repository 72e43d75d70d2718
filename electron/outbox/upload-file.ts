import { createHash } from 'node:crypto'
import type { PlannedFile, ReportPlan } from '../../shared/delivery.ts'
import type { DeliveryRecord, RequestRecord, UploadProgress } from '../journal/records.ts'
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
import { bytesOf, type SendParts } from './send-report.ts'
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
  let request = stored === null ? firstRequest(parts, record, plan, file, step) : afterRestart(stored)

  for (;;) {
    const progress = request.upload
    if (progress?.put === 'done') return { ok: true, value: progress }
    if (progress?.put === 'started' && (await isThere(parts, plan, file, progress))) {
      request = saveProgress(parts, request, { ...progress, put: 'done', readBack: true })
      continue
    }
    if (progress?.put === 'started' || progress?.put === 'failed' || needsNewKey(parts, request)) {
      if (request.generation >= request.generationLimit) return { ok: false, happening: tooManyUrls(request) }
      request = nextGeneration(parts, request, plan, file)
    }

    const asked = await attemptWrite<UploadTarget>(
      parts,
      request,
      (write) => parts.server.createUploadUrl(plan.appointmentId, write),
      (target) => ({
        upload: {
          guid: target.guid,
          fileName: target.fileName ?? file.fileName,
          put: 'not-started',
          readBack: false,
        },
        taken: null,
      }),
    )
    request = asked.request
    if (!asked.result.ok) {
      return { ok: false, happening: afterFailure(asked.result.failure, parts.backOff(record)) }
    }
    const target = asked.result.value
    if (isNearlyDead(target, parts.now() + (asked.result.clockSkewMs ?? 0))) {
      request = saveProgress(parts, request, progressOf(target, 'failed'))
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
  let present = saveProgress(parts, request, progressOf(target, 'started'))
  const outcome = await parts.server.upload({ url: target.uploadUrl, bytes, contentType: file.contentType })
  auditPut(parts, present, outcome.kind, outcome.kind === 'done' ? null : outcome.failure.code)
  switch (outcome.kind) {
    case 'done':
      return { request: saveProgress(parts, present, progressOf(target, 'done')), happening: null }
    case 'expired':
    case 'refused':
      return { request: saveProgress(parts, present, progressOf(target, 'failed')), happening: null }
    case 'slow-down':
      present = saveProgress(parts, present, progressOf(target, 'failed'))
      return {
        request: present,
        happening: afterFailure({ ...outcome.failure, kind: 'server' }, parts.backOffOf(present.attempts)),
      }
    case 'unreachable':
      present = saveProgress(parts, present, progressOf(target, 'not-started'))
      return {
        request: present,
        happening: afterFailure({ ...outcome.failure, kind: 'network' }, parts.backOffOf(present.attempts)),
      }
    // Left as "started": the next try asks the server first whether the bytes are there.
    case 'unknown':
      return {
        request: present,
        happening: afterFailure({ ...outcome.failure, kind: 'network' }, parts.backOffOf(present.attempts)),
      }
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
  const found = await fetchBack(parts, plan, progress.guid)
  if (found === null) return request
  const same = found === file.sha256
  auditPut(parts, request, same ? 'read-back' : 'read-back-differs', null)
  return saveProgress(parts, request, { ...progress, put: same ? 'done' : 'failed', readBack: same })
}

async function isThere(
  parts: SendParts,
  plan: ReportPlan,
  file: PlannedFile,
  progress: UploadProgress,
): Promise<boolean> {
  return (await fetchBack(parts, plan, progress.guid)) === file.sha256
}

/** SHA-256 of what the server shows for this attachment; null where it shows nothing. */
async function fetchBack(parts: SendParts, plan: ReportPlan, guid: string): Promise<string | null> {
  for (const scope of ['reporting', 'any'] as const) {
    const attachment = await parts.server.getAttachment(plan.appointmentId, guid, { scope })
    if (!attachment.ok || attachment.value.url === null) continue
    const content = await parts.server.download({ url: attachment.value.url, maxBytes: 4 * 1_048_576 })
    if (content.ok) return createHash('sha256').update(content.value.bytes).digest('hex')
  }
  return null
}

function needsNewKey(parts: SendParts, request: RequestRecord): boolean {
  if (request.conflicts >= MAX_CONFLICTS) return true
  return isKeyTooOld(request, parts.now(), retryWindowMs.upload)
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

function progressOf(target: UploadTarget, put: UploadProgress['put']): UploadProgress {
  return { guid: target.guid, fileName: target.fileName ?? '', put, readBack: false }
}

function isNearlyDead(target: UploadTarget, serverNowMs: number): boolean {
  return target.expiresAtMs !== null && target.expiresAtMs - serverNowMs < MIN_URL_LIFE_MS
}

function tooManyUrls(request: RequestRecord): Happening {
  return {
    type: 'held',
    reason: 'rejected',
    message: `The storage refused the file ${request.generation} times, each time at a new address. Retry later, or ask QUBS with the ids of this delivery's audit.`,
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
