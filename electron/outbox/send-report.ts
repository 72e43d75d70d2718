import { createHash } from 'node:crypto'
import type { AttachmentReceipt, ReportPlan } from '../../shared/delivery.ts'
import type { DeliveryRecord, RequestRecord } from '../journal/records.ts'
import { reportBody } from '../qubs/bodies.ts'
import { afterFailure } from './after-failure.ts'
import {
  afterRestart,
  attemptWrite,
  isKeyTooOld,
  MAX_CONFLICTS,
  newRequest,
  retryWindowMs,
} from './journaled-write.ts'
import type { Happening } from './transition.ts'
import { chainPlaceOf } from './delivered-versions.ts'
import { bytesOf, type SendParts } from './send-parts.ts'
import { uploadFile } from './upload-file.ts'

/**
 * One planned report, from its upload to its receipt: re-read the appointment, upload, re-read again, submit
 * (contract 1.6 "Order of operations"). Every step is journaled, so that the same function goes on after a crash.
 */

export async function sendReport(
  parts: SendParts,
  record: DeliveryRecord,
  plan: ReportPlan,
): Promise<Happening> {
  const stored = parts.journal.request(record.id, 'report')
  if (stored?.taken?.kind === 'report') return delivered(parts, record, plan, stored)
  const begun = stored === null ? null : afterRestart(stored)
  const mayBeTaken = begun !== null && begun.maybeTakenSinceMs !== null
  if (begun !== null && !isOfPlan(parts, plan, begun)) {
    // Refused or never sent: the present plan begins anew. Perhaps taken: only a person can tell.
    return mayBeTaken ? outcomeUnknown(otherPlanMessage) : sendAll(parts, record, plan, null)
  }
  return mayBeTaken ? sendAgain(parts, record, plan, begun) : sendAll(parts, record, plan, begun)
}

async function sendAll(
  parts: SendParts,
  record: DeliveryRecord,
  plan: ReportPlan,
  begun: RequestRecord | null,
): Promise<Happening> {
  const stop = await recheckNow(parts, record, plan)
  if (stop !== null) return stop
  for (const index of plan.files.keys()) {
    const bytes = await parts.bytesOf(record, plan, index)
    if (bytes === null) return lostBytes
    const uploaded = await uploadFile(parts, record, plan, index, bytes)
    if (!uploaded.ok) return uploaded.happening
  }
  if (plan.files.length > 0) {
    const stopAgain = await recheckNow(parts, record, plan)
    if (stopAgain !== null) return stopAgain
  }
  return submit(parts, record, plan, begun)
}

/**
 * The same bytes under the same key once more. An appointment that is no longer pending is no obstacle here: its own
 * final report may have moved it away, and the server answers a known key before it looks. Another patient is one.
 */
async function sendAgain(
  parts: SendParts,
  record: DeliveryRecord,
  plan: ReportPlan,
  begun: RequestRecord,
): Promise<Happening> {
  const fresh = await parts.server.getPending(plan.appointmentId)
  if (fresh.ok) {
    if (parts.recheck(record, plan, fresh.value) !== null) return outcomeUnknown(otherPatientMessage)
  } else if (fresh.failure.kind !== 'gone') {
    return afterFailure(fresh.failure, parts.backOff(record))
  }
  return submit(parts, record, plan, begun)
}

async function submit(
  parts: SendParts,
  record: DeliveryRecord,
  plan: ReportPlan,
  begun: RequestRecord | null,
): Promise<Happening> {
  const request = begun === null ? firstRequest(parts, record, plan) : withAllowedKey(parts, plan, begun)
  if (isKeyTooOld(request, parts.now(), retryWindowMs.report)) {
    return outcomeUnknown(
      'An earlier try may have been taken, and it is too long ago to repeat it safely. Look in QUBS whether the report is there.',
    )
  }
  await parts.announce(record, plan)
  const attempt = await attemptWrite(
    parts,
    request,
    (write) => parts.server.submitReport(plan.appointmentId, write),
    ({ reportGuid, reportedAtUtc }) => ({
      upload: null,
      taken: { kind: 'report', reportGuid, reportedAtUtc },
    }),
  )
  if (attempt.result.ok) return delivered(parts, record, plan, attempt.request)

  const { failure } = attempt.result
  const mayBeTaken = request.maybeTakenSinceMs !== null
  if (failure.kind === 'gone' && mayBeTaken) return reconcileGone(parts, plan, failure.correlationId)
  if (failure.kind === 'conflict' && attempt.request.conflicts > MAX_CONFLICTS) {
    return outcomeUnknown(
      'QUBS says that this report is already being worked on, again and again. Look in QUBS whether the report is there.',
    )
  }
  return afterFailure(failure, parts.backOff(record))
}

/**
 * 404 after a try that may have been taken: a final report moves its appointment away, so this is most likely our
 * own success, but nothing proves it (api-notes A4). A person decides, with what QUBS says now.
 */
async function reconcileGone(
  parts: SendParts,
  plan: ReportPlan,
  correlationId: string | null,
): Promise<Happening> {
  const appointment = await parts.server.getAppointment(plan.appointmentId)
  const seen = appointment.ok
    ? `QUBS now shows the appointment as "${appointment.value.status}".`
    : 'QUBS could not be asked for the state of the appointment.'
  return {
    type: 'held',
    reason: 'outcome-unknown',
    message: `The report was sent, its answer was lost, and the appointment is no longer pending reporting. ${seen} Look in QUBS whether the report is there.`,
    trace: { requestId: null, correlationId },
  }
}

async function recheckNow(
  parts: SendParts,
  record: DeliveryRecord,
  plan: ReportPlan,
): Promise<Happening | null> {
  const fresh = await parts.server.getPending(plan.appointmentId)
  if (!fresh.ok) return afterFailure(fresh.failure, parts.backOff(record))
  return parts.recheck(record, plan, fresh.value)
}

function bodyOf(plan: ReportPlan): Uint8Array {
  const { clinician } = plan
  return bytesOf(
    reportBody({
      reportText: plan.reportText,
      reportStatus: plan.status,
      reportedAtUtc: plan.reportedAtUtc,
      ...(clinician.name === null ? {} : { interpretingClinicianName: clinician.name }),
      ...(clinician.providerNumber === null
        ? {}
        : { interpretingClinicianProviderNumber: clinician.providerNumber }),
      ...(clinician.email === null ? {} : { interpretingClinicianEmail: clinician.email }),
    }),
  )
}

/** The key tells what a stored request was for: another appointment, text, status or file has another key. */
function isOfPlan(parts: SendParts, plan: ReportPlan, stored: RequestRecord): boolean {
  return stored.idempotencyKey === reportKey(parts, plan, bodyOf(plan), stored.generation)
}

function firstRequest(parts: SendParts, record: DeliveryRecord, plan: ReportPlan): RequestRecord {
  const body = bodyOf(plan)
  return newRequest({
    deliveryId: record.id,
    step: 'report',
    generation: 1,
    generationLimit: 1,
    idempotencyKey: reportKey(parts, plan, body, 1),
    body,
  })
}

/** A person's retry allows one more generation: the same bytes under a new key (contract 1.6 "error replay"). */
function withAllowedKey(parts: SendParts, plan: ReportPlan, request: RequestRecord): RequestRecord {
  if (request.generation >= request.generationLimit) return request
  const generation = request.generationLimit
  return newRequest({
    ...request,
    generation,
    idempotencyKey: reportKey(parts, plan, request.body, generation),
  })
}

/** The key depends on the bytes, so that every station of the folder makes the same one and it never meets others. */
function reportKey(parts: SendParts, plan: ReportPlan, body: Uint8Array, generation: number): string {
  return parts.idempotencyKey([
    'report',
    plan.domain,
    plan.appointmentId,
    createHash('sha256').update(body).digest('hex'),
    ...plan.files.map((file) => file.sha256),
    String(generation),
  ])
}

function delivered(
  parts: SendParts,
  record: DeliveryRecord,
  plan: ReportPlan,
  request: RequestRecord,
): Happening {
  if (request.taken?.kind !== 'report') throw new Error('A delivered report has an answer.')
  const attachments = [...plan.files.keys()].flatMap((index): AttachmentReceipt[] => {
    const upload = parts.journal.request(record.id, `upload-${index}`)?.upload
    return upload?.put === 'done'
      ? [{ guid: upload.guid, fileName: upload.fileName, readBack: upload.readBack }]
      : []
  })
  return {
    type: 'delivered',
    receipt: {
      kind: 'report',
      reportGuid: request.taken.reportGuid,
      reportedAtUtc: request.taken.reportedAtUtc,
      status: plan.status,
      attachments,
      settledBy: null,
    },
    place: chainPlaceOf(parts, record.id, plan),
  }
}

const otherPlanMessage =
  'The report was sent in another form, its answer was lost, and it has changed since. Look in QUBS whether the former one is there.'
const otherPatientMessage =
  'The report was sent, its answer was lost, and the appointment does not fit the report any more. Look in QUBS whether the report is there.'

function outcomeUnknown(message: string): Happening {
  return { type: 'held', reason: 'outcome-unknown', message }
}

const lostBytes: Happening = {
  type: 'held',
  reason: 'damaged',
  message:
    'Neither the copy that was kept nor the original file can be read any more. Drop the report again.',
}
