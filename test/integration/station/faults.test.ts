import { describe, expect, it } from 'vitest'
import type { Fault } from '../../simulator/simulator.ts'
import { pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { idOf, manyAppointments, outcomes, sha256, useSite } from '../../support/station/site.ts'

const appointments = manyAppointments(24)
const site = useSite({ appointments: () => [...appointments] })
const person = ['--by', 'Dr Rory', '--reason', 'looked in QUBS']

async function drop(id: string): Promise<Uint8Array> {
  const bytes = await pdfReport(site.study(id))
  await site.bench.put(`${id}.pdf`, bytes)
  return bytes
}

function keysOf(endpoint: 'upload-urls' | 'report', id: string): (string | undefined)[] {
  return site.requests(endpoint, id).map(({ headers }) => headers['idempotency-key'])
}

/** Every try had the same bytes under the same key. */
function expectSameRequest(endpoint: 'upload-urls' | 'report', id: string, tries: number): void {
  const requests = site.requests(endpoint, id)
  expect([id, requests.length]).toEqual([id, tries])
  expect(new Set(keysOf(endpoint, id)).size).toBe(1)
  expect(new Set(requests.map(({ body }) => sha256(body))).size).toBe(1)
}

function expectOneEffect(id: string, bytes: Uint8Array): void {
  const { reports, artefacts } = site.study(id)
  expect([id, reports.length]).toEqual([id, 1])
  expect(artefacts.flatMap((artefact) => artefact.sha256 ?? [])).toEqual([sha256(bytes)])
}

const passing: readonly (readonly [name: string, fault: Fault])[] = [
  ['429 with seconds', { kind: 'throttle', retryAfter: { seconds: 1 } }],
  ['429 with a date', { kind: 'throttle', retryAfter: { dateInSeconds: 1 } }],
  ['429 without a time', { kind: 'throttle' }],
  ['500', { kind: 'server-error', status: 500, body: 'problem' }],
  ['503 from a gateway', { kind: 'server-error', status: 503, body: 'gateway', retryAfter: { seconds: 1 } }],
  ['502 with a page', { kind: 'server-error', status: 502, body: 'html' }],
  ['a reset before', { kind: 'reset-before' }],
  ['a reset after', { kind: 'reset-after' }],
  ['half an answer', { kind: 'cut-answer' }],
  ['a sign-in page', { kind: 'captive-portal' }],
  ['409 while the first is in progress', { kind: 'in-progress' }],
]

describe('a write that fails for a moment', () => {
  it('is repeated with the same bytes under the same key, and acts once', async () => {
    const { simulator, bench } = site
    const files = new Map<string, Uint8Array>()
    const plan = passing.flatMap(([, fault], index) => [
      { id: appointments[index * 2]?.appointmentId ?? '', endpoint: 'upload-urls' as const, fault },
      { id: appointments[index * 2 + 1]?.appointmentId ?? '', endpoint: 'report' as const, fault },
    ])
    for (const { id, endpoint, fault } of plan) {
      simulator.fault({ endpoint, appointmentId: id, fault })
      files.set(id, await drop(id))
    }
    const result = await site.once()

    expect(result.stderr).toBe('')
    expect(result.code).toBe(0)
    for (const { id, endpoint } of plan) {
      expectSameRequest('upload-urls', id, endpoint === 'upload-urls' ? 2 : 1)
      expectSameRequest('report', id, endpoint === 'report' ? 2 : 1)
      expectOneEffect(id, files.get(id) ?? new Uint8Array())
      expect(site.study(id).artefacts).toHaveLength(1)
    }
    expect((await bench.dropped()).every((path) => path.startsWith('Sent/'))).toBe(true)
    for (const request of site.requests('put')) {
      const names = Object.keys(request.headers).filter((name) => name !== 'host' && name !== 'connection')
      expect(names.toSorted()).toEqual(['content-length', 'content-type'])
      expect(request.headers['content-type']).toBe('application/pdf')
      expect(Number(request.headers['content-length'])).toBe(request.body.length)
    }
    const waits = result.events.flatMap((event) => (event.event === 'waiting' ? [event.reason] : []))
    expect(new Set(waits)).toEqual(new Set(['throttled', 'server', 'network']))
  })
})

describe('an outcome that nobody can know', () => {
  it('is said, and goes on as a person says', async () => {
    const { simulator, bench } = site
    for (const id of ['B00001', 'B00002']) {
      simulator.fault({
        endpoint: 'report',
        appointmentId: id,
        times: 'always',
        fault: { kind: 'in-progress' },
      })
    }
    // Lost, and then the appointment has left the list: by our own report, or by somebody else's.
    simulator.fault({ endpoint: 'report', appointmentId: 'B00003', fault: { kind: 'reset-before' } })
    simulator.fault({
      endpoint: 'report',
      appointmentId: 'B00003',
      after: 1,
      fault: { kind: 'change-status', status: 'AUTHORISED' },
    })
    const bytes = new Map<string, Uint8Array>()
    for (const id of ['B00001', 'B00002', 'B00003']) bytes.set(id, await drop(id))
    const first = await site.once()

    expect(first.code).toBe(3)
    expect(outcomes(first.events)).toEqual({
      'B00001.pdf': 'held outcome-unknown',
      'B00002.pdf': 'held outcome-unknown',
      'B00003.pdf': 'held outcome-unknown',
    })
    expectSameRequest('report', 'B00001', 4)
    expectSameRequest('report', 'B00002', 4)
    expectSameRequest('report', 'B00003', 2)

    // Dropped again meanwhile: the question stays one question.
    await drop('B00002')
    const again = await site.once()
    expect(outcomes(again.events)).toEqual({ 'B00002.pdf': 'held outcome-unknown' })
    expect(site.requests('report', 'B00002')).toHaveLength(4)

    simulator.reset()
    const idOfFile = (file: string): string => idOf(first.events, file)
    const refused = await bench.run(['resolve', idOfFile('B00001.pdf'), '--release', ...person])
    expect(refused.code).toBe(2)
    const settled = await bench.run([
      'resolve',
      idOfFile('B00001.pdf'),
      '--settled',
      'delivered',
      '--json',
      ...person,
    ])
    expect(settled.json).toMatchObject({
      state: 'delivered',
      receipt: { settledBy: 'Dr Rory', reportGuid: '' },
    })
    for (const file of ['B00002.pdf', 'B00003.pdf']) {
      expect(
        (await bench.run(['resolve', idOfFile(file), '--settled', 'not-delivered', ...person])).code,
      ).toBe(0)
    }
    const last = await site.once()

    expect(last.code).toBe(0)
    expect(site.study('B00001').reports).toHaveLength(0)
    expect(site.study('B00002').reports).toHaveLength(1)
    expect(site.study('B00003').reports).toHaveLength(1)
    expect(keysOf('report', 'B00002')).toHaveLength(1)
    expect((await bench.dropped()).every((path) => path.startsWith('Sent/'))).toBe(true)
    const again2 = last.events.find((event) => event.event === 'duplicate')
    expect(again2).toMatchObject({ file: 'B00002.pdf', of: idOfFile('B00002.pdf') })
  })
})

describe('a permanent no', () => {
  it('holds the report with the ids to quote, and a person’s retry uses a new key', async () => {
    const { simulator, bench } = site
    simulator.fault({
      endpoint: 'report',
      appointmentId: 'B00001',
      fault: {
        kind: 'problem',
        status: 400,
        detail: 'The report was refused.',
        errors: { reportText: ['Too vague.'] },
      },
    })
    simulator.fault({
      endpoint: 'upload-urls',
      appointmentId: 'B00002',
      fault: { kind: 'problem', status: 415 },
    })
    const bytes = await drop('B00001')
    const second = await drop('B00002')
    const first = await site.once()

    expect(first.code).toBe(3)
    const held = first.events.find((event) => event.event === 'held' && event.file === 'B00001.pdf')
    expect(held).toMatchObject({
      reason: 'rejected',
      message: expect.stringContaining('The report was refused'),
      requestId: expect.stringMatching(/\w/),
      correlationId: expect.stringMatching(/\w/),
    })
    expect(outcomes(first.events)['B00002.pdf']).toBe('held rejected')
    for (const file of ['B00001.pdf', 'B00002.pdf']) {
      expect((await bench.run(['retry', idOf(first.events, file)])).code).toBe(0)
    }
    expect((await site.once()).code).toBe(0)
    expectOneEffect('B00001', bytes)
    expectOneEffect('B00002', second)
    expect(new Set(keysOf('report', 'B00001')).size).toBe(2)
    expect(site.requests('put')).toHaveLength(2)
  })

  it('is given to a report whose appointment has gone, until a person tries again or gives up', async () => {
    const { simulator, bench } = site
    const id = ['B00001', 'B00002'] as const
    const bytes = await drop(id[0])
    await drop(id[1])
    for (const one of id) {
      simulator.fault({
        endpoint: 'appointment',
        appointmentId: one,
        fault: { kind: 'change-status', status: 'TYPED' },
      })
    }
    const first = await site.once()
    expect(outcomes(first.events)).toEqual({ 'B00001.pdf': 'held gone', 'B00002.pdf': 'held gone' })
    expect(site.requests('upload-urls')).toHaveLength(0)

    simulator.setStatus('acme', id[0], 'PENDING REPORTING')
    expect((await bench.run(['retry', idOf(first.events, 'B00001.pdf')])).code).toBe(0)
    expect((await bench.run(['discard', idOf(first.events, 'B00002.pdf'), ...person])).code).toBe(0)
    const last = await site.once()
    expect(last.code).toBe(0)
    expectOneEffect(id[0], bytes)
    expect(await bench.dropped()).toEqual(['Held/B00002.pdf', 'Sent/B00001.pdf'])
  })
})

describe('token and credentials', () => {
  it.each([400, 401] as const)('ends --once with 4 when the credentials are refused (%i)', async (status) => {
    site.simulator.fault({
      endpoint: 'token',
      times: 'always',
      fault: { kind: 'token-error', error: 'invalid_client', status },
    })
    await drop('B00001')
    const result = await site.once()
    expect(result.code).toBe(4)
    expect(result.stderr).toMatch(
      /^[^\n]+refused the QUBS credentials of the domain acme \(\d+ invalid_client\)[^\n]+\n$/,
    )
    expect(site.requests('token')).toHaveLength(1)
    expect(await site.bench.dropped()).toEqual(['B00001.pdf'])
  })

  it('renews a token that ends in the middle, and repeats the same request', async () => {
    site.simulator.fault({ endpoint: 'report', appointmentId: 'B00001', fault: { kind: 'expire-tokens' } })
    site.simulator.fault({ endpoint: 'token', fault: { kind: 'throttle', retryAfter: { seconds: 1 } } })
    const bytes = await drop('B00001')
    const result = await site.once()
    expect(result.code).toBe(0)
    expectSameRequest('report', 'B00001', 2)
    expectOneEffect('B00001', bytes)
    expect(site.requests('token').filter(({ status }) => status === 200)).toHaveLength(2)
  })

  it('delivers although the clocks differ by twenty minutes', async () => {
    for (const minutes of [20, -20]) {
      site.simulator.reset()
      site.simulator.fault({ endpoint: '*', times: 'always', fault: { kind: 'date-skew', minutes } })
      const id = minutes > 0 ? 'B00001' : 'B00002'
      const bytes = await drop(id)
      expect((await site.once()).code).toBe(0)
      expectOneEffect(id, bytes)
    }
  })
})

describe('a run without a network', () => {
  it('takes and keeps what is dropped, says so, and delivers when the network is back', async () => {
    const { simulator, bench } = site
    await simulator.goOffline()
    const running = bench.start(['run', '--json'])
    await running.waitFor((event) => event.event === 'started')
    await bench.put('B00001.dcm', srReport(site.study('B00001')))
    await running.waitFor((event) => event.event === 'waiting')
    await running.waitFor((event) => event.event === 'offline')
    await simulator.goOnline()
    await running.waitFor((event) => event.event === 'delivered')
    const result = await running.stop()

    expect(result.code).toBe(0)
    const named = result.events.map((event) => event.event)
    expect(named).toContain('offline')
    expect(named.indexOf('online')).toBeGreaterThan(named.indexOf('offline'))
    expect(site.study('B00001').reports).toHaveLength(1)
  })
})
