import type { OperationalAppointment } from '../qubs/practice-schemas.ts'
import { instantMsOf } from './site-time.ts'

/** What a reporting site sees coming: a day's appointments by site and status, with what happened so far. */
export type SiteSchedule = {
  readonly siteName: string
  /** IANA; null: times of this site are shown as they came ("site time"). */
  readonly timeZone: string | null
  readonly statuses: readonly {
    /** As QUBS words it; unknown ones are kept (contract 1.3). */
    readonly status: string
    readonly appointments: readonly ScheduledAppointment[]
  }[]
}

export type ScheduledAppointment = OperationalAppointment & {
  /** Milliseconds since 1970; null where the zone, the date or the time is not known. */
  readonly startsAtMs: number | null
}

/**
 * Sites and statuses by name, within a status by start, then by id: stable whatever order the server answers in. All
 * rows are of one practice.
 * @param zoneOf IANA zone of a site, or null
 */
export function scheduleOf(
  rows: readonly OperationalAppointment[],
  zoneOf: (siteName: string) => string | null,
): readonly SiteSchedule[] {
  const bySite = Map.groupBy(rows, (row) => row.scheduledSite ?? '')
  return sortedByName(bySite).map(([siteName, ofSite]) => {
    const timeZone = zoneOf(siteName)
    const scheduled = ofSite.map((row) => ({
      ...row,
      startsAtMs: instantMsOf(row.appointmentDate, row.startTime, timeZone),
    }))
    const byStatus = Map.groupBy(scheduled, (row) => row.status)
    const statuses = sortedByName(byStatus).map(([status, appointments]) => ({
      status,
      appointments: appointments.toSorted(byStart),
    }))
    return { siteName, timeZone, statuses }
  })
}

function sortedByName<T>(groups: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** What has no known start last; then by the clock of the site, which is the same for all rows of a site. */
function byStart(a: ScheduledAppointment, b: ScheduledAppointment): number {
  const earlier = a.startsAtMs ?? Number.POSITIVE_INFINITY
  const later = b.startsAtMs ?? Number.POSITIVE_INFINITY
  if (earlier !== later) return earlier < later ? -1 : 1
  const left = `${a.appointmentDate ?? '9999'} ${a.startTime ?? '99'} ${a.appointmentId}`
  const right = `${b.appointmentDate ?? '9999'} ${b.startTime ?? '99'} ${b.appointmentId}`
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * The rows that were asked for. How a practice reads the date of the filter is not documented (contract 1.5,
 * ambiguous), so a row that says another day or site is left out; one whose date is written otherwise cannot be
 * judged and stays.
 * @param date `yyyy-MM-dd`
 * @param site null: every site
 */
export function rowsOf(
  rows: readonly OperationalAppointment[],
  date: string,
  site: string | null,
): readonly OperationalAppointment[] {
  return rows.filter((row) => {
    const isOtherDay = /^\d{4}-\d{2}-\d{2}$/.test(row.appointmentDate ?? '') && row.appointmentDate !== date
    return !isOtherDay && (site === null || row.scheduledSite === site)
  })
}
