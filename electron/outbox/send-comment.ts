import type { CommentPlan } from '../../shared/delivery.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { commentBody } from '../qubs/bodies.ts'
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

/** One comment or alert, idempotent like a report (contract 1.6 Q6). */
export async function sendComment(
  parts: SendParts,
  record: DeliveryRecord,
  plan: CommentPlan,
): Promise<Happening> {
  const stored = parts.journal.request(record.id, 'comment')
  const request =
    stored === null
      ? newRequest({
          deliveryId: record.id,
          step: 'comment',
          generation: 1,
          generationLimit: 1,
          // A comment belongs to one press of a button, so its delivery's id is what makes it unique.
          idempotencyKey: parts.idempotencyKey(['comment', record.id]),
          body: bytesOf(
            commentBody({
              commentText: plan.text,
              commentType: plan.type,
              commentDateTime: plan.commentDateTimeUtc,
            }),
          ),
        })
      : afterRestart(stored)
  if (request.taken?.kind === 'comment') return deliveredAs(request.taken.guid)
  if (isKeyTooOld(request, parts.now(), retryWindowMs.comment)) return unknownOutcome

  const attempt = await attemptWrite(
    parts,
    request,
    (write) => parts.server.createComment(plan.appointmentId, write),
    ({ guid }) => ({ upload: null, taken: { kind: 'comment', guid } }),
  )
  if (attempt.result.ok) return deliveredAs(attempt.result.value.guid)
  const { failure } = attempt.result
  const repeatedlyBusy = failure.kind === 'conflict' && attempt.request.conflicts > MAX_CONFLICTS
  if (repeatedlyBusy || (failure.kind === 'gone' && request.maybeTakenSinceMs !== null)) return unknownOutcome
  return afterFailure(failure, parts.backOff(record))
}

function deliveredAs(guid: string): Happening {
  return { type: 'delivered', receipt: { kind: 'comment', guid } }
}

const unknownOutcome: Happening = {
  type: 'held',
  reason: 'outcome-unknown',
  message: 'The comment was sent and its answer was lost. Look in QUBS whether it is there.',
}
