import type { Candidate } from '../../shared/matching.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { isoBirthDate } from './birth-date.ts'
import { weigh, type MatchingDocument, type MatchingPolicy } from './decide.ts'
import { foldIdentifier } from './folding.ts'
import { locate } from './locate.ts'

/** What a named person's choice of an appointment comes to. `explanation`: one sentence without patient data. */
export type PersonsChoice =
  | {
      readonly kind: 'allowed'
      readonly candidate: Candidate
      /** What the choice overrules, one sentence each, for the audit and the receipt. */
      readonly overruled: readonly string[]
    }
  | {
      readonly kind: 'refused'
      readonly reason: 'birth-date-needed' | 'birth-date-differs' | 'birth-date-unknown'
      readonly candidate: Candidate
      readonly explanation: string
    }

function overruledBy(
  document: MatchingDocument,
  appointment: PendingAppointment,
  candidate: Candidate,
): string[] {
  const sentences: string[] = []
  if (candidate.identity === 'mismatch')
    sentences.push('The document contradicts the patient of the appointment.')
  if (candidate.identity === 'unverified') sentences.push('The document alone does not prove the patient.')
  const ownUid = foldIdentifier(appointment.studyInstanceUid ?? '')
  if (ownUid !== '' && document.identity.studyInstanceUids.some((uid) => foldIdentifier(uid) !== ownUid)) {
    sentences.push('The StudyInstanceUID of the document is not that of the appointment.')
  }
  return sentences
}

/**
 * Whether a person may send this document to the appointment they chose (interfaces.md 6). A contradiction of identity
 * needs the patient's birth date typed as `yyyy-MM-dd`, equal to the appointment's own; an appointment without a
 * birth date cannot be confirmed against a contradiction. A birth date typed without need must be right all the same.
 */
export function checkPersonsChoice(
  document: MatchingDocument,
  appointment: PendingAppointment,
  choice: { readonly birthDateTyped: string | null },
  policy: MatchingPolicy,
): PersonsChoice {
  const location = locate(document, [appointment], policy)
  const locators = location.kind === 'one' ? location.located.locators : []
  const candidate = weigh(document, appointment, locators, policy)
  const id = appointment.appointmentId
  const typed = choice.birthDateTyped?.trim() ?? ''
  const expected = isoBirthDate(appointment.dateOfBirth)
  const refused = (
    reason: Extract<PersonsChoice, { kind: 'refused' }>['reason'],
    explanation: string,
  ): PersonsChoice => ({
    kind: 'refused',
    reason,
    candidate,
    explanation,
  })

  if (candidate.identity === 'mismatch' && expected === null) {
    return refused(
      'birth-date-unknown',
      `The document contradicts the patient of appointment ${id}, which has no birth date to confirm; correct the patient's record in QUBS, or discard the report.`,
    )
  }
  if (candidate.identity === 'mismatch' && typed === '') {
    return refused(
      'birth-date-needed',
      `The document contradicts the patient of appointment ${id}; type the patient's birth date (YYYY-MM-DD) to send it all the same.`,
    )
  }
  if (typed !== '' && expected !== null && typed !== expected) {
    return refused(
      'birth-date-differs',
      `The birth date that was typed is not that of the patient of appointment ${id}; check whose report this is.`,
    )
  }
  return { kind: 'allowed', candidate, overruled: overruledBy(document, appointment, candidate) }
}
