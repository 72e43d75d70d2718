import { z } from 'zod'
import { jsonAnswer, type Answer } from '../core/answer.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import { bodyObject } from '../core/json-request.ts'
import { readBody, requiredText, utcDateTime } from './json-body.ts'
import { integrationUser, utcSeconds, type AppointmentRecord, type Comment } from './practice-state.ts'

const shape = {
  commentText: requiredText,
  commentType: z.enum(['AC', 'AA', 'PC', 'PA']).nullish(),
  isAlert: z.boolean().nullish(),
  commentDateTime: utcDateTime.nullish(),
}

export type CommentRequest = z.infer<z.ZodObject<typeof shape>>

/** @throws ProblemError when the body is not a comment (Q6). */
export function readComment(request: ReceivedRequest, refuseUnknown: boolean): CommentRequest {
  return readBody(request, bodyObject(shape, refuseUnknown))
}

/** The comment that a request makes: its type follows `isAlert` where none is given, and the other way round. */
export function commentFrom(
  asked: CommentRequest,
  { fields }: AppointmentRecord,
  guid: string,
  nowMs: number,
): Comment {
  const commentType = asked.commentType ?? (asked.isAlert === true ? 'AA' : 'AC')
  return {
    guid,
    commentType,
    appointmentId: commentType.startsWith('P') ? '' : fields.appointmentId,
    patientId: fields.patientId ?? '',
    commentText: asked.commentText,
    commentDateTime: asked.commentDateTime ?? utcSeconds(nowMs),
    isAlert: asked.isAlert ?? commentType.endsWith('A'),
    commentBy: integrationUser,
    lastModifiedDateTime: utcSeconds(nowMs),
  }
}

export function createdComment(comment: Comment): Answer {
  return jsonAnswer(201, comment)
}
