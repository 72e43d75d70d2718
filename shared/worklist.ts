import { z } from 'zod'

/**
 * A pending reporting appointment (contract 1.5). Only four fields are certain; everything else may be absent.
 * The schema is lenient so that the older document generation passes too: numbers for strings, nulls, unknown
 * fields (contract 1.3).
 */

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((v) => v ?? null)

/** An identifier: a non-empty string; the older generation may send a number. */
const identifier = z.union([z.string().min(1), z.number().transform(String)])

const user = z
  .looseObject({ username: text, firstName: text, initials: text, lastName: text, role: text })
  .nullish()
  .transform((v) => v ?? null)

export const pendingAppointment = z.object({
  domain: identifier,
  appointmentId: identifier,
  status: z.string(),
  scheduledSite: identifier,
  /** `yyyy-MM-dd` in the site's zone. Kept as text: a Date would shift it (api-notes D). */
  appointmentDate: text,
  startTime: text,
  endTime: text,
  patientId: text,
  patientName: text,
  firstName: text,
  lastName: text,
  dateOfBirth: text,
  gender: text,
  modality: text,
  studyDescription: text,
  clinicalInfo: text,
  doctorName: text,
  clinicName: text,
  priority: text,
  /** UTC ISO 8601. */
  reportNeededBy: text,
  studyInstanceUid: text,
  radiologistUser: user,
  serviceItems: z
    .array(z.unknown())
    .nullish()
    .transform((v) => v ?? []),
})
export type PendingAppointment = z.infer<typeof pendingAppointment>

/** An appointment is named by domain and id together: two practices may use the same id. */
export type AppointmentKey = { readonly domain: string; readonly appointmentId: string }

export function sameAppointment(a: AppointmentKey, b: AppointmentKey): boolean {
  return a.domain === b.domain && a.appointmentId === b.appointmentId
}
