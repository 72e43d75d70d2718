import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import {
  call,
  caller,
  json,
  report,
  testClock,
  type Answered,
  type Caller,
  type TestClock,
} from './client.ts'

let simulator: Simulator
let api: Caller
let clock: TestClock
beforeEach(async () => {
  clock = testClock()
  simulator = await startSimulator({ now: clock.now })
  simulator.addAppointment({ appointmentId: 'A1', patientId: '7' })
  api = await caller(simulator)
})
afterEach(() => simulator.close())

const A1 = '/reporting/appointments/A1'
const submit = (body: unknown, key?: string): Promise<Answered> => api.post(`${A1}/report`, body, key)
const ask = (items: unknown): Promise<Answered> => api.post(`${A1}/report/attachments`, { items })
const effects = (): number => simulator.appointment('acme', 'A1').reports.length

describe('submitting a report', () => {
  it('answers with its guid and keeps every submission, the last being current', async () => {
    const first = json(await submit(report))
    expect(first).toEqual({
      reportGuid: expect.any(String),
      reportStatus: 'preliminary',
      reportedAtUtc: '2026-11-20T01:02:03Z',
    })
    await submit({ ...report, reportText: '  second\r\n ', reportStatus: 'PRELIMINARY' })
    const state = simulator.appointment('acme', 'A1')
    expect(state.reports.map(({ reportText }) => reportText)).toEqual([report.reportText, '  second\r\n '])
    expect(state.currentReport).toMatchObject({ reportStatus: 'preliminary', reportFormat: 'text/plain' })
  })

  it.each([
    ['no text', { reportText: undefined }, 'reportText'],
    ['a blank text', { reportText: ' \t\r\n' }, 'reportText'],
    ['a text that is no string', { reportText: 5 }, 'reportText'],
    ['no status', { reportStatus: undefined }, 'reportStatus'],
    ['another status', { reportStatus: 'amended' }, 'reportStatus'],
    ['a local time', { reportedAtUtc: '2026-11-20T01:02:03' }, 'reportedAtUtc'],
    ['another zone', { reportedAtUtc: '2026-11-20T01:02:03+10:00' }, 'reportedAtUtc'],
    ['a day that does not exist', { reportedAtUtc: '2026-02-30T01:02:03Z' }, 'reportedAtUtc'],
    ['a date only', { reportedAtUtc: '2026-11-20' }, 'reportedAtUtc'],
    ['a name that is no string', { interpretingClinicianName: 1 }, 'interpretingClinicianName'],
  ])('refuses %s', async (_what, change, field) => {
    const answer = await submit({ ...report, ...change })
    expect(answer.status).toBe(400)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(Object.keys(json(answer)['errors'] ?? {})).toEqual([field])
    expect(effects()).toBe(0)
  })

  it.each(['a', 'é', '€', '😀', '\u0001'])('counts bytes, not characters: "%s"', async (character) => {
    const size = Buffer.byteLength(character)
    const most = character.repeat(Math.floor(2_097_152 / size))
    const exact = most + 'a'.repeat(2_097_152 - Buffer.byteLength(most))
    expect((await submit({ ...report, reportText: exact })).status).toBe(200)
    expect((await submit({ ...report, reportText: `${exact}a` })).status).toBe(400)
    expect(effects()).toBe(1)
  })

  it('stores any text as it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== ''),
        async (reportText) => {
          expect((await submit({ ...report, reportText })).status).toBe(200)
          expect(simulator.appointment('acme', 'A1').currentReport?.reportText).toBe(reportText)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('moves the appointment on when it is final, unless told otherwise', async () => {
    simulator.switches.finalLeavesPending = false
    expect((await submit({ ...report, reportStatus: 'Final' })).status).toBe(200)
    expect((await api.get(A1)).status).toBe(200)
    simulator.switches.finalLeavesPending = true
    expect(json(await submit({ ...report, reportStatus: 'Final' }))['reportStatus']).toBe('final')
    expect((await submit(report)).status).toBe(404)
    expect(simulator.appointment('acme', 'A1').status).toBe('FINALISED')
    expect(effects()).toBe(2)
  })
})

describe('a request body', () => {
  it.each([
    [undefined, 415],
    ['text/plain', 415],
    ['application/json; charset=latin1', 415],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON', 200],
  ])('of the type %s is answered %i', async (contentType, status) => {
    const answer = await call(`${simulator.baseUrl}/integrations/v1/acme${A1}/report`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${api.token}`,
        ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
      },
      body: Buffer.from(JSON.stringify(report)),
    })
    expect(answer.status).toBe(status)
  })

  it.each(['', '{', '[]', 'null', '"text"', Buffer.from([0x7b, 0xff, 0x7d])])(
    'that is no JSON object is refused with an errors map: %s',
    async (body) => {
      const answer = await submit(body)
      expect(answer.status).toBe(400)
      expect(json(answer)['errors']).toBeDefined()
    },
  )

  it('over 16 MiB is refused as too large', async () => {
    expect((await submit({ ...report, reportText: 'a'.repeat(16_777_216) })).status).toBe(413)
  })

  it('may have unknown members, unless they are to be refused', async () => {
    expect((await submit({ ...report, interpretingClinican: 'x' })).status).toBe(200)
    simulator.switches.refuseUnknownFields = true
    expect((await submit({ ...report, interpretingClinican: 'x' })).status).toBe(400)
  })
})

describe('asking for upload URLs', () => {
  it('makes metadata at once and a URL for fifteen minutes', async () => {
    const answer = await ask([{ fileName: 'report.pdf', contentType: 'application/pdf' }])
    expect(answer.status).toBe(201)
    const [item] = json(answer)['items'] ?? []
    expect(item).toEqual({
      guid: expect.any(String),
      fileName: 'report.pdf',
      category: 'report',
      uploadUrl: expect.stringContaining(simulator.storeUrl),
      uploadUrlExpiresAtUtc: '2026-11-20T01:17:03Z',
    })
    expect(simulator.appointment('acme', 'A1').artefacts).toEqual([
      expect.objectContaining({ fileName: 'report.pdf', bytes: null, putCount: 0 }),
    ])
  })

  it.each([
    ['no items', []],
    ['21 items', Array.from({ length: 21 }, () => ({ fileName: 'a.pdf' }))],
    ['a name of 256 characters', [{ fileName: `${'a'.repeat(252)}.pdf` }]],
    ['another content type', [{ fileName: 'a.pdf', contentType: 'text/plain' }]],
    ['a content type with parameters', [{ contentType: 'application/pdf; version=1' }]],
    ['an empty content type', [{ contentType: '' }]],
    ['items that are no array', { fileName: 'a.pdf' }],
  ])('refuses %s', async (_what, items) => {
    const answer = await ask(items)
    expect(answer.status).toBe(400)
    expect(Object.keys(json(answer)['errors'] ?? {})[0]).toMatch(/^items/)
    expect(simulator.appointment('acme', 'A1').artefacts).toEqual([])
  })

  it('takes 20 items and a name of 255 characters', async () => {
    const fileName = `${'a'.repeat(251)}.pdf`
    const items = json(await ask(Array.from({ length: 20 }, () => ({ fileName }))))['items']
    expect(items).toHaveLength(20)
    expect(items?.[19]?.['fileName']).toBe(fileName)
  })

  it.each([
    ['../../x.pdf', /^x\.pdf$/],
    ['C:\\reports\\x.pdf', /^x\.pdf$/],
    ['/x.pdf', /^x\.pdf$/],
    ['', /^attachment-\w{8}\.pdf$/],
    ['  ', /^attachment-\w{8}\.pdf$/],
    ['a/..', /^attachment-\w{8}\.pdf$/],
    [null, /^attachment-\w{8}\.pdf$/],
  ])('strips path segments and makes up a name where none is left: %s', async (fileName, kept) => {
    const items = json(await ask([{ fileName, contentType: 'application/pdf' }]))['items']
    const name = String(items?.[0]?.['fileName'])
    expect(name).toMatch(kept)
  })

  it('lists an artefact without a URL until its content is there, or not at all', async () => {
    const uploadUrl = String(json(await ask([{ fileName: 'r.pdf' }]))['items']?.[0]?.['uploadUrl'])
    expect(json(await api.get(`${A1}/attachments`))).toEqual([
      expect.objectContaining({ fileName: 'r.pdf', category: 'report', url: null, urlExpiresAtUtc: null }),
    ])
    const bytes = Buffer.from('%PDF-1.4 %%EOF')
    await call(uploadUrl, { method: 'PUT', body: bytes })
    const url = String(json(await api.get(`${A1}/attachments`))[0]?.['url'])
    expect((await call(url)).bytes).toEqual(bytes)
    simulator.switches.showReportArtefacts = false
    expect(json(await api.get(`${A1}/attachments`))).toEqual([])
  })

  it('answers 404 when the appointment is not pending', async () => {
    simulator.setStatus('acme', 'A1', 'AUTHORISED')
    const statuses = await Promise.all([
      ask([{}]),
      submit(report),
      api.post(`${A1}/comments`, { commentText: 'x' }),
    ])
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404])
  })
})

describe('creating a comment', () => {
  it.each([
    [{}, 'AC', false],
    [{ isAlert: true }, 'AA', true],
    [{ commentType: 'AA' }, 'AA', true],
    [{ commentType: null, isAlert: null }, 'AC', false],
    [{ commentType: 'AC', isAlert: true }, 'AC', true],
  ])('derives what is left out: %j', async (fields, commentType, isAlert) => {
    const answer = await api.post(`${A1}/comments`, { commentText: 'Please hurry.', ...fields })
    expect(answer.status).toBe(201)
    expect(json(answer)).toMatchObject({ commentType, isAlert, appointmentId: 'A1', patientId: '7' })
  })

  it('shows comments on the patient at every appointment of that patient', async () => {
    simulator.addAppointment({ appointmentId: 'A2', patientId: '7' })
    simulator.addAppointment({ appointmentId: 'A3', patientId: '8' })
    const made = json(await api.post(`${A1}/comments`, { commentText: 'Allergic.', commentType: 'PA' }))
    expect(made['appointmentId']).toBe('')
    const guid = String(made['guid'])
    expect(json(await api.get('/reporting/appointments/A2/comments'))).toEqual([made])
    expect(json(await api.get(`/reporting/appointments/A2/comments/${guid}`))).toEqual(made)
    expect(json(await api.get('/reporting/appointments/A3/comments'))).toEqual([])
    expect((await api.get(`/reporting/appointments/A3/comments/${guid}`)).status).toBe(404)
  })

  it.each([
    { commentText: ' ' },
    {},
    { commentText: 'x', commentType: 'XX' },
    { commentText: 'x', isAlert: 'true' },
    { commentText: 'x', commentDateTime: 'yesterday' },
  ])('refuses %j', async (body) => {
    expect((await api.post(`${A1}/comments`, body)).status).toBe(400)
  })
})
