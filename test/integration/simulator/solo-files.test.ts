import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { json, testClock, type Answered } from './client.ts'
import { nestedMessage, refusedFields, soloCaller, type SoloCaller } from './solo-caller.ts'

const clock = testClock()
let simulator: Simulator
let solo: SoloCaller
let visitId: number
beforeEach(async () => {
  simulator = await startSimulator({ now: clock.now, soloPatients: [{ id: 'P1' }], soloVisits: [{}] })
  solo = soloCaller(simulator)
  visitId = simulator.solo.visits()[0]?.id ?? 0
})
afterEach(() => simulator.close())

const upload = (bytes: Buffer, type: string | undefined, query = ''): Promise<Answered> =>
  solo.send('POST', `/appointments/${visitId}/attachments${query}`, bytes, { 'Content-Type': type })

describe('attachments', () => {
  const pdf = Buffer.from('%PDF-1.4 %%EOF')

  it('are raw bytes, found by id and by aggregate id', async () => {
    const { aggregateId } = simulator.solo.visit(visitId)
    const answer = await upload(pdf, 'application/pdf', '?fileName=A1-report.pdf')
    const attachment = {
      id: expect.any(String),
      appointmentId: aggregateId,
      title: 'A1-report.pdf',
      mimeType: 'application/pdf',
      size: pdf.length,
      uploadedAt: '2026-11-20T01:02:03+00:00',
      deleted: false,
    }
    expect(json(answer)).toEqual(attachment)
    expect(simulator.solo.attachments(visitId)[0]?.bytes).toEqual(pdf)
    for (const id of [visitId, aggregateId]) {
      expect(json(await solo.send('GET', `/appointments/${id}/attachments`))).toEqual({
        attachments: [attachment],
      })
    }
  })

  it.each([
    ['application/x-pdf', 'Attachment.pdf'],
    ['image/pdf', 'Attachment.pdf'],
    ['image/png', 'Attachment.png'],
    ['image/jpeg', 'Attachment.jpg'],
  ])('of the type %s have the title %s without a name', async (type, title) => {
    expect(json(await upload(pdf, type))['title']).toBe(title)
  })

  it.each([
    ['text/plain', 'text/plain'],
    ['application/dicom', 'application/dicom'],
    ['multipart/form-data; boundary=x', 'multipart/form-data'],
    [undefined, ''],
  ])('of the type %s are refused as documented', async (type, named) => {
    const answer = await upload(pdf, type)
    expect([answer.status, nestedMessage(answer)]).toEqual([
      400,
      `Mime type "${named}" not supported. Available file mime-types: "application/pdf", "application/x-pdf", "image/pdf", "image/png", "image/jpeg"`,
    ])
    expect(simulator.solo.attachments(visitId)).toEqual([])
  })

  it('may have 5 MiB and not a byte more, and are not empty', async () => {
    const largest = Buffer.alloc(5_242_880, 1)
    expect((await upload(largest, 'application/pdf')).status).toBe(200)
    expect((await upload(Buffer.concat([largest, pdf]), 'application/pdf')).status).toBe(413)
    expect((await upload(Buffer.alloc(0), 'application/pdf')).status).toBe(400)
    simulator.switches.soloMaxAttachmentBytes = 5_000_000
    expect((await upload(largest, 'application/pdf')).status).toBe(413)
    expect(simulator.solo.attachments(visitId)).toHaveLength(1)
  })

  it('are deleted once, and leave the list', async () => {
    const id = String(json(await upload(pdf, 'application/pdf'))['id'])
    const path = `/appointments/${visitId}/attachments`
    const answer = await solo.send('DELETE', `${path}/${id}`)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect((await solo.send('DELETE', `${path}/${id}`)).status).toBe(404)
    expect(json(await solo.send('GET', path))).toEqual({ attachments: [] })
    simulator.switches.soloShowDeletedAttachments = true
    expect(json(await solo.send('GET', path))['attachments']?.[0]).toMatchObject({ id, deleted: true })
  })
})

describe('the CSV data dump', () => {
  const dump = (query: string): Promise<Answered> => solo.send('GET', `/reports/csv-data-dump${query}`)

  it('has the visits of its days, the last one included', async () => {
    simulator.solo.addVisit({ externalId: 'a "b", c', dateSeconds: Date.UTC(2026, 10, 21) / 1000 })
    const answer = await dump('?from=2026-11-20&to=2026-11-20')
    expect(answer.headers['content-type']).toBe('application/octet-stream')
    const [head, row, ...rest] = answer.text.trimEnd().split('\r\n')
    expect([head?.split(',')[0], row?.split(',')[0], rest.length]).toEqual([
      'appointmentId',
      String(visitId),
      0,
    ])
    expect((await dump('?from=2026-11-21&to=2026-11-22')).text).toContain('"a ""b"", c"')
  })

  it.each([
    ['from', '?to=2026-11-20'],
    ['to', '?from=2026-11-20'],
    ['from', '?from=20-11-2026&to=2026-11-20'],
    ['to', '?from=2026-11-20&to=2026-11-31'],
    ['to', '?from=2026-11-20&to=2026-11-19'],
  ])('is refused for %s: %s', async (field, query) => {
    expect(refusedFields(await dump(query))).toEqual([field])
  })
})

describe('an encounter report', () => {
  const order = () => ({
    from: '2026-11-20T00:00:00+00:00',
    to: '2026-11-20T23:59:59+00:00',
    presetId: simulator.solo.presetId,
    password: 'secret £9',
  })
  const create = (body: unknown): Promise<Answered> => solo.send('POST', '/encounter-report/create', body)

  it('is pending for a while, then there, locked with its password', async () => {
    const created = json(await create(order()))
    expect(created).toEqual({ id: expect.any(String), status: 'pending' })
    const id = String(created['id'])
    const statuses: unknown[] = []
    for (const expected of ['pending', 'pending', 'completed', 'completed']) {
      const early = await solo.send('GET', `/encounter-report/download/${id}`)
      expect(early.status).toBe(statuses.includes('completed') ? 200 : 404)
      statuses.push(json(await solo.send('GET', `/encounter-report/status/${id}`))['status'])
      expect(statuses.at(-1)).toBe(expected)
    }
    const zip = await solo.send('GET', `/encounter-report/download/${id}`)
    expect(zip.headers['content-type']).toBe('application/octet-stream')
    expect(zip.bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')
    expect(zip.text).not.toContain('appointmentId')
  })

  it('fails when told so, and has no download then', async () => {
    Object.assign(simulator.switches, { soloReportPolls: 0, soloReportOutcome: 'failed' })
    const id = String(json(await create(order()))['id'])
    expect(json(await solo.send('GET', `/encounter-report/status/${id}`))).toEqual({ id, status: 'failed' })
    expect((await solo.send('GET', `/encounter-report/download/${id}`)).status).toBe(404)
    expect((await solo.send('GET', '/encounter-report/status/none')).status).toBe(404)
  })

  it.each([
    ['from', { from: '2026-11-20' }],
    ['from', { from: '2026-11-20T00:00:00Z' }],
    ['from', { from: '2026-11-31T00:00:00+00:00' }],
    ['to', { to: '2026-11-19T00:00:00+00:00' }],
    ['presetId', { presetId: 'unknown' }],
    ['presetId', { presetId: undefined }],
    ['password', { password: '' }],
  ])('is refused for %s: %j', async (field, change) => {
    expect(refusedFields(await create({ ...order(), ...change }))).toEqual([field])
    expect(simulator.solo.reports()).toEqual([])
  })
})
