import type { z } from 'zod'
import type { Practice } from '../../shared/settings.ts'
import { unreadable } from '../http/failure.ts'
import type { JsonAnswer } from '../http/http.ts'
import type { Result } from '../http/outcome.ts'
import { retryRead, type RetryTools } from '../http/retry.ts'
import { apiUrl, callOnce, type ApiCall, type AuthorisedTools } from './authorised.ts'
import type { attachmentParameters, listParameters, pageParameters } from './parameters.ts'
import { queryOf, type referrerListParameters, type referrerPageParameters } from './parameters.ts'
import { problemOf, readRows, type Rows } from './schemas.ts'

/** What all calls of the QUBS client have in common: their options, one way to read and one to write. */

export type CallOptions = { readonly signal?: AbortSignal | undefined }
/** A write: exact bytes and their key, both stored before the first try. */
export type Write = CallOptions & { readonly body: Uint8Array; readonly idempotencyKey: string }
/** `reporting` works while the study is pending reporting (Q3–Q5), `any` in every status (Q21, Q22). */
export type Scope = 'reporting' | 'any'
export type AttachmentOptions = CallOptions &
  Readonly<z.input<typeof attachmentParameters>> & { readonly scope: Scope }
export type PageOptions = CallOptions & Readonly<z.input<typeof pageParameters>>
export type ListOptions = CallOptions & Readonly<z.input<typeof listParameters>>
export type ReferrerListOptions = CallOptions & Readonly<z.input<typeof referrerListParameters>>
export type ReferrerPageOptions = CallOptions & Readonly<z.input<typeof referrerPageParameters>>

/** The value of an answer, or what is wrong with it, in words that follow "answered 200, but". */
export type Parse<T> = (json: unknown) => { readonly value: T } | string

export type Caller = {
  readonly domain: string
  /** A GET, tried again inside (retry.ts). `schema` names the query parameters that `options` may have. */
  readonly read: <T>(
    path: readonly string[],
    schema: z.ZodType<Readonly<Record<string, unknown>>>,
    options: CallOptions,
    parse: Parse<T>,
  ) => Promise<Result<T>>
  /** A POST, tried once: the durable outbox decides about the next try. */
  readonly write: <T>(path: readonly string[], what: Write, parse: Parse<T>) => Promise<Result<T>>
  readonly retried: <T>(
    signal: AbortSignal | undefined,
    attempt: () => Promise<Result<T>>,
  ) => Promise<Result<T>>
}

export function createCaller(tools: AuthorisedTools, retry: Omit<RetryTools, 'signal'>): Caller {
  const { practice } = tools
  const retried: Caller['retried'] = (signal, attempt) => retryRead({ ...retry, signal }, attempt)
  return {
    domain: practice.domain,
    retried,
    async read(path, schema, options, parse) {
      const checked = queryOf(schema, options)
      if (!checked.ok) return checked
      const call: ApiCall = { method: 'GET', path, query: checked.query, signal: options.signal }
      return retried(options.signal, async () =>
        understood(practice, call, await callOnce(tools, call), parse),
      )
    },
    async write(path, what, parse) {
      const call: ApiCall = { method: 'POST', path, ...what }
      return understood(practice, call, await callOnce(tools, call), parse)
    },
  }
}

/** One object. */
export function one<T>(schema: z.ZodType<T>): Parse<T> {
  return (json) => {
    const found = schema.safeParse(json)
    return found.success ? { value: found.data } : `its content ${problemOf(found.error)}`
  }
}

/** A bare array, each row on its own. */
export function many<T>(schema: z.ZodType<T>): Parse<Rows<T>> {
  return (json) => (Array.isArray(json) ? { value: readRows(schema, json) } : 'its content is not a list')
}

/** One appointment, and the one that was asked for. */
export function oneAppointment<T extends { readonly domain: string; readonly appointmentId: string }>(
  schema: z.ZodType<T>,
  domain: string,
  asked: string,
): Parse<T> {
  return (json) => {
    const row = one(schema)(json)
    if (typeof row === 'string') return row
    const isOther = row.value.domain !== domain || row.value.appointmentId !== asked
    return isOther ? 'it is about another appointment' : row
  }
}

function understood<T>(
  practice: Practice,
  call: ApiCall,
  result: Result<JsonAnswer>,
  parse: Parse<T>,
): Result<T> {
  if (!result.ok) return result
  const parsed = parse(result.value.json)
  if (typeof parsed !== 'string') return { ...result, value: parsed.value }
  const request = {
    url: apiUrl(practice, call.path) ?? practice.baseUrl,
    headers: {},
    effect: call.method === 'GET' ? ('read' as const) : ('write' as const),
  }
  const failure = unreadable(request, result.value.answer, parsed)
  return { ok: false, failure: { ...failure, correlationId: result.correlationId } }
}
