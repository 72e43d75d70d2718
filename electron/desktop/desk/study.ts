import type { CallResult } from '../../../shared/ipc.ts'
import type { CommentType } from '../../../shared/delivery.ts'
import { sameAppointment, type AppointmentKey } from '../../../shared/worklist.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import type { QubsClient } from '../../qubs/client.ts'
import type { Attachment, Comment } from '../../qubs/schemas.ts'
import { addComposed, commentPlan } from '../../station/send-composed.ts'
import { CallFailed, valueOf } from './call-failed.ts'
import type { StationSession } from './station-session.ts'
import type { WorklistBook } from './worklist.ts'

/** What the study view asks: details, comments and attachments fresh from QUBS, and our own deliveries to it. */

type StudyAnswer = CallResult<'study.get'>

/** @throws CallFailed */
export function clientOf(session: StationSession, domain: string): QubsClient {
  const client = session.practices.clients.get(domain)
  if (client === undefined)
    throw new CallFailed('not-found', `There is no practice "${domain}" in the settings.`)
  return client
}

/**
 * Everything about one study, or an error: a study without its alerts would look harmless. What has left the list is
 * read as an appointment in any status (contract 1.4, Q21 and Q22).
 * @throws CallFailed
 */
export async function studyOf(
  session: StationSession,
  key: AppointmentKey,
  worklist: Pick<WorklistBook, 'lastKnown' | 'noteStudy'>,
): Promise<Omit<StudyAnswer, 'deliveries'> & { deliveries: DeliveryRecord[] }> {
  const client = clientOf(session, key.domain)
  const { appointment, pending } = await appointmentOf(session, key, worklist)
  const scope = pending ? 'reporting' : 'any'
  const [commentsRead, attachmentsRead] = await Promise.all([
    client.listComments(key.appointmentId, { scope }),
    client.listAttachments(key.appointmentId, { scope }),
  ])
  const comments = valueOf(commentsRead)
  if (pending) worklist.noteStudy(appointment, comments)
  return {
    appointment,
    pending,
    comments: comments.items.map(commentView).toSorted(alertsFirst),
    attachments: valueOf(attachmentsRead).items.map(attachmentView),
    deliveries: session.book.all().filter((record) => isAbout(record, key)),
  }
}

/** As QUBS has it now, or, where it has left the list, as it was last. @throws CallFailed */
export async function appointmentOf(
  session: StationSession,
  key: AppointmentKey,
  worklist: Pick<WorklistBook, 'lastKnown'>,
): Promise<Pick<StudyAnswer, 'appointment' | 'pending'>> {
  const found = await clientOf(session, key.domain).getPending(key.appointmentId)
  if (!found.ok && found.failure.kind !== 'gone')
    throw new CallFailed(found.failure.kind, found.failure.message)
  const appointment = found.ok ? found.value : worklist.lastKnown(key)
  if (appointment === undefined) {
    throw new CallFailed('gone', `Appointment ${key.appointmentId} is not pending reporting.`)
  }
  return { appointment, pending: found.ok }
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
  const { text } = comment
  if (text.trim() === '') throw new CallFailed('invalid', 'The comment is blank; write something first.')
  if (!text.isWellFormed())
    throw new CallFailed('invalid', 'The comment has broken characters; type it again.')
  const server = clientOf(session, key.domain)
  valueOf(await server.getPending(key.appointmentId))
  const plan = commentPlan(key, comment, tools.now())
  return addComposed({ foundation: session.foundation, now: tools.now }, plan, [])
}
