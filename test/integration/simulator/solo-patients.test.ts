import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { json } from './client.ts'
import { nestedMessage, refusedFields, soloCaller, type SoloCaller } from './solo-caller.ts'

let simulator: Simulator
let solo: SoloCaller
beforeEach(async () => {
  simulator = await startSimulator({
    soloPatients: [{ id: 'P1', hsid: 'H1', demographics: { mrn: 'MRN-1', gender: 'female' } }],
  })
  solo = soloCaller(simulator)
})
afterEach(() => simulator.close())

const spidOf = (id: string): number =>
  simulator.solo.patients().find((patient) => patient.id === id)?.spid ?? 0

describe('Solo', () => {
  it('has an origin of its own', () => {
    const { baseUrl, storeUrl, solo: own, qualiphy } = simulator
    expect(new Set([baseUrl, storeUrl, own.baseUrl, qualiphy.baseUrl]).size).toBe(4)
  })

  it.each([[undefined], ['wrong']])('answers the Api-Key %s with 401 and an empty message', async (key) => {
    const answer = await solo.send('GET', '/patients/P1', undefined, { 'Api-Key': key })
    expect([answer.status, nestedMessage(answer)]).toEqual([401, ''])
    expect(answer.headers['x-correlation-id']).toEqual(expect.any(String))
  })

  it('asks for the key before it says whether a path exists', async () => {
    expect((await solo.send('GET', '/nothing', undefined, { 'Api-Key': undefined })).status).toBe(401)
    expect((await solo.send('GET', '/nothing')).status).toBe(404)
    const answer = await solo.send('DELETE', '/patients/P1')
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, PUT'])
  })

  it('takes JSON only, and only when it is JSON', async () => {
    const typed = { 'Content-Type': 'text/plain' }
    expect((await solo.send('POST', '/patients', { id: 'P2' }, typed)).status).toBe(415)
    expect((await solo.send('POST', '/patients', '{"id":')).status).toBe(400)
    expect(simulator.solo.patients()).toHaveLength(1)
  })
})

describe('patients', () => {
  it('are read by their id and by SPID', async () => {
    const byId = await solo.send('GET', '/patients/P1')
    expect(json(byId)).toMatchObject({ mrn: 'MRN-1', gender: 'female', sharedEmailGroup: null })
    const bySpid = await solo.send('GET', `/patients/id/type/SPID/value/${spidOf('P1')}`)
    expect(bySpid.text).toBe(byId.text)
  })

  it.each(['/patients/none', '/patients/id/type/SPID/value/1', '/patients/id/type/SPID/value/P1'])(
    'are not found at %s',
    async (path) => {
      const answer = await solo.send('GET', path)
      expect([answer.status, nestedMessage(answer)]).toEqual([404, 'Patient not found'])
    },
  )

  it('are created with a bare number as the answer', async () => {
    const body = {
      id: 'P2',
      name: [{ use: 'usual', family: 'Jäne Döe', firstName: 'Jäne', lastName: 'Döe' }],
      birthDate: '1988-03-03',
      telecom: [{ use: 'home', system: 'email', value: 'jane@example.org' }],
      isLinkedByEmail: true,
      groupType: 'family',
      groupName: 'Döe',
    }
    const answer = await solo.send('POST', '/patients', body)
    expect([answer.status, answer.text]).toEqual([200, String(spidOf('P2'))])
    expect(json(await solo.send('GET', '/patients/P2'))).toMatchObject({
      birthDate: '1988-03-03',
      sharedEmailGroup: { type: 'family', name: 'Döe' },
    })
    expect(json(await solo.send('GET', '/patients/P2'))['groupType']).toBeUndefined()
  })

  it('exist once for each id', async () => {
    const answer = await solo.send('POST', '/patients', { id: 'P1' })
    expect([answer.status, simulator.solo.patients().length]).toEqual([422, 1])
    simulator.switches.soloCreatedStatus = 201
    expect((await solo.send('POST', '/patients', { id: 'P2' })).status).toBe(201)
  })

  it.each([
    ['id', {}],
    ['id', { id: ' ' }],
    ['id', { id: 5 }],
    ['birthDate', { id: 'P2', birthDate: '2023-02-29' }],
    ['birthDate', { id: 'P2', birthDate: '03/04/1988' }],
    ['telecom.0.system', { id: 'P2', telecom: [{ system: 'fax', value: '1' }] }],
    ['active', { id: 'P2', active: 'yes' }],
    ['deceasedAt', { id: 'P2', deceased: true }],
    ['deceasedAt', { id: 'P2', deceased: false, deceasedAt: '2020-03-31 10:12 AM' }],
    ['deceasedAt', { id: 'P2', deceasedAt: '2020-03-31 10:12 AM' }],
    ['deceasedAt', { id: 'P2', deceased: true, deceasedAt: '2020-03-31T10:12:00Z' }],
    ['deceasedAt', { id: 'P2', deceased: true, deceasedAt: '2020-03-31 13:12 PM' }],
    ['deceasedAt', { id: 'P2', deceased: true, deceasedAt: '2020-02-30 10:12 AM' }],
    ['groupType', { id: 'P2', isLinkedByEmail: true, groupName: 'Doe' }],
    ['groupName', { id: 'P2', isLinkedByEmail: true, groupType: 'family' }],
  ])('are refused for %s: %j', async (field, body) => {
    expect(refusedFields(await solo.send('POST', '/patients', body))).toEqual([field])
    expect(simulator.solo.patients()).toHaveLength(1)
  })

  it.each(['id', 'SPID'])('are updated in part, by %s', async (by) => {
    const own = by === 'id' ? '/patients/P1' : `/patients/id/type/SPID/value/${spidOf('P1')}`
    const answer = await solo.send('PUT', own, { deceased: true, deceasedAt: '2020-03-31 10:12 AM' })
    expect([answer.status, answer.text]).toEqual([200, '[]'])
    expect(json(await solo.send('GET', '/patients/P1'))).toMatchObject({ mrn: 'MRN-1', deceased: true })
    expect(refusedFields(await solo.send('PUT', own, { deceasedAt: '2020-03-31 10:12 AM' }))).toEqual([
      'deceasedAt',
    ])
    await solo.send('PUT', own, { deceased: false })
    expect(json(await solo.send('GET', '/patients/P1'))).toMatchObject({
      deceased: false,
      deceasedAt: null,
    })
  })

  it('may answer an update with an object, and refuse fields that nobody knows', async () => {
    simulator.switches.soloPatientUpdateAnswer = 'object'
    expect((await solo.send('PUT', '/patients/P1', { mrnn: 'x' })).text).toBe('{}')
    simulator.switches.refuseUnknownFields = true
    expect((await solo.send('PUT', '/patients/P1', { mrnn: 'x' })).status).toBe(400)
    expect((await solo.send('PUT', '/patients/none', {})).status).toBe(404)
  })

  it('take documents', async () => {
    const document = { name: 'Consent', dateTime: 1510367140, responses: [{ question: 'q', response: 'r' }] }
    const answer = await solo.send('POST', '/patients/P1/documents', document)
    expect([answer.status, answer.text]).toEqual([200, '[]'])
    expect(simulator.solo.patients()[0]?.documents).toEqual([document])
    for (const field of ['name', 'dateTime', 'responses'] as const) {
      const { [field]: _left, ...rest } = document
      expect(refusedFields(await solo.send('POST', '/patients/P1/documents', rest))).toEqual([field])
    }
    const dated = { ...document, dateTime: '2017-11-11' }
    expect(refusedFields(await solo.send('POST', '/patients/P1/documents', dated))).toEqual(['dateTime'])
    expect((await solo.send('POST', '/patients/none/documents', document)).status).toBe(404)
  })
})
