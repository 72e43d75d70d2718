import { noIdentity, type DocumentIdentity, type PrintedDate } from '../../../shared/document.ts'
import { asciiValue, sequence, textValue, type DicomItem } from './data-set.ts'
import { isoDateOfDicom } from './moment.ts'
import { mixesAlphabets } from './person-name.ts'
import { plainLine } from './plain-text.ts'
import type { SubjectContext } from './subject-context.ts'

/** Who and what the DICOM header names (safety-and-standards 2). */

/** Different values of one kind that matching takes (shared/document.ts). */
export const MAX_VALUES = 50
const MAX_VALUE_CHARACTERS = 1024

/** `warnings`: sentences for a person, free of patient data. */
export type HeaderIdentity = { readonly identity: DocumentIdentity; readonly warnings: readonly string[] }

/**
 * Reads patient and study. A name whose characters do not fit its character set is left out (not compared) with a
 * warning; several referenced requests (0040,A370) give all their numbers, with a warning where they disagree.
 */
export function headerIdentity(root: DicomItem): HeaderIdentity {
  const warnings: string[] = []
  const requests = sequence(root, 'x0040a370')
  if (disagree(requests)) {
    warnings.push('This document answers several requests that do not name the same study or order.')
  }
  const withNumbers = [root, ...requests]
  const sex = asciiValue(root, 'x00100040')
  return {
    identity: {
      patientIds: values([longString(root, 'x00100020')]),
      names: values([patientName(root, warnings)]),
      birthDates: birthDates(root),
      sexes: sex === 'F' || sex === 'M' || sex === 'O' ? [sex] : [],
      accessionNumbers: values(withNumbers.map((item) => longString(item, 'x00080050', 'SH'))),
      studyInstanceUids: values(withNumbers.map((item) => asciiValue(item, 'x0020000d'))),
      appointmentIds: [],
    },
    warnings,
  }
}

/** What an SR's content tree says of its subject, as identity of the same document. */
export function subjectIdentity(subject: SubjectContext): DocumentIdentity {
  return {
    ...noIdentity,
    names: values(subject.names.map(plainLine)),
    patientIds: values(subject.patientIds.map(plainLine)),
    birthDates: subject.birthDates.map((day) => ({ printed: day, readings: [day] })),
  }
}

/** Two identities of one document: every different value of both. */
export function unionOfIdentities(a: DocumentIdentity, b: DocumentIdentity): DocumentIdentity {
  return {
    patientIds: distinct([...a.patientIds, ...b.patientIds]),
    names: distinct([...a.names, ...b.names]),
    birthDates: [
      ...new Map([...a.birthDates, ...b.birthDates].map((date) => [JSON.stringify(date), date])).values(),
    ],
    sexes: distinct([...a.sexes, ...b.sexes]),
    accessionNumbers: distinct([...a.accessionNumbers, ...b.accessionNumbers]),
    studyInstanceUids: distinct([...a.studyInstanceUids, ...b.studyInstanceUids]),
    appointmentIds: distinct([...a.appointmentIds, ...b.appointmentIds]),
  }
}

/** true where a list is longer than {@link MAX_VALUES}: cutting it could cut away a contradiction. */
export function namesTooMuch(identity: DocumentIdentity): boolean {
  return Object.values(identity).some((list) => list.length > MAX_VALUES)
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)]
}

function values(list: readonly (string | null)[]): string[] {
  return distinct(
    list.flatMap((value) =>
      value === null || value === '' || value.length > MAX_VALUE_CHARACTERS ? [] : [value],
    ),
  )
}

function longString(item: DicomItem, tag: string, vr: 'LO' | 'SH' = 'LO'): string | null {
  const value = textValue(item, tag, vr)
  return value === null ? null : plainLine(value.text)
}

function patientName(root: DicomItem, warnings: string[]): string | null {
  const value = textValue(root, 'x00100010', 'PN')
  if (value === null) return null
  if (value.doubtful) {
    warnings.push(
      'The characters of the patient name do not fit the declared character set; the name was not compared.',
    )
    return null
  }
  const name = plainLine(value.text)
  if (mixesAlphabets(name)) {
    warnings.push('The patient name mixes letters of different alphabets that look alike.')
  }
  return name
}

function birthDates(root: DicomItem): PrintedDate[] {
  const printed = asciiValue(root, 'x00100030')
  if (printed === null || printed.length > 200) return []
  const iso = isoDateOfDicom(printed)
  return [{ printed: plainLine(printed), readings: iso === null ? [] : [iso] }]
}

function disagree(requests: readonly DicomItem[]): boolean {
  const tags = ['x00080050', 'x0020000d', 'x00402016', 'x00402017']
  return tags.some((tag) => {
    const found = requests.map((request) => longString(request, tag) ?? '')
    return new Set(found.filter((value) => value !== '')).size > 1
  })
}
