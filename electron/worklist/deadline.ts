import { utcMs } from '../qubs/schemas.ts'
import { siteTimeOf, type SiteTime } from './site-time.ts'

/** When a report is needed, from `reportNeededBy`: the only field that drives urgency (api-notes D). */
export type Deadline = {
  /** Milliseconds since 1970. */
  readonly atMs: number
  /** Milliseconds left; negative when it has passed. */
  readonly remainingMs: number
  /** The same moment on the site's clock; null where its zone is not known. */
  readonly atSite: SiteTime | null
}

/**
 * @param reportNeededBy UTC date-time as QUBS gives it; null, or a text without zone or otherwise unreadable, is none
 * @param zone IANA zone of the site, or null
 */
export function deadlineOf(
  reportNeededBy: string | null,
  zone: string | null,
  nowMs: number,
): Deadline | null {
  const atMs = utcMs(reportNeededBy)
  return atMs === null ? null : { atMs, remainingMs: atMs - nowMs, atSite: siteTimeOf(atMs, zone) }
}

type Due = { readonly appointmentId: string; readonly reportNeededBy: string | null }

/** Earliest deadline first, those without one last, then by id: stable whatever order the server answers in. */
export function byDeadline(a: Due, b: Due): number {
  const left = utcMs(a.reportNeededBy) ?? Number.POSITIVE_INFINITY
  const right = utcMs(b.reportNeededBy) ?? Number.POSITIVE_INFINITY
  if (left !== right) return left < right ? -1 : 1
  return a.appointmentId < b.appointmentId ? -1 : a.appointmentId > b.appointmentId ? 1 : 0
}
