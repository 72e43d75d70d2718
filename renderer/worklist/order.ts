import type { PendingAppointment } from '../../shared/worklist.ts'
import { patientName } from '../format/person-name.ts'

/** Columns by which the worklist can be ordered. */
export const sortColumns = ['due', 'patient', 'modality', 'study', 'doctor', 'priority', 'id'] as const
export type SortColumn = (typeof sortColumns)[number]
export type Sort = { readonly column: SortColumn; readonly direction: 'ascending' | 'descending' }

/** What a radiologist begins with: the study that is due first. */
export const firstSort: Sort = { column: 'due', direction: 'ascending' }

export function isSortColumn(text: string): text is SortColumn {
  return (sortColumns as readonly string[]).includes(text)
}

/**
 * Priority is free text in QUBS, so known words are ranked and the raw word is shown (api-notes D). Lower is more
 * urgent; a word that is not known stands between urgent and routine, so that it is not overlooked.
 */
export function priorityRank(priority: string | null): number {
  const word = (priority ?? '').trim().toLowerCase()
  if (word === '') return 5
  if (/\b(stat|emergency|immediate|critical)\b/.test(word)) return 0
  if (/\b(urgent|asap)\b/.test(word) && !/\b(non|not|semi)[- ]?urgent\b/.test(word)) return 1
  if (/\b(semi[- ]?urgent|high|priority)\b/.test(word)) return 2
  if (/\b(routine|normal|standard|low|elective|non[- ]?urgent|not urgent)\b/.test(word)) return 4
  return 3
}

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

/** Text that is missing comes last, whatever the direction. */
function compareText(a: string, b: string, sign: number): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1
  return sign * collator.compare(a, b)
}

function textOf(appointment: PendingAppointment, column: Exclude<SortColumn, 'due' | 'priority'>): string {
  switch (column) {
    case 'patient':
      return patientName(appointment)
    case 'modality':
      return appointment.modality ?? ''
    case 'study':
      return appointment.studyDescription ?? ''
    case 'doctor':
      return appointment.doctorName ?? ''
    case 'id':
      return appointment.appointmentId
  }
}

function compareBy(a: PendingAppointment, b: PendingAppointment, { column, direction }: Sort): number {
  const sign = direction === 'ascending' ? 1 : -1
  switch (column) {
    case 'due':
      // ISO instants of one shape order like text.
      return compareText(a.reportNeededBy ?? '', b.reportNeededBy ?? '', sign)
    case 'priority':
      return sign * (priorityRank(a.priority) - priorityRank(b.priority))
    case 'patient':
    case 'modality':
    case 'study':
    case 'doctor':
    case 'id':
      return compareText(textOf(a, column), textOf(b, column), sign)
  }
}

/** A total order, whatever order the answer came in: equal rows by deadline, then by practice and id. */
export function sortAppointments(
  appointments: readonly PendingAppointment[],
  sort: Sort,
): readonly PendingAppointment[] {
  return appointments.toSorted(
    (a, b) =>
      compareBy(a, b, sort) ||
      compareBy(a, b, firstSort) ||
      collator.compare(a.appointmentId, b.appointmentId) ||
      (rowId(a) < rowId(b) ? -1 : rowId(a) > rowId(b) ? 1 : 0),
  )
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** Whether every word of the search occurs in patient, id, study, doctor or clinic; case and accents do not matter. */
export function matchesSearch(appointment: PendingAppointment, search: string): boolean {
  const searched = fold(search).split(/\s+/).filter(Boolean)
  if (searched.length === 0) return true
  const haystack = fold(
    [
      patientName(appointment),
      appointment.patientName,
      appointment.firstName,
      appointment.lastName,
      appointment.patientId,
      appointment.appointmentId,
      appointment.dateOfBirth,
      appointment.modality,
      appointment.studyDescription,
      appointment.doctorName,
      appointment.clinicName,
    ]
      .filter((part) => part !== null)
      .join('\n'),
  )
  return searched.every((word) => haystack.includes(word))
}

/** One text for domain and id together: two practices may use the same id. */
export function rowId(study: { readonly domain: string; readonly appointmentId: string }): string {
  return `${encodeURIComponent(study.domain)}/${encodeURIComponent(study.appointmentId)}`
}
