import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pendingAppointment, type PendingAppointment } from '../../../shared/worklist.ts'
import {
  matchesSearch,
  priorityRank,
  rowId,
  sortAppointments,
  sortColumns,
} from '../../../renderer/worklist/order.ts'
import { hold, settle } from '../../../renderer/worklist/steady-rows.ts'

function study(part: Partial<PendingAppointment>): PendingAppointment {
  return {
    ...pendingAppointment.parse({
      domain: 'acme',
      appointmentId: 'A1',
      status: 'PENDING REPORTING',
      scheduledSite: 'Site',
    }),
    ...part,
  }
}

const someText = fc.option(fc.string({ maxLength: 4 }), { nil: null })
const someStudies = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 15 }).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc.record({ lastName: someText, priority: someText, modality: someText }).map((part) =>
        study({
          ...part,
          appointmentId: `A${id}`,
          reportNeededBy: id % 3 === 0 ? null : `2026-11-${String(10 + (id % 9))}T08:00:00Z`,
        }),
      ),
    ),
  ),
)

describe('order of the worklist', () => {
  it('gives the same order whatever order the answer came in', () => {
    fc.assert(
      fc.property(
        someStudies,
        fc.constantFrom(...sortColumns),
        fc.constantFrom('ascending' as const, 'descending' as const),
        (studies, column, direction) => {
          const once = sortAppointments(studies, { column, direction }).map(rowId)
          const again = sortAppointments(studies.toReversed(), { column, direction }).map(rowId)
          expect(again).toEqual(once)
        },
      ),
    )
  })

  it('keeps studies without a deadline last in both directions', () => {
    const studies = [
      study({ appointmentId: 'none' }),
      study({ appointmentId: 'late', reportNeededBy: '2026-11-20T09:00:00Z' }),
      study({ appointmentId: 'early', reportNeededBy: '2026-11-20T08:00:00Z' }),
    ]
    const ids = (direction: 'ascending' | 'descending') =>
      sortAppointments(studies, { column: 'due', direction }).map((one) => one.appointmentId)
    expect(ids('ascending')).toEqual(['early', 'late', 'none'])
    expect(ids('descending')).toEqual(['late', 'early', 'none'])
  })

  it('ranks the words it knows and never takes a non-urgent for an urgent one', () => {
    expect(priorityRank('STAT')).toBeLessThan(priorityRank('Urgent'))
    expect(priorityRank('Urgent')).toBeLessThan(priorityRank('Routine'))
    expect(priorityRank('Non-urgent')).toBe(priorityRank('Routine'))
    expect(priorityRank('Amber')).toBeLessThan(priorityRank('Routine'))
    expect(priorityRank(null)).toBeGreaterThan(priorityRank('Routine'))
  })

  it('does not mix up equal ids of two practices', () => {
    expect(rowId({ domain: 'a/b', appointmentId: 'c' })).not.toBe(
      rowId({ domain: 'a', appointmentId: 'b/c' }),
    )
  })
})

describe('search', () => {
  const nguyen = study({
    lastName: 'Nguyễn',
    firstName: 'Thị Lan',
    patientId: 'HB-40229',
    studyDescription: 'Ultrasound abdomen',
    doctorName: 'Dr J. Costa',
  })

  it.each(['nguyen', 'THI LAN', 'hb-40229', 'abdomen costa', 'a1', ''])('finds by "%s"', (search) => {
    expect(matchesSearch(nguyen, search)).toBe(true)
  })

  it('asks for every word', () => {
    expect(matchesSearch(nguyen, 'nguyen knee')).toBe(false)
  })
})

describe('rows that hold still', () => {
  it('never moves, drops or adds a row while held, and counts what has come and gone', () => {
    fc.assert(
      fc.property(someStudies, someStudies, (before, after) => {
        const shown = settle(before).rows
        const held = hold(shown, after)
        expect(held.rows.map((row) => row.id)).toEqual(before.map(rowId))
        const now = new Set(after.map(rowId))
        const then = new Set(before.map(rowId))
        expect(held.gone).toBe(before.filter((one) => !now.has(rowId(one))).length)
        expect(held.added).toBe(after.filter((one) => !then.has(rowId(one))).length)
        expect(held.rows.filter((row) => row.isGone).map((row) => row.id)).toEqual(
          before.map(rowId).filter((id) => !now.has(id)),
        )
      }),
    )
  })

  it('shows the newest content in place and says when the order is another', () => {
    const a = study({ appointmentId: 'A', priority: 'Routine' })
    const b = study({ appointmentId: 'B' })
    const held = hold(settle([a, b]).rows, [b, { ...a, priority: 'STAT' }])
    expect(held.rows.map((row) => row.appointment.priority)).toEqual(['STAT', null])
    expect(held.reordered).toBe(true)
    expect(hold(settle([a, b]).rows, [a, b]).reordered).toBe(false)
  })
})
