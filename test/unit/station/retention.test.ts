import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AuditTrail } from '../../../electron/journal/audit.ts'
import type { Journal } from '../../../electron/journal/journal.ts'
import { createSpool } from '../../../electron/intake/spool.ts'
import { applyRetention } from '../../../electron/station/retention.ts'
import { createSeal } from '../../../electron/vault/seal.ts'
import { aRecord } from '../../support/station/records.ts'
import { openTemporaryJournal } from '../../support/station/temporary-journal.ts'

const DAY_MS = 86_400_000
const startMs = Date.UTC(2026, 0, 1)
const at = (day: number) => new Date(startMs + day * DAY_MS).toISOString()

let folder: string
let journal: Journal
let audit: AuditTrail
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radpost-retention-'))
  ;({ journal, audit } = openTemporaryJournal(folder))
})
afterEach(() => {
  journal.close()
  rmSync(folder, { recursive: true, force: true })
})

async function retain(day: number, auditDays: number): Promise<readonly string[]> {
  await applyRetention({
    journal,
    spool: createSpool(join(folder, 'spool'), createSeal(new Uint8Array(32))),
    root: folder,
    spoolDays: 7,
    auditDays,
    deleteSentAfterDays: null,
    now: () => startMs + day * DAY_MS,
  })
  expect(journal.fault(audit.head())).toBeNull()
  return audit.entries().map(({ entry }) => entry.what)
}

it('cuts entries off the audit when they are older than the site says, and the rest stays whole', async () => {
  for (let day = 0; day < 5; day += 1) audit.append({ at: at(day), what: `day-${day}` })
  expect(await retain(10, 20)).toEqual(['day-0', 'day-1', 'day-2', 'day-3', 'day-4'])
  expect(await retain(12, 10)).toEqual(['audit-cut', 'day-2', 'day-3', 'day-4'])
})

it('cuts nothing of what is still open, nor anything after it', async () => {
  const { seq: _, ...record } = aRecord()
  audit.append({ at: at(0), what: 'day-0' })
  const open = { ...record, state: { state: 'queued' } } as const
  journal.add(open, { at: at(1), what: 'seen', id: record.id })
  audit.append({ at: at(2), what: 'day-2' })
  expect(await retain(100, 10)).toEqual(['audit-cut', 'seen', 'day-2'])
  journal.update(record.id, (present) => ({
    next: { ...present, state: { state: 'discarded', by: 'Dr Ada', reason: 'x' } },
    audit: [],
  }))
  expect(await retain(100, 10)).toEqual(['audit-cut'])
})
