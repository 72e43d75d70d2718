import type { z } from 'zod'
import { hostOf } from '../http/address.ts'
import {
  API_TIMEOUT_MS,
  MAX_JSON_BYTES,
  OBJECT_TIMEOUT_MS,
  type Answer,
  type HttpRequest,
} from '../http/exchange.ts'
import { notOurServer, unreadable } from '../http/failure.ts'
import type { Http } from '../http/http.ts'
import type { Failure, Result } from '../http/outcome.ts'
import { retryRead, type RetryTools } from '../http/retry.ts'
import type { Parse } from '../qubs/calls.ts'
import type { SoloCredentials } from '../vault/credentials.ts'
import { privateTextsOf } from './private-texts.ts'
import type { SoloPath } from './path.ts'
import { done, refused } from './results.ts'

/** What all calls of the Solo client have in common: the Api-Key, one way to read, to write and to download. */

/** Largest export that is read, in bytes. */
export const MAX_EXPORT_BYTES = 268_435_456
/** Milliseconds for an export altogether. */
const EXPORT_DEADLINE_MS = 600_000

export type CallOptions = { readonly signal?: AbortSignal | undefined }

export type SoloCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: SoloPath
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined
  readonly body?: SoloBody | undefined
  /** The header that one call wants beside the key (contract 3.1). */
  readonly teamsAuthToken?: string | undefined
}

export type SoloBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly contentType: string }

export type SoloTools = {
  readonly baseUrl: string
  /** null: none were set. A rejection: the keychain did not answer. */
  readonly credentials: () => Promise<SoloCredentials | null>
  readonly http: Http
  readonly retry: Omit<RetryTools, 'signal'>
}

export type SoloCaller = {
  /** Tried again inside (http/retry.ts). */
  readonly read: <T>(call: SoloCall, options: CallOptions, parse: Parse<T>) => Promise<Result<T>>
  /**
   * Tried once: Solo has no idempotency key, so a second try could book twice (contract 3.1). `lookFirst` completes
   * "Before trying again, …" for the case that nobody knows whether the first one was taken.
   */
  readonly write: <T>(
    call: SoloCall,
    options: CallOptions,
    lookFirst: string,
    parse: Parse<T>,
  ) => Promise<Result<T>>
  /** A write whose answer says nothing that counts: `[]`, an object, or no body at all (contract 3.2, ambiguous). */
  readonly change: (call: SoloCall, options: CallOptions, lookFirst: string) => Promise<Result<null>>
  /** The bytes of an export; tried again inside. */
  readonly download: (call: SoloCall, options: CallOptions) => Promise<Result<Uint8Array>>
}

/** The value as the schema has it; otherwise a failure that names the field and its limit, never what was given. */
export function checked<T>(schema: z.ZodType<T>, given: unknown): Result<T> {
  const read = schema.safeParse(given)
  if (read.success) return done(read.data)
  const [issue] = read.error.issues
  const field = (issue?.path ?? []).map(String).join('.')
  const subject = field === '' ? 'The request' : field
  const unknownKey = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : null
  // A key is only repeated where it looks like one: anything else may be content in the wrong place.
  const named = unknownKey !== null && /^[A-Za-z]{1,40}$/.test(unknownKey) ? ` "${unknownKey}"` : ''
  const problem =
    unknownKey === null ? (issue?.message ?? 'is not as it should be') : `has an unknown field${named}`
  return refused('parameter', `${subject} ${problem}.`)
}

export function createSoloCaller(tools: SoloTools): SoloCaller {
  const { baseUrl, credentials, http, retry } = tools
  const host = hostOf(baseUrl)

  /** The request with its key, or why there is none. */
  const prepare = async (
    call: SoloCall,
    { signal }: CallOptions,
    limits: Pick<HttpRequest, 'timeoutMs' | 'maxBytes' | 'deadlineMs'>,
  ): Promise<Result<HttpRequest>> => {
    if (call.path === null)
      return refused('address', 'An id is empty or cannot stand in an address; correct it and try again.')
    let known: SoloCredentials | null
    try {
      known = await credentials()
    } catch {
      return refused(
        'keychain',
        'The API key of Teladoc Health Solo could not be read from the keychain; unlock it and try again.',
        'auth',
      )
    }
    if (known === null)
      return refused(
        'no-credentials',
        'No API key for Teladoc Health Solo is stored; enter it in the settings, or use "radpost credentials set solo".',
        'auth',
      )
    const { body, teamsAuthToken } = call
    return done({
      method: call.method,
      url: `${baseUrl.replace(/\/+$/, '')}/qapi/v1/${call.path.text}${searchOf(call.query)}`,
      headers: {
        'Api-Key': known.apiKey,
        Accept: 'application/json, application/octet-stream;q=0.9',
        'User-Agent': 'Radpost',
        'Content-Type': body?.kind === 'bytes' ? body.contentType : 'application/json',
        ...(teamsAuthToken === undefined ? {} : { 'Teams-Auth-Token': teamsAuthToken }),
      },
      body: bytesOf(body),
      effect: call.method === 'GET' ? 'read' : 'write',
      signal,
      privateTexts: [
        known.apiKey,
        ...(teamsAuthToken === undefined ? [] : [teamsAuthToken]),
        ...call.path.ids,
        // The name of an uploaded file may be a person's.
        ...(typeof call.query?.['fileName'] === 'string' ? [call.query['fileName']] : []),
        ...(body?.kind === 'json' ? privateTextsOf(body.value) : []),
      ],
      ...limits,
    })
  }

  const once = async <T>(
    call: SoloCall,
    options: CallOptions,
    limits: Pick<HttpRequest, 'timeoutMs' | 'maxBytes' | 'deadlineMs'>,
    ask: (request: HttpRequest) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const request = await prepare(call, options, limits)
    if (!request.ok) return request
    const result = await ask(request.value)
    return result.ok ? result : { ok: false, failure: inOurWords(result.failure, call, host) }
  }

  const asJson =
    <T>(parse: Parse<T>) =>
    async (request: HttpRequest): Promise<Result<T>> => {
      const result = await http.requestJson(request)
      if (!result.ok) return result
      const parsed = parse(result.value.json)
      if (typeof parsed !== 'string') return { ...result, value: parsed.value }
      const failure = unreadable(request, result.value.answer, parsed)
      return { ok: false, failure: { ...failure, correlationId: result.correlationId } }
    }

  const asNothing = async (request: HttpRequest): Promise<Result<null>> => {
    const result = await http.request(request)
    if (!result.ok) return result
    return isPage(result.value)
      ? { ok: false, failure: notOurServer(request, result.value) }
      : { ...result, value: null }
  }

  const asBytes = async (request: HttpRequest): Promise<Result<Uint8Array>> => {
    const result = await http.request(request)
    if (!result.ok) return result
    if (isPage(result.value)) return { ok: false, failure: notOurServer(request, result.value) }
    return { ...result, value: result.value.body }
  }

  const small = { timeoutMs: API_TIMEOUT_MS, maxBytes: MAX_JSON_BYTES }
  const large = {
    timeoutMs: OBJECT_TIMEOUT_MS,
    maxBytes: MAX_EXPORT_BYTES,
    deadlineMs: EXPORT_DEADLINE_MS,
  }
  const limitsOf = (call: SoloCall) =>
    call.body?.kind === 'bytes' ? { ...small, timeoutMs: OBJECT_TIMEOUT_MS } : small

  return {
    read: (call, options, parse) =>
      retryRead({ ...retry, signal: options.signal }, () => once(call, options, small, asJson(parse))),
    write: async (call, options, lookFirst, parse) =>
      withAdvice(await once(call, options, limitsOf(call), asJson(parse)), lookFirst),
    change: async (call, options, lookFirst) =>
      withAdvice(await once(call, options, small, asNothing), lookFirst),
    download: (call, options) =>
      retryRead({ ...retry, signal: options.signal }, () => once(call, options, large, asBytes)),
  }
}

function searchOf(query: SoloCall['query']): string {
  const parts = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

function bytesOf(body: SoloBody | undefined): Uint8Array | undefined {
  if (body === undefined) return undefined
  return body.kind === 'bytes' ? body.bytes : new TextEncoder().encode(JSON.stringify(body.value))
}

/** A sign-in page of the network in place of Solo. */
function isPage(answer: Answer): boolean {
  return /^\s*(?:text\/html|application\/xhtml)/i.test(answer.headers['content-type'] ?? '')
}

function withAdvice<T>(result: Result<T>, lookFirst: string): Result<T> {
  if (result.ok || result.failure.outcomeKnown) return result
  const { message } = result.failure
  return {
    ok: false,
    failure: { ...result.failure, message: `${message} Before trying again, ${lookFirst}.` },
  }
}

function inOurWords(failure: Failure, call: SoloCall, host: string): Failure {
  if (failure.kind === 'auth') {
    const what = call.teamsAuthToken === undefined ? 'the API key' : 'the API key or the Teams token'
    return {
      ...failure,
      message: `${host} rejected ${what} of Teladoc Health Solo (401); store the right one in the settings, or with "radpost credentials set solo".`,
    }
  }
  if (failure.kind === 'scope') {
    return {
      ...failure,
      message: `${host} does not allow this call with the present API key (403); ask Teladoc Health what the key covers.`,
    }
  }
  if (failure.kind === 'gone') {
    return {
      ...failure,
      message: `${host} has nothing under this id, or no longer (${failure.status}); check the id.`,
    }
  }
  return failure
}
