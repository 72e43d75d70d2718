import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../electron/journal/database.ts'
import type { Journal } from '../../../electron/journal/journal.ts'
import { openTemporaryJournal } from '../../support/station/temporary-journal.ts'

let folder: string
let database: Database
let journal: Journal

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radpost-unit-'))
  ;({ database, journal } = openTemporaryJournal(folder))
})
afterEach(() => {
  journal.close()
  rmSync(folder, { recursive: true, force: true })
})

const read = (json: string): unknown => JSON.parse(json)

describe('kept rows', () => {
  it('come back in the order in which they were first written, each kind by itself', () => {
    const rows = journal.kept('one')
    rows.put('b', { n: 1 }, { what: 'made' })
    rows.put('a', { n: 2 }, { what: 'made' })
    rows.put('b', { n: 3 }, { what: 'changed', state: 'x' })
    journal.kept('other').put('b', { n: 4 }, { what: 'made' })
    expect(rows.all(read)).toEqual([{ n: 3 }, { n: 2 }])
    expect(journal.audit.entries().map(({ entry }) => [entry.what, entry['kept'], entry['state']])).toEqual([
      ['made', 'one/b', undefined],
      ['made', 'one/a', undefined],
      ['changed', 'one/b', 'x'],
      ['made', 'other/b', undefined],
    ])
    expect(journal.fault(null)).toContain('keychain')
    expect(journal.fault(journal.audit.head())).toBeNull()
  })

  it('that were changed, moved or taken away are found', () => {
    const rows = journal.kept('one')
    rows.put('a', { n: 1 }, { what: 'made' })
    rows.put('b', { n: 2 }, { what: 'made' })
    database.run("UPDATE kept SET id = 'c' WHERE id = 'b'")
    expect(journal.fault(journal.audit.head())).toBe('A kept row was changed (one/c).')
    expect(() => rows.all(read)).toThrow('does not open')
    database.run("DELETE FROM kept WHERE id = 'c'")
    expect(journal.fault(journal.audit.head())).toBe('The kept row one/b, known to entry 2, is missing.')
  })

  it('are none in a journal of an earlier version', () => {
    database.run('DROP TABLE kept')
    expect(journal.kept('one').all(read)).toEqual([])
    expect(journal.fault(journal.audit.head())).toBeNull()
  })
})
