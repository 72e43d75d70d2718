import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pendingAppointment, type PendingAppointment } from '../../../shared/worklist.ts'
import { diffWorklists } from '../../../electron/worklist/diff.ts'
import { createUnseenBook, MOST_GONE, type Unseen } from '../../../electron/worklist/unseen.ts'

const row = (appointmentId: string, priority = 'Routine') =>
  pendingAppointment.parse({
    domain: 'acme',
    appointmentId,
    status: 'PENDING REPORTING',
    scheduledSite: 'Central Clinic',
    priority,
  })
const ids = (unseen: Unseen) => ({
  added: unseen.added.map((key) => key.appointmentId),
  changed: unseen.changed.map((key) => key.appointmentId),
  gone: unseen.gone.map((key) => key.appointmentId),
})

describe('what changed since a person looked', () => {
  it('is told until the person looks, about one study or all', () => {
    const book = createUnseenBook()
    book.take(diffWorklists([row('A1'), row('A2')], [row('A1', 'STAT'), row('A3')]))
    expect(ids(book.unseen())).toEqual({ added: ['A3'], changed: ['A1'], gone: ['A2'] })
    book.look([{ domain: 'acme', appointmentId: 'A3' }])
    expect(ids(book.unseen())).toEqual({ added: [], changed: ['A1'], gone: ['A2'] })
    book.look(null)
    expect(ids(book.unseen())).toEqual({ added: [], changed: [], gone: [] })
  })

  it('keeps what is new new when it changes, and forgets what came and went unseen', () => {
    const book = createUnseenBook()
    book.take(diffWorklists([], [row('A1'), row('A2')]))
    book.take(diffWorklists([row('A1'), row('A2')], [row('A1', 'STAT')]))
    expect(ids(book.unseen())).toEqual({ added: ['A1'], changed: [], gone: [] })
  })

  it('stays small in a window that nobody opens', () => {
    const book = createUnseenBook()
    const many = Array.from({ length: 3 * MOST_GONE }, (_, n) => row(`A${n}`))
    book.take(diffWorklists(many, []))
    expect(book.unseen().gone).toHaveLength(MOST_GONE)
    expect(book.unseen().gone.at(-1)?.appointmentId).toBe(`A${3 * MOST_GONE - 1}`)
  })

  it('names each study once, new ones on the list and gone ones not, whatever happens in whatever order', () => {
    const list = fc
      .dictionary(fc.constantFrom('A', 'B', 'C', 'D'), fc.constantFrom('Routine', 'STAT'))
      .map((all) => Object.entries(all).map(([id, priority]) => row(id, priority)))
    fc.assert(
      fc.property(list, fc.array(fc.tuple(list, fc.boolean())), (first, passes) => {
        const book = createUnseenBook()
        let before: PendingAppointment[] = first
        for (const [after, looks] of passes) {
          if (looks) book.look(null)
          book.take(diffWorklists(before, after))
          before = after
          const { added, changed, gone } = ids(book.unseen())
          const present = new Set(after.map(({ appointmentId }) => appointmentId))
          expect(new Set([...added, ...changed, ...gone]).size).toBe(
            added.length + changed.length + gone.length,
          )
          expect([...added, ...changed].every((id) => present.has(id))).toBe(true)
          expect(gone.some((id) => present.has(id))).toBe(false)
        }
      }),
    )
  })
})
