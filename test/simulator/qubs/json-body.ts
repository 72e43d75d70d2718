import { z } from 'zod'
import { KEPT_BODY_BYTES } from '../core/loopback-server.ts'
import { mediaTypeOf, type ReceivedRequest } from '../core/received-request.ts'
import { invalid, ProblemError } from './problem.ts'

/**
 * Reads a JSON body and holds it against a schema.
 * @throws ProblemError 415 for another content type, 413 over 16 MiB, 400 with an `errors` map for everything else.
 */
export function readBody<T>(request: ReceivedRequest, schema: z.ZodType<T>): T {
  const { type, charset } = mediaTypeOf(request.headers['content-type'])
  if (type !== 'application/json' || (charset !== null && charset !== 'utf-8')) {
    throw new ProblemError(415, 'The Content-Type must be application/json.')
  }
  if (request.bodyBytes > KEPT_BODY_BYTES) throw new ProblemError(413, 'The request body is too large.')
  const parsed = schema.safeParse(parseJson(request.body))
  if (parsed.success) return parsed.data
  const errors: Record<string, string[]> = {}
  for (const issue of parsed.error.issues) {
    const field = fieldName(issue.path)
    errors[field] = [...(errors[field] ?? []), issue.message]
  }
  throw new ProblemError(400, 'The request is not valid.', { errors })
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    throw invalid('$', 'The body is not valid JSON in UTF-8.')
  }
}

/** `items[0].fileName`, as the vendor's framework words it; `$` for the body itself. */
function fieldName(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text === '' ? '$' : text.replace(/^\./, '')
}

/** An optional string that may also be null. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? null)

/** Text that is not blank. */
export const requiredText = z.string().refine((text) => text.trim() !== '', { error: 'Must not be blank.' })

/** A UTC date-time of ISO 8601 with seconds (contract 1.3), a day and time that exist. */
export const utcDateTime = z.string().refine(isUtcDateTime, {
  error: 'Must be a UTC date-time such as 2025-01-10T03:04:05Z.',
})

function isUtcDateTime(text: string): boolean {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,7})?(?:Z|\+00:00)$/.exec(text)
  if (parts === null) return false
  const ms = Date.parse(`${parts[1]}Z`)
  // 30 February parses to a day in March: it must come back as it went in.
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 19) === parts[1]
}

/** An object schema that ignores or refuses members it does not know. */
export function bodyObject<S extends z.ZodRawShape>(shape: S, refuseUnknown: boolean): z.ZodObject<S> {
  return refuseUnknown ? z.strictObject(shape) : z.object(shape)
}
