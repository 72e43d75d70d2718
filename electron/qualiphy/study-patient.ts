import type { FieldProblem } from '../../shared/qualiphy-form.ts'
import type { Invite } from '../../shared/qualiphy.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { isoBirthDate } from '../matching/birth-date.ts'
import { compareName } from '../matching/names.ts'

/**
 * The form must be about the study's patient (design.md 1, promise 1): a birth date or a name that contradicts is for a
 * person to settle, in the form or in QUBS. Names are compared as those of reports are (interfaces.md 4 "Names"), so
 * that another way of writing the same name does not count.
 */
export function contradictsStudy(
  { dob, first_name: firstName, last_name: lastName }: Invite,
  study: Pick<PendingAppointment, 'patientName' | 'firstName' | 'lastName' | 'dateOfBirth'>,
): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  if (compareName(`${lastName}, ${firstName}`, study) === 'contradicts') {
    const message =
      'The name is not the one of the study’s patient; check that this is the right study, and write it as QUBS has it.'
    problems.push({ field: 'last_name', message })
  }
  const birthDate = isoBirthDate(study.dateOfBirth)
  if (birthDate !== null && birthDate !== dob) {
    const message =
      'The birth date is not the one of the study’s patient; check that this is the right study.'
    problems.push({ field: 'dob', message })
  }
  return problems
}
