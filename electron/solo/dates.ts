import { z } from 'zod'

/**
 * The forms of time in Solo's API (contract 3.1 "Date forms"), each a type of its own, so that milliseconds never go
 * where seconds are wanted, and a day never where a moment is. Error texts follow the name of the field.
 */

/** Seconds since 1970, UTC. 100,000,000,000 would be the year 5138: whoever sends that meant milliseconds. */
export const unixSeconds = z
  .int({ error: 'must be a whole number of seconds since 1970' })
  .min(0, { error: 'must be a whole number of seconds since 1970' })
  .max(99_999_999_999, { error: 'must be in seconds since 1970, not in milliseconds' })
  .brand<'UnixSeconds'>()
export type UnixSeconds = z.infer<typeof unixSeconds>

/** The second in which a moment in milliseconds since 1970 lies. */
export function unixSecondsOf(ms: number): UnixSeconds {
  return unixSeconds.parse(Math.floor(ms / 1000))
}

/** `YYYY-MM-DD`, a day that exists. */
export const isoDay = z.iso.date({ error: 'must be a date such as 2026-11-20' }).brand<'IsoDay'>()
export type IsoDay = z.infer<typeof isoDay>

/** `2020-03-31 10:12 AM`: twelve hours, no zone. */
export const deceasedMoment = z
  .string({ error: 'must be a date and time such as 2020-03-31 10:12 AM' })
  .refine(
    (text) => {
      const [, day = ''] = /^(\d{4}-\d{2}-\d{2}) (?:0[1-9]|1[0-2]):[0-5]\d [AP]M$/.exec(text) ?? []
      return z.iso.date().safeParse(day).success
    },
    { error: 'must be a date and time such as 2020-03-31 10:12 AM' },
  )
  .brand<'DeceasedMoment'>()
export type DeceasedMoment = z.infer<typeof deceasedMoment>

/** PHP's ATOM, `2024-08-15T15:52:01+00:00`: an offset, never `Z`, no fraction. */
export const atomMoment = z
  .string({ error: 'must be a date and time with an offset such as 2026-11-20T00:00:00+00:00' })
  .refine(
    (text) =>
      /^[\d-]{10}T[\d:]{8}[+-]\d{2}:\d{2}$/.test(text) &&
      z.iso.datetime({ offset: true }).safeParse(text).success,
    { error: 'must be a date and time with an offset such as 2026-11-20T00:00:00+00:00' },
  )
  .brand<'AtomMoment'>()
export type AtomMoment = z.infer<typeof atomMoment>

/** ISO 8601 with `Z` or an offset, such as `2019-12-03T14:32:12Z`. */
export const isoMoment = z.iso
  .datetime({ offset: true, error: 'must be a date and time such as 2026-11-20T01:02:03Z' })
  .brand<'IsoMoment'>()
export type IsoMoment = z.infer<typeof isoMoment>

/** How a visit note tells the time: a PHP object, in its own zone. */
export const phpMoment = z.object({
  /** `2017-10-21 16:45:53.000000` */
  date: z.string(),
  /** An IANA name, an abbreviation or an offset, as PHP has it. */
  timezone: z.string(),
})
export type PhpMoment = z.infer<typeof phpMoment>
