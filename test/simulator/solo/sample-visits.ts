import type { Seed } from '../qubs/practice-state.ts'
import type { SoloPatientSeed, SoloVisitSeed } from './solo-state.ts'

/** Solo's side of the invented practice: its patients, and a visit for the first study of the worklist. */

const genders: Readonly<Record<string, string>> = { F: 'female', M: 'male' }

/** The patients of some appointments, each once. Their ids in Solo are the practice's patient ids. */
export function sampleSoloPatients(appointments: readonly Seed[]): SoloPatientSeed[] {
  const patients = new Map<string, SoloPatientSeed>()
  for (const { patientId, firstName, lastName, dateOfBirth, gender } of appointments) {
    if (typeof patientId !== 'string') continue
    patients.set(patientId, {
      id: patientId,
      hsid: patientId,
      demographics: {
        mrn: patientId,
        name: [{ use: 'usual', family: `${firstName} ${lastName}`, firstName, middleName: '', lastName }],
        birthDate: dateOfBirth,
        gender: genders[gender ?? ''] ?? 'unknown',
      },
    })
  }
  return [...patients.values()]
}

/** A visit in half an hour for the first appointment, under the external id that Radpost gives by default. */
export function sampleSoloVisits(appointments: readonly Seed[], nowMs: number): SoloVisitSeed[] {
  const halfAnHourMs = 1_800_000
  return appointments.slice(0, 1).map(({ domain = 'acme', appointmentId, patientId, studyDescription }) => ({
    ...(typeof patientId === 'string' ? { patientId } : {}),
    externalId: `${domain}:${appointmentId}`,
    dateSeconds: Math.floor((nowMs + halfAnHourMs) / 1000),
    reasons: [`Results: ${studyDescription}`],
  }))
}
