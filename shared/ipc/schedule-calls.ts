import { z } from 'zod'
import { key, time, type CallTable } from './vocabulary.ts'

const optionalText = z.string().nullable()

/** An appointment of the day. Nothing in it names a patient. */
export const scheduledAppointment = z.object({
  appointmentId: z.string(),
  /** As QUBS has it: a day of the site (`yyyy-MM-dd`), or a text that is shown as it is. */
  date: optionalText,
  /** Times of day at the site (`HH:mm:ss`). */
  startTime: optionalText,
  endTime: optionalText,
  /** The instant of the start; null where the site's zone or the time is not known. */
  startsAt: time.nullable(),
  modality: optionalText,
  study: optionalText,
  /** What is to be done, in the words of the site's exam codes. */
  exams: z.array(z.string()),
  room: optionalText,
  priority: optionalText,
  /** UTC date-times; a text without a zone is shown as it is. */
  arrivedAt: optionalText,
  scanStartedAt: optionalText,
  scanEndedAt: optionalText,
  /** As QUBS counts them; their unit is not documented. */
  waitingTotal: z.number().nullable(),
  scanTotal: z.number().nullable(),
  /** The study is on the worklist: it can be opened. */
  isPending: z.boolean(),
})
export type ScheduledItem = z.infer<typeof scheduledAppointment>

const siteSchedule = z.object({
  siteName: z.string(),
  /** IANA; null: times of this site are shown as they came ("site time"). */
  timeZone: optionalText,
  statuses: z.array(z.object({ status: z.string(), appointments: z.array(scheduledAppointment) })),
})
export type SiteScheduleItem = z.infer<typeof siteSchedule>

/** What a reporting site sees coming. */
export const scheduleCalls = {
  /** One day of one practice, read now. `date` is a day of the site; `site` null: every site. */
  'schedule.get': {
    args: key
      .pick({ domain: true })
      .extend({ date: z.iso.date(), site: z.string().trim().min(1).max(200).nullable() }),
    result: z.object({
      at: time,
      sites: z.array(z.object({ siteName: z.string(), timeZone: optionalText })),
      /** false: the practice has no such site, so that an empty day says nothing. */
      isSiteKnown: z.boolean(),
      schedule: z.array(siteSchedule),
      unreadable: z.int(),
    }),
  },
} as const satisfies CallTable
