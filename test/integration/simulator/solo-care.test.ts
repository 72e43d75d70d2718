import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { json, testClock, type Answered } from './client.ts'
import { nestedMessage, refusedFields, soloCaller, type SoloCaller } from './solo-caller.ts'

/** Episodes of care, perfect answers and calls for assistance. */

const clock = testClock()
let simulator: Simulator
let solo: SoloCaller
beforeEach(async () => {
  simulator = await startSimulator({ now: clock.now, soloPatients: [{ id: 'P1' }], soloVisits: [{}] })
  solo = soloCaller(simulator)
})
afterEach(() => simulator.close())

describe('episodes', () => {
  const episode = { name: 'covid care', type: 'covid', from: '2026-03-29', status: 'PLANNING' }
  const create = async (): Promise<string> =>
    String(json(await solo.send('POST', '/patients/P1/episodes', episode))['episodeId'])

  it('are written in upper case and read in lower case', async () => {
    const id = await create()
    const fields = {
      id,
      name: 'covid care',
      type: 'covid',
      from: '2026-03-29',
      to: null,
      status: 'planning',
      objective: null,
      reasonIncomplete: null,
    }
    expect(json(await solo.send('GET', '/patients/P1/episodes'))).toEqual({
      episodes: [{ ...fields, patientId: 'P1' }],
    })
    const own = { soloPatientId: simulator.solo.patients()[0]?.spid, externalPatientId: 'P1' }
    expect(json(await solo.send('GET', `/episodes/${id}`))).toEqual({ ...fields, ...own })
  })

  it('are updated as a whole, and the answer has no body', async () => {
    const id = await create()
    const change = { ...episode, status: 'CANCELED', to: '2026-04-01', reasonIncomplete: 'moved' }
    const answer = await solo.send('PUT', `/episodes/${id}`, change)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(json(await solo.send('GET', `/episodes/${id}`))).toMatchObject({
      status: 'canceled',
      to: '2026-04-01',
    })
    simulator.switches.soloEmptyAnswer = 'array'
    expect((await solo.send('PUT', `/episodes/${id}`, episode)).text).toBe('[]')
    expect(refusedFields(await solo.send('PUT', `/episodes/${id}`, { name: 'x' }))).toEqual([
      'type',
      'from',
      'status',
    ])
  })

  it('are assigned to visits and taken from them again', async () => {
    const [id, visit] = [await create(), simulator.solo.visits()[0]]
    const path = `/appointments/${visit?.id}/episode/assign`
    await solo.send('PUT', path, { episodeId: id })
    const visits = json(await solo.send('GET', `/episodes/${id}/appointments`))
    expect(visits).toEqual({
      episode: expect.objectContaining({ id, externalPatientId: 'P1' }),
      appointments: [
        {
          appointmentId: visit?.id,
          date: visit?.dateSeconds,
          reasons: [],
          hasNotes: false,
          episodeOfCareId: id,
        },
      ],
    })
    expect((await solo.send('PUT', path, { episodeId: 'none' })).status).toBe(404)
    await solo.send('PUT', path, {})
    expect(json(await solo.send('GET', `/episodes/${id}/appointments`))['appointments']).toEqual([])
  })

  it('can be named when a visit is booked', async () => {
    const id = await create()
    const body = { waitingRoom: 'Great Room', episodeOfCareId: id }
    expect((await solo.send('POST', '/patients/P1/appointments', body)).status).toBe(200)
    expect(simulator.solo.visits().at(-1)?.episodeId).toBe(id)
  })

  it.each([
    ['name', { name: undefined }],
    ['type', { type: 'unheard of' }],
    ['from', { from: '29-03-2026' }],
    ['status', { status: 'planning' }],
    ['status', { status: 'CANCELLED' }],
    ['to', { to: '2026-03-28' }],
  ])('are refused for %s: %j', async (field, change) => {
    const answer = await solo.send('POST', '/patients/P1/episodes', { ...episode, ...change })
    expect(refusedFields(answer)).toEqual([field])
    expect(simulator.solo.episodes()).toEqual([])
  })

  it.each([
    ['GET', '/episodes/none'],
    ['PUT', '/episodes/none'],
    ['GET', '/episodes/none/appointments'],
    ['POST', '/patients/none/episodes'],
    ['GET', '/patients/none/episodes'],
  ])('are not found: %s %s', async (method, path) => {
    expect((await solo.send(method, path, method === 'GET' ? undefined : episode)).status).toBe(404)
  })
})

describe('a perfect answer', () => {
  const question = {
    firstName: 'John',
    lastName: 'Doe',
    dob: '2001-01-20',
    locationId: '296f135e-88dd-4534-8e12-1f6f7b792fe5',
    mrn: 'AA-00000001',
    requestingProvider: 'Bob Dylan',
    consultType: 'new',
    reason: 'EEG Stat',
    physicianNotified: '2019-12-03T14:32:12Z',
  }
  const ask = (change: Record<string, unknown> = {}): Promise<Answered> =>
    solo.send('POST', '/perfect-answer', { ...question, ...change })

  it('makes patient, visit and note', async () => {
    const answer = json(await ask())
    const visit = simulator.solo.visits().at(-1)
    expect(answer).toEqual({
      patientId: simulator.solo.patients().at(-1)?.id,
      encounterId: visit?.aggregateId,
    })
    expect(visit?.notes[0]?.templateName).toBe('EEG - Physician Services')
  })

  it('is rejected for the same patient within 24 hours', async () => {
    await ask()
    clock.pass(86_399_999)
    const answer = await ask()
    expect([answer.status, nestedMessage(answer)]).toEqual([
      422,
      'A visit has already been created for the patient within 24 hours',
    ])
    expect((await ask({ mrn: 'AA-2' })).status).toBe(200)
    clock.pass(1)
    expect((await ask()).status).toBe(200)
    expect(simulator.solo.patients()).toHaveLength(3)
  })

  it('names a location that is no UUID as documented, unless told otherwise', async () => {
    const answer = await ask({ locationId: '123' })
    expect([answer.status, nestedMessage(answer)]).toEqual([
      400,
      'Bad parameters [locationId: This is not a valid UUID.]',
    ])
    simulator.switches.soloLocationIdIsUuid = false
    expect((await ask({ locationId: '123' })).status).toBe(200)
  })

  it.each([
    ['firstName', { firstName: '' }],
    ['lastName', { lastName: undefined }],
    ['dob', { dob: '20/01/2001' }],
    ['mrn', { mrn: 5 }],
    ['requestingProvider', { requestingProvider: undefined }],
    ['consultType', { consultType: 'old' }],
    ['reason', { reason: 'stroke' }],
    ['physicianNotified', { physicianNotified: '2019-12-03 14:32' }],
    ['callCenterNotified', { callCenterNotified: '2019-13-03T14:32:12Z' }],
  ])('is refused for %s: %j', async (field, change) => {
    expect(refusedFields(await ask(change))).toEqual([field])
    expect(simulator.solo.visits()).toHaveLength(1)
  })
})

describe('a call for assistance', () => {
  const places = [
    { building: 'hospital', floor: 'floor 2', room: '431', bed: 'bed 2' },
    { building: 'hospital', floor: 'floor 2', room: '431' },
    { department: 'emergency department', room: '431' },
    { patientMrn: '1234' },
    { deviceSerialNumber: '123457' },
  ]
  const send = (method: string, body: unknown): Promise<Answered> =>
    solo.send(method, '/request-assistance', body)

  it.each(places)('is made, read and cancelled, each with a body: %j', async (place) => {
    const made = json(await send('POST', place))
    expect(made).toMatchObject({ device: '123457', status: 'incomplete', createdFromExternalApi: true })
    expect(json(await send('GET', { deviceSerialNumber: '123457' }))).toEqual(made)
    expect((await send('DELETE', place)).status).toBe(200)
    const gone = await send('GET', place)
    expect([gone.status, json(gone)]).toEqual([404, { message: 'Service Request Error: Request not found' }])
    expect(json(await send('DELETE', place))).toEqual({ message: 'Service Request Error: Request not found' })
  })

  it.each([
    {},
    { building: 'hospital', floor: 'floor 2' },
    { building: 'hospital', room: '431' },
    { department: 'emergency department', bed: 'bed 2' },
    { patientMrn: '' },
  ])('is refused for an incomplete place: %j', async (place) => {
    for (const method of ['POST', 'GET', 'DELETE']) {
      const answer = await send(method, place)
      expect([answer.status, json(answer)]).toEqual([
        400,
        { message: expect.stringMatching(/^Service Request Error: Missing Required Parameters\. Please/) },
      ])
    }
  })

  it.each([
    { deviceSerialNumber: '9' },
    { department: 'emergency department', room: '431', bed: 'bed 9' },
    { building: 'hospital', floor: 'floor 3', room: '431' },
  ])('finds no device at %j', async (place) => {
    const answer = await send('POST', place)
    expect([answer.status, json(answer)]).toEqual([
      404,
      { message: 'Device could not be found from the data submitted' },
    ])
  })

  it('keeps its error shape when a fault answers', async () => {
    simulator.fault({ endpoint: 'solo-assistance', fault: { kind: 'problem', status: 403, detail: 'no' } })
    expect(json(await send('GET', places[0]))).toEqual({ message: 'no' })
    simulator.fault({ endpoint: 'solo-waiting-rooms', fault: { kind: 'problem', status: 403 } })
    expect(nestedMessage(await solo.send('GET', '/waiting-rooms'))).toBe('')
  })
})
