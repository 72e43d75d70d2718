import fc from 'fast-check'
import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { request } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Artefact, type Simulator } from '../../simulator/simulator.ts'
import { call, caller, json, testClock, type Answered, type Caller, type TestClock } from './client.ts'

let simulator: Simulator
let api: Caller
let clock: TestClock
beforeEach(async () => {
  clock = testClock()
  simulator = await startSimulator({ now: clock.now })
  simulator.addAppointment({ appointmentId: 'A1' })
  api = await caller(simulator)
})
afterEach(() => simulator.close())

const pdf = Buffer.from('%PDF-1.7\nreport\n%%EOF')
const pdfType = { 'Content-Type': 'application/pdf' }

async function uploadUrl(
  contentType: string | null = 'application/pdf',
  fileName = "a b'(1)+é.pdf",
): Promise<string> {
  const items = [{ fileName, ...(contentType === null ? {} : { contentType }) }]
  const made = json(await api.post('/reporting/appointments/A1/report/attachments', { items }))
  return String(made['items']?.[0]?.['uploadUrl'])
}

function artefact(): Artefact {
  const found = simulator.appointment('acme', 'A1').artefacts.at(-1)
  if (found === undefined) throw new Error('no artefact')
  return found
}

const put = (url: string, headers: Record<string, string> = pdfType, body: Buffer = pdf): Promise<Answered> =>
  call(url, { method: 'PUT', headers, body })

/** The code and message of S3's XML, and whether it is XML at all. */
function s3Error(answer: Answered): [status: number, code: string, message: string] {
  expect(answer.headers['content-type']).toBe('application/xml')
  const [, code = ''] = /<Code>(.*?)<\/Code>/.exec(answer.text) ?? []
  const [, message = ''] = /<Message>(.*?)<\/Message>/.exec(answer.text) ?? []
  return [answer.status, code, message]
}

/** Sends a request byte by byte as written, and gives all that comes back. */
async function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(simulator.storeUrl)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.end(text)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('latin1')
}

describe('a presigned PUT', () => {
  it('stores the bytes and answers 200 with an ETag and no body', async () => {
    const answer = await put(await uploadUrl())
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(answer.headers['etag']).toMatch(/^"[0-9a-f]{32}"$/)
    expect(artefact()).toMatchObject({ bytes: pdf, putCount: 1, storedContentType: 'application/pdf' })
  })

  it('can be repeated until the URL expires, and overwrites', async () => {
    const url = await uploadUrl()
    await put(url)
    await put(url, pdfType, Buffer.from('%PDF second'))
    expect(artefact()).toMatchObject({ bytes: Buffer.from('%PDF second'), putCount: 2 })
  })

  it.each([
    ['none', {}],
    ['another', { 'Content-Type': 'application/dicom' }],
    ['one with a charset', { 'Content-Type': 'application/pdf; charset=utf-8' }],
    ['one in capitals', { 'Content-Type': 'APPLICATION/PDF' }],
  ])('with a signed Content-Type refuses %s', async (_what, headers) => {
    expect(s3Error(await put(await uploadUrl(), headers)).slice(0, 2)).toEqual([403, 'SignatureDoesNotMatch'])
    expect(artefact().putCount).toBe(0)
  })

  it('without a signed Content-Type stores whatever is said', async () => {
    expect((await put(await uploadUrl(null), { 'Content-Type': 'text/plain' })).status).toBe(200)
    expect(artefact().storedContentType).toBe('text/plain')
    expect((await put(await uploadUrl(null), {})).status).toBe(200)
    expect(artefact().storedContentType).toBe('binary/octet-stream')
  })

  it('ends when the URL expires, saying when', async () => {
    const url = await uploadUrl()
    clock.pass(899_999)
    expect((await put(url)).status).toBe(200)
    clock.pass(1)
    const late = await put(url)
    expect(s3Error(late)).toEqual([403, 'AccessDenied', 'Request has expired'])
    expect(late.text).toContain('<Expires>2026-11-20T01:17:03Z</Expires>')
    expect(late.text).toContain('<ServerTime>2026-11-20T01:17:03Z</ServerTime>')
  })

  it('is not valid yet for a clock far behind', async () => {
    const url = await uploadUrl()
    clock.pass(-901_000)
    expect(s3Error(await put(url))[2]).toBe('Request is not valid yet')
  })

  it('refuses x-amz headers that were not signed', async () => {
    const answer = await put(await uploadUrl(), { ...pdfType, 'x-amz-acl': 'private', 'x-amz-meta-a': 'b' })
    expect(s3Error(answer)).toEqual([
      403,
      'AccessDenied',
      'There were headers present in the request which were not signed',
    ])
    expect(answer.text).toContain('<HeadersNotSigned>x-amz-acl, x-amz-meta-a</HeadersNotSigned>')
  })

  it('refuses a bearer token beside the signature, without repeating it', async () => {
    const answer = await put(await uploadUrl(), { ...pdfType, Authorization: `Bearer ${api.token}` })
    const [status, code, message] = s3Error(answer)
    expect([status, code]).toEqual([400, 'InvalidArgument'])
    expect(message).toMatch(/^Only one auth mechanism allowed/)
    expect(answer.text).not.toContain(api.token)
  })

  it('refuses a chunked body', async () => {
    const answer = await request(await uploadUrl(), {
      method: 'PUT',
      headers: pdfType,
      body: Readable.from([pdf.subarray(0, 5), pdf.subarray(5)]),
    })
    const text = await answer.body.text()
    expect(answer.statusCode).toBe(501)
    expect(text).toContain('<Code>NotImplemented</Code>')
    expect(text).toContain('<Header>Transfer-Encoding</Header>')
    expect(artefact().putCount).toBe(0)
  })

  it('refuses a request without Content-Length', async () => {
    const { pathname, search, host } = new URL(await uploadUrl())
    const answer = await raw(
      `PUT ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/pdf\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 411 /)
    expect(answer).toContain('<Code>MissingContentLength</Code>')
  })

  it('takes 2,097,152 bytes and not one more', async () => {
    const url = await uploadUrl()
    expect((await put(url, pdfType, Buffer.alloc(2_097_152))).status).toBe(200)
    const tooMuch = await put(url, pdfType, Buffer.alloc(2_097_153))
    expect(s3Error(tooMuch).slice(0, 2)).toEqual([400, 'EntityTooLarge'])
    expect(tooMuch.text).toContain('<MaxSizeAllowed>2097152</MaxSizeAllowed>')
    expect(artefact()).toMatchObject({ putCount: 1 })
  })

  it('takes an empty file', async () => {
    expect(
      (await put(await uploadUrl(), { ...pdfType, 'Content-Length': '0' }, Buffer.alloc(0))).status,
    ).toBe(200)
    expect(artefact()).toMatchObject({ bytes: Buffer.alloc(0), putCount: 1 })
  })

  it('refuses a body that does not have the Content-MD5 it came with', async () => {
    const answer = await put(await uploadUrl(), { ...pdfType, 'Content-MD5': 'AAAAAAAAAAAAAAAAAAAAAA==' })
    expect(s3Error(answer).slice(0, 2)).toEqual([400, 'BadDigest'])
  })

  it('refuses any real body where the checksum of an empty one was signed', async () => {
    simulator.fault({ endpoint: 'upload-urls', fault: { kind: 'checksum-url' } })
    const url = await uploadUrl()
    expect(new URL(url).searchParams.get('x-amz-checksum-crc32')).toBe(
      Buffer.from(crc32('').toString(16).padStart(8, '0'), 'hex').toString('base64'),
    )
    expect(s3Error(await put(url)).slice(0, 2)).toEqual([400, 'BadDigest'])
    expect((await put(url, pdfType, Buffer.alloc(0))).status).toBe(200)
  })

  it('is for PUT only', async () => {
    const url = await uploadUrl()
    await put(url)
    expect(s3Error(await call(url, { headers: pdfType })).slice(0, 2)).toEqual([403, 'SignatureDoesNotMatch'])
    const headless = await call(url, { method: 'DELETE', headers: pdfType })
    expect(s3Error(headless)[1]).toBe('SignatureDoesNotMatch')
  })
})

describe('a signature', () => {
  it('is needed, in full', async () => {
    const url = new URL(await uploadUrl())
    expect(s3Error(await put(`${url.origin}${url.pathname}`))).toEqual([403, 'AccessDenied', 'Access Denied'])
    for (const name of [
      'X-Amz-Signature',
      'X-Amz-Algorithm',
      'X-Amz-Date',
      'X-Amz-Expires',
      'X-Amz-SignedHeaders',
    ]) {
      const partial = new URL(url)
      partial.searchParams.delete(name)
      expect(s3Error(await put(partial.href)).slice(0, 2)).toEqual([400, 'AuthorizationQueryParametersError'])
    }
    expect(s3Error(await put(`${url.href}&X-Amz-Expires=900`))[1]).toBe('AuthorizationQueryParametersError')
  })

  it.each([
    ['X-Amz-Expires', '3600', 403, 'SignatureDoesNotMatch'],
    ['X-Amz-Expires', '0900', 400, 'AuthorizationQueryParametersError'],
    ['X-Amz-Expires', '999999', 400, 'AuthorizationQueryParametersError'],
    ['X-Amz-Date', '20261120T010204Z', 403, 'SignatureDoesNotMatch'],
    ['X-Amz-Date', '20261320T010204Z', 400, 'AuthorizationQueryParametersError'],
    ['X-Amz-SignedHeaders', 'host', 403, 'SignatureDoesNotMatch'],
    ['X-Amz-SignedHeaders', 'host;content-type', 403, 'SignatureDoesNotMatch'],
    ['X-Amz-Security-Token', 'other', 400, 'InvalidToken'],
    [
      'X-Amz-Credential',
      'ASIASOMEONEELSE/20261120/ap-southeast-2/s3/aws4_request',
      403,
      'InvalidAccessKeyId',
    ],
    [
      'X-Amz-Credential',
      'ASIASIMULATOREXAMPLE/20261120/us-east-1/s3/aws4_request',
      403,
      'SignatureDoesNotMatch',
    ],
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA1', 400, 'AuthorizationQueryParametersError'],
    ['X-Amz-Content-Sha256', 'e3b0', 403, 'SignatureDoesNotMatch'],
    ['x-amz-acl', 'public-read', 403, 'SignatureDoesNotMatch'],
  ])('does not survive %s=%s', async (name, value, status, code) => {
    const url = new URL(await uploadUrl())
    url.searchParams.set(name, value)
    expect(s3Error(await put(url.href)).slice(0, 2)).toEqual([status, code])
    expect(artefact().putCount).toBe(0)
  })

  it('does not survive any change to the URL as text', async () => {
    const url = await uploadUrl()
    const { origin } = new URL(url)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: origin.length + 1, max: url.length - 1 }),
        fc.constantFrom('A', 'a', '0', '-', '~'),
        async (at, character) => {
          fc.pre(url[at] !== character)
          const changed = url.slice(0, at) + character + url.slice(at + 1)
          // %c3 and %C3 are the same escape, and S3 takes both.
          fc.pre(withUpperCaseEscapes(changed) !== url)
          const answer = await put(changed)
          expect(answer.status).toBeGreaterThanOrEqual(400)
          expect(artefact().putCount).toBe(0)
        },
      ),
      { numRuns: 150 },
    )
    expect((await put(url)).status).toBe(200)
  })

  it('does not survive a client that decodes the query and builds it anew', async () => {
    const url = await uploadUrl()
    const rebuilt = url.replaceAll('%2B', '+')
    expect(rebuilt).not.toBe(url)
    expect((await put(rebuilt)).status).toBeGreaterThanOrEqual(400)
  })

  it('is bound to the host it was made for', async () => {
    const { pathname, search, port } = new URL(await uploadUrl())
    const answer = await call(`http://localhost:${port}${pathname}${search}`, {
      method: 'PUT',
      headers: pdfType,
      body: pdf,
    })
    expect(s3Error(answer)[1]).toBe('SignatureDoesNotMatch')
  })
})

function withUpperCaseEscapes(url: string): string {
  return url.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase())
}

describe('a presigned GET', () => {
  let url = ''
  beforeEach(async () => {
    await put(await uploadUrl())
    url = String(json(await api.get('/reporting/appointments/A1/attachments'))[0]?.['url'])
  })

  it('gives the bytes back as they were stored', async () => {
    const answer = await call(url)
    expect(answer.bytes).toEqual(pdf)
    expect(answer.headers['content-type']).toBe('application/pdf')
  })

  it.each([
    ['bytes=0-4', 206, '%PDF-', `bytes 0-4/${pdf.length}`],
    ['bytes=-5', 206, '%%EOF', `bytes ${pdf.length - 5}-${pdf.length - 1}/${pdf.length}`],
    ['bytes=17-', 206, pdf.subarray(17).toString(), `bytes 17-${pdf.length - 1}/${pdf.length}`],
    ['bytes=0-999999', 206, pdf.toString(), `bytes 0-${pdf.length - 1}/${pdf.length}`],
    ['lines=1-2', 200, pdf.toString(), undefined],
  ])('answers the range %s', async (range, status, text, contentRange) => {
    const answer = await call(url, { headers: { Range: range } })
    expect([answer.status, answer.text, answer.headers['content-range']]).toEqual([
      status,
      text,
      contentRange,
    ])
  })

  it('refuses a range behind the end', async () => {
    expect(s3Error(await call(url, { headers: { Range: 'bytes=5000-' } })).slice(0, 2)).toEqual([
      416,
      'InvalidRange',
    ])
  })

  it('refuses a bearer token and another disposition than the one that was signed', async () => {
    const withToken = await call(url, { headers: { Authorization: `Bearer ${api.token}` } })
    expect(s3Error(withToken)[1]).toBe('InvalidArgument')
    const changed = new URL(url)
    changed.searchParams.set('response-content-disposition', 'attachment')
    expect(s3Error(await call(changed.href))[1]).toBe('SignatureDoesNotMatch')
  })
})
