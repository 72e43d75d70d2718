import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnIds, firstSort, noFilters, type Filters } from '../../../shared/preferences.ts'
import { pendingAppointment, type PendingAppointment } from '../../../shared/worklist.ts'
import {
  countChoices,
  filterRows,
  isFiltering,
  listFilters,
  meOf,
  plainFilters,
  valueOf,
  type FilterFacts,
} from '../../../renderer/worklist/filters.ts'
import { worstFirst } from '../../../renderer/worklist/freshness.ts'
import { sortRows } from '../../../renderer/worklist/order.ts'
import { rowsBetween } from '../../../renderer/worklist/row-window.ts'
import { hold, settle } from '../../../renderer/worklist/steady-rows.ts'
import {
  matchesWords,
  priorityRank,
  rowId,
  searchWords,
  studyRow,
  type StudyRow,
} from '../../../renderer/worklist/study-row.ts'

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
const someUser = fc.option(
  fc.record({
    username: fc.constantFrom('rbell', null),
    firstName: fc.constantFrom('Rosa', 'Tom', null),
    lastName: fc.constantFrom('Bell', 'Marsh', null),
    initials: fc.constant(null),
    role: fc.constant(null),
  }),
  { nil: null },
)
const someRows: fc.Arbitrary<StudyRow[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 15 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc
          .record({
            domain: fc.constantFrom('acme', 'harbour'),
            scheduledSite: fc.constantFrom('North', 'South'),
            lastName: someText,
            priority: fc.constantFrom('STAT', 'Routine', null),
            modality: fc.constantFrom('CT', 'MR', null),
            radiologistUser: someUser,
          })
          .map((part) =>
            studyRow(
              study({
                ...part,
                appointmentId: `A${id}`,
                reportNeededBy: id % 3 === 0 ? null : `2026-11-${String(10 + (id % 9))}T08:00:00Z`,
              }),
            ),
          ),
      ),
    ),
  )

const rows = (...studies: readonly PendingAppointment[]): readonly StudyRow[] => studies.map(studyRow)
const idsOf = (sorted: readonly StudyRow[]) => sorted.map((row) => row.id)

describe('order of the worklist', () => {
  it('gives the same order whatever order the answer came in, and neither loses nor invents a row', () => {
    fc.assert(
      fc.property(
        someRows,
        fc.constantFrom(...columnIds),
        fc.constantFrom('ascending' as const, 'descending' as const),
        (some, column, direction) => {
          const once = idsOf(sortRows(some, { column, direction }))
          expect(idsOf(sortRows(some.toReversed(), { column, direction }))).toEqual(once)
          expect(once.toSorted()).toEqual(idsOf(some).toSorted())
        },
      ),
    )
  })

  it('keeps studies without a deadline last in both directions', () => {
    const some = rows(
      study({ appointmentId: 'none' }),
      study({ appointmentId: 'late', reportNeededBy: '2026-11-20T09:00:00Z' }),
      study({ appointmentId: 'early', reportNeededBy: '2026-11-20T08:00:00Z' }),
    )
    const ids = (direction: 'ascending' | 'descending') =>
      sortRows(some, { column: 'due', direction }).map((row) => row.appointment.appointmentId)
    expect(ids('ascending')).toEqual(['early', 'late', 'none'])
    expect(ids('descending')).toEqual(['late', 'early', 'none'])
  })

  it('orders by instants, not by how they are written', () => {
    const some = rows(
      study({ appointmentId: 'second', reportNeededBy: '2026-11-20T08:00:00Z' }),
      study({ appointmentId: 'first', reportNeededBy: '2026-11-20T09:00:00+10:00' }),
    )
    expect(sortRows(some, firstSort)[0]?.appointment.appointmentId).toBe('first')
  })

  it('puts the older patient first when ages fall', () => {
    const some = rows(
      study({ appointmentId: 'young', dateOfBirth: '2001-06-08' }),
      study({ appointmentId: 'old', dateOfBirth: '1948-12-30' }),
    )
    expect(sortRows(some, { column: 'age', direction: 'descending' })[0]?.appointment.appointmentId).toBe(
      'old',
    )
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
  const nguyen = studyRow(
    study({
      lastName: 'Nguyễn',
      firstName: 'Thị Lan',
      patientId: 'HB-40229',
      studyDescription: 'Ultrasound abdomen',
      doctorName: 'Dr J. Costa',
      radiologistUser: {
        username: 'rbell',
        firstName: 'Rosa',
        lastName: 'Bell',
        initials: null,
        role: null,
      },
    }),
  )

  it.each(['nguyen', 'THI LAN', 'hb-40229', 'abdomen costa', 'a1', 'bell site', ''])(
    'finds by "%s"',
    (search) => {
      expect(matchesWords(nguyen, searchWords(search))).toBe(true)
    },
  )

  it('asks for every word', () => {
    expect(matchesWords(nguyen, searchWords('nguyen knee'))).toBe(false)
  })

  it('does not read two fields as one word', () => {
    expect(matchesWords(nguyen, searchWords('abdomendr'))).toBe(false)
  })
})

const nowMs = Date.parse('2026-11-14T00:00:00Z')
const rosa = meOf({ name: 'Dr Rosa Bell', email: '' })
function facts(part: Partial<FilterFacts> = {}): FilterFacts {
  return { nowMs, alertCounts: new Map(), news: new Set(), me: rosa, ...part }
}
const someFilters: fc.Arbitrary<Filters> = fc.record({
  practices: fc.subarray(['acme', 'harbour', 'gone']),
  sites: fc.subarray(['North', 'South']),
  modalities: fc.subarray(['CT', 'MR', '']),
  priorities: fc.subarray(['STAT', 'Routine', '']),
  assigned: fc.constantFrom('anyone', 'me', 'nobody'),
  isOverdue: fc.boolean(),
  hasAlerts: fc.boolean(),
  isNew: fc.boolean(),
})

const filterNames = [...listFilters, ...plainFilters, 'assigned'] as const

describe('filters', () => {
  it('never lose or invent a row, keep the order, and show a row exactly when every filter lets it pass', () => {
    fc.assert(
      fc.property(someRows, someFilters, (some, filters) => {
        const known = facts({
          alertCounts: new Map(
            idsOf(some)
              .slice(0, 3)
              .map((id) => [id, 1]),
          ),
          news: new Set(idsOf(some).slice(2, 6)),
        })
        const passing = filterRows(some, filters, known)
        const alone = (part: Partial<Filters>) => new Set(filterRows(some, { ...noFilters, ...part }, known))
        const each = filterNames.map((name) => alone({ [name]: filters[name] }))
        expect(passing).toEqual(some.filter((row) => each.every((set) => set.has(row))))
        expect(filterRows(some, noFilters, known)).toEqual(some)
      }),
    )
  })

  it('say for each choice how many studies it would show together with the others', () => {
    fc.assert(
      fc.property(someRows, someFilters, (some, filters) => {
        const known = facts()
        const counts = countChoices(some, filters, known)
        const shownBy = (part: Partial<Filters>) => filterRows(some, { ...filters, ...part }, known).length
        for (const site of ['North', 'South']) {
          expect(counts.list('sites').get(site) ?? 0).toBe(shownBy({ sites: [site] }))
        }
        for (const word of ['STAT', 'Routine', '']) {
          expect(counts.list('priorities').get(word) ?? 0).toBe(shownBy({ priorities: [word] }))
        }
        expect(shownBy({ isOverdue: true })).toBe(counts.plain('isOverdue'))
        expect(shownBy({ assigned: 'me' })).toBe(counts.assigned().me)
        expect(shownBy({ assigned: 'nobody' })).toBe(counts.assigned().nobody)
        for (const site of filters.sites) expect(counts.list('sites').has(site)).toBe(true)
      }),
    )
  })

  it('find what QUBS left empty', () => {
    const some = rows(study({ modality: 'CT' }), study({ appointmentId: 'A2' }))
    const shown = filterRows(some, { ...noFilters, modalities: [''] }, facts())
    expect(shown.map((row) => valueOf(row, 'modalities'))).toEqual([''])
    expect(isFiltering(noFilters)).toBe(false)
  })

  const assignedTo = (user: { username?: string; firstName?: string; lastName?: string }) =>
    studyRow(
      study({
        radiologistUser: {
          username: null,
          firstName: null,
          lastName: null,
          initials: null,
          role: null,
          ...user,
        },
      }),
    )
  const isMine = (row: StudyRow, clinician: { name: string; email: string }) =>
    filterRows([row], { ...noFilters, assigned: 'me' }, facts({ me: meOf(clinician) })).length === 1

  it('know me by first and last name, or by a user name that is my email', () => {
    expect(
      isMine(assignedTo({ firstName: 'ROSA', lastName: 'Bell' }), { name: 'Dr Rosa Bell', email: '' }),
    ).toBe(true)
    expect(
      isMine(assignedTo({ username: 'Rosa@Acme.example' }), { name: '', email: 'rosa@acme.example' }),
    ).toBe(true)
  })

  it('never take a colleague for me: not by the last name alone, and nobody while the settings are empty', () => {
    const me = { name: 'Dr Rosa Bell', email: '' }
    expect(isMine(assignedTo({ firstName: 'Tom', lastName: 'Bell' }), me)).toBe(false)
    expect(isMine(assignedTo({ lastName: 'Bell' }), me)).toBe(false)
    expect(isMine(assignedTo({ username: '' }), { name: '', email: '' })).toBe(false)
    expect(meOf({ name: ' ', email: '' })).toBeNull()
  })
})

describe('rows that hold still', () => {
  it('never move, drop or add a row while held, and count what has come and gone', () => {
    fc.assert(
      fc.property(someRows, someRows, (before, after) => {
        const held = hold(settle(before).rows, after)
        expect(held.rows.map((row) => row.study.id)).toEqual(idsOf(before))
        const now = new Set(idsOf(after))
        const then = new Set(idsOf(before))
        expect(held.gone).toBe(before.filter(({ id }) => !now.has(id)).length)
        expect(held.added).toBe(after.filter(({ id }) => !then.has(id)).length)
        expect(held.rows.filter((row) => row.isGone).map((row) => row.study.id)).toEqual(
          idsOf(before).filter((id) => !now.has(id)),
        )
      }),
    )
  })

  it('show the newest content in place and say when the order is another', () => {
    const a = study({ appointmentId: 'A', priority: 'Routine' })
    const b = study({ appointmentId: 'B' })
    const held = hold(settle(rows(a, b)).rows, rows(b, { ...a, priority: 'STAT' }))
    expect(held.rows.map((row) => row.study.appointment.priority)).toEqual(['STAT', null])
    expect(held.reordered).toBe(true)
    expect(hold(settle(rows(a, b)).rows, rows(a, b)).reordered).toBe(false)
  })
})

describe('rows in the page', () => {
  it('are all that can be seen, and few more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300_000 }),
        fc.integer({ min: 0, max: 2_000 }),
        fc.constantFrom(34, 52),
        fc.integer({ min: 0, max: 5_000 }),
        (fromPx, roomPx, heightPx, count) => {
          const { first, end } = rowsBetween(fromPx, fromPx + roomPx, heightPx, count)
          expect(first).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(count)
          expect(end - first).toBeLessThanOrEqual(Math.max(0, Math.ceil(roomPx / heightPx) + 12))
          const atTop = Math.floor(fromPx / heightPx)
          const isInSight = roomPx > 0 && atTop < count
          expect(isInSight && (first > atTop || end <= atTop)).toBe(false)
        },
      ),
    )
  })
})

describe('freshness', () => {
  const practice = {
    domain: 'acme',
    name: 'Acme',
    connection: 'connected' as const,
    message: null,
    completeAt: '2026-11-20T03:02:00.000Z',
    pending: 3,
    unreadable: 0,
  }

  it('is as true as the least true practice', () => {
    const worst = (...practices: Parameters<typeof worstFirst>[0]) => worstFirst(practices)[0]?.truth
    expect(worst(practice)).toBe('complete')
    expect(worst(practice, { ...practice, unreadable: 1 })).toBe('partial')
    expect(worst({ ...practice, unreadable: 1 }, { ...practice, connection: 'offline' })).toBe('offline')
    expect(worst({ ...practice, connection: 'offline', completeAt: null })).toBe('never')
    expect(worst({ ...practice, connection: 'never', completeAt: null }, practice)).toBe('never')
    expect(worst(practice, { ...practice, connection: 'signed-out' })).toBe('signed-out')
  })
})
