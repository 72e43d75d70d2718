import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuditTrail } from '../../../electron/journal/audit.ts'
import { JournalTooNew, openDatabase, type Database } from '../../../electron/journal/database.ts'
import type { Journal } from '../../../electron/journal/journal.ts'
import { aDocument, aRecord, aReportPlan } from '../../support/station/records.ts'
import { openTemporaryJournal } from '../../support/station/temporary-journal.ts'

let folder: string
let database: Database
let audit: AuditTrail
let journal: Journal
const entry = (what: string, id?: string) => ({
  at: '2026-11-20T00:00:00Z',
  what,
  ...(id === undefined ? {} : { id }),
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radpost-unit-'))
  ;({ database, audit, journal } = openTemporaryJournal(folder))
})
afterEach(() => {
  journal.close()
  rmSync(folder, { recursive: true, force: true })
})

const { seq: _, ...unnumbered } = aRecord()

describe('the journal', () => {
  it('gives back what was written, by every way of looking', () => {
    journal.add(unnumbered, entry('seen', 'delivery-1'))
    const second = journal.add(
      { ...unnumbered, id: 'delivery-2', file: 'b.pdf', original: null, plan: aReportPlan() },
      entry('seen', 'delivery-2'),
    )
    expect(second.seq).toBe(2)
    expect(journal.get('delivery-2')).toEqual(second)
    expect(journal.byPath('b.pdf')).toEqual([second])
    expect(journal.byContent('c'.repeat(64)).map(({ id }) => id)).toEqual(['delivery-1', 'delivery-2'])
    expect(journal.inStates(['spooled', 'queued'])).toHaveLength(2)
    expect(journal.idsIn('delivered')).toEqual([])
    journal.saveDocument('delivery-1', aDocument())
    expect(journal.document('delivery-1')).toEqual(aDocument())
    expect(journal.fault(audit.head())).toBeNull()
  })

  it('keeps nothing of a transaction that failed', () => {
    journal.add(unnumbered, entry('seen', 'delivery-1'))
    const head = audit.head()
    expect(() =>
      journal.transaction(() => {
        journal.update('delivery-1', (present) => ({
          next: { ...present, attempts: 9 },
          audit: [entry('x')],
        }))
        throw new Error('cut off')
      }),
    ).toThrow('cut off')
    expect(journal.get('delivery-1')?.attempts).toBe(0)
    expect(audit.head()).toEqual(head)
  })

  it('forgets text and bodies of what has ended, and is whole after it', () => {
    journal.add(
      { ...unnumbered, plan: aReportPlan(), state: { state: 'duplicate', of: 'x' } },
      entry('seen', 'delivery-1'),
    )
    journal.saveDocument('delivery-1', aDocument())
    journal.audit.append(entry('recognised', 'delivery-1'))
    journal.forget('delivery-1')
    expect(journal.document('delivery-1')).toBeNull()
    expect(journal.get('delivery-1')?.plan).toMatchObject({ reportText: '' })
    expect(journal.fault(audit.head())).toBeNull()
  })

  it('finds a row that was put in the place of another', () => {
    journal.add(unnumbered, entry('seen', 'delivery-1'))
    journal.add({ ...unnumbered, id: 'delivery-2' }, entry('seen', 'delivery-2'))
    database.run(
      "UPDATE deliveries SET sealed = (SELECT sealed FROM deliveries WHERE id = 'delivery-1') WHERE id = 'delivery-2'",
    )
    expect(journal.fault(audit.head())).toMatch(/deliveries was changed \(delivery delivery-2\)/)
  })

  it('is not opened by a version that does not know it', () => {
    database.run('PRAGMA user_version = 999')
    expect(() => openDatabase(join(folder, 'journal.sqlite'), 'write')).toThrow(JournalTooNew)
  })
})

describe('the audit trail', () => {
  it('shows every change, missing entry and cut tail, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.nat(),
        fc.constantFrom('none', 'entry', 'mac', 'delete', 'cut', 'swap', 'append'),
        (count, place, change) => {
          database.run('DELETE FROM audit')
          for (let number = 1; number <= count; number += 1) audit.append(entry(`happening ${number}`))
          const head = audit.head()
          const seq = (place % count) + 1
          // One entry has no other to be exchanged with.
          fc.pre(change !== 'swap' || count > 1)
          if (change === 'entry')
            database.run(
              "UPDATE audit SET entry = replace(entry, 'happening', 'Happening') WHERE seq = ?",
              seq,
            )
          if (change === 'mac') database.run("UPDATE audit SET mac = 'f' || mac WHERE seq = ?", seq)
          if (change === 'delete') database.run('DELETE FROM audit WHERE seq = ?', seq)
          if (change === 'cut') database.run('DELETE FROM audit WHERE seq >= ?', seq)
          if (change === 'swap') {
            database.run('UPDATE audit SET seq = -1 WHERE seq = 1')
            database.run('UPDATE audit SET seq = 1 WHERE seq = 2')
            database.run('UPDATE audit SET seq = 2 WHERE seq = -1')
          }
          if (change === 'append') {
            database.run(
              'INSERT INTO audit (seq, entry, mac) VALUES (?, ?, ?)',
              count + 1,
              '{}',
              'f'.repeat(64),
            )
          }
          expect(audit.fault(head) === null).toBe(change === 'none')
        },
      ),
      { numRuns: 200 },
    )
  }, 120_000)
})

describe('an audit trail whose oldest entries were cut', () => {
  const days = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 86_400_000).toISOString()
  const cutAfter = (count: number) => audit.cut(({ at }) => at < days(count), days(1_000))
  beforeEach(() => {
    for (let day = 0; day < 10; day += 1) audit.append({ at: days(day), what: `day-${day}` })
  })

  it('is whole, says what was cut, and goes on', () => {
    const head = audit.head()
    expect(cutAfter(4)).toBe(4)
    expect(audit.entries().map(({ seq, entry: { what } }) => [seq, what])[0]).toEqual([4, 'audit-cut'])
    expect(audit.entries()[0]?.entry).toMatchObject({ entries: 4 })
    expect(audit.head()).toEqual(head)
    expect(audit.fault(head)).toBeNull()
    audit.append({ at: days(11), what: 'later' })
    expect(cutAfter(8)).toBe(4)
    expect(audit.entries()[0]?.entry).toMatchObject({ entries: 8 })
    expect(audit.fault(head)).toBeNull()
    expect(audit.fault(audit.head())).toBeNull()
    expect(cutAfter(8)).toBe(0)
  })

  it('is whole even where everything was cut, whichever head the keychain has', () => {
    const early = audit.head()
    audit.append({ at: days(10), what: 'day-10' })
    expect(cutAfter(500)).toBe(11)
    expect(audit.fault(early)).toBeNull()
    expect(audit.fault(audit.head())).toBeNull()
    audit.append({ at: days(501), what: 'again' })
    expect(audit.fault(audit.head())).toBeNull()
  })

  it('shows a cut that somebody else made, with or without a copied mark', () => {
    const head = audit.head()
    cutAfter(3)
    const mark = audit.entries()[0]?.entry
    // The mark moved on to the next entry: its own number and MAC are another's.
    database.run('DELETE FROM audit WHERE seq = 3')
    expect(audit.fault(head)).toMatch(/missing/u)
    database.run('UPDATE audit SET entry = ? WHERE seq = 4', JSON.stringify(mark))
    expect(audit.fault(head)).not.toBeNull()
  })

  it('shows a change behind the cut, and a changed mark', () => {
    const head = audit.head()
    cutAfter(3)
    database.run(`UPDATE audit SET entry = replace(entry, '"entries":3', '"entries":2') WHERE seq = 3`)
    expect(audit.fault(head)).not.toBeNull()
    database.run(`UPDATE audit SET entry = replace(entry, '"entries":2', '"entries":3') WHERE seq = 3`)
    expect(audit.fault(head)).toBeNull()
    database.run(`UPDATE audit SET entry = replace(entry, 'day-7', 'day-6') WHERE seq = 8`)
    expect(audit.fault(head)).toMatch(/Entry 8 was changed/u)
  })
})
