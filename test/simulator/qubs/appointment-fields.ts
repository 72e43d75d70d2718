import { z } from 'zod'
import { operationalFields } from './general-views.ts'

const text = z.string().nullable().exactOptional()

const user = z.strictObject({
  username: z.string(),
  firstName: z.string(),
  initials: z.string(),
  lastName: z.string(),
  role: z.string(),
})
export type User = z.infer<typeof user>

/** The tele-reporting view of an appointment (contract 1.5): four members are certain, all others may be absent. */
export const appointmentFields = z.strictObject({
  domain: z.string().min(1),
  appointmentId: z.string().min(1),
  status: z.string().min(1),
  scheduledSite: z.string().min(1),
  /** `yyyy-MM-dd`; times are `HH:mm:ss`, both in the site's zone. */
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
  /** UTC. */
  reportNeededBy: text,
  studyInstanceUid: text,
  radiologistUser: user.nullable().exactOptional(),
  serviceItems: z.array(z.unknown()).nullable().exactOptional(),
})
export type AppointmentFields = z.infer<typeof appointmentFields>

/** What a new appointment may be given: any of its members, each of the right type. */
export const seedFields = appointmentFields.extend({
  domain: z.string().min(1).exactOptional(),
  appointmentId: z.string().min(1).exactOptional(),
  status: z.string().min(1).exactOptional(),
  scheduledSite: z.string().min(1).exactOptional(),
  operational: operationalFields.exactOptional(),
})
