import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pendingAppointment } from '../../../shared/worklist.ts'
import { diffWorklists, isChange } from '../../../electron/worklist/diff.ts'

const row = (appointmentId: string, more: object = {}) =>
  pendingAppointment.parse({
    domain: 'acme',
    appointmentId,
    status: 'PENDING REPORTING',
    scheduledSite: 'Central Clinic',
    ...more,
  })
const ids = (rows: readonly { appointmentId: string }[]): string[] => rows.map((r) => r.appointmentId)

describe('the changes of a pass', () => {
  it('are what is new, what is different and in which fields, and what has gone', () => {
    const before = [row('A1'), row('A2', { priority: 'Routine' }), row('A3')]
    const after = [
      row('A2', { priority: 'STAT', reportNeededBy: '2026-11-20T03:00:00Z' }),
      row('A4'),
      row('A1'),
    ]
    const changes = diffWorklists(before, after)
    expect([ids(changes.added), ids(changes.gone)]).toEqual([['A4'], ['A3']])
    expect(changes.changed).toEqual([
      { before: before[1], after: after[0], fields: ['priority', 'reportNeededBy'] },
    ])
  })

  it('see into people and services', () => {
    const before = [row('A1', { radiologistUser: { username: 'a' }, serviceItems: [{ code: 1 }] })]
    const after = [row('A1', { radiologistUser: { username: 'b' }, serviceItems: [{ code: 1 }] })]
    expect(diffWorklists(before, after).changed.map((c) => c.fields)).toEqual([['radiologistUser']])
    expect(isChange(diffWorklists(before, structuredClone(before)))).toBe(false)
  })

  it('do not call an appointment gone whose row came and could not be read', () => {
    const changes = diffWorklists(
      [row('A1'), row('A2')],
      [],
      [
        { appointmentId: 'A1', problem: 'has no readable status' },
        { appointmentId: null, problem: 'is not an object' },
      ],
    )
    expect(ids(changes.gone)).toEqual(['A2'])
  })

  it('put to the former list always give the new one', () => {
    const list = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom('Routine', 'STAT')), {
        selector: ([id]) => id,
      })
      .map((pairs) => pairs.map(([id, priority]) => row(`A${id}`, { priority })))
    fc.assert(
      fc.property(list, list, (before, after) => {
        const { added, changed, gone } = diffWorklists(before, after)
        const patched = new Map(before.map((r) => [r.appointmentId, r]))
        for (const r of gone) patched.delete(r.appointmentId)
        for (const c of changed) patched.set(c.after.appointmentId, c.after)
        for (const r of added) patched.set(r.appointmentId, r)
        const sorted = (rows: Iterable<{ appointmentId: string }>) =>
          [...rows].toSorted((a, b) => (a.appointmentId < b.appointmentId ? -1 : 1))
        expect(sorted(patched.values())).toEqual(sorted(after))
        expect(isChange(diffWorklists(after, after.toReversed()))).toBe(false)
      }),
    )
  })
})
