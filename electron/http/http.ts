import type { Dispatcher } from 'undici'
import { splitAddress, type Address } from './address.ts'
import { breakCauseOf } from './break-cause.ts'
import { createDispatchers } from './dispatchers.ts'
import { MAX_ERROR_BYTES } from './exchange.ts'
import type { Answer, BreakCause, Broken, Exchange, HttpRequest } from './exchange.ts'
import { correlationIdOf, notOurServer, toFailure, unreadable } from './failure.ts'
import type { Result } from './outcome.ts'
import { isProxyAddress, proxyResolver, type ProxyEnvironment, type ResolveProxy } from './proxy.ts'
import { clockSkewMs } from './retry-after.ts'

export type HttpOptions = {
  /** `none`, `system` or the address of a proxy (interfaces.md 2, network.proxy). */
  readonly proxy: string
  /** Text of a PEM file with further certificates to trust, or null. */
  readonly extraCa: string | null
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** For `system`: the desktop's resolver, which knows PAC files. Without it the environment is asked. */
  readonly resolveProxy?: ResolveProxy | undefined
  readonly environment?: ProxyEnvironment | undefined
}

/** The one way out to servers. Follows no redirect, keeps no cookie, adds no header of its own but Content-Length and Host. */
export type Http = {
  /** What happened on the wire; never throws. For callers that read the answer's status themselves. */
  readonly exchange: (request: HttpRequest) => Promise<Exchange>
  /** Any 2xx answer, else a failure. */
  readonly request: (request: HttpRequest) => Promise<Result<Answer>>
  /** The JSON of a 2xx answer, else a failure; a web page instead of JSON is a `network` failure. */
  readonly requestJson: (request: HttpRequest) => Promise<Result<JsonAnswer>>
  /** Ends all connections at once; requests under way break. */
  readonly close: () => Promise<void>
}

export type JsonAnswer = { readonly json: unknown; readonly answer: Answer }

/**
 * @throws Error with a sentence for an administrator when `extraCa` or `proxy` cannot be used.
 */
export function createHttp(options: HttpOptions): Http {
  const { proxy, extraCa, now } = options
  if (proxy !== 'none' && proxy !== 'system' && !isProxyAddress(proxy)) {
    throw new Error(
      'The proxy setting must be "system", "none", or an address such as http://proxy.example:8080.',
    )
  }
  const resolve = proxyResolver(proxy, options.environment ?? process.env, options.resolveProxy)
  const dispatchers = createDispatchers(extraCa)

  const exchange = async (request: HttpRequest): Promise<Exchange> => {
    const address = splitAddress(request.url)
    if (address === null) return broken('not-allowed', null)
    const deadline = AbortSignal.timeout(request.deadlineMs ?? request.timeoutMs * 3)
    const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline])
    let proxyUrl: string | null
    let dispatcher: Dispatcher
    try {
      proxyUrl = await orAborted(resolve(address), signal)
      dispatcher = dispatchers.dispatcherFor(address, proxyUrl)
    } catch {
      return signal.aborted ? broken(abortCause(request), null) : broken('proxy', null)
    }
    const proxyHost = proxyUrl === null ? null : new URL(proxyUrl).host
    return run(dispatcher, address, request, signal, proxyHost)
  }

  const run = async (
    dispatcher: Dispatcher,
    address: Address,
    request: HttpRequest,
    signal: AbortSignal,
    proxyHost: string | null,
  ): Promise<Exchange> => {
    let sent = false
    let status: number | null = null
    try {
      const watched = dispatcher.compose((dispatch) => (wire, handler) => {
        const watching = watchStart(handler, () => {
          // An aborted request is dropped by the library at this point, before its first byte.
          sent = !signal.aborted
        })
        return dispatch(wire, watching)
      })
      const response = await orAborted(
        watched.request({
          origin: address.origin,
          path: address.path,
          method: request.method,
          headers: { ...request.headers },
          body: request.body === undefined ? null : bufferOf(request.body),
          headersTimeout: request.timeoutMs,
          bodyTimeout: request.timeoutMs,
          signal,
        }),
        signal,
      )
      const receivedAtMs = now()
      status = response.statusCode
      const body = isSuccess(status)
        ? await readAll(response.body, request.maxBytes)
        : await readSome(response.body, MAX_ERROR_BYTES)
      if (body === null) return { ...broken('too-large', null), sent, status, proxyHost }
      return { kind: 'answer', status, headers: plainHeaders(response.headers), body, receivedAtMs }
    } catch (error) {
      if (signal.aborted) return { ...broken(abortCause(request), null), sent, status, proxyHost }
      const { cause, code } = breakCauseOf(error)
      return { ...broken(cause, code), sent, status, proxyHost }
    }
  }

  const send = async (request: HttpRequest): Promise<Result<Answer>> => {
    const done = await exchange(request)
    return done.kind === 'answer' && isSuccess(done.status)
      ? success(request, done, done)
      : { ok: false, failure: toFailure(request, done) }
  }

  const requestJson = async (request: HttpRequest): Promise<Result<JsonAnswer>> => {
    const result = await send(request)
    if (!result.ok) return result
    const answer = result.value
    if (!isJsonType(answer.headers['content-type']))
      return { ok: false, failure: notOurServer(request, answer) }
    try {
      const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body))
      return { ...result, value: { json, answer } }
    } catch {
      return { ok: false, failure: unreadable(request, answer, 'its answer is not readable JSON') }
    }
  }

  return { exchange, request: send, requestJson, close: dispatchers.close }
}

/** The library's handler, with word of the moment from which bytes may be on the wire: connected, and our turn. */
function watchStart(handler: Dispatcher.DispatchHandler, onStart: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context: unknown) => {
      onStart()
      handler.onRequestStart?.(controller, context)
    },
    onResponseStart: (...head) => handler.onResponseStart?.(...head),
    onResponseData: (...data) => handler.onResponseData?.(...data),
    onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
    onResponseError: (...failed) => handler.onResponseError?.(...failed),
  }
}

function broken(cause: BreakCause, code: string | null): Broken {
  return { kind: 'broken', cause, code, sent: false, status: null, proxyHost: null }
}

function abortCause(request: HttpRequest): BreakCause {
  return request.signal?.aborted === true ? 'cancelled' : 'timeout'
}

/** Rejects as soon as the signal aborts: the library itself notices only once the request has its connection. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => {
    aborted.reject(new Error('aborted'))
  }
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
    // The loser of the race must not become an unhandled rejection.
    aborted.promise.catch(() => undefined)
    work.catch(() => undefined)
  }
}

async function readAll(body: AsyncIterable<unknown>, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue
    total += chunk.length
    if (total > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** As much as there is, up to the limit. For error answers: the status is what counts, so a cut body is good enough. */
async function readSome(body: AsyncIterable<unknown>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let total = 0
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) continue
      chunks.push(chunk)
      total += chunk.length
      if (total >= maxBytes) break
    }
  } catch {
    // The connection broke inside the error answer; what came is used.
  }
  return Buffer.concat(chunks).subarray(0, maxBytes)
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value
      return first === undefined ? [] : [[name.toLowerCase(), first] as const]
    }),
  )
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function isJsonType(contentType: string | undefined): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType?.trim() ?? '')
}

function success<T>(request: HttpRequest, answer: Answer, value: T): Result<T> {
  return {
    ok: true,
    value,
    correlationId: correlationIdOf(request, answer),
    clockSkewMs: clockSkewMs(answer.headers['date'], answer.receivedAtMs),
  }
}
