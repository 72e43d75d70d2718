import type { ScheduledItem, SiteScheduleItem } from '../../shared/ipc/schedule-calls.ts'
import { dayIn, writeMoment } from '../format/dates.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** The day (`yyyy-MM-dd`) at a site now. @param timeZone IANA; null: the viewer's own */
export function todayAt(timeZone: string | null, nowMs: number): string {
  return dayIn(new Date(nowMs), timeZone ?? undefined)
}

/** So many days later. @param day `yyyy-MM-dd` */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The day with its weekday, in full. It belongs to no zone, so it is read and written in UTC (api-notes D). */
export function writeWholeDay(day: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** An instant of the day on the clock of the site, and on the viewer's where that is another one. */
export type SiteMoment = { readonly text: string; readonly onViewersClock: string | null }

/**
 * @param instant a UTC date-time; a text without a zone is shown as it is, because nothing is guessed
 * @param timeZone IANA; null: not known, then the time is written in UTC, and says so
 * @param day the day on which the time alone is enough
 */
export function siteMoment(
  instant: string | null,
  timeZone: string | null,
  day: string,
  nowMs: number,
): SiteMoment | null {
  if (instant === null) return null
  if (!/(?:Z|[+-]\d{2}:\d{2})$/.test(instant)) return { text: instant, onViewersClock: null }
  const date = new Date(instant)
  const isThatDay = timeZone !== null && dayIn(date, timeZone) === day
  const text = isThatDay
    ? new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', timeZone }).format(date)
    : writeMoment(instant, nowMs, { timeZone: timeZone ?? 'UTC', nameZone: true })
  const viewers = writeMoment(instant, nowMs)
  return { text, onViewersClock: isViewersZone(timeZone) ? null : viewers }
}

export function isViewersZone(timeZone: string | null): boolean {
  return timeZone === new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** How long somebody waited, in whole minutes, and whether it goes on; null where it cannot be told. */
export function waiting(
  {
    arrivedAt,
    scanStartedAt,
    scanEndedAt,
  }: Pick<ScheduledItem, 'arrivedAt' | 'scanStartedAt' | 'scanEndedAt'>,
  isToday: boolean,
  nowMs: number,
): { readonly minutes: number; readonly isNow: boolean } | null {
  const from = Date.parse(arrivedAt ?? '')
  const until = Date.parse(scanStartedAt ?? scanEndedAt ?? '')
  if (Number.isNaN(from)) return null
  if (!Number.isNaN(until)) {
    return until < from ? null : { minutes: Math.floor((until - from) / MINUTE_MS), isNow: false }
  }
  const hasEnded = scanStartedAt !== null || scanEndedAt !== null
  if (hasEnded || !isToday || nowMs < from) return null
  return { minutes: Math.floor((nowMs - from) / MINUTE_MS), isNow: true }
}

/** All appointments of a day, in the order in which they are shown. */
export function appointmentsOf(schedule: readonly SiteScheduleItem[]): readonly ScheduledItem[] {
  return schedule.flatMap(({ statuses }) => statuses.flatMap(({ appointments }) => appointments))
}
