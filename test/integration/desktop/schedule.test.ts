import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleAppointments, sampleSites, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { createDeskBench, type DeskBench } from '../../support/desktop/desk-bench.ts'

let simulator: Simulator
let bench: DeskBench
const today = new Date().toISOString().slice(0, 10)

beforeEach(async () => {
  const later = { domain: 'acme', scheduledSite: 'Central Clinic', appointmentDate: today }
  simulator = await startSimulator({
    sites: sampleSites(),
    appointments: [
      ...sampleAppointments(Date.now()),
      {
        ...later,
        appointmentId: 'B1',
        status: 'NOT ARRIVED',
        startTime: '16:00:00',
        operational: { examCodes: ['CT_CHEST'] },
      },
      { ...later, appointmentId: 'B2', status: 'NOT ARRIVED', appointmentDate: '2020-01-01' },
    ],
  })
  bench = await createDeskBench()
  await bench.connect(simulator)
  await bench.until(
    () => bench.result('worklist.get', {}),
    ({ appointments }) => appointments.length === 12,
  )
})
afterEach(async () => {
  await bench.remove()
  await simulator.close()
  if (bench.bugs.length > 0) throw bench.bugs[0]
})

const day = (more: { date?: string; site?: string | null } = {}) =>
  bench.result('schedule.get', { domain: 'acme', date: today, site: null, ...more })
const asked = (endpoint: 'operational-list' | 'exam-codes' | 'sites') =>
  simulator.requests((request) => request.endpoint === endpoint)

describe('the schedule', () => {
  it('is the day by site and status, with operational times, words for exams, and no patient', async () => {
    const { schedule, sites, isSiteKnown, unreadable } = await day()
    expect(sites).toEqual([
      { siteName: 'Central Clinic', timeZone: 'Australia/Sydney' },
      { siteName: 'Northside Clinic', timeZone: 'Australia/Brisbane' },
    ])
    expect([isSiteKnown, unreadable]).toEqual([true, 0])
    expect(
      schedule.map(({ siteName, statuses }) => [
        siteName,
        statuses.map(({ status, appointments }) => [status, appointments.length]),
      ]),
    ).toEqual([
      [
        'Central Clinic',
        [
          ['NOT ARRIVED', 1],
          ['PENDING REPORTING', 8],
        ],
      ],
      ['Northside Clinic', [['PENDING REPORTING', 4]]],
    ])
    const [waiting, pending] = schedule[0]?.statuses ?? []
    expect(waiting?.appointments[0]).toMatchObject({
      appointmentId: 'B1',
      exams: ['CT Chest'],
      arrivedAt: null,
      isPending: false,
    })
    const first = pending?.appointments[0]
    expect(first).toMatchObject({
      appointmentId: 'A100001',
      startTime: '08:00:00',
      exams: ['CT Chest'],
      isPending: true,
      waitingTotal: 6.5,
    })
    expect(first?.startsAt).toMatch(/T2[12]:00:00\.000Z$/u)
    for (const at of [first?.arrivedAt, first?.scanStartedAt, first?.scanEndedAt])
      expect(at).toMatch(/^\d{4}-.*T.*\.000Z$/u)
    expect(JSON.stringify(schedule)).not.toMatch(/Thompson|220001|1988-03-03/u)
  })

  it('is asked for by day and site, page by page, and says when there is no such site', async () => {
    const north = await day({ site: 'Northside Clinic' })
    expect(north.schedule.map(({ siteName }) => siteName)).toEqual(['Northside Clinic'])
    expect(asked('operational-list').at(-1)?.query).toContain('scheduledSite=Northside')
    expect(asked('operational-list').at(-1)?.query).toContain(`appointmentDate=${today}`)
    const unknown = await day({ site: 'No Such Site' })
    expect(unknown).toMatchObject({ isSiteKnown: false, schedule: [] })
    const empty = await day({ date: '2019-06-01' })
    expect(empty).toMatchObject({ isSiteKnown: true, schedule: [] })
    expect(await bench.call('schedule.get', { domain: 'acme', date: '1 June', site: null })).toMatchObject({
      ok: false,
      code: 'invalid',
    })
    expect(await bench.call('schedule.get', { domain: 'other', date: today, site: null })).toMatchObject({
      ok: false,
      code: 'not-found',
    })
  })

  it('has every appointment of a day of more than one page', async () => {
    for (let n = 0; n < 600; n += 1)
      simulator.addAppointment({
        domain: 'acme',
        appointmentId: `C${n}`,
        scheduledSite: 'Central Clinic',
        appointmentDate: '2026-01-05',
        status: 'ARRIVED',
      })
    const { schedule } = await day({ date: '2026-01-05' })
    expect(schedule[0]?.statuses[0]?.appointments).toHaveLength(600)
  })

  it('asks for sites and exam codes once, and for the day each time', async () => {
    await day()
    await day()
    expect([asked('sites').length, asked('exam-codes').length, asked('operational-list').length]).toEqual([
      1, 2, 2,
    ])
  })

  it('asks for the exam codes of a bounded number of sites', async () => {
    for (let n = 0; n < 30; n += 1)
      simulator.addAppointment({
        domain: 'acme',
        appointmentId: `S${n}`,
        scheduledSite: `Site ${n}`,
        appointmentDate: '2026-01-05',
        status: 'ARRIVED',
      })
    const { schedule } = await day({ date: '2026-01-05' })
    expect(schedule).toHaveLength(30)
    expect(asked('exam-codes')).toHaveLength(20)
  })

  it('does without sites and words of exams, and not without the day', async () => {
    simulator.fault({ endpoint: 'sites', fault: { kind: 'problem', status: 403 }, times: 'always' })
    simulator.fault({ endpoint: 'exam-codes', fault: { kind: 'problem', status: 403 }, times: 'always' })
    const { schedule, isSiteKnown } = await day()
    expect(isSiteKnown).toBe(true)
    expect(schedule[0]?.statuses[0]?.appointments[0]?.exams).toEqual(['CT_CHEST'])
    simulator.fault({
      endpoint: 'operational-list',
      fault: { kind: 'problem', status: 403 },
      times: 'always',
    })
    expect(await bench.call('schedule.get', { domain: 'acme', date: today, site: null })).toMatchObject({
      ok: false,
      code: 'scope',
    })
  })
})
