import { z } from 'zod'
import { MAX_REPORT_TEXT_BYTES } from './document.ts'

/** Reports that a person writes in Radpost: what window, main process and command line agree on. */

/** From here on the window warns: a tenth of the limit is left, in UTF-8 bytes. */
export const WARN_REPORT_TEXT_BYTES = Math.floor(MAX_REPORT_TEXT_BYTES * 0.9)
/** Most files of one report (contract 1.6 Q9: items 1..20). */
export const MAX_ATTACHMENTS = 20

/** What the limit of the report text counts: bytes as UTF-8, not characters (contract 1.6 Q8). */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length
}

/** Where in a text something stands; both count from 1, `column` in UTF-16 units as an editor counts them. */
export type TextPlace = { readonly line: number; readonly column: number }

/** The first half of a character without its other half (a lone surrogate): it would be sent as U+FFFD. */
export function brokenCharacterAt(text: string): TextPlace | null {
  if (text.isWellFormed()) return null
  const at = text.search(/\p{Surrogate}/u)
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}

/** Why a text cannot be sent as a report (contract 1.6 Q8). */
export type ReportTextFault =
  | { readonly kind: 'blank' }
  | { readonly kind: 'too-long'; readonly sizeBytes: number }
  | ({ readonly kind: 'broken' } & TextPlace)

/** null: the text may be sent, exactly as it stands. */
export function reportTextFault(text: string): ReportTextFault | null {
  if (text.trim() === '') return { kind: 'blank' }
  const broken = brokenCharacterAt(text)
  if (broken !== null) return { kind: 'broken', ...broken }
  const sizeBytes = utf8Bytes(text)
  return sizeBytes > MAX_REPORT_TEXT_BYTES ? { kind: 'too-long', sizeBytes } : null
}

/** The patient as an appointment showed them to the person who wrote the report. */
export const shownPatient = z.object({
  patientId: z.string().nullable(),
  patientName: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  dateOfBirth: z.string().nullable(),
})
export type ShownPatient = z.infer<typeof shownPatient>

/** The identity of an appointment's patient, and nothing else of it. */
export function patientOf(appointment: ShownPatient): ShownPatient {
  const { patientId, patientName, firstName, lastName, dateOfBirth } = appointment
  return { patientId, patientName, firstName, lastName, dateOfBirth }
}

export const patientParts = ['patientId', 'name', 'birthDate'] as const
export type PatientPart = (typeof patientParts)[number]

/** What about the patient is another thing now than what was shown; to the letter, because a person compared it. */
export function changedParts(shown: ShownPatient, fresh: ShownPatient): PatientPart[] {
  const isSame: Readonly<Record<PatientPart, boolean>> = {
    patientId: shown.patientId === fresh.patientId,
    name:
      shown.patientName === fresh.patientName &&
      shown.firstName === fresh.firstName &&
      shown.lastName === fresh.lastName,
    birthDate: shown.dateOfBirth === fresh.dateOfBirth,
  }
  return patientParts.filter((part) => !isSame[part])
}
