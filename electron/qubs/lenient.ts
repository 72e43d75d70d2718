import { z } from 'zod'

/**
 * Pieces of lenient schemas (contract 1.3): the older generation of the API sends numbers as strings and strings as
 * numbers, and anything optional may be null. A wrong type in an optional field counts as absent, so that one odd field
 * never costs a row.
 */

/** A non-empty string; the older generation of the API may send a number. */
export const identifier = z.union([z.string().min(1), z.number().transform(String)])

/** Optional text; a number is taken as its digits. */
export const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((v) => v ?? null)
  .catch(null)

/** Optional number; a string of digits is taken as its number. */
export const decimal = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,15}(\.\d{1,15})?$/)
      .transform(Number),
  ])
  .nullish()
  .transform((v) => v ?? null)
  .catch(null)

/** Optional yes or no. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((v) => v === 'true')])
  .nullish()
  .transform((v) => v ?? null)
  .catch(null)

/** A person of the practice (contract 1.5 `User`). */
export const user = z
  .object({ username: text, firstName: text, initials: text, lastName: text, role: text })
  .nullish()
  .transform((v) => v ?? null)
  .catch(null)

/** An optional array whose shape is not documented, kept as it is. */
export const anyList = z
  .array(z.unknown())
  .nullish()
  .transform((v) => v ?? [])
  .catch([])

/** An optional object whose shape is not documented, kept as it is. */
export const anyObject = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((v) => v ?? {})
  .catch({})
