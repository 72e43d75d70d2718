import { z } from 'zod'
import { anyList, anyObject, decimal, flag, identifier, text } from './lenient.ts'
import { appointmentSummarySchema, readRows, type Rows } from './schemas.ts'

/** What QUBS says of a practice beside its reporting work: the schedule, sites, exam codes, skills, patients. */

/**
 * Q14–Q16: an appointment with what happened to it on the day (contract 1.5 "Operational adds"). Date-times are UTC;
 * the unit of the two totals is not documented, so they are shown as they are.
 */
export const operationalAppointmentSchema = appointmentSummarySchema.extend({
  room: text,
  priority: text,
  billingStatus: text,
  billingType: text,
  arrivalDateTime: text,
  scanStartDateTime: text,
  scanEndDateTime: text,
  scanTotalTime: decimal,
  waitingTotalTime: decimal,
  examCodes: anyList,
})
export type OperationalAppointment = z.infer<typeof operationalAppointmentSchema>

/** Q17. `totalDuration` is in minutes. */
export const examCodeSchema = z.object({
  examCodeId: identifier,
  key: identifier,
  site: identifier,
  description: z.union([z.string(), z.number().transform(String)]),
  category: text,
  modality: text,
  totalDuration: decimal,
  showOnline: flag,
  lastModifiedDateTime: text,
})
export type ExamCode = z.infer<typeof examCodeSchema>

/** Q18: an active site that the credentials may see. */
export const siteSchema = z.object({ domain: identifier, siteName: identifier })
export type Site = z.infer<typeof siteSchema>

/** Q19. Only the time zone is documented; everything else is kept as it came. */
export const siteSettingsSchema = z.looseObject({
  domain: text,
  siteName: text,
  /** IANA or Windows id: the vendor does not say which (contract 1.3, ambiguous). */
  timeZone: text,
})
export type SiteSettings = z.infer<typeof siteSettingsSchema>

/** Q23: the patient as QUBS has it. Health data: shown and handed on, never logged or stored. */
export const patientSummarySchema = z.looseObject({
  domain: text,
  patientId: identifier,
  patientName: text,
  firstName: text,
  lastName: text,
  dateOfBirth: text,
  gender: text,
})
export type PatientSummary = z.infer<typeof patientSummarySchema>

const employee = z.record(z.string(), z.unknown())

const staffSkills = z.object({
  examKeys: z.array(z.unknown()),
  examDisplay: anyObject,
  headerComments: anyObject,
  employees: anyList,
  examSites: anyObject,
})

/** Q20: the skill grid of a site. The shape of an employee is not documented and kept as it came. */
export type StaffSkills = {
  readonly examKeys: readonly string[]
  readonly examDisplay: Readonly<Record<string, unknown>>
  readonly headerComments: Readonly<Record<string, unknown>>
  readonly employees: Rows<Readonly<Record<string, unknown>>>
  readonly examSites: Readonly<Record<string, unknown>>
}

/** null: this is no skill grid at all. */
export function readStaffSkills(json: unknown): StaffSkills | null {
  const read = staffSkills.safeParse(json)
  if (!read.success) return null
  const { examKeys, employees, ...rest } = read.data
  return {
    ...rest,
    examKeys: examKeys.filter((key) => typeof key === 'string' || typeof key === 'number').map(String),
    employees: readRows(employee, employees),
  }
}
