import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { timingSafeEqual } from 'node:crypto'
import { queryParameters, type ReceivedRequest } from '../core/received-request.ts'
import * as s3 from './s3-errors.ts'

/**
 * Presigned URLs as S3 makes and checks them (AWS Signature Version 4 in the query). Checking means signing what
 * came once more with the same library and comparing the two signatures; a URL is never compared as text.
 */

const accessKeyId = 'ASIASIMULATOREXAMPLE'
const region = 'ap-southeast-2'
const bucket = 'simulated-report-artefacts'
const algorithm = 'AWS4-HMAC-SHA256'
const contentHashParameter = 'X-Amz-Content-Sha256'
const requiredParameters = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
] as const
/** A clock may be this far behind the signer's before S3 calls a URL not valid yet. */
const futureToleranceMs = 900_000

// Temporary credentials, as a service's role has them: the session token goes into every URL, and its
// characters (+ / =) break as soon as someone decodes and rebuilds the URL.
const credentials = {
  accessKeyId,
  secretAccessKey: 'simulated+secret/key0000000000000000000000',
  sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE+simulated/session+token==',
}

export type PutUrlRequest = {
  readonly key: string
  /** Signed when given: the PUT must then carry exactly this Content-Type. */
  readonly contentType: string | null
  readonly ttlSeconds: number
  /** Signs the checksum of an empty body into the URL, as some versions of the vendor's SDK do by default. */
  readonly emptyBodyChecksum: boolean
}

export type GetUrlRequest = {
  readonly key: string
  readonly ttlSeconds: number
  /** Value of the Content-Disposition header that the download will have. */
  readonly contentDisposition: string
}

export type PresignedUrl = { readonly url: string; readonly expiresAtMs: number }

export type Verification =
  | { readonly kind: 'accepted'; readonly key: string; readonly parameters: Map<string, string[]> }
  | { readonly kind: 'refused'; readonly refusal: s3.S3Refusal }

export type PresignedUrls = {
  put(request: PutUrlRequest): Promise<PresignedUrl>
  get(request: GetUrlRequest): Promise<PresignedUrl>
  verify(request: ReceivedRequest): Promise<Verification>
}

/** @param storeUrl origin of the store; asked at each signing, because its port is known only once it listens. */
export function createPresignedUrls(storeUrl: () => string, now: () => number): PresignedUrls {
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  })

  async function sign(
    method: string,
    path: string,
    query: Record<string, string>,
    headers: Record<string, string>,
    when: { signingDate: Date; expiresIn: number },
  ): Promise<Record<string, string>> {
    const signed = await signer.presign(
      { method, protocol: 'http:', hostname: '', path, query, headers },
      when,
    )
    const parameters: Record<string, string> = {}
    for (const [name, value] of Object.entries(signed.query ?? {})) {
      if (typeof value === 'string') parameters[name] = value
    }
    return parameters
  }

  async function urlFor(
    method: string,
    key: string,
    ttlSeconds: number,
    query: Record<string, string>,
    headers: Record<string, string>,
  ): Promise<PresignedUrl> {
    const origin = storeUrl()
    const path = pathOf(key)
    const signedAtMs = Math.floor(now() / 1000) * 1000
    const signed = await sign(
      method,
      path,
      query,
      { host: new URL(origin).host, [contentHashParameter]: 'UNSIGNED-PAYLOAD', ...headers },
      { signingDate: new Date(signedAtMs), expiresIn: ttlSeconds },
    )
    const text = Object.entries(signed).map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    return { url: `${origin}${path}?${text.join('&')}`, expiresAtMs: signedAtMs + ttlSeconds * 1000 }
  }

  return {
    put: ({ key, contentType, ttlSeconds, emptyBodyChecksum }) =>
      urlFor(
        'PUT',
        key,
        ttlSeconds,
        emptyBodyChecksum
          ? {
              'x-amz-checksum-crc32': 'AAAAAA==',
              'x-amz-sdk-checksum-algorithm': 'CRC32',
              'x-id': 'PutObject',
            }
          : { 'x-id': 'PutObject' },
        contentType === null ? {} : { 'content-type': contentType },
      ),
    get: ({ key, ttlSeconds, contentDisposition }) =>
      urlFor(
        'GET',
        key,
        ttlSeconds,
        { 'response-content-disposition': contentDisposition, 'x-id': 'GetObject' },
        {},
      ),

    async verify(request) {
      const parameters = queryParameters(request.query)
      if (!parameters.has('X-Amz-Signature') && !parameters.has('X-Amz-Algorithm'))
        return refused(s3.accessDenied)
      const given = single(parameters)
      if (given === null || requiredParameters.some((name) => given[name] === undefined)) {
        return refused(
          s3.badAuthorizationQuery(
            'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
          ),
        )
      }
      const signature = given['X-Amz-Signature'] ?? ''
      const mismatch = refused(s3.signatureDoesNotMatch(accessKeyId, signature))
      if (given['X-Amz-Algorithm'] !== algorithm) {
        return refused(s3.badAuthorizationQuery('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"'))
      }
      const [keyId = ''] = (given['X-Amz-Credential'] ?? '').split('/')
      if (keyId !== accessKeyId) return refused(s3.invalidAccessKey(keyId))
      const signedAtMs = parseAmzDate(given['X-Amz-Date'] ?? '')
      const ttlSeconds = /^[1-9]\d{0,5}$/.test(given['X-Amz-Expires'] ?? '')
        ? Number(given['X-Amz-Expires'])
        : NaN
      if (Number.isNaN(signedAtMs)) {
        return refused(
          s3.badAuthorizationQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""),
        )
      }
      if (!(ttlSeconds <= 604_800)) {
        return refused(s3.badAuthorizationQuery('X-Amz-Expires must be less than a week (in seconds)'))
      }
      const nowMs = now()
      const expiresAtMs = signedAtMs + ttlSeconds * 1000
      if (nowMs >= expiresAtMs) return refused(s3.requestExpired({ expiresAtMs, nowMs, ttlSeconds }))
      if (signedAtMs - nowMs > futureToleranceMs) return refused(s3.notYetValid)
      if (given['X-Amz-Security-Token'] !== credentials.sessionToken) return refused(s3.invalidToken)
      const signedNames = new Set((given['X-Amz-SignedHeaders'] ?? '').split(';'))
      const unsigned = Object.keys(request.headers).filter(
        (name) => name.startsWith('x-amz-') && !signedNames.has(name),
      )
      if (unsigned.length > 0) return refused(s3.headersNotSigned(unsigned))

      const key = keyOf(request.path)
      if (key === null) return mismatch
      // What came, signed anew: its own query without what the library adds, its own headers as far as it says
      // that they are signed. A signed header that is missing counts as empty, so it cannot match.
      const query: Record<string, string> = {}
      for (const [name, value] of Object.entries(given)) {
        if (!addedBySigner.has(name)) query[name] = value
      }
      const headers: Record<string, string> = {}
      for (const name of signedNames) headers[name] = request.headers[name] ?? ''
      const contentHash = given[contentHashParameter]
      if (contentHash !== undefined) headers[contentHashParameter] = contentHash
      const again = await sign(request.method, pathOf(key), query, headers, {
        signingDate: new Date(signedAtMs),
        expiresIn: ttlSeconds,
      })
      // The library writes scope and header list itself: they must be the ones that came.
      const sameParameters = Object.entries(given).every(
        ([name, value]) => name === 'X-Amz-Signature' || again[name] === value,
      )
      return sameParameters && equalInConstantTime(again['X-Amz-Signature'] ?? '', signature)
        ? { kind: 'accepted', key, parameters }
        : mismatch
    },
  }
}

function refused(refusal: s3.S3Refusal): Verification {
  return { kind: 'refused', refusal }
}

const addedBySigner = new Set<string>([...requiredParameters, 'X-Amz-Security-Token', contentHashParameter])

function equalInConstantTime(left: string, right: string): boolean {
  const a = Buffer.from(left)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Every parameter once; null when one is repeated, which S3 refuses. */
function single(parameters: Map<string, string[]>): Record<string, string> | null {
  const one = new Map<string, string>()
  for (const [name, [value, ...more]] of parameters) {
    if (value === undefined || more.length > 0) return null
    one.set(name, value)
  }
  return Object.fromEntries(one)
}

function parseAmzDate(text: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text)
  if (parts === null) return NaN
  const [, year, month, day, hour, minute, second] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** RFC 3986 escaping, as Signature Version 4 wants it. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function pathOf(key: string): string {
  return `/${bucket}/${key.split('/').map(escaped).join('/')}`
}

/** The object's key, from a path as it came; null for another bucket or a malformed escape. */
function keyOf(path: string): string | null {
  if (!path.startsWith(`/${bucket}/`)) return null
  try {
    return path
      .slice(bucket.length + 2)
      .split('/')
      .map(decodeURIComponent)
      .join('/')
  } catch {
    return null
  }
}
