import type { MatchDecision } from '../../shared/matching.ts'
import { sameAppointment, type AppointmentKey, type PendingAppointment } from '../../shared/worklist.ts'
import { decideMatch, type MatchingDocument, type MatchingPolicy } from './decide.ts'

/**
 * The same decision again on a fresh read of the appointment right before the report POST (interfaces.md 4, last
 * line): the worklist row may have been corrected since. `fresh` is null where the server no longer shows it as
 * pending. Only `matched` allows the POST.
 */
export function recheck(
  key: AppointmentKey,
  document: MatchingDocument,
  fresh: PendingAppointment | null,
  policy: MatchingPolicy,
): MatchDecision {
  if (fresh === null || !sameAppointment(key, fresh)) {
    return {
      kind: 'held',
      reason: 'no-match',
      candidates: [],
      explanation: `Appointment ${key.appointmentId} is no longer pending, so nothing was sent.`,
    }
  }
  return decideMatch(document, [fresh], policy)
}
