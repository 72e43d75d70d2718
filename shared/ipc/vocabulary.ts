import { z } from 'zod'

/** What the sections of the contract between window and main process share. */

/** A section of the contract: every call with the schema of its arguments and of its result. */
export type CallTable = Readonly<Record<string, { readonly args: z.ZodType; readonly result: z.ZodType }>>

export const key = z.object({ domain: z.string(), appointmentId: z.string() })
export const nothing = z.object({})
export const time = z.iso.datetime()

/** Who decided, and why: kept with the audit (interfaces.md 6). */
export const personsWord = z.object({
  by: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(1).max(2_000),
})
