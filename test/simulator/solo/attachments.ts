import { jsonAnswer } from '../core/answer.ts'
import { mediaTypeOf, queryParameters } from '../core/received-request.ts'
import {
  createdAnswer,
  emptyAnswer,
  visitOf,
  type SoloCall,
  type SoloContext,
  type SoloHandlers,
} from './solo-call.ts'
import { notFound, SoloError } from './solo-error.ts'
import type { SoloAttachment, SoloVisit } from './solo-records.ts'

/** Files of a visit: raw bytes in, metadata out (contract 3.5). */

const types = ['application/pdf', 'application/x-pdf', 'image/pdf', 'image/png', 'image/jpeg'] as const

function view(
  { id, title, mimeType, bytes, uploadedAtMs, deleted }: SoloAttachment,
  visit: SoloVisit,
): unknown {
  return {
    id,
    appointmentId: visit.aggregateId,
    title,
    mimeType,
    size: bytes.length,
    uploadedAt: `${new Date(uploadedAtMs).toISOString().slice(0, 19)}+00:00`,
    deleted,
  }
}

/** By id or by aggregate id. @throws SoloError 404 */
function visitOfEither(call: SoloCall, context: SoloContext): SoloVisit {
  const { appointmentId } = call.parameters
  return (
    context.state.visits.find(({ aggregateId }) => aggregateId === appointmentId) ?? visitOf(call, context)
  )
}

export const attachmentCalls: SoloHandlers<
  'solo-attachment-upload' | 'solo-attachments' | 'solo-attachment-delete'
> = {
  'solo-attachment-upload': (call, context) => {
    const visit = visitOfEither(call, context)
    const { headers, body, bodyBytes, query } = call.request
    const { type } = mediaTypeOf(headers['content-type'])
    const mimeType = types.find((candidate) => candidate === type)
    if (mimeType === undefined) {
      const available = types.map((candidate) => `"${candidate}"`).join(', ')
      throw new SoloError(400, `Mime type "${type}" not supported. Available file mime-types: ${available}`)
    }
    if (bodyBytes > context.switches.soloMaxAttachmentBytes) throw new SoloError(413, 'The file is too large')
    if (bodyBytes === 0) throw new SoloError(400, 'The file is empty')
    const extension = mimeType.endsWith('pdf') ? 'pdf' : mimeType === 'image/png' ? 'png' : 'jpg'
    const attachment: SoloAttachment = {
      id: context.newId(),
      title: queryParameters(query).get('fileName')?.at(-1) || `Attachment.${extension}`,
      mimeType,
      bytes: body,
      uploadedAtMs: context.now(),
      deleted: false,
    }
    visit.attachments.push(attachment)
    return createdAnswer(view(attachment, visit), context)
  },
  'solo-attachments': (call, context) => {
    const visit = visitOfEither(call, context)
    const shown = visit.attachments.filter(
      ({ deleted }) => !deleted || context.switches.soloShowDeletedAttachments,
    )
    return jsonAnswer(200, { attachments: shown.map((attachment) => view(attachment, visit)) })
  },
  'solo-attachment-delete': (call, context) => {
    const { attachmentId } = call.parameters
    const attachment = visitOfEither(call, context).attachments.find(
      ({ id, deleted }) => id === attachmentId && !deleted,
    )
    if (attachment === undefined) throw notFound('Attachment')
    attachment.deleted = true
    return emptyAnswer(context)
  },
}
