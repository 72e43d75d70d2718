import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { call, json, testClock } from './client.ts'
import { nestedMessage, refusedFields, soloCaller, type SoloCaller } from './solo-caller.ts'

const clock = testClock()
const nowSeconds = Math.floor(clock.now() / 1000)
let simulator: Simulator
let solo: SoloCaller
let visitId: number
beforeEach(async () => {
  simulator = await startSimulator({
    now: clock.now,
    soloPatients: [{ id: 'P1', hsid: 'H1', demographics: { mrn: 'MRN-1' } }],
    soloVisits: [{ externalId: 'acme:A1', reasons: ['Results'] }],
  })
  solo = soloCaller(simulator)
  visitId = simulator.solo.visits()[0]?.id ?? 0
})
afterEach(() => simulator.close())

describe('booking a visit', () => {
  it.each(['/patients/P1', '/patients/HSID/H1', 'SPID'])('works for %s', async (who) => {
    const [patient] = simulator.solo.patients()
    const path = who === 'SPID' ? `/patients/id/type/SPID/value/${patient?.spid}` : who
    const answer = await solo.send('POST', `${path}/appointments`, {
      waitingRoom: 'Great Room',
      date: nowSeconds,
      duration: 86_400,
      reasons: ['headache'],
      externalId: 'acme:A2',
      accountNumber: 'ABC',
    })
    const { id } = { id: Number(json(answer)['id']) }
    expect(answer.status).toBe(200)
    expect(simulator.solo.visit(id)).toMatchObject({ externalId: 'acme:A2', durationSeconds: 86_400 })
    expect(json(await solo.send('GET', `/appointments/${id}`))).toMatchObject({
      id,
      date: nowSeconds,
      duration: 86_400,
      reasons: ['headache'],
      status: 'scheduled',
      videoCall: null,
      externalId: 'acme:A2',
      patient: { id: 'P1', demographics: { mrn: 'MRN-1' } },
      providers: [{ lastName: 'Smith' }],
    })
  })

  it('takes the length of a slot and the present moment by default', async () => {
    simulator.solo.addWaitingRoom({ name: 'Short', slotSeconds: 300 })
    const answer = await solo.send('POST', '/patients/P1/appointments', { waitingRoom: 'Short' })
    expect(simulator.solo.visit(Number(json(answer)['id']))).toMatchObject({
      durationSeconds: 300,
      dateSeconds: nowSeconds,
    })
  })

  it.each([
    ['waitingRoom', {}],
    ['waitingRoom', { waitingRoom: '' }],
    ['waitingRoom', { waitingRoom: 'Atlantis' }],
    ['duration', { waitingRoom: 'Great Room', duration: 0 }],
    ['duration', { waitingRoom: 'Great Room', duration: 86_401 }],
    ['duration', { waitingRoom: 'Great Room', duration: 1.5 }],
    ['date', { waitingRoom: 'Great Room', date: '2026-11-20' }],
    ['reasons', { waitingRoom: 'Great Room', reasons: 'headache' }],
    ['episodeOfCareId', { waitingRoom: 'Great Room', episodeOfCareId: 'none' }],
  ])('is refused for %s: %j', async (field, body) => {
    expect(refusedFields(await solo.send('POST', '/patients/P1/appointments', body))).toEqual([field])
    expect(simulator.solo.visits()).toHaveLength(1)
  })

  it.each(['/patients/none', '/patients/HSID/P1', '/patients/id/type/SPID/value/1'])(
    'finds no patient at %s',
    async (path) => {
      expect((await solo.send('POST', `${path}/appointments`, { waitingRoom: 'Great Room' })).status).toBe(
        404,
      )
    },
  )
})

describe('a visit', () => {
  it('shows that the patient is waiting, and words that nobody knows', async () => {
    simulator.solo.setVisit(visitId, { status: 'in progress.intake.ready', videoCall: 'waiting' })
    const waiting = json(await solo.send('GET', `/appointments/${visitId}`))
    expect(waiting).toMatchObject({ status: 'in progress.intake.ready', videoCall: { status: 'waiting' } })
    simulator.solo.setVisit(visitId, { status: 'Teleported', videoCall: null })
    expect(json(await solo.send('GET', `/appointments/${visitId}`))).toMatchObject({
      status: 'Teleported',
      videoCall: null,
    })
  })

  it('is moved and cancelled', async () => {
    const moved = await solo.send('PUT', `/appointments/${visitId}`, { date: 1_900_000_000, duration: 60 })
    expect(json(moved)).toEqual({ id: visitId, visitUrl: expect.stringContaining('/check-in/') })
    expect(simulator.solo.visit(visitId)).toMatchObject({ dateSeconds: 1_900_000_000, reasons: ['Results'] })
    await solo.send('PUT', `/appointments/${visitId}`, { status: 'cancelled' })
    expect(simulator.solo.visit(visitId)).toMatchObject({ status: 'cancelled', durationSeconds: 60 })
  })

  it.each([
    ['status', { status: 'completed' }],
    ['status', { status: 'Cancelled' }],
    ['duration', { duration: 0 }],
    ['date', { date: -1 }],
    ['reasons', { reasons: [1] }],
  ])('is not changed for %s: %j', async (field, body) => {
    const [name] = refusedFields(await solo.send('PUT', `/appointments/${visitId}`, body))
    expect(name?.split('.')[0]).toBe(field)
    expect(simulator.solo.visit(visitId).status).toBe('scheduled')
  })

  it.each([
    ['GET', '/appointments/1'],
    ['PUT', '/appointments/none'],
    ['GET', '/appointments/1/provider-link'],
    ['GET', '/appointments/1/visit-note'],
    ['PUT', '/appointments/1/visit-note'],
    ['GET', '/appointments/none/video-call-links'],
    ['GET', '/appointments/id/type/SAID/value/1/video-call-links'],
    ['GET', '/appointments/1/attachments'],
    ['PUT', '/appointments/1/episode/assign'],
  ])('is not found: %s %s', async (method, path) => {
    const answer = await solo.send(method, path, method === 'PUT' ? {} : undefined)
    expect([answer.status, nestedMessage(answer)]).toEqual([404, 'Appointment not found'])
  })
})

describe('links', () => {
  it('are the same by external id and by SAID, and lead somewhere', async () => {
    const links = json(await solo.send('GET', '/appointments/acme%3AA1/video-call-links'))
    expect(links['appointmentExternalId']).toBe('acme:A1')
    const said = await solo.send('GET', `/appointments/id/type/SAID/value/${visitId}/video-call-links`)
    expect(json(said)).toEqual(links)
    const provider = json(await solo.send('GET', `/appointments/${visitId}/provider-link`))
    expect(provider).toEqual({ id: visitId, providerVisitUrl: links['providerVisitUrl'] })
    for (const url of [links['providerVisitUrl'], links['patientVisitUrl']]) {
      expect((await call(String(url))).status).toBe(200)
    }
  })

  it('lead elsewhere when told so', async () => {
    simulator.switches.soloLinkOrigin = 'https://phishing.example/'
    const { providerVisitUrl } = json(await solo.send('GET', `/appointments/${visitId}/provider-link`))
    expect(providerVisitUrl).toBe(`https://phishing.example/videocalls/${visitId}`)
  })

  it('of Teams need their own token', async () => {
    const path = `/appointments/${visitId}/msteams-provider-link`
    for (const token of [undefined, 'wrong']) {
      const answer = await solo.send('GET', path, undefined, { 'Teams-Auth-Token': token })
      expect([answer.status, nestedMessage(answer)]).toEqual([
        401,
        expect.stringContaining('Teams-Auth-Token'),
      ])
    }
    const token = { 'Teams-Auth-Token': simulator.solo.teamsToken }
    expect(json(await solo.send('GET', path, undefined, token))).toEqual({
      id: visitId,
      msTeamsProviderVisitUrl: expect.stringMatching(
        /^https:\/\/teams\.microsoft\.com\/v2\/\?meetingjoin=true/,
      ),
    })
  })
})

describe('slots', () => {
  const day = nowSeconds - (nowSeconds % 86_400)
  const slots = (query: Record<string, string | number>) => {
    const words = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    return solo.send('GET', `/appointment-slots?${words.join('&')}`)
  }
  const morning = { after: day + 9 * 3600, before: day + 10 * 3600, waitingRoom: 'Great Room' }

  it('are those of the room that nobody has taken', async () => {
    expect(json(await solo.send('GET', '/waiting-rooms'))[1]).toEqual({
      id: expect.any(String),
      name: 'Great Room',
      serviceLine: 'Demo',
      serviceType: 'Demo',
    })
    simulator.solo.addVisit({ waitingRoom: 'Great Room', dateSeconds: day + 9 * 3600 + 900 })
    simulator.solo.addVisit({ waitingRoom: 'Great Room', dateSeconds: day + 9 * 3600, status: 'cancelled' })
    expect(json(await slots(morning))).toEqual(
      [0, 1800, 2700].map((seconds) => ({ date: morning.after + seconds, duration: 900 })),
    )
    expect(json(await slots({ ...morning, duration: 1800 }))).toEqual([
      { date: morning.after + 1800, duration: 1800 },
    ])
  })

  it('are those that a test sets', async () => {
    simulator.solo.setSlots('Great Room', [morning.after + 60])
    expect(json(await slots(morning))).toEqual([{ date: morning.after + 60, duration: 900 }])
  })

  it.each([
    ['after', { before: 2, waitingRoom: 'Great Room' }],
    ['before', { after: 1, waitingRoom: 'Great Room' }],
    ['waitingRoom', { after: 1, before: 2 }],
    ['waitingRoom', { after: 1, before: 2, waitingRoom: 'Atlantis' }],
    ['duration', { after: 1, before: 2, waitingRoom: 'Great Room', duration: 86_401 }],
    ['duration', { after: 1, before: 2, waitingRoom: 'Great Room', duration: 'long' }],
    ['after', { after: '2026-11-20', before: 2, waitingRoom: 'Great Room' }],
    ['before', { after: 2, before: 2, waitingRoom: 'Great Room' }],
  ])('are refused for %s: %j', async (field, query) => {
    expect(refusedFields(await slots(query))[0]).toBe(field)
  })

  it('need a duration when told so', async () => {
    simulator.switches.soloSlotDurationRequired = true
    expect(refusedFields(await slots(morning))).toEqual(['duration'])
    expect((await slots({ ...morning, duration: 900 })).status).toBe(200)
  })
})

describe('a visit note', () => {
  it('shows what was written to it, with dates as PHP has them', async () => {
    simulator.solo.setVisitNotes(visitId, [
      {
        id: 'T1',
        templateName: 'template2',
        comments: [
          {
            id: 'C1',
            message: 'comment message',
            postedAtSeconds: 1_508_584_382,
            author: { id: 123, username: 'user@example.org' },
          },
        ],
        responses: [],
      },
    ])
    const body = { name: 'template2', questions: [{ id: 'Q1', value: ['Male'] }] }
    const answer = await solo.send('PUT', `/appointments/${visitId}/visit-note`, body)
    expect([answer.status, json(answer)]).toEqual([200, body])
    expect(json(await solo.send('GET', `/appointments/${visitId}/visit-note`))).toEqual([
      {
        id: 'T1',
        template: { name: 'template2', flow: { sections: [] } },
        comments: [expect.objectContaining({ templateId: 'T1', postedAt: 1_508_584_382 })],
        responses: [
          {
            dateTime: { date: '2026-11-20 01:02:03.000000', timezone_type: 3, timezone: 'UTC' },
            question: ['Q1'],
            response: ['Male'],
          },
        ],
      },
    ])
  })

  it.each([
    ['name', { questions: [] }],
    ['questions', { name: 'template2' }],
    ['questions.0.value', { name: 'template2', questions: [{ id: 'Q1', value: 'Male' }] }],
    ['questions.0.id', { name: 'template2', questions: [{ value: [] }] }],
  ])('is refused for %s: %j', async (field, body) => {
    expect(refusedFields(await solo.send('PUT', `/appointments/${visitId}/visit-note`, body))).toEqual([
      field,
    ])
  })
})
