import { createHash } from 'node:crypto'
import { MAX_ATTACHMENTS, patientOf, type ReportTextFault } from '../../shared/composed-report.ts'
import type { PlannedFile, ReportPlan, ReportStatus, VersionProblem } from '../../shared/delivery.ts'
import {
  MAX_REPORT_TEXT_BYTES,
  MAX_UPLOAD_BYTES,
  type DocumentIdentity,
  type Reading,
} from '../../shared/document.ts'
import type { Settings } from '../../shared/settings.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { contradictsAnywhere, identityEvidence } from '../matching/verify.ts'
import { matchingPolicy, safeFileName } from '../outbox/plan.ts'
import { composedContentId, utcSecondOf, type ComposedFile } from './send-composed.ts'

/** A report that a person writes, at the command line or in the window: what may go into it, and its plan. */

export type AttachedKind = 'pdf' | 'sr'
export type AttachedFile = ComposedFile & { readonly kind: AttachedKind }

/** One sentence about a text that cannot be sent. */
export function textFaultSentence(fault: ReportTextFault): string {
  switch (fault.kind) {
    case 'blank':
      return 'The report is blank; write it first.'
    case 'broken':
      return `The report has half a character in line ${fault.line} at position ${fault.column}, which cannot be sent. Delete it and type it again.`
    case 'too-long':
      return `The text has ${fault.sizeBytes} bytes; QUBS takes ${MAX_REPORT_TEXT_BYTES} at most.`
  }
}

/** Why a file of this size is not even read; null: it may be. */
export function sizeFault(sizeBytes: number): string | null {
  if (sizeBytes <= MAX_UPLOAD_BYTES) return null
  return `It has ${sizeBytes} bytes; QUBS takes ${MAX_UPLOAD_BYTES} at most. Export it smaller.`
}

export const tooManyFiles = `A report takes ${MAX_ATTACHMENTS} attachments at most.`

/** What a file is, or one sentence about why it cannot go with a report (contract 1.6 Q9). */
export function attachedKind(
  reading: Reading,
): { readonly ok: true; readonly kind: AttachedKind } | { readonly ok: false; readonly message: string } {
  // A scan is a fine attachment: the text of the report is typed anyway.
  if (reading.problem !== null && reading.problem !== 'no-text')
    return { ok: false, message: reading.message }
  if (reading.kind === 'pdf' || reading.kind === 'sr') return { ok: true, kind: reading.kind }
  return { ok: false, message: 'It is neither a PDF nor a DICOM SR.' }
}

/** Why a file cannot go with a report about this patient; null: nothing in it contradicts (interfaces.md 4). */
export function otherPatientFault(
  identity: DocumentIdentity,
  appointment: PendingAppointment,
  settings: Settings,
): string | null {
  const evidence = identityEvidence(identity, appointment, matchingPolicy(settings))
  if (!contradictsAnywhere(evidence)) return null
  return 'Its own content names another patient than this study. Check whose file it is.'
}

export type Composed = {
  readonly appointment: PendingAppointment
  readonly status: ReportStatus
  /** Sent exactly as it stands. */
  readonly text: string
  readonly clinician: { readonly name: string; readonly providerNumber: string; readonly email: string }
  readonly files: readonly AttachedFile[]
  readonly confirmedBy: string
  readonly releases: VersionProblem | null
  /** When it was finished: fixed here, never when it is sent (contract 1.6). */
  readonly atMs: number
}

/** The plan of a report that was proved by the person who wrote it: no document speaks for its patient. */
export function composedPlan(composed: Composed): ReportPlan {
  const { appointment, status, text, clinician, files, confirmedBy, releases, atMs } = composed
  return {
    kind: 'report',
    domain: appointment.domain,
    appointmentId: appointment.appointmentId,
    status,
    reportText: text,
    reportedAtUtc: utcSecondOf(atMs),
    clinician: {
      name: nullIfBlank(clinician.name),
      providerNumber: nullIfBlank(clinician.providerNumber),
      email: nullIfBlank(clinician.email),
    },
    files: files.map((file, index): PlannedFile => ({
      fileName: `${safeFileName(appointment.appointmentId)}-report${index === 0 ? '' : `-${index + 1}`}.${file.kind === 'sr' ? 'dcm' : 'pdf'}`,
      contentType: file.kind === 'sr' ? 'application/dicom' : 'application/pdf',
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      sizeBytes: file.bytes.length,
      spoolName: file.name,
      part: 'whole',
    })),
    contentId: composedContentId(text, files),
    releases,
    confirmedBy,
    shownPatient: patientOf(appointment),
  }
}

function nullIfBlank(value: string): string | null {
  return value.trim() === '' ? null : value
}
