import { pendingAppointment, type PendingAppointment } from '../../shared/worklist.ts'
import { seededRandom } from '../simulator/core/seeded.ts'

const families = [
  'Okonkwo',
  'Thompson-Reid',
  'Nguyễn',
  'Müller',
  'Papadopoulos',
  'O’Sullivan',
  'Singh',
  'Costa',
]
const given = ['Adaeze', 'Margaret', 'Thị Lan', 'Jürgen', 'Eleni', 'Niamh', 'Harpreet', 'Rafael', 'Kenji']
const modalities = ['CT', 'MR', 'US', 'DX', 'MG', 'NM']
const studies = [
  'CT Brain, non-contrast',
  'MRI Lumbar spine',
  'Ultrasound abdomen',
  'X-ray pelvis',
  'Bone scan',
]
const priorities = ['STAT', 'Urgent', 'Priority', 'Routine', null]

/** A worklist of `count` pending studies of 12 sites with deadlines around `nowMs`; the same one for the same seed. */
export function manyStudies(count: number, nowMs: number, seed = 1): PendingAppointment[] {
  const random = seededRandom(seed)
  const one = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)]
    if (value === undefined) throw new Error('There is nothing to choose from.')
    return value
  }
  return Array.from({ length: count }, (_, index) => {
    const lastName = `${one(families)}${index % 7 === 0 ? '' : index % 97}`
    const firstName = one(given)
    return pendingAppointment.parse({
      domain: 'harbour',
      appointmentId: `A${200_000 + index}`,
      status: 'PENDING REPORTING',
      scheduledSite: `Site ${Math.floor(random() * 12)}`,
      appointmentDate: '2026-11-20',
      startTime: '09:15:00',
      patientId: `HB-${40_000 + index * 3}`,
      patientName: `${firstName} ${lastName}`,
      firstName,
      lastName,
      dateOfBirth: `19${String(30 + Math.floor(random() * 60))}-03-28`,
      gender: one(['F', 'M']),
      modality: one(modalities),
      studyDescription: one(studies),
      clinicalInfo: 'Fall from standing height. '.repeat(4),
      doctorName: `Dr ${one(families)}`,
      clinicName: one(['Seaview Medical Centre', 'City Clinic']),
      priority: one(priorities),
      reportNeededBy:
        random() < 0.05 ? null : new Date(nowMs + (random() * 4_000 - 400) * 60_000).toISOString(),
      studyInstanceUid: `1.2.840.113619.2.55.3.${604_688_120 + index}`,
    })
  })
}
