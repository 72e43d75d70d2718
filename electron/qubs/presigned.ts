import { MAX_UPLOAD_BYTES } from '../../shared/document.ts'
import { hostOf, splitAddress } from '../http/address.ts'
import { MAX_ERROR_BYTES, OBJECT_TIMEOUT_MS, type Answer, type HttpRequest } from '../http/exchange.ts'
import { toFailure } from '../http/failure.ts'
import type { Http } from '../http/http.ts'
import type { Failure, Result } from '../http/outcome.ts'
import { readStorageError } from '../http/problem.ts'
import { clockSkewMs } from '../http/retry-after.ts'
import { local } from '../http/local-failure.ts'
import type { UploadContentType } from './bodies.ts'

/**
 * What became of an upload (contract 2). Everything but `done` carries a failure to show; none names more of the
 * address than its host.
 */
export type UploadOutcome =
  | { readonly kind: 'done'; readonly clockSkewMs: number | null }
  /** The address is too old, or its signer's session is: ask for a new one, with a new key. Nothing was stored. */
  | { readonly kind: 'expired'; readonly failure: Failure }
  /** The storage said no for good; `failure.code` says why (`SignatureDoesNotMatch`, …). Nothing was stored. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** Too busy; nothing was stored. Wait, then ask for a new address. */
  | { readonly kind: 'slow-down'; readonly failure: Failure }
  /** No connection was made; nothing was stored. */
  | { readonly kind: 'unreachable'; readonly failure: Failure }
  /** The bytes may be there: look (Q4), or ask for a new address. */
  | { readonly kind: 'unknown'; readonly failure: Failure }

export type Upload = {
  /** As QUBS gave it; used without any change. */
  readonly url: string
  /** 1 … MAX_UPLOAD_BYTES bytes. */
  readonly bytes: Uint8Array
  /** Exactly what was named when the address was asked for. */
  readonly contentType: UploadContentType
  readonly signal?: AbortSignal | undefined
}

/**
 * Q10: one PUT of all the bytes. The only headers are Content-Type and Content-Length (and Host): a token would leak and
 * be refused, an unsigned x-amz header breaks the signature, a stream would go out chunked (contract 2).
 */
export async function upload(
  http: Http,
  { url, bytes, contentType, signal }: Upload,
): Promise<UploadOutcome> {
  const problem = uploadProblem(url, bytes)
  if (problem !== null) return { kind: 'refused', failure: problem }
  const request: HttpRequest = {
    method: 'PUT',
    url,
    headers: { 'Content-Type': contentType },
    body: bytes,
    timeoutMs: OBJECT_TIMEOUT_MS,
    maxBytes: MAX_ERROR_BYTES,
    effect: 'write',
    signal,
    privateTexts: [url],
  }
  const done = await http.exchange(request)
  if (done.kind === 'answer' && isSuccess(done) && !isWebPage(done)) {
    return { kind: 'done', clockSkewMs: clockSkewMs(done.headers['date'], done.receivedAtMs) }
  }
  if (done.kind === 'answer') return uploadOutcome(request, done)
  const failure = toFailure(request, done)
  return { kind: failure.outcomeKnown ? 'unreachable' : 'unknown', failure }
}

function uploadProblem(url: string, bytes: Uint8Array): Failure | null {
  if (splitAddress(url) === null) {
    return local(
      'validation',
      'not-allowed',
      'QUBS gave an upload address that Radpost may not use: it must be https.',
    )
  }
  if (bytes.length === 0) return local('validation', 'empty', 'The file to upload is empty.')
  if (bytes.length > MAX_UPLOAD_BYTES) {
    const message = `The file to upload is larger than ${MAX_UPLOAD_BYTES} bytes, the most that QUBS takes; make it smaller.`
    return local('validation', 'too-large', message)
  }
  return null
}

/** What an answer of the storage other than success means. */
function uploadOutcome(request: HttpRequest, answer: Answer): UploadOutcome {
  const { code, message: said } = readStorageError(textOf(answer), request.privateTexts)
  const { status } = answer
  const base = toFailure(request, answer)
  const host = hostOf(request.url)
  if (isSuccess(answer)) {
    const message = `Something else answered in place of the storage ${host}: a web page; check whether the network has a sign-in page. The file may not have arrived.`
    return {
      kind: 'unknown',
      failure: { ...base, kind: 'unknown', outcomeKnown: false, code: 'web-page', message },
    }
  }
  if (isExpiry(status, code, said)) {
    const message = `The upload address at ${host} has expired (${status}); a new one is needed.`
    return { kind: 'expired', failure: { ...base, kind: 'gone', outcomeKnown: true, message } }
  }
  const isBusy = status === 429 || (status === 503 && base.outcomeKnown) || code === 'SlowDown'
  if (isBusy || code === 'RequestTimeout') {
    const message = `The storage ${host} asks to slow down (${status}).`
    return { kind: 'slow-down', failure: { ...base, kind: 'throttled', outcomeKnown: true, message } }
  }
  if (base.outcomeKnown || (status >= 300 && status < 500 && status !== 408)) {
    const reason = code === null ? `${status}` : `${status} ${code}`
    const message = `The storage ${host} refused the upload (${reason}).`
    const kind = status >= 300 && status < 400 ? 'network' : 'validation'
    return { kind: 'refused', failure: { ...base, kind, outcomeKnown: true, message } }
  }
  return { kind: 'unknown', failure: { ...base, message: `${base.message} The file may have arrived.` } }
}

/** S3 says AccessDenied with words, others ExpiredRequest; ExpiredToken is the signer's own session (contract 2). */
function isExpiry(status: number, code: string | null, message: string): boolean {
  if (status !== 403 && status !== 400) return false
  if (code === 'ExpiredRequest' || code === 'ExpiredToken') return true
  return status === 403 && code !== 'SignatureDoesNotMatch' && /\bexpired\b/i.test(message)
}

export type Download = {
  readonly url: string
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
}

export type Downloaded = { readonly bytes: Uint8Array; readonly contentType: string | null }

/** One presigned GET without credentials. An expired address is `gone` with the code `expired`: ask QUBS for a new one. */
export async function downloadOnce(
  http: Http,
  { url, maxBytes, signal }: Download,
): Promise<Result<Downloaded>> {
  const request: HttpRequest = {
    method: 'GET',
    url,
    headers: {},
    timeoutMs: OBJECT_TIMEOUT_MS,
    maxBytes,
    effect: 'read',
    signal,
    privateTexts: [url],
  }
  if (splitAddress(url) === null) {
    const failure = local(
      'validation',
      'not-allowed',
      'QUBS gave a download address that Radpost may not use: it must be https.',
    )
    return { ok: false, failure }
  }
  const result = await http.request(request)
  if (result.ok) {
    const { body, headers } = result.value
    return { ...result, value: { bytes: body, contentType: headers['content-type'] ?? null } }
  }
  return { ok: false, failure: downloadFailure(result.failure, hostOf(url)) }
}

function downloadFailure(failure: Failure, host: string): Failure {
  const { status, code } = failure
  if (status === null || status < 400 || status >= 500 || ['server', 'throttled'].includes(failure.kind))
    return failure
  // The storage tells an old address from a wrong one only in words, so both are asked for again.
  const isOld = status === 403 || code === 'ExpiredToken' || code === 'ExpiredRequest'
  const reason = code === null ? `${status}` : `${status} ${code}`
  return isOld
    ? {
        ...failure,
        kind: 'gone',
        code: 'expired',
        message: `The download address at ${host} is no longer valid (${reason}); a new one is needed.`,
      }
    : { ...failure, message: `The storage ${host} refused the download (${reason}).` }
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300
}

/** A sign-in page that answers 200 to everything must not pass for a stored file; storage answers with no body. */
function isWebPage(answer: Answer): boolean {
  return /html/i.test(answer.headers['content-type'] ?? '') || /^\s*<(!doctype\s+)?html/i.test(textOf(answer))
}

function textOf({ body }: Answer): string {
  return new TextDecoder().decode(body)
}
