import { z } from 'zod'
import { isCalendarDate, isDateTime } from '../core/dates.ts'
import { jsonOf } from '../core/json-request.ts'
import { queryParameters, type ReceivedRequest } from '../core/received-request.ts'
import { badParameters, SoloError } from './solo-error.ts'

/** What Solo takes, in the forms of its page (contract 3.1 "Date forms": every one is different). */

const blank = 'This value should not be blank.'

/** Text that is not blank. */
export const requiredText = z.string().refine((text) => text.trim() !== '', { error: blank })

/** An optional text that may also be null. */
export const optionalText = z.string().nullish()

export const calendarDate = z.string().refine(isCalendarDate, { error: 'This value is not a valid date.' })

/** Whole seconds since 1970. */
export const unixSeconds = z.int({ error: 'This value should be a unix timestamp.' }).min(0)

/** Seconds (contract 3.3). */
export const durationSeconds = z
  .int({ error: 'This value should be of type int.' })
  .min(1, { error: 'This value should be between 1 and 86400.' })
  .max(86_400, { error: 'This value should be between 1 and 86400.' })

/** `2024-08-15T15:52:01+00:00`: PHP's ATOM, which writes UTC as an offset. */
export const atomDateTime = z
  .string()
  .refine((text) => isDateTime(text, /^[+-]\d{2}:\d{2}$/), { error: 'This value is not a valid datetime.' })

/** A date and time of ISO 8601 with `Z` or an offset. */
export const isoDateTime = z
  .string()
  .refine((text) => isDateTime(text, /^(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/), {
    error: 'This value is not a valid datetime.',
  })

/** `2020-03-31 10:12 AM`: twelve hours, no zone. */
export const deceasedDateTime = z.string().refine(
  (text) => {
    const [, day = '', hour = ''] = /^(\d{4}-\d{2}-\d{2}) (0[1-9]|1[0-2]):[0-5]\d [AP]M$/.exec(text) ?? []
    return hour !== '' && isCalendarDate(day)
  },
  { error: 'This value is not a valid datetime.' },
)

/**
 * Reads a JSON body and holds it against a schema.
 * @throws SoloError 415 for another content type, 413 over 16 MiB, 400 naming the fields for everything else.
 */
export function readSoloBody<T>(request: ReceivedRequest, schema: z.ZodType<T>): T {
  return checked(soloJson(request), schema)
}

/** @throws SoloError 415, 413 or 400 when there is no JSON to read. */
export function soloJson(request: ReceivedRequest): unknown {
  const read = jsonOf(request)
  switch (read.kind) {
    case 'json':
      return read.value
    case 'wrong-type':
      throw new SoloError(415, 'Content type is not supported')
    case 'too-large':
      throw new SoloError(413, 'Request is too large')
    case 'malformed':
      throw new SoloError(400, 'Request body is not valid JSON')
  }
}

/**
 * Reads query parameters; one that is there twice counts as its last, as in PHP.
 * @throws SoloError 400 naming the parameters.
 */
export function readSoloQuery<T>(request: ReceivedRequest, schema: z.ZodType<T>): T {
  const given = [...queryParameters(request.query)].map(([name, values]) => [name, values.at(-1)])
  return checked(Object.fromEntries(given), schema)
}

/** A whole number as a query parameter. */
export const queryNumber = z
  .string()
  .regex(/^\d{1,12}$/, { error: 'This value should be of type int.' })
  .transform(Number)

function checked<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value, {
    error: (issue) =>
      issue.input === undefined
        ? blank
        : issue.code === 'invalid_type'
          ? `This value should be of type ${issue.expected}.`
          : undefined,
  })
  if (parsed.success) return parsed.data
  throw badParameters(parsed.error.issues.map(({ path, message }) => [path.join('.') || 'body', message]))
}

/** The number in a path such as `…/SPID/value/12345`; null when it is none. */
export function pathNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null
}
