import { z } from 'zod'
import type { Result } from '../http/outcome.ts'
import { local } from '../http/local-failure.ts'
import { MAX_SKIP, MAX_TAKE } from './worklist-pass.ts'

/**
 * The query parameters of the reading calls with their documented limits (contract 1.3, 1.5). The client checks every
 * call against them before anything is sent, so the command line and the window say the same sentence.
 */

const whole = (name: string, min: number, max: number) =>
  z
    .int({ error: `${name} must be a whole number from ${min} to ${max}.` })
    .min(min, {
      error: `${name} must be a whole number from ${min} to ${max}.`,
    })
    .max(max, { error: `${name} must be a whole number from ${min} to ${max}.` })

const day = (name: string) => z.iso.date({ error: `${name} must be a date such as 2026-11-20.` })

const filled = (name: string) =>
  z.string({ error: `${name} must be text.` }).regex(/\S/, { error: `${name} must not be blank.` })

/** Cursor paging: Q1, Q13, Q16, Q24. */
export const pageParameters = z.object({
  pageSize: whole('pageSize', 1, 500).optional(),
  /** Opaque; null or left out: the first page. */
  nextToken: filled('nextToken').nullish(),
})

/** Filters and offset paging: Q11, Q14, Q24. The date is sent as ISO (contract 1.5, ambiguous). */
export const listParameters = z.object({
  appointmentDate: day('appointmentDate').optional(),
  scheduledSite: filled('scheduledSite').optional(),
  skip: whole('skip', 0, MAX_SKIP).optional(),
  take: whole('take', 1, MAX_TAKE).optional(),
})

/** What only the referrer views know (contract 1.4 Q24). */
const referrerFilter = z.object({
  startDate: day('startDate').optional(),
  endDate: day('endDate').optional(),
  /** Minutes east of UTC, as zones are: -720 … 840. */
  clientUtcOffsetMinutes: whole('clientUtcOffsetMinutes', -720, 840).optional(),
})
export const referrerListParameters = listParameters.extend(referrerFilter.shape)
export const referrerPageParameters = pageParameters.extend(referrerFilter.shape)

/** Q3, Q4, Q21. The server clamps the life of the address to bounds that it does not publish (contract 1.5). */
export const attachmentParameters = z.object({
  urlTtlSeconds: whole('urlTtlSeconds', 1, 604_800).optional(),
  disposition: z
    .enum(['inline', 'attachment'], { error: 'disposition must be inline or attachment.' })
    .optional(),
})

/** No parameters at all. */
export const noParameters = z.object({})

export type Query = Readonly<Record<string, string>>

/** The query for the parameters given; a failure with one sentence when one of them is not allowed. */
export function queryOf(
  schema: z.ZodType<Readonly<Record<string, unknown>>>,
  given: object,
): { readonly ok: true; readonly query: Query } | Extract<Result<never>, { ok: false }> {
  const read = schema.safeParse(given)
  if (!read.success) {
    const message = read.error.issues[0]?.message ?? 'A parameter is not allowed.'
    return { ok: false, failure: local('validation', 'parameter', message) }
  }
  const entries = Object.entries(read.data).filter(([, value]) => value !== undefined && value !== null)
  return { ok: true, query: Object.fromEntries(entries.map(([name, value]) => [name, String(value)])) }
}
