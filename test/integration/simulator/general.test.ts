import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleAppointments, sampleSites, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { caller, json, report, testClock, type Answered, type Caller } from './client.ts'

let simulator: Simulator
let api: Caller
beforeEach(async () => {
  const clock = testClock()
  simulator = await startSimulator({
    now: clock.now,
    appointments: sampleAppointments(clock.now()),
    sites: sampleSites(),
  })
  api = await caller(simulator)
})
afterEach(() => simulator.close())

const idsOf = (answer: Answered): string[] => {
  const body = json(answer)
  return (body['items'] ?? body).map((item) => String(item['appointmentId']))
}

describe('the general lists', () => {
  it('filter by date and site, and cut by skip and take', async () => {
    const site = 'scheduledSite=Northside+Clinic'
    expect(idsOf(await api.get(`/appointments?${site}`))).toHaveLength(4)
    expect(idsOf(await api.get(`/appointments?${site}&skip=3&take=5`))).toEqual(['A100012'])
    expect(idsOf(await api.get('/appointments/operational?appointmentDate=2026-11-20&take=2'))).toHaveLength(
      2,
    )
    expect(idsOf(await api.get('/appointments?appointmentDate=20-11-2026'))).toHaveLength(12)
    expect(idsOf(await api.get('/appointments?appointmentDate=2026-11-21'))).toEqual([])
  })

  it.each([
    '/appointments?skip=10001',
    '/appointments?skip=-1',
    '/appointments?take=0',
    '/appointments/operational?take=501',
    '/appointments?take=5&take=6',
    '/appointments?appointmentDate=soon',
    '/appointments/referrer?startDate=2026-13-01',
    '/appointments/referrer?clientUtcOffsetMinutes=1000',
    '/appointments/by-status/ARRIVED?pageSize=501',
  ])('refuse %s', async (path) => {
    expect((await api.get(path)).status).toBe(400)
  })

  it('page through one status, and take no token of another list', async () => {
    const path = '/appointments/by-status/PENDING%20REPORTING'
    const first = await api.get(`${path}?pageSize=7`)
    const token = encodeURIComponent(String(json(first)['nextToken']))
    expect(idsOf(await api.get(`${path}?pageSize=7&nextToken=${token}`))).toHaveLength(5)
    expect((await api.get(`/reporting/appointments/pending?nextToken=${token}`)).status).toBe(400)
    expect(
      (await api.get(`/appointments/operational/by-status/PENDING%20REPORTING?nextToken=${token}`)).status,
    ).toBe(400)
  })

  it('show operational times, and nothing of the patient', async () => {
    const one = json(await api.get('/appointments/operational/A100001'))
    expect(one).toMatchObject({ room: 'CT 1', scanTotalTime: 12, billingStatus: 'active' })
    expect(one['patientName']).toBeUndefined()
    simulator.switches.documentGeneration = 'old'
    expect(json(await api.get('/appointments/operational/A100001'))).toMatchObject({
      appointmentDate: '20-11-2026',
      scanTotalTime: '12',
    })
  })

  it('can have faults of their own, on one page only', async () => {
    simulator.fault({ endpoint: 'general-by-status', page: 2, fault: { kind: 'server-error' } })
    const path = '/appointments/by-status/PENDING%20REPORTING?pageSize=6'
    const first = await api.get(path)
    const token = encodeURIComponent(String(json(first)['nextToken']))
    expect([first.status, (await api.get(`${path}&nextToken=${token}`)).status]).toEqual([200, 500])
    simulator.fault({ endpoint: 'operational-list', fault: { kind: 'unreadable-row' } })
    expect(json(await api.get('/appointments/operational?take=1'))).toHaveLength(2)
  })
})

describe('the practice', () => {
  it('has sites with settings, exam codes and skills', async () => {
    expect(json(await api.get('/sites')).map((site) => site['siteName'])).toEqual([
      'Central Clinic',
      'Northside Clinic',
    ])
    expect(json(await api.get('/sites/Central%20Clinic'))['timeZone']).toBe('Australia/Sydney')
    expect(json(await api.get('/sites/Northside%20Clinic/exam-codes'))).toEqual([])
    expect(json(await api.get('/sites/Central%20Clinic/staff-skills'))['employees']).toHaveLength(2)
    expect((await api.get('/sites/Atlantis')).status).toBe(404)
  })

  it.each([
    ['missing', null],
    ['unknown', 'Atlantis Standard Time'],
  ] as const)('has a time zone that is %s when told so', async (siteTimeZone, timeZone) => {
    simulator.switches.siteTimeZone = siteTimeZone
    expect(json(await api.get('/sites/Central%20Clinic'))['timeZone']).toBe(timeZone)
  })

  it('has the patients of its appointments', async () => {
    expect(json(await api.get('/patients/220001'))).toMatchObject({
      lastName: 'Thompson-Reid',
      domain: 'acme',
    })
    expect((await api.get('/patients/1')).status).toBe(404)
  })
})

describe('a second request with a key whose first one still runs', () => {
  it('is answered as the first when told so', async () => {
    simulator.switches.conflictWhileRunning = false
    const post = (): Promise<Answered> => api.post('/reporting/appointments/A100001/report', report, 'key')
    const answers = await Promise.all(Array.from({ length: 6 }, post))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(simulator.appointment('acme', 'A100001').reports).toHaveLength(1)
  })
})

describe('a seed', () => {
  it('makes two runs the same', async () => {
    const run = async (): Promise<string> => {
      const seeded = await startSimulator({ seed: 9, now: () => 0, appointments: [{ appointmentId: 'A1' }] })
      try {
        const own = await caller(seeded)
        return `${own.token} ${(await own.post('/reporting/appointments/A1/report', report)).text}`
      } finally {
        await seeded.close()
      }
    }
    expect(await run()).toBe(await run())
  })
})
