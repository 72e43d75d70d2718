import type { Comparison } from '../../shared/matching.ts'
import type { SoloSex } from '../../shared/solo.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { isoBirthDate } from '../matching/birth-date.ts'
import { compareName } from '../matching/names.ts'
import { compareSex } from '../matching/sex.ts'
import type { Demographics } from './answers.ts'
import { isoDay, type IsoDay } from './dates.ts'
import type { PatientFields } from './patient-requests.ts'

/** The patient of a study as Solo would have it, and whether Solo's patient is the same person. */

/** What of a study says who the patient is. */
export type StudyPatient = Pick<
  PendingAppointment,
  'patientId' | 'patientName' | 'firstName' | 'lastName' | 'dateOfBirth' | 'gender'
>

/** A study with its place in QUBS. */
export type Study = StudyPatient & Pick<PendingAppointment, 'domain' | 'appointmentId'>

/** Solo's word for a gender as QUBS has it, which is free text. */
export function soloSexOf(gender: string | null): SoloSex {
  if (compareSex('F', gender) === 'agrees') return 'female'
  if (compareSex('M', gender) === 'agrees') return 'male'
  return /^\s*(?:o|other|x|indeterminate|intersex)\s*$/i.test(gender ?? '') ? 'other' : 'unknown'
}

export function birthDayOf(study: StudyPatient): IsoDay | null {
  return isoDay.safeParse(isoBirthDate(study.dateOfBirth)).data ?? null
}

/** The fields that go out for a study's patient; what the study does not know is left out, so that Solo keeps its own. */
export function patientFieldsOf(study: StudyPatient): PatientFields {
  const firstName = study.firstName?.trim() ?? ''
  const lastName = study.lastName?.trim() ?? ''
  const sex = soloSexOf(study.gender)
  const birthDate = birthDayOf(study)
  const family = [firstName, lastName].filter((part) => part !== '').join(' ')
  return {
    ...(family === '' ? {} : { name: [{ use: 'usual', family, firstName, lastName }] }),
    ...(birthDate === null ? {} : { birthDate }),
    ...(sex === 'unknown' ? {} : { gender: sex }),
  }
}

/** What a study must say of its patient before Solo can be given a new one; empty: nothing is missing. */
export function missingForSolo(study: StudyPatient): readonly string[] {
  const wanted = {
    'the patient id': study.patientId,
    'the first name': study.firstName,
    'the last name': study.lastName,
    'the date of birth': birthDayOf(study),
  }
  return Object.entries(wanted).flatMap(([name, value]) => ((value ?? '').trim() === '' ? [name] : []))
}

/** Whether Solo's patient is the study's. A name or a birth date that differs contradicts (design.md 1, promise 1). */
export function comparePatient(patient: Demographics, study: StudyPatient): Comparison {
  const [name] = patient.name
  const written =
    (name?.lastName ?? '') === '' ? (name?.family ?? '') : `${name?.lastName}, ${name?.firstName ?? ''}`
  const names = written.trim() === '' ? 'not-compared' : compareName(written, study)
  const theirs = isoBirthDate(patient.birthDate)
  const ours = isoBirthDate(study.dateOfBirth)
  const birthDates =
    theirs === null || ours === null ? 'not-compared' : theirs === ours ? 'agrees' : 'contradicts'
  if (names === 'contradicts' || birthDates === 'contradicts') return 'contradicts'
  return names === 'agrees' && birthDates === 'agrees' ? 'agrees' : 'not-compared'
}

/**
 * What Solo does not know of its patient and the study does. What Solo knows stays: the people there may know the patient
 * better, and a list of names that is written anew would lose second names and aliases.
 */
export function missingFields(patient: Demographics, study: StudyPatient): PatientFields {
  const { name, birthDate, gender } = patientFieldsOf(study)
  const isNamed = patient.name.some(({ firstName, lastName }) => (firstName ?? '') + (lastName ?? '') !== '')
  const hasGender = !['', 'unknown'].includes(patient.gender?.trim().toLowerCase() ?? '')
  return {
    ...(name === undefined || isNamed ? {} : { name }),
    ...(birthDate === undefined || (patient.birthDate ?? '') !== '' ? {} : { birthDate }),
    ...(gender === undefined || hasGender ? {} : { gender }),
  }
}
