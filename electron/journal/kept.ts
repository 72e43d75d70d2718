import { z } from 'zod'
import type { Seal } from '../vault/seal.ts'
import type { AuditTrail } from './audit.ts'
import type { Database, Row } from './database.ts'

/**
 * Sealed rows that a capability keeps beside the deliveries, such as the invites to exams: one table, told apart by
 * kind. Kind, id and the time of the last change are plain and bound to the sealed part.
 */
export type KeptRows = {
  /** Writes one row, new or again, and says so in the audit, in one transaction. `value` must be JSON. */
  put(id: string, value: unknown, audit: Readonly<Record<string, unknown>> & { readonly what: string }): void
  /** In the order in which they were first written, each as `read` makes it of its JSON. */
  all<T>(read: (json: string) => T): T[]
}

export type KeptParts = {
  readonly database: Database
  readonly seal: Seal
  readonly audit: AuditTrail
  readonly now: () => number
}

export function createKeptRows({ database, seal, audit, now }: KeptParts, kind: string): KeptRows {
  return {
    put: (id, value, said) =>
      database.transaction(() => {
        const updatedAt = now()
        const sealed = seal.seal(
          Buffer.from(JSON.stringify(value)),
          context({ kind, id, updated_at: updatedAt }),
        )
        database.run(
          `INSERT INTO kept (kind, id, updated_at, sealed) VALUES (?, ?, ?, ?)
           ON CONFLICT (kind, id) DO UPDATE SET updated_at = excluded.updated_at, sealed = excluded.sealed`,
          kind,
          id,
          updatedAt,
          sealed,
        )
        audit.append({ at: new Date(updatedAt).toISOString(), kept: `${kind}/${id}`, ...said })
      }),
    all: (read) =>
      hasTable(database)
        ? database
            .all('SELECT * FROM kept WHERE kind = ? ORDER BY rowid', kind)
            .map((row) => read(new TextDecoder().decode(opened(seal, row))))
        : [],
  }
}

const known = z.looseObject({ kept: z.string() })

/** Every kept row must open, and every one that the audit knows must still be there. */
export function keptFault({ database, seal, audit }: Omit<KeptParts, 'now'>): string | null {
  const present = new Set<string>()
  for (const row of hasTable(database) ? database.all('SELECT * FROM kept') : []) {
    const name = `${String(row['kind'])}/${String(row['id'])}`
    try {
      opened(seal, row)
    } catch {
      return `A kept row was changed (${name}).`
    }
    present.add(name)
  }
  const entries = audit.entries().flatMap(({ seq, entry }) => {
    const read = known.safeParse(entry)
    return read.success ? [{ seq, ...read.data }] : []
  })
  const missing = entries.find(({ kept }) => !present.has(kept))
  return missing === undefined
    ? null
    : `The kept row ${missing.kept}, known to entry ${missing.seq}, is missing.`
}

/** A journal of an earlier version that was opened to read has none yet. */
function hasTable(database: Database): boolean {
  return database.get(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'kept'`) !== undefined
}

function opened(seal: Seal, row: Row): Uint8Array {
  const sealed = row['sealed']
  return seal.open(sealed instanceof Uint8Array ? sealed : new Uint8Array(), context(row))
}

function context(row: Row): string {
  return ['kept', row['kind'], row['id'], row['updated_at']].join('|')
}
