import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byDeadline, deadlineOf } from '../../../electron/worklist/deadline.ts'

const nowMs = Date.UTC(2026, 10, 20, 1, 0, 0)

describe('a deadline', () => {
  it('has the time that is left, and the clock of the site', () => {
    expect(deadlineOf('2026-11-20T02:30:00Z', 'Australia/Brisbane', nowMs)).toEqual({
      atMs: Date.UTC(2026, 10, 20, 2, 30),
      remainingMs: 5_400_000,
      atSite: { zone: 'Australia/Brisbane', date: '2026-11-20', time: '12:30', offsetMinutes: 600 },
    })
  })

  it('that has passed has less than nothing left; without a zone there is no clock of the site', () => {
    expect(deadlineOf('2026-11-20T00:59:59Z', null, nowMs)).toMatchObject({
      remainingMs: -1_000,
      atSite: null,
    })
  })

  it.each([null, '', 'soon', '2026-11-20', '2026-11-20T02:30:00'])('%j is none', (text) => {
    expect(deadlineOf(text, 'Australia/Sydney', nowMs)).toBeNull()
  })
})

describe('the order of the worklist', () => {
  const row = (appointmentId: string, reportNeededBy: string | null) => ({ appointmentId, reportNeededBy })

  it('goes by the instant, not by the text, and puts what has no deadline last', () => {
    const rows = [
      row('A4', null),
      row('A3', '2026-11-20T03:00:00.000Z'),
      row('A2', '2026-11-20T12:30:00+10:00'),
      row('A1', 'unreadable'),
      row('A0', '2026-11-20T03:00:00Z'),
    ]
    expect(rows.toSorted(byDeadline).map((r) => r.appointmentId)).toEqual(['A2', 'A0', 'A3', 'A1', 'A4'])
  })

  it('is the same whatever order the rows come in', () => {
    const some = fc.constantFrom(
      null,
      '2026-11-20T03:00:00Z',
      '2026-11-20T13:00:00+10:00',
      '2026-11-19T00:00:00Z',
    )
    const rows = fc.uniqueArray(fc.record({ appointmentId: fc.string(), reportNeededBy: some }), {
      selector: (r) => r.appointmentId,
    })
    fc.assert(
      fc.property(
        rows.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, other]) => {
          expect(other.toSorted(byDeadline)).toEqual(list.toSorted(byDeadline))
        },
      ),
    )
  })
})
