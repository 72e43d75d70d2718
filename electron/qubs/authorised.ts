import type { Practice } from '../../shared/settings.ts'
import { hostOf } from '../http/address.ts'
import { API_TIMEOUT_MS, MAX_JSON_BYTES, type HttpRequest } from '../http/exchange.ts'
import type { Http, JsonAnswer } from '../http/http.ts'
import type { Failure, Result } from '../http/outcome.ts'
import { local } from '../http/local-failure.ts'
import type { TokenSource } from './token.ts'

/** One call below `/integrations/v1/{domain}`. */
export type ApiCall = {
  readonly method: 'GET' | 'POST'
  /** Path after the domain, unencoded, one entry a segment. */
  readonly path: readonly string[]
  readonly query?: Readonly<Record<string, string>> | undefined
  /** Exact bytes; POST only. */
  readonly body?: Uint8Array | undefined
  readonly idempotencyKey?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export type AuthorisedTools = {
  readonly practice: Practice
  readonly tokens: TokenSource
  readonly http: Http
  readonly correlationId: () => string
}

/** Sixteen hexadecimal digits, as in the vendor's examples; without meaning, so that it tells nothing (api-notes H8). */
export function newCorrelationId(random: () => number): string {
  return Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16)).join('')
}

/** Whether a key can be sent: 1 to 128 visible ASCII characters (contract 6). It goes out bare, without quotes. */
export function isIdempotencyKey(key: string): boolean {
  return /^[\x21-\x7E]{1,128}$/.test(key)
}

/** The address of a call, or null where a part cannot stand in an address (half a character, empty, dots only). */
export function apiUrl(
  practice: Pick<Practice, 'baseUrl' | 'domain'>,
  path: readonly string[],
  query: Readonly<Record<string, string>> = {},
): string | null {
  const segments = [practice.domain, ...path]
  // encodeURIComponent throws on lone surrogates, and "." or ".." would name another path.
  if (segments.some((s) => !s.isWellFormed() || /^\.{0,2}$/.test(s))) return null
  if (Object.values(query).some((v) => !v.isWellFormed())) return null
  const base = practice.baseUrl.replace(/\/+$/, '')
  const search = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  const address = `${base}/integrations/v1/${segments.map(encodeURIComponent).join('/')}`
  return search === '' ? address : `${address}?${search}`
}

/**
 * One try of a call with a bearer token. A 401 drops the token, takes a new one and repeats the call once with the same
 * bytes and the same key (contract 1.2 rule 3); the second 401 is final.
 */
export async function callOnce(tools: AuthorisedTools, call: ApiCall): Promise<Result<JsonAnswer>> {
  const { practice, tokens, http } = tools
  const url = apiUrl(practice, call.path, call.query)
  if (url === null)
    return refuse(
      'address',
      'An id, site, status or page token is empty or cannot stand in an address; correct it, or refresh the worklist.',
    )
  if (
    call.method === 'POST' &&
    (call.idempotencyKey === undefined || !isIdempotencyKey(call.idempotencyKey))
  ) {
    return refuse('idempotency-key', 'The Idempotency-Key must be 1 to 128 visible ASCII characters.')
  }
  for (let renewed = false; ; renewed = true) {
    const token = await orCancelled(tokens.get(), call.signal, practice)
    if (!token.ok) return token
    const result = await http.requestJson(toRequest(tools, call, url, token.value))
    if (result.ok) return result
    if (result.failure.kind !== 'auth' || renewed)
      return { ok: false, failure: inOurWords(result.failure, practice) }
    tokens.drop(token.value)
  }
}

function toRequest(tools: AuthorisedTools, call: ApiCall, url: string, token: string): HttpRequest {
  return {
    method: call.method,
    url,
    headers: {
      Authorization: `Bearer ${token}`,
      Accept: 'application/json',
      'User-Agent': 'Radpost',
      'X-Correlation-Id': tools.correlationId(),
      ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(call.idempotencyKey === undefined ? {} : { 'Idempotency-Key': call.idempotencyKey }),
    },
    body: call.body,
    timeoutMs: API_TIMEOUT_MS,
    maxBytes: MAX_JSON_BYTES,
    effect: call.method === 'GET' ? 'read' : 'write',
    signal: call.signal,
    privateTexts: [token, ...privateTextsOf(call.body)],
  }
}

const publicFields = new Set(['reportStatus', 'reportFormat', 'commentType', 'contentType', 'category'])

/** Texts of our own body that a message must never repeat: everything but the words of the contract itself. */
function privateTextsOf(body: Uint8Array | undefined): readonly string[] {
  if (body === undefined) return []
  const found: string[] = []
  try {
    JSON.parse(new TextDecoder().decode(body), (name, value: unknown) => {
      if (typeof value === 'string' && !publicFields.has(name)) found.push(value)
      return value
    })
  } catch {
    return [new TextDecoder().decode(body)]
  }
  return found
}

/** The token request is shared with other callers, so a cancelled call leaves it alone and just stops waiting. */
async function orCancelled<T>(
  work: Promise<Result<T>>,
  signal: AbortSignal | undefined,
  practice: Practice,
): Promise<Result<T>> {
  if (signal === undefined) return work
  const cancelled = Promise.withResolvers<Result<T>>()
  const cancel = (): void => {
    const failure = local('network', 'cancelled', `The request to ${hostOf(practice.baseUrl)} was cancelled.`)
    cancelled.resolve({ ok: false, failure })
  }
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await Promise.race([cancelled.promise, work])
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

function inOurWords(failure: Failure, { domain, baseUrl }: Practice): Failure {
  if (failure.kind === 'auth') {
    return {
      ...failure,
      message: `${hostOf(baseUrl)} rejected the credentials of the domain ${domain} even with a new token (401); check them in the settings.`,
    }
  }
  if (failure.kind === 'scope') {
    return {
      ...failure,
      message: `The QUBS credentials do not cover the domain ${domain} or this site (403); check the domain in the settings, or ask QUBS for access.`,
    }
  }
  if (failure.kind === 'gone') {
    return {
      ...failure,
      message: `QUBS does not have this for the domain ${domain}, or the study is no longer pending reporting (${failure.status}).`,
    }
  }
  return failure
}

function refuse(code: string, message: string): Result<never> {
  return { ok: false, failure: local('validation', code, message) }
}
