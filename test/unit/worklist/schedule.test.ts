import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operationalAppointmentSchema } from '../../../electron/qubs/practice-schemas.ts'
import { rowsOf, scheduleOf } from '../../../electron/worklist/schedule.ts'

const row = (appointmentId: string, more: object = {}) =>
  operationalAppointmentSchema.parse({
    domain: 'acme',
    appointmentId,
    status: 'ARRIVED',
    scheduledSite: 'Central Clinic',
    appointmentDate: '2026-11-20',
    ...more,
  })
const zoneOf = (siteName: string): string | null =>
  siteName === 'Central Clinic' ? 'Australia/Sydney' : null

describe('the schedule of a day', () => {
  it('is by site and status, within a status by start, with the instant where the zone is known', () => {
    const rows = [
      row('A3', { scheduledSite: 'Northside Clinic', startTime: '10:00:00', scanTotalTime: '12' }),
      row('A2', { startTime: '14:00:00' }),
      row('A1', { startTime: '09:30:00' }),
      row('A0'),
      row('A4', { status: 'NOT ARRIVED', startTime: '08:00:00' }),
    ]
    const schedule = scheduleOf(rows, zoneOf)
    expect(
      schedule.map(({ siteName, timeZone, statuses }) => [
        siteName,
        timeZone,
        statuses.map(({ status, appointments }) => [status, appointments.map((a) => a.appointmentId)]),
      ]),
    ).toEqual([
      [
        'Central Clinic',
        'Australia/Sydney',
        [
          ['ARRIVED', ['A1', 'A2', 'A0']],
          ['NOT ARRIVED', ['A4']],
        ],
      ],
      ['Northside Clinic', null, [['ARRIVED', ['A3']]]],
    ])
    expect(schedule[0]?.statuses[0]?.appointments[0]?.startsAtMs).toBe(Date.UTC(2026, 10, 19, 22, 30))
    expect(schedule[1]?.statuses[0]?.appointments[0]).toMatchObject({ startsAtMs: null, scanTotalTime: 12 })
  })

  it('has every row once, in the same order whatever order they come in', () => {
    const some = fc.record({
      status: fc.constantFrom('ARRIVED', 'NOT ARRIVED', 'SENT TO THE MOON'),
      scheduledSite: fc.constantFrom('Central Clinic', 'Northside Clinic', null),
      startTime: fc.constantFrom('09:00:00', '10:00:00', null, 'soon'),
    })
    fc.assert(
      fc.property(fc.array(some), (list) => {
        const rows = list.map((more, n) => row(`A${n}`, more))
        const schedule = scheduleOf(rows, zoneOf)
        expect(scheduleOf(rows.toReversed(), zoneOf)).toEqual(schedule)
        const ids = schedule.flatMap((site) =>
          site.statuses.flatMap((s) => s.appointments.map((a) => a.appointmentId)),
        )
        expect(ids.toSorted()).toEqual(rows.map((r) => r.appointmentId).toSorted())
      }),
    )
  })
})

describe('the rows that were asked for', () => {
  it('are of that day and site; a date that is written otherwise cannot be judged and stays', () => {
    const rows = [
      row('A1'),
      row('A2', { appointmentDate: '2026-11-21' }),
      row('A3', { appointmentDate: '20-11-2026' }),
      row('A4', { appointmentDate: null }),
      row('A5', { scheduledSite: 'Northside Clinic' }),
    ]
    const ids = (site: string | null) => rowsOf(rows, '2026-11-20', site).map((r) => r.appointmentId)
    expect(ids(null)).toEqual(['A1', 'A3', 'A4', 'A5'])
    expect(ids('Central Clinic')).toEqual(['A1', 'A3', 'A4'])
  })
})
