import { z } from 'zod'
import { pendingAppointment, type PendingAppointment } from '../../shared/worklist.ts'
import { identifier, text, user } from './lenient.ts'

/**
 * The answers of QUBS Integrations v1, read leniently: unknown fields pass, nulls and numbers for strings too, and an
 * optional field of a wrong type counts as absent (contract 1.3). Only what identifies a row is insisted on.
 */

/** Q3, Q4 and Q21 (contract 1.5). */
export const attachmentSchema = z.object({
  guid: identifier,
  category: text,
  fileName: text,
  addedDateTime: text,
  addedBy: user,
  lastModifiedDateTime: text,
  lastModifiedBy: user,
  /** Presigned: a secret until it expires. Never stored, never shown. */
  url: text,
  urlExpiresAtUtc: text,
})
export type Attachment = z.infer<typeof attachmentSchema>

/** Q5 and the answer of Q6 (contract 1.5). `commentType` is AC, AA, PC or PA; any other value is kept as it is. */
export const commentSchema = z
  .object({
    guid: identifier,
    commentType: text,
    /** Empty or null for a comment about the patient. */
    appointmentId: text,
    patientId: text,
    commentText: text,
    commentDateTime: text,
    isAlert: z.boolean().nullish().catch(null),
    commentBy: user,
    lastModifiedDateTime: text,
  })
  .transform((c) => ({ ...c, isAlert: c.isAlert ?? (c.commentType === 'AA' || c.commentType === 'PA') }))
export type Comment = z.infer<typeof commentSchema>

/** Q11–Q13 and Q24: an appointment in any status. The status is free text to us: unknown ones occur (contract 1.3). */
export const appointmentSummarySchema = z.object({
  domain: identifier,
  appointmentId: identifier,
  status: z.string(),
  scheduledSite: text,
  appointmentDate: text,
  startTime: text,
  endTime: text,
  modality: text,
  studyDescription: text,
})
export type AppointmentSummary = z.infer<typeof appointmentSummarySchema>

/** Q8: the proof that a report was taken (design.md 3). */
export const reportReceiptSchema = z.object({
  reportGuid: identifier,
  reportStatus: text,
  reportedAtUtc: z.string().min(1),
})
export type ReportReceipt = z.infer<typeof reportReceiptSchema>

/** One item of the answer of Q9. */
export const uploadTargetSchema = z
  .object({
    guid: identifier,
    fileName: text,
    category: text,
    /** Presigned: a secret until it expires. Never stored in clear, never shown. */
    uploadUrl: z.string().min(1),
    uploadUrlExpiresAtUtc: text,
  })
  .transform((t) => ({ ...t, expiresAtMs: utcMs(t.uploadUrlExpiresAtUtc) }))
/** `expiresAtMs` is by the server's clock: correct with `clockSkewMs` of the same result. null: unreadable. */
export type UploadTarget = z.infer<typeof uploadTargetSchema>

export const uploadTargetsSchema = z.object({ items: z.array(z.unknown()) })

/** The answer of the token host (RFC 6749 5.1). The token must be fit for a header. */
export const tokenAnswerSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .nullish(),
  expires_in: z.unknown().optional(),
  refresh_token: z.string().min(1).nullish().catch(null),
})

const page = z.object({
  items: z.array(z.unknown()),
  nextToken: z.union([z.string(), z.number().transform(String)]).nullish(),
})

/** A row that could not be read. `problem` names fields, never their values. */
export type UnreadableRow = { readonly appointmentId: string | null; readonly problem: string }

export type Rows<T> = { readonly items: readonly T[]; readonly unreadable: readonly UnreadableRow[] }

/** A page of a list with a cursor. */
export type Page<T> = Rows<T> & {
  /** null: this was the last page. An empty page with a token is not. */
  readonly nextToken: string | null
}
export type PendingPage = Page<PendingAppointment>

/** A row that belongs to a practice. */
type OfDomain = { readonly domain: string }

const inDomain =
  (domain: string) =>
  (row: OfDomain): string | null =>
    row.domain === domain ? null : 'belongs to another domain than the one asked for'

/** A page, each row on its own. null: this is no page at all. A bare array is a last page (older generation). */
export function readPage<T extends OfDomain>(
  schema: z.ZodType<T>,
  json: unknown,
  domain: string,
): Page<T> | null {
  const read = page.safeParse(Array.isArray(json) ? { items: json } : json)
  if (!read.success) return null
  const { items, nextToken } = read.data
  const rows = readRows(schema, items, inDomain(domain))
  return { ...rows, nextToken: nextToken === undefined || nextToken === '' ? null : nextToken }
}

/** Q1: a page of the pending list. */
export function readPendingPage(json: unknown, domain: string): PendingPage | null {
  return readPage(pendingAppointment, json, domain)
}

/** A list without a cursor (contract 1.3 "Offset"), each row on its own. null: this is no whole list. */
export function readList<T extends OfDomain>(
  schema: z.ZodType<T>,
  json: unknown,
  domain: string,
): Rows<T> | null {
  // A page with a token would be taken for the whole if it were accepted here.
  const whole = readPage(schema, json, domain)
  return whole === null || whole.nextToken !== null
    ? null
    : { items: whole.items, unreadable: whole.unreadable }
}

/** Reads each row on its own: one bad row never spoils the others. `check` gives a further reason to refuse a row. */
export function readRows<T>(
  schema: z.ZodType<T>,
  rows: readonly unknown[],
  check: (row: T) => string | null = () => null,
): Rows<T> {
  const items: T[] = []
  const unreadable: UnreadableRow[] = []
  for (const row of rows) {
    const read = schema.safeParse(row)
    const problem = read.success ? check(read.data) : problemOf(read.error)
    if (read.success && problem === null) items.push(read.data)
    else unreadable.push({ appointmentId: appointmentIdOf(row), problem: problem ?? 'cannot be read' })
  }
  return { items, unreadable }
}

/** The fields that cannot be read, without what they hold. Only names of our own schemas can occur. */
export function problemOf(error: z.ZodError): string {
  const fields = [...new Set(error.issues.map((issue) => issue.path.map(String).join('.')))].filter(
    (f) => f !== '',
  )
  return fields.length === 0 ? 'is not an object' : `has no readable ${fields.join(', ')}`
}

function appointmentIdOf(row: unknown): string | null {
  const read = z.object({ appointmentId: identifier }).safeParse(row)
  return read.success ? read.data.appointmentId : null
}

/** Milliseconds since 1970 of a UTC date-time with `Z` or an offset; null for anything else. */
export function utcMs(value: string | null): number | null {
  if (value === null || !z.iso.datetime({ offset: true }).safeParse(value).success) return null
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? null : ms
}
