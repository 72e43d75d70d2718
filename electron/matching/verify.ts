import type { DocumentIdentity } from '../../shared/document.ts'
import type { Comparison, IdentityEvidence, IdentityVerdict } from '../../shared/matching.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { compareBirthDate, type DateOrder } from './birth-date.ts'
import { compareName } from './names.ts'
import { comparePatientId, type PatientIdMeaning } from './patient-id.ts'
import { compareSex } from './sex.ts'

/** What the site's settings say about proving a patient (interfaces.md 2 `identity`, and each practice's date order). */
export type IdentityPolicy = {
  /** How many of patientId, name and birthDate must agree. */
  readonly elements: 2 | 3
  readonly patientIdIs: PatientIdMeaning
  readonly dateOrderOf: (domain: string) => DateOrder
}

/** Over all values that the document gives of one element: any contradiction contradicts. */
function compareAll<T>(values: readonly T[], compare: (value: T) => Comparison): Comparison {
  let sum: Comparison = 'not-compared'
  for (const value of values) {
    const one = compare(value)
    // Nothing outweighs a contradiction: a document full of names costs no more than one with two.
    if (one === 'contradicts') return one
    if (one === 'agrees') sum = one
  }
  return sum
}

/** Each identity element of a document against an appointment (interfaces.md 4 "Identity elements"). */
export function identityEvidence(
  identity: DocumentIdentity,
  appointment: PendingAppointment,
  policy: IdentityPolicy,
): IdentityEvidence {
  const order = policy.dateOrderOf(appointment.domain)
  return {
    patientId: compareAll(identity.patientIds, (id) =>
      comparePatientId(id, appointment.patientId, policy.patientIdIs),
    ),
    name: compareAll(identity.names, (name) => compareName(name, appointment)),
    birthDate: compareAll(identity.birthDates, (date) =>
      compareBirthDate(date, appointment.dateOfBirth, order),
    ),
    sex: compareAll(identity.sexes, (sex) => compareSex(sex, appointment.gender)),
  }
}

/** How many elements that count towards a proof agree; sex is not one of them. */
export function agreeingElements(evidence: IdentityEvidence): number {
  return [evidence.patientId, evidence.name, evidence.birthDate].filter((c) => c === 'agrees').length
}

/** Whether any element, sex included, speaks against the patient. */
export function contradictsAnywhere(evidence: IdentityEvidence): boolean {
  return Object.values(evidence).includes('contradicts')
}

/** The verdict of interfaces.md 4: enough elements agree, one of them birthDate or patientId, and none contradicts. */
export function judgeIdentity(evidence: IdentityEvidence, elements: 2 | 3): IdentityVerdict {
  if (contradictsAnywhere(evidence)) return 'mismatch'
  const hasNumber = evidence.patientId === 'agrees' || evidence.birthDate === 'agrees'
  return hasNumber && agreeingElements(evidence) >= elements ? 'verified' : 'unverified'
}
