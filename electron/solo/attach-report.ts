import { createHash } from 'node:crypto'
import { SOLO_ATTACHMENT_WARNING_BYTES } from '../../shared/solo.ts'
import type { Failure } from '../http/outcome.ts'
import type { SoloAttachment } from './answers.ts'
import { attachmentTypeOf } from './attachment-type.ts'
import type { CallOptions } from './caller.ts'
import { visitForWork, type WorkTools } from './find-visit.ts'
import { refused } from './results.ts'
import type { Study } from './study-patient.ts'

export type AttachOutcome =
  | {
      readonly kind: 'attached'
      readonly attachment: SoloAttachment
      /** More than 5,000,000 bytes were taken, which the vendor's "5Mb" may not promise. */
      readonly isNearLimit: boolean
    }
  /** Nothing was sent: the visit has this very report. */
  | { readonly kind: 'already-there'; readonly attachment: SoloAttachment }
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** Nobody knows whether it was taken: look at the list before attaching again. */
  | { readonly kind: 'unknown'; readonly failure: Failure }

/**
 * The name of an attached report: study, and the beginning of the content's SHA-256, because Solo's list shows no
 * checksum and two reports of one study may have the same length.
 */
export function reportTitle(appointmentId: string, bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  return `${appointmentId.replaceAll(/[^A-Za-z0-9._-]/g, '-')}-report-${digest}.pdf`
}

/**
 * Attaches a delivered report (PDF, at most 5 MiB) to the study's visit, once: the list is looked at before, and again
 * where no answer came, because the call is not idempotent (contract 3.5).
 */
export async function attachReport(
  tools: WorkTools,
  study: Study,
  visitId: string,
  bytes: Uint8Array,
  options: CallOptions = {},
): Promise<AttachOutcome> {
  const { client } = tools
  if (attachmentTypeOf(bytes) !== 'application/pdf')
    return {
      kind: 'refused',
      failure: refused('not-a-pdf', 'The report is not a PDF; attach a PDF of it in Solo itself.').failure,
    }
  const visit = await visitForWork(tools, study, visitId, options)
  if (!visit.ok) return { kind: 'refused', failure: visit.failure }

  const title = reportTitle(study.appointmentId, bytes)
  const isThis = ({ title: other, size, deleted }: SoloAttachment): boolean =>
    deleted !== true && other === title && (size === null || size === bytes.length)
  const before = await client.listAttachments(visitId, options)
  if (!before.ok) return { kind: 'refused', failure: before.failure }
  const same = before.value.find(isThis)
  if (same !== undefined) return { kind: 'already-there', attachment: same }

  const isNearLimit = bytes.length > SOLO_ATTACHMENT_WARNING_BYTES
  const upload = { bytes, contentType: 'application/pdf', fileName: title } as const
  const sent = await client.uploadAttachment(visitId, upload, options)
  if (sent.ok) return { kind: 'attached', attachment: sent.value, isNearLimit }
  if (sent.failure.outcomeKnown) return { kind: 'refused', failure: sent.failure }
  const after = await client.listAttachments(visitId, options)
  const arrived = after.ok ? after.value.find(isThis) : undefined
  return arrived === undefined
    ? { kind: 'unknown', failure: sent.failure }
    : { kind: 'attached', attachment: arrived, isNearLimit }
}
