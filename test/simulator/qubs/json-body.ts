import { z } from 'zod'
import { isDateTime } from '../core/dates.ts'
import { jsonOf } from '../core/json-request.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import { invalid, ProblemError } from './problem.ts'

/**
 * Reads a JSON body and holds it against a schema.
 * @throws ProblemError 415 for another content type, 413 over 16 MiB, 400 with an `errors` map for everything else.
 */
export function readBody<T>(request: ReceivedRequest, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseJson(request))
  if (parsed.success) return parsed.data
  const errors: Record<string, string[]> = {}
  for (const issue of parsed.error.issues) {
    const field = fieldName(issue.path)
    errors[field] = [...(errors[field] ?? []), issue.message]
  }
  throw new ProblemError(400, 'The request is not valid.', { errors })
}

function parseJson(request: ReceivedRequest): unknown {
  const read = jsonOf(request)
  switch (read.kind) {
    case 'json':
      return read.value
    case 'wrong-type':
      throw new ProblemError(415, 'The Content-Type must be application/json.')
    case 'too-large':
      throw new ProblemError(413, 'The request body is too large.')
    case 'malformed':
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
export const utcDateTime = z.string().refine((text) => isDateTime(text, /^(\.\d{1,7})?(Z|\+00:00)$/), {
  error: 'Must be a UTC date-time such as 2025-01-10T03:04:05Z.',
})
