import { describe, expect, it } from 'vitest'
import { MAX_REPORT_TEXT_BYTES } from '../../../shared/document.ts'
import { commentBody, reportBody, uploadUrlBody, type Body } from '../../../electron/qubs/bodies.ts'
import { breakInBody, hangUp, json, text } from './scripted-server.ts'
import { appointment, startRig } from './station.ts'

const at = '2026-11-20T01:02:03Z'
const reportPath = `POST ${appointment}/report`
const receipt = { reportGuid: 'r-1', reportStatus: 'final', reportedAtUtc: at }

function bytesOf(body: Body): Uint8Array {
  if (!body.ok) throw new Error(body.problem.message)
  return body.bytes
}

const reportOf = (reportText: string) =>
  bytesOf(reportBody({ reportText, reportStatus: 'final', reportedAtUtc: at }))
const write = {
  body: reportOf('No acute abnormality detected.'),
  idempotencyKey: 'cd4a859c-7a1f-4b44-b765-a8fe17bb44c1',
}

describe('a report', () => {
  it('goes out as its exact bytes with the bare key, and comes back as a receipt', async () => {
    const { client, server } = await startRig()
    server.on(reportPath, json(200, { ...receipt, more: 1 }, { 'x-correlation-id': 'beef' }))
    expect(await client.submitReport('A1', write)).toMatchObject({
      ok: true,
      value: receipt,
      correlationId: 'beef',
    })
    const [sent] = server.asked(reportPath)
    expect(sent?.body.equals(write.body)).toBe(true)
    expect(sent?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(write.body.length),
      'idempotency-key': write.idempotencyKey,
      accept: 'application/json',
    })
    expect(sent?.headers['transfer-encoding']).toBeUndefined()
  })

  it('of exactly the longest text, of two-byte characters, arrives whole', async () => {
    const { client, server } = await startRig()
    server.on(reportPath, json(201, receipt))
    const body = reportOf('é'.repeat(MAX_REPORT_TEXT_BYTES / 2))
    expect(await client.submitReport('A1', { ...write, body })).toMatchObject({ ok: true })
    expect(server.asked(reportPath)[0]?.body.equals(body)).toBe(true)
  })

  it.each([
    ['2xx then a break in the body', breakInBody, 'unknown', false],
    ['a break after the request', hangUp, 'unknown', false],
    ['2xx without a receipt', json(200, {}), 'unknown', false],
    ['2xx with HTML', text(200, '<html>', { 'content-type': 'text/html' }), 'network', false],
    ['2xx with nothing', text(204, ''), 'network', false],
    ['404', json(404, {}), 'gone', true],
    ['409', json(409, { detail: 'Key reused.' }), 'conflict', false],
    ['413', json(413, {}), 'validation', true],
    ['429', json(429, {}), 'throttled', true],
    ['502', text(502, '<html>'), 'server', false],
    ['504', json(504, { message: 'Endpoint request timed out' }), 'server', false],
    ['503 with Retry-After', json(503, {}, { 'retry-after': '5' }), 'server', true],
  ] as const)('answered by %s is one try and %s', async (_name, reply, kind, outcomeKnown) => {
    const { client, server, waits } = await startRig()
    server.on(reportPath, reply)
    expect(await client.submitReport('A1', write)).toMatchObject({
      ok: false,
      failure: { kind, outcomeKnown },
    })
    expect(server.asked(reportPath)).toHaveLength(1)
    expect(waits).toEqual([])
  })

  it.each([
    ['12', 12_000],
    ['Fri, 20 Nov 2020 12:00:30 GMT', 30_000],
    ['-1', null],
  ])('answered by 429 with Retry-After %s tells the wait', async (value, retryAfterMs) => {
    const { client, server } = await startRig()
    server.on(reportPath, json(429, {}, { 'retry-after': value, date: 'Fri, 20 Nov 2020 12:00:00 GMT' }))
    expect(await client.submitReport('A1', write)).toMatchObject({ failure: { retryAfterMs } })
  })

  it('that is taken on the second try with the same key after a lost answer', async () => {
    const { client, server } = await startRig()
    server.on(reportPath, hangUp, json(409, {}), json(200, receipt))
    expect(await client.submitReport('A1', write)).toMatchObject({ failure: { outcomeKnown: false } })
    expect(await client.submitReport('A1', write)).toMatchObject({ failure: { kind: 'conflict' } })
    expect(await client.submitReport('A1', write)).toMatchObject({ ok: true })
    expect(
      new Set(server.asked(reportPath).map((s) => `${s.headers['idempotency-key']} ${s.body.toString()}`))
        .size,
    ).toBe(1)
  })

  it('refused with a validation map says why, never what was sent', async () => {
    const { client, server } = await startRig()
    const body = reportOf('Jane Doe has a fracture of the left radius.')
    const problem = {
      title: 'One or more validation errors occurred.',
      requestId: 'req-1',
      errors: { reportText: ['Too short.'] },
    }
    const leak = { detail: 'Cannot store "Jane Doe has a fracture of the left radius."', requestId: 'req-2' }
    server.on(reportPath, json(400, problem), json(400, leak))
    const told = await client.submitReport('A1', { ...write, body })
    expect(told).toMatchObject({ failure: { kind: 'validation', requestId: 'req-1' } })
    expect(!told.ok && told.failure.message).toContain('reportText: Too short.')
    const leaked = await client.submitReport('A1', { ...write, body })
    expect(leaked).toMatchObject({ failure: { requestId: 'req-2' } })
    expect(JSON.stringify(leaked)).not.toMatch(/Jane|fracture|token-/)
  })

  it.each(['', 'a b', 'é', 'x'.repeat(129), 'a\r\nX-Evil: 1'])(
    'with the key %j is never sent',
    async (idempotencyKey) => {
      const { client, server } = await startRig()
      expect(await client.submitReport('A1', { ...write, idempotencyKey })).toMatchObject({
        failure: { kind: 'validation', code: 'idempotency-key', outcomeKnown: true },
      })
      expect(server.seen).toHaveLength(0)
    },
  )
})

describe('a comment', () => {
  it('is created, and refused when blank to the server', async () => {
    const { client, server } = await startRig()
    const path = `POST ${appointment}/comments`
    server.on(
      path,
      json(201, { guid: 'c-1', commentType: 'AA', isAlert: true }),
      json(400, { detail: 'Blank.' }),
    )
    const body = bytesOf(commentBody({ commentText: 'Call me', commentType: 'AA', commentDateTime: at }))
    expect(await client.createComment('A1', { body, idempotencyKey: 'k' })).toMatchObject({
      ok: true,
      value: { guid: 'c-1' },
    })
    expect(JSON.parse(String(server.asked(path)[0]?.body))).toMatchObject({
      commentType: 'AA',
      isAlert: true,
    })
    expect(await client.createComment('A1', { body, idempotencyKey: 'k' })).toMatchObject({
      failure: { kind: 'validation' },
    })
  })
})

describe('an upload address', () => {
  const path = `POST ${appointment}/report/attachments`
  const ask = {
    body: bytesOf(uploadUrlBody({ fileName: 'A1-report.pdf', contentType: 'application/pdf' })),
    idempotencyKey: 'k-1',
  }
  const item = {
    guid: 'g-1',
    fileName: 'A1-report.pdf',
    category: 'report',
    uploadUrl: 'https://bucket.example/a?X-Amz-Signature=s',
    uploadUrlExpiresAtUtc: '2026-11-20T01:17:03Z',
  }

  it('comes with its end by the clock of the server', async () => {
    const { client, server } = await startRig()
    server.on(path, json(201, { items: [item] }))
    expect(await client.createUploadUrl('A1', ask)).toMatchObject({
      ok: true,
      value: { guid: 'g-1', uploadUrl: item.uploadUrl, expiresAtMs: Date.UTC(2026, 10, 20, 1, 17, 3) },
    })
  })

  it('replayed at minute 14 is the old one: its end says so', async () => {
    const { client, server } = await startRig()
    server.on(path, json(201, { items: [item] }, { date: 'Fri, 20 Nov 2026 01:16:30 GMT' }))
    const first = await client.createUploadUrl('A1', ask)
    const again = await client.createUploadUrl('A1', ask)
    expect(again.ok && first.ok && again.value).toEqual(first.ok && first.value)
    expect(again.ok && again.clockSkewMs).toBeTypeOf('number')
  })

  it.each([
    ['21 items', Array.from({ length: 21 }, () => item)],
    ['none', []],
    ['one without an address', [{ guid: 'g' }]],
    ['one with a plain http address elsewhere', [{ ...item, uploadUrl: 'http://bucket.example/a' }]],
  ])('answered by %s cannot be used', async (_name, items) => {
    const { client, server } = await startRig()
    server.on(path, json(201, { items }))
    const result = await client.createUploadUrl('A1', ask)
    expect(result).toMatchObject({ failure: { kind: 'unknown', outcomeKnown: false } })
    expect(JSON.stringify(result)).not.toContain('bucket.example')
  })
})
