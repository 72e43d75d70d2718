import type { PendingAppointment } from '../../shared/worklist.ts'
import { patientName } from '../format/person-name.ts'

/**
 * A pending study with all that search, filters and order ask of it, worked out once: with thousands of studies, a key
 * in the search has no time to fold texts again.
 */
export type StudyRow = {
  /** One text for domain and id together: two practices may use the same id. */
  readonly id: string
  readonly appointment: PendingAppointment
  readonly name: string
  /** Everything that the search looks in, folded; a line break between the parts. */
  readonly haystack: string
  /** The deadline in milliseconds since the epoch; null: none, or one that cannot be read. */
  readonly dueMs: number | null
  readonly priorityRank: number
  /** The radiologist it is assigned to, as QUBS names them; empty: nobody. */
  readonly assignedTo: string
  /** Date and time of the appointment at the site, in an order that sorts; empty where not known. */
  readonly scheduled: string
}

// Rows that did not change keep their identity through a refresh (structural sharing of the query), so they are found here.
const known = new WeakMap<PendingAppointment, StudyRow>()

/** The row of an appointment; the same row for the same appointment. */
export function studyRow(appointment: PendingAppointment): StudyRow {
  const found = known.get(appointment)
  if (found !== undefined) return found
  const dueMs = appointment.reportNeededBy === null ? NaN : Date.parse(appointment.reportNeededBy)
  const row: StudyRow = {
    id: rowId(appointment),
    appointment,
    name: patientName(appointment),
    haystack: haystackOf(appointment),
    dueMs: Number.isNaN(dueMs) ? null : dueMs,
    priorityRank: priorityRank(appointment.priority),
    assignedTo: assignedTo(appointment),
    scheduled: [appointment.appointmentDate ?? '', appointment.startTime ?? ''].join(' ').trim(),
  }
  known.set(appointment, row)
  return row
}

/** One text for domain and id together. */
export function rowId(study: { readonly domain: string; readonly appointmentId: string }): string {
  return `${encodeURIComponent(study.domain)}/${encodeURIComponent(study.appointmentId)}`
}

/** Case and accents do not matter to a person who searches. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The words of a search; a study matches when every one of them occurs in it. */
export function searchWords(search: string): readonly string[] {
  return fold(search).split(/\s+/).filter(Boolean)
}

export function matchesWords(row: StudyRow, searched: readonly string[]): boolean {
  return searched.every((word) => row.haystack.includes(word))
}

function haystackOf(appointment: PendingAppointment): string {
  return fold(
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
      appointment.scheduledSite,
      assignedTo(appointment),
    ]
      .filter((part) => part !== null)
      .join('\n'),
  )
}

/** `Bell, Rosa`, else the user name; empty where nobody is assigned. */
function assignedTo({ radiologistUser }: PendingAppointment): string {
  if (radiologistUser === null) return ''
  const { lastName, firstName, username, initials } = radiologistUser
  const name = [lastName, firstName].map((part) => part?.trim() ?? '').filter((part) => part !== '')
  return name.length > 0 ? name.join(', ') : (username ?? initials ?? '').trim()
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
