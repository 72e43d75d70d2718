import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Answer } from '../core/answer.ts'
import { textAnswer } from '../core/answer.ts'
import type { Replacement } from '../core/faults.ts'
import type { Service } from '../core/loopback-server.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import type { Switches } from '../switches.ts'
import type { PresignedUrls } from './presigned-urls.ts'
import * as s3 from './s3-errors.ts'
import type { StoredObject, StoredObjects } from './stored-objects.ts'

export type ObjectStoreOptions = {
  readonly urls: PresignedUrls
  readonly objects: StoredObjects
  readonly switches: Switches
  readonly now: () => number
  readonly newId: () => string
}

/** The object store behind presigned URLs: answers a PUT and a GET as S3 does (contract section 2). */
export function createObjectStoreService(options: ObjectStoreOptions): Service {
  const { urls, objects, switches, now, newId } = options
  const refuse = (refusal: s3.S3Refusal): Answer => s3.s3Answer(refusal, newId())

  async function put(request: ReceivedRequest): Promise<Answer> {
    if (request.headers['transfer-encoding'] !== undefined) return refuse(s3.chunkedNotImplemented)
    if (request.headers['content-length'] === undefined) return refuse(s3.missingContentLength)
    const verified = await urls.verify(request)
    if (verified.kind === 'refused') return refuse(verified.refusal)
    if (request.bodyBytes > switches.maxObjectBytes) {
      return refuse(s3.entityTooLarge(request.bodyBytes, switches.maxObjectBytes))
    }
    const md5 = request.headers['content-md5']
    if (md5 !== undefined && md5 !== createHash('md5').update(request.body).digest('base64')) {
      return refuse(s3.badDigest)
    }
    const [checksum] = verified.parameters.get('x-amz-checksum-crc32') ?? []
    if (checksum !== undefined && checksum !== crc32Base64(request.body)) return refuse(s3.badDigest)
    const contentType = request.headers['content-type'] ?? 'binary/octet-stream'
    const stored = objects.put(verified.key, request.body, contentType)
    return {
      status: 200,
      headers: { ETag: stored.etag, 'x-amz-request-id': newId() },
      body: Buffer.alloc(0),
    }
  }

  async function get(request: ReceivedRequest): Promise<Answer> {
    const verified = await urls.verify(request)
    if (verified.kind === 'refused') return refuse(verified.refusal)
    const stored = objects.get(verified.key)
    if (stored === undefined) return refuse(s3.noSuchKey)
    const [disposition] = verified.parameters.get('response-content-disposition') ?? []
    const headers: Record<string, string> = {
      'Content-Type': stored.contentType,
      ETag: stored.etag,
      'Last-Modified': new Date(stored.lastModifiedMs).toUTCString(),
      'Accept-Ranges': 'bytes',
      'x-amz-request-id': newId(),
      ...(disposition === undefined ? {} : { 'Content-Disposition': disposition }),
    }
    return ranged(request.headers['range'], stored, headers)
  }

  function ranged(range: string | undefined, stored: StoredObject, headers: Record<string, string>): Answer {
    const size = stored.bytes.length
    const parts = /^bytes=(\d*)-(\d*)$/.exec(range ?? '')
    const [, first = '', last = ''] = parts ?? []
    // S3 ignores a Range it cannot read, and several ranges at once.
    if (range === undefined || parts === null || (first === '' && last === '')) {
      return { status: 200, headers, body: stored.bytes }
    }
    const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
    const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
    if (start > end) return refuse(s3.invalidRange(range, size))
    return {
      status: 206,
      headers: { ...headers, 'Content-Range': `bytes ${start}-${end}/${size}` },
      body: stored.bytes.subarray(start, end + 1),
    }
  }

  return {
    name: 'store',
    target: (request) => ({
      endpoint: request.method === 'PUT' ? 'put' : request.method === 'GET' ? 'get-object' : 'unrouted',
      domain: null,
      appointmentId: appointmentIdOf(request.path),
      page: null,
    }),
    async answer(request) {
      if (request.headers['authorization'] !== undefined && request.query.includes('X-Amz-')) {
        return refuse(s3.twoAuthMechanisms)
      }
      if (request.method === 'PUT') return put(request)
      if (request.method === 'GET') return get(request)
      // A URL is signed for one method: any other one fails on its signature, if there is one.
      const verified = await urls.verify(request)
      return refuse(verified.kind === 'refused' ? verified.refusal : s3.methodNotAllowed)
    },
    replacement: (_request, fault) => replacement(fault, now, refuse),
  }
}

function replacement(
  fault: Replacement,
  now: () => number,
  refuse: (refusal: s3.S3Refusal) => Answer,
): Answer {
  switch (fault.kind) {
    case 'slow-down':
      return refuse(s3.slowDown)
    case 'expired-token':
      return refuse(s3.expiredToken)
    case 'expired-url':
      return refuse(s3.requestExpired({ expiresAtMs: now() - 1000, nowMs: now(), ttlSeconds: 900 }))
    case 'server-error':
      return fault.body === 'html'
        ? textAnswer(fault.status, 'text/html', '<html><body><h1>Bad gateway</h1></body></html>')
        : refuse({
            status: fault.status,
            code: fault.status === 503 ? 'ServiceUnavailable' : 'InternalError',
            message: 'We encountered an internal error. Please try again.',
          })
    case 'throttle':
    case 'problem':
    case 'in-progress':
    case 'token-error':
      throw new Error(`The object store has no fault "${fault.kind}".`)
  }
}

/** Keys are `domain/appointmentId/guid/name`, behind the bucket: so that a rule can name an appointment. */
function appointmentIdOf(path: string): string | null {
  const [, , , appointmentId] = path.split('/')
  if (appointmentId === undefined) return null
  try {
    return decodeURIComponent(appointmentId)
  } catch {
    return null
  }
}

function crc32Base64(bytes: Buffer): string {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(bytes))
  return checksum.toString('base64')
}
