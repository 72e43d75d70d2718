import { describe, expect, it } from 'vitest'
import { MAX_UPLOAD_BYTES } from '../../../shared/document.ts'
import { hangUp, json, text } from './scripted-server.ts'
import { startRig } from './station.ts'

const path = '/bucket/report.pdf?X-Amz-Credential=AK%2F2026%2Fs3&X-Amz-Signature=topsecret&x=a+b%20c'
const bytes = Buffer.from('%PDF-1.7\n%%EOF\n')
const pdf = { bytes, contentType: 'application/pdf' as const }

const s3 = (status: number, code: string, message = 'x', headers: Record<string, string> = {}) =>
  text(
    status,
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    {
      'content-type': 'application/xml',
      ...headers,
    },
  )

describe('an upload', () => {
  it('is one PUT of the bytes with nothing but its type and length', async () => {
    const { client, server, url } = await startRig()
    server.on('PUT ', text(200, '', { etag: '"x"' }))
    expect(await client.upload({ ...pdf, url: url(path) })).toMatchObject({ kind: 'done' })
    expect(server.seen).toHaveLength(1)
    const [sent] = server.seen
    expect(sent?.url).toBe(path)
    expect(sent?.body.equals(bytes)).toBe(true)
    expect(sent?.headers).toEqual({
      host: server.host,
      connection: 'keep-alive',
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
    })
  })

  it('of the largest size arrives whole; a byte more, or none, is never sent', async () => {
    const { client, server, url } = await startRig()
    server.on('PUT ', text(200, ''))
    const most = Buffer.alloc(MAX_UPLOAD_BYTES, 7)
    expect(
      await client.upload({ url: url(path), bytes: most, contentType: 'application/dicom' }),
    ).toMatchObject({ kind: 'done' })
    expect(server.seen[0]?.body.equals(most)).toBe(true)
    const more = await client.upload({ ...pdf, url: url(path), bytes: Buffer.alloc(MAX_UPLOAD_BYTES + 1) })
    expect(more).toMatchObject({ kind: 'refused', failure: { code: 'too-large' } })
    expect(await client.upload({ ...pdf, url: url(path), bytes: Buffer.alloc(0) })).toMatchObject({
      kind: 'refused',
      failure: { code: 'empty' },
    })
    expect(server.seen).toHaveLength(1)
  })

  it('of a view into a larger buffer sends the view only', async () => {
    const { client, server, url } = await startRig()
    server.on('PUT ', text(200, ''))
    const view = new Uint8Array(Buffer.from('before%PDF-after')).subarray(6, 11)
    await client.upload({ ...pdf, url: url(path), bytes: view })
    expect(server.seen[0]?.body.toString()).toBe('%PDF-')
  })

  it.each([
    ['403 Request has expired', s3(403, 'AccessDenied', 'Request has expired'), 'expired', 'AccessDenied'],
    ['403 ExpiredRequest', s3(403, 'ExpiredRequest'), 'expired', 'ExpiredRequest'],
    [
      '400 ExpiredToken',
      s3(400, 'ExpiredToken', 'The provided token has expired.'),
      'expired',
      'ExpiredToken',
    ],
    ['403 wrong Content-Type', s3(403, 'SignatureDoesNotMatch'), 'refused', 'SignatureDoesNotMatch'],
    [
      '403 unsigned header',
      s3(403, 'AccessDenied', 'There were headers present in the request which were not signed'),
      'refused',
      'AccessDenied',
    ],
    ['403 without words', text(403, ''), 'refused', null],
    ['400 BadDigest', s3(400, 'BadDigest'), 'refused', 'BadDigest'],
    ['400 EntityTooLarge', s3(400, 'EntityTooLarge'), 'refused', 'EntityTooLarge'],
    ['411 MissingContentLength', s3(411, 'MissingContentLength'), 'refused', 'MissingContentLength'],
    ['501 chunked', s3(501, 'NotImplemented'), 'refused', 'NotImplemented'],
    ['503 SlowDown', s3(503, 'SlowDown'), 'slow-down', 'SlowDown'],
    ['503 with Retry-After', text(503, '', { 'retry-after': '4' }), 'slow-down', null],
    ['429', json(429, {}), 'slow-down', null],
    ['500 InternalError', s3(500, 'InternalError'), 'unknown', 'InternalError'],
    ['503 of a gateway', text(503, '<html>'), 'unknown', null],
    ['a break after the whole body', hangUp, 'unknown', 'UND_ERR_SOCKET'],
    [
      'a sign-in page',
      text(200, '<!DOCTYPE html><html>', { 'content-type': 'text/html' }),
      'unknown',
      'web-page',
    ],
    ['a redirect', text(307, '', { location: 'https://elsewhere.example/' }), 'refused', 'redirect'],
  ] as const)('answered by %s is %s', async (_name, reply, kind, code) => {
    const { client, server, url } = await startRig()
    server.on('PUT ', reply)
    const outcome = await client.upload({ ...pdf, url: url(path) })
    expect(outcome).toMatchObject({ kind, failure: { code, outcomeKnown: kind !== 'unknown' } })
    expect(JSON.stringify(outcome)).not.toMatch(/topsecret|bucket|X-Amz/)
    expect(server.seen).toHaveLength(1)
  })

  it('to a storage that is not there is settled', async () => {
    const { client } = await startRig()
    const outcome = await client.upload({ ...pdf, url: 'https://bucket.invalid/a?X-Amz-Signature=topsecret' })
    expect(outcome).toMatchObject({ kind: 'unreachable', failure: { kind: 'network', outcomeKnown: true } })
    expect(JSON.stringify(outcome)).not.toContain('topsecret')
  })

  it('to plain http elsewhere is never sent', async () => {
    const { client } = await startRig()
    expect(await client.upload({ ...pdf, url: 'http://bucket.example/a' })).toMatchObject({
      kind: 'refused',
      failure: { code: 'not-allowed' },
    })
  })
})

describe('a download', () => {
  it('carries no credentials, is tried again, and gives the bytes', async () => {
    const { client, server, url } = await startRig()
    server.on('GET ', text(503, ''), text(200, '%PDF-', { 'content-type': 'application/pdf' }))
    const result = await client.download({ url: url(path), maxBytes: 5 })
    expect(result).toMatchObject({ ok: true, value: { contentType: 'application/pdf' } })
    expect(result.ok && Buffer.from(result.value.bytes).toString()).toBe('%PDF-')
    expect(Object.keys(server.seen[1]?.headers ?? {}).toSorted()).toEqual(['connection', 'host'])
    expect(server.seen[1]?.url).toBe(path)
  })

  it.each([
    ['403 expired', s3(403, 'AccessDenied', 'Request has expired'), 'gone', 'expired'],
    ['400 ExpiredToken', s3(400, 'ExpiredToken'), 'gone', 'expired'],
    ['404 NoSuchKey', s3(404, 'NoSuchKey'), 'gone', 'NoSuchKey'],
    ['more than the limit', text(200, 'x'.repeat(2000)), 'unknown', 'too-large'],
  ] as const)('answered by %s is a failure without the address', async (_name, reply, kind, code) => {
    const { client, server, url } = await startRig()
    server.on('GET ', reply)
    const result = await client.download({ url: url(path), maxBytes: 1000 })
    expect(result).toMatchObject({ failure: { kind, code } })
    expect(JSON.stringify(result)).not.toMatch(/topsecret|bucket|X-Amz/)
  })
})
