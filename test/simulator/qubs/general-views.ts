import { z } from 'zod'
import type { Switches } from '../switches.ts'
import type { AppointmentRecord } from './practice-state.ts'

/** The views of an appointment in any status: without its patient (contract 1.5 "Summary fields"). */

/** What happened to an appointment on its day. Date-times are UTC. */
export const operationalFields = z.strictObject({
  room: z.string().nullable().exactOptional(),
  billingStatus: z.string().nullable().exactOptional(),
  billingType: z.string().nullable().exactOptional(),
  arrivalDateTime: z.string().nullable().exactOptional(),
  scanStartDateTime: z.string().nullable().exactOptional(),
  scanEndDateTime: z.string().nullable().exactOptional(),
  scanTotalTime: z.number().nullable().exactOptional(),
  waitingTotalTime: z.number().nullable().exactOptional(),
  examCodes: z.array(z.unknown()).exactOptional(),
})
export type OperationalFields = z.infer<typeof operationalFields>

/** Q11–Q13. */
export function summaryView({ fields }: AppointmentRecord, switches: Switches): object {
  const { domain, appointmentId, scheduledSite, status } = fields
  const { startTime, endTime, modality, studyDescription } = fields
  return {
    domain,
    appointmentId,
    scheduledSite,
    status,
    appointmentDate: shownDate(fields.appointmentDate, switches),
    startTime,
    endTime,
    modality,
    studyDescription,
  }
}

/** Q14–Q16. */
export function operationalView(record: AppointmentRecord, switches: Switches): object {
  const { fields, operational } = record
  return {
    ...summaryView(record, switches),
    room: null,
    priority: fields.priority,
    billingStatus: 'active',
    billingType: null,
    arrivalDateTime: null,
    scanStartDateTime: null,
    scanEndDateTime: null,
    examCodes: [],
    ...operational,
    scanTotalTime: shownNumber(operational.scanTotalTime, switches),
    waitingTotalTime: shownNumber(operational.waitingTotalTime, switches),
  }
}

/** The older generation shows a date as it is stored: `dd-MM-yyyy`. */
function shownDate(iso: string | null | undefined, switches: Switches): string | null | undefined {
  const [year, month, day] = iso?.split('-') ?? []
  return switches.documentGeneration === 'old' && day !== undefined ? `${day}-${month}-${year}` : iso
}

/** The older generation has integers as text too. */
function shownNumber(value: number | null | undefined, switches: Switches): number | string | null {
  if (value === null || value === undefined) return null
  return switches.documentGeneration === 'old' ? String(value) : value
}
