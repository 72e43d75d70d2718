import { DateTime, IANAZone } from 'luxon'
import { windowsZones } from './windows-zones.ts'

/**
 * Times of a site. QUBS gives dates and times of day in the site's zone and instants in UTC (contract 1.3); which kind
 * of zone id a site has is not documented, so both kinds are understood and anything else is "site time": shown as it
 * came, never converted (contract 1.3, ambiguous).
 */

/** The IANA zone that an IANA or Windows id names; null where it is not known for certain. */
export function ianaZoneOf(id: string | null): string | null {
  const name = id?.trim() ?? ''
  const windows = windowsZones.get(name.toLowerCase())
  if (windows !== undefined) return windows
  // Short names such as EST are an American zone to the library and an Australian one to a Sydney site.
  if (!/^[a-z]+\/[\w+/-]+$/i.test(name) && !/^(utc|gmt)$/i.test(name)) return null
  if (!IANAZone.isValidZone(name)) return null
  return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
}

/** An instant on the clock of a site. */
export type SiteTime = {
  /** IANA zone. */
  readonly zone: string
  /** `yyyy-MM-dd`. */
  readonly date: string
  /** `HH:mm`. */
  readonly time: string
  /** Minutes east of UTC: tells the two passes of a repeated hour apart. */
  readonly offsetMinutes: number
}

/** @param zone IANA; null or unknown gives null. */
export function siteTimeOf(instantMs: number, zone: string | null): SiteTime | null {
  if (zone === null) return null
  const there = DateTime.fromMillis(instantMs, { zone })
  if (!there.isValid) return null
  return {
    zone,
    date: there.toFormat('yyyy-MM-dd'),
    time: there.toFormat('HH:mm'),
    offsetMinutes: there.offset,
  }
}

/**
 * The instant of a date (`yyyy-MM-dd`) and a time of day (`HH:mm` or `HH:mm:ss`) at a site, in milliseconds since 1970.
 * Where the clocks are put back a time occurs twice, where they are put forward it does not occur: in both cases the
 * offset in force before the change counts (so 02:30 in a spring gap is 03:30 after it). null where date, time or zone
 * is missing or unreadable: nothing is guessed.
 */
export function instantMsOf(date: string | null, time: string | null, zone: string | null): number | null {
  if (date === null || time === null || zone === null) return null
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}(:\d{2})?$/.test(time)) return null
  const there = DateTime.fromISO(`${date}T${time}`, { zone })
  if (!there.isValid) return null
  return there
    .getPossibleOffsets()
    .reduce((earliest, other) => (other < earliest ? other : earliest))
    .toMillis()
}
