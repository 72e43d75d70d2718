import type { CallResult } from '../../../shared/ipc.ts'
import type { CommentPlan, CommentType } from '../../../shared/delivery.ts'
import { sameAppointment, type AppointmentKey, type PendingAppointment } from '../../../shared/worklist.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import type { QubsClient } from '../../qubs/client.ts'
import type { Attachment, Comment } from '../../qubs/schemas.ts'
import { addComposed } from '../../station/send-composed.ts'
import { CallFailed, valueOf } from './call-failed.ts'
import type { StationSession } from './station-session.ts'

/** What the study view asks: details, comments and attachments fresh from QUBS, and our own deliveries to it. */

type StudyAnswer = CallResult<'study.get'>
type AttachmentAnswer = CallResult<'study.attachment'>

/** Largest attachment that the window shows, in bytes: far above what QUBS takes in, small enough for its memory. */
const MAX_SHOWN_BYTES = 32 * 1024 * 1024

function clientOf(session: StationSession, domain: string): QubsClient {
  const client = session.practices.clients.get(domain)
  if (client === undefined)
    throw new CallFailed('not-found', `There is no practice "${domain}" in the settings.`)
  return client
}

/**
 * Everything about one study, or an error: a study without its alerts would look harmless.
 * @param lastKnown the row that the worklist had last, for a study that is no longer pending
 * @throws CallFailed
 */
export async function studyOf(
  session: StationSession,
  key: AppointmentKey,
  lastKnown: PendingAppointment | undefined,
): Promise<Omit<StudyAnswer, 'deliveries'> & { deliveries: DeliveryRecord[] }> {
  const client = clientOf(session, key.domain)
  const found = await client.getPending(key.appointmentId)
  if (!found.ok && found.failure.kind !== 'gone')
    throw new CallFailed(found.failure.kind, found.failure.message)
  const appointment = found.ok ? found.value : lastKnown
  if (appointment === undefined) {
    throw new CallFailed('gone', `Appointment ${key.appointmentId} is not pending reporting.`)
  }
  const [comments, attachments] = await Promise.all([
    client.listComments(key.appointmentId),
    client.listAttachments(key.appointmentId, { scope: found.ok ? 'reporting' : 'any' }),
  ])
  return {
    appointment,
    pending: found.ok,
    // A study that has left the list may no longer show them; that it has left is said by `pending`.
    comments: found.ok || comments.ok ? valueOf(comments).items.map(commentView).toSorted(alertsFirst) : [],
    attachments: found.ok || attachments.ok ? valueOf(attachments).items.map(attachmentView) : [],
    deliveries: session.book.all().filter((record) => isAbout(record, key)),
  }
}

function isAbout({ plan, state }: DeliveryRecord, key: AppointmentKey): boolean {
  if (plan !== null) return sameAppointment(plan, key)
  return state.state === 'held' && state.candidates.some((candidate) => sameAppointment(candidate, key))
}

function commentView(comment: Comment): StudyAnswer['comments'][number] {
  const { guid, commentType, commentText, commentDateTime, commentBy, isAlert } = comment
  const names = [commentBy?.firstName, commentBy?.lastName].filter((name) => (name ?? '') !== '')
  return {
    guid,
    type: commentType,
    text: commentText ?? '',
    at: commentDateTime,
    by: names.length > 0 ? names.join(' ') : (commentBy?.username ?? null),
    isAlert,
    ofPatient: commentType === 'PC' || commentType === 'PA' || (comment.appointmentId ?? '') === '',
  }
}

/** Alerts before comments, within each the newest first. */
function alertsFirst(a: StudyAnswer['comments'][number], b: StudyAnswer['comments'][number]): number {
  return Number(b.isAlert) - Number(a.isAlert) || (a.at === b.at ? 0 : (a.at ?? '') < (b.at ?? '') ? 1 : -1)
}

function attachmentView({ guid, fileName, category, addedDateTime }: Attachment) {
  return { guid, fileName, category, addedAt: addedDateTime }
}

/**
 * Writes the comment down durably; the station sends it like everything else.
 * @throws CallFailed
 */
export async function addComment(
  session: StationSession,
  key: AppointmentKey,
  comment: { readonly type: CommentType; readonly text: string },
  tools: { readonly now: () => number; readonly random: () => number },
): Promise<DeliveryRecord> {
  const { text, type } = comment
  if (text.trim() === '') throw new CallFailed('invalid', 'The comment is blank; write something first.')
  if (!text.isWellFormed())
    throw new CallFailed('invalid', 'The comment has broken characters; type it again.')
  const server = clientOf(session, key.domain)
  valueOf(await server.getPending(key.appointmentId))
  const plan: CommentPlan = {
    kind: 'comment',
    domain: key.domain,
    appointmentId: key.appointmentId,
    text,
    type,
    commentDateTimeUtc: new Date(tools.now()).toISOString().replace(/\.\d{3}Z$/u, 'Z'),
  }
  const signal = new AbortController().signal
  return addComposed({ foundation: session.foundation, server, signal, ...tools }, plan, [])
}

/** One attachment's bytes by its presigned address, which stays in here. @throws CallFailed */
export async function attachmentOf(
  session: StationSession,
  key: AppointmentKey,
  guid: string,
): Promise<AttachmentAnswer> {
  const client = clientOf(session, key.domain)
  const pending = await client.getAttachment(key.appointmentId, guid, { scope: 'reporting' })
  const scoped =
    !pending.ok && pending.failure.kind === 'gone'
      ? await client.getAttachment(key.appointmentId, guid, { scope: 'any' })
      : pending
  const { url } = valueOf(scoped)
  if (url === null)
    throw new CallFailed('gone', 'QUBS gives no address for this attachment; try again later.')
  const { bytes, contentType } = valueOf(await client.download({ url, maxBytes: MAX_SHOWN_BYTES }))
  return showable(bytes, contentType)
}

const pictures: readonly (readonly [string, RegExp])[] = [
  ['image/png', /^\u0089PNG\r\n/u],
  ['image/jpeg', /^\u00ff\u00d8\u00ff/u],
  ['image/gif', /^GIF8[79]a/u],
  ['image/webp', /^RIFF[\s\S]{4}WEBP/u],
  ['image/bmp', /^BM/u],
]

/**
 * What the window may show, by the bytes and not by what the server calls them; anything else does not reach it.
 */
export function showable(bytes: Uint8Array, contentType: string | null): AttachmentAnswer {
  // A copy of its own: what came may be a view of a larger answer, which must not cross with it.
  const own = Uint8Array.from(bytes)
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1')
  if (head.includes('%PDF-')) return { kind: 'pdf', mimeType: 'application/pdf', bytes: own }
  const picture = pictures.find(([, signature]) => signature.test(head))
  if (picture !== undefined) return { kind: 'image', mimeType: picture[0], bytes: own }
  if (/^text\/plain\b/iu.test(contentType ?? '') && isUtf8(bytes)) {
    return { kind: 'text', mimeType: 'text/plain', bytes: own }
  }
  return { kind: 'other', mimeType: 'application/octet-stream', bytes: new Uint8Array() }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
