import type { Result } from '../http/outcome.ts'
import { one } from '../qubs/calls.ts'
import { attachmentSchema, type SoloAttachment } from './answers.ts'
import { checked, type CallOptions, type SoloCaller } from './caller.ts'
import { list } from './lists.ts'
import { path } from './path.ts'
import { newAttachment, type NewAttachment } from './requests.ts'

/** Attachments of an appointment, named by its id or its aggregate id (contract 3.5). */
export type AttachmentCalls = {
  /** Raw bytes, not multipart. Not idempotent: the same bytes twice are two attachments. */
  readonly uploadAttachment: (
    appointmentId: string,
    attachment: NewAttachment,
    options?: CallOptions,
  ) => Promise<Result<SoloAttachment>>
  readonly listAttachments: (
    appointmentId: string,
    options?: CallOptions,
  ) => Promise<Result<readonly SoloAttachment[]>>
  readonly deleteAttachment: (
    appointmentId: string,
    attachmentId: string,
    options?: CallOptions,
  ) => Promise<Result<null>>
}

export function attachmentCalls({ read, write, change }: SoloCaller): AttachmentCalls {
  return {
    async uploadAttachment(appointmentId, given, options = {}) {
      const attachment = checked(newAttachment, given)
      if (!attachment.ok) return attachment
      const { bytes, contentType, fileName } = attachment.value
      return write(
        {
          method: 'POST',
          path: path`appointments/${appointmentId}/attachments`,
          query: { fileName },
          body: { kind: 'bytes', bytes, contentType },
        },
        options,
        'look at the attachments of the appointment',
        one(attachmentSchema),
      )
    },
    listAttachments: (appointmentId, options = {}) =>
      read(
        { method: 'GET', path: path`appointments/${appointmentId}/attachments` },
        options,
        list(attachmentSchema, 'attachments'),
      ),
    deleteAttachment: (appointmentId, attachmentId, options = {}) =>
      change(
        { method: 'DELETE', path: path`appointments/${appointmentId}/attachments/${attachmentId}` },
        options,
        'look at the attachments of the appointment',
      ),
  }
}
