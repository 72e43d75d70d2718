import { join } from 'node:path'
import { createAuditTrail, type AuditTrail } from '../../../electron/journal/audit.ts'
import { openDatabase, type Database } from '../../../electron/journal/database.ts'
import { createJournal, type Journal } from '../../../electron/journal/journal.ts'
import { createSeal } from '../../../electron/vault/seal.ts'

/** A real journal in a folder of the test, under keys that mean nothing. Close it before the folder is removed. */
export function openTemporaryJournal(folder: string): {
  readonly database: Database
  readonly audit: AuditTrail
  readonly journal: Journal
} {
  const database = openDatabase(join(folder, 'journal.sqlite'), 'write')
  const audit = createAuditTrail(database, new Uint8Array(32).fill(7))
  const seal = createSeal(new Uint8Array(32).fill(3))
  return { database, audit, journal: createJournal({ database, seal, audit, now: () => 1 }) }
}
