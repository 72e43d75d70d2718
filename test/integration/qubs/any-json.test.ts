import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../../electron/http/outcome.ts'
import type { QubsClient } from '../../../electron/qubs/client.ts'
import { json } from './scripted-server.ts'
import { row, startRig } from './station.ts'

/** Any JSON in place of any answer: the client never crashes, and a valid row among anything else is never lost. */

const api = 'GET /integrations'
const site = { domain: 'acme', siteName: 'Central Clinic' }
const code = { examCodeId: 'EC1', key: 'CT', site: 'Central Clinic', description: 'CT' }

type Rows = Result<{ readonly items: readonly object[]; readonly unreadable: readonly object[] }>
type Case = readonly [
  name: string,
  valid: object,
  wrap: 'list' | 'page',
  call: (client: QubsClient) => Promise<Rows>,
]

const lists: readonly Case[] = [
  ['listPendingPage', row('A1'), 'page', (c) => c.listPendingPage()],
  ['listAllPending', row('A1'), 'page', (c) => c.listAllPending()],
  ['listComments', { guid: 'c1' }, 'list', (c) => c.listComments('A1')],
  ['listComments of any status', { guid: 'c1' }, 'list', (c) => c.listComments('A1', { scope: 'any' })],
  ['listAttachments', { guid: 'a1' }, 'list', (c) => c.listAttachments('A1', { scope: 'reporting' })],
  ['listAppointments', row('A1'), 'list', (c) => c.listAppointments()],
  ['listAllAppointments', row('A1'), 'list', (c) => c.listAllAppointments()],
  ['listAppointmentsByStatus', row('A1'), 'page', (c) => c.listAppointmentsByStatus('ARRIVED')],
  ['listAllAppointmentsByStatus', row('A1'), 'page', (c) => c.listAllAppointmentsByStatus('ARRIVED')],
  ['listOperational', row('A1'), 'list', (c) => c.listOperational()],
  ['listAllOperational', row('A1'), 'list', (c) => c.listAllOperational()],
  ['listOperationalByStatus', row('A1'), 'page', (c) => c.listOperationalByStatus('ARRIVED')],
  ['listAllOperationalByStatus', row('A1'), 'page', (c) => c.listAllOperationalByStatus('ARRIVED')],
  ['listReferrerAppointments', row('A1'), 'list', (c) => c.listReferrerAppointments()],
  ['listReferrerOperational', row('A1'), 'list', (c) => c.listReferrerOperational()],
  ['listReferrerByStatus', row('A1'), 'page', (c) => c.listReferrerByStatus('ARRIVED')],
  ['listReferrerOperationalByStatus', row('A1'), 'page', (c) => c.listReferrerOperationalByStatus('ARRIVED')],
  ['listSites', site, 'list', (c) => c.listSites()],
  ['listExamCodes', code, 'list', (c) => c.listExamCodes('Central Clinic')],
]

/** Optional members of any row, each with any JSON. */
const optional = [
  'appointmentDate',
  'startTime',
  'modality',
  'studyDescription',
  'room',
  'priority',
  'arrivalDateTime',
  'scanTotalTime',
  'waitingTotalTime',
  'examCodes',
  'commentType',
  'isAlert',
  'commentBy',
  'url',
  'addedBy',
  'category',
  'totalDuration',
  'showOnline',
]
// The pending view is strict on purpose: what proves a patient must not turn into "absent" in silence.
const strict = new Set(['listPendingPage', 'listAllPending'])

describe('any JSON in place of an answer', () => {
  it.each(lists)('never crashes %s, and never loses a valid row', async (name, valid, wrap, call) => {
    const { client, server } = await startRig()
    const noise = fc.array(fc.jsonValue(), { maxLength: 4 })
    const more = strict.has(name)
      ? fc.constant({})
      : fc.dictionary(fc.constantFrom(...optional), fc.jsonValue(), { maxKeys: 4 })
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), noise, noise, more, async (anything, before, after, extra) => {
        server.on(api, json(200, anything))
        expect(typeof (await call(client)).ok).toBe('boolean')
        const rows = [...before, { ...extra, ...valid }, ...after]
        server.on(api, json(200, wrap === 'page' ? { items: rows, unknown: anything } : rows))
        const result = await call(client)
        const items = result.ok ? result.value.items : []
        expect(items).toContainEqual(expect.objectContaining(valid))
      }),
      { numRuns: 25 },
    )
  })

  it('never crashes a call for one thing, which is then itself or nothing', async () => {
    const { client, server } = await startRig()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (anything) => {
        server.on(api, json(200, anything))
        const results = await Promise.all([
          client.getPending('A1'),
          client.getComment('A1', 'c1'),
          client.getAttachment('A1', 'a1', { scope: 'any' }),
          client.getAppointment('A1'),
          client.getOperational('A1'),
          client.getPatient('220000'),
          client.getStaffSkills('Central Clinic'),
        ])
        expect(results.map((result) => result.ok)).toEqual(results.map(() => false))
        // Site settings have no required member, so any object passes; a zone that is no text is none.
        const settings = await client.getSite('Central Clinic')
        const zone = settings.ok ? settings.value.timeZone : null
        expect(zone === null || typeof zone === 'string').toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('that is about another appointment, comment, patient or site is never taken for the one asked for', async () => {
    const { client, server } = await startRig()
    const other = { ...row('A2'), guid: 'c2', patientId: '1', siteName: 'Northside Clinic' }
    server.on(api, json(200, other))
    const results = await Promise.all([
      client.getPending('A1'),
      client.getAppointment('A1'),
      client.getOperational('A1'),
      client.getComment('A1', 'c1'),
      client.getAttachment('A1', 'a1', { scope: 'any' }),
      client.getPatient('220000'),
      client.getSite('Central Clinic'),
    ])
    expect(results.map((result) => !result.ok && result.failure.code)).toEqual(
      results.map(() => 'unreadable-answer'),
    )
  })

  it('with a token where a whole list was asked for is not taken for the whole', async () => {
    const { client, server } = await startRig()
    server.on(api, json(200, { items: [row('A1')], nextToken: 'p2' }))
    expect(await client.listAppointments()).toMatchObject({ failure: { code: 'unreadable-answer' } })
    expect(await client.listSites()).toMatchObject({ failure: { code: 'unreadable-answer' } })
  })
})
