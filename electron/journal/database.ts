import { DatabaseSync } from 'node:sqlite'
import { chmodSync } from 'node:fs'

/**
 * The only file that touches node:sqlite. WAL with synchronous=FULL: a committed transition survives a power cut
 * (design.md 4); secure_delete overwrites what is deleted, because rows are about patients.
 */

export type Row = Record<string, null | number | bigint | string | Uint8Array>
export type Parameter = null | number | string | Uint8Array

export type Database = {
  run(sql: string, ...parameters: Parameter[]): void
  get(sql: string, ...parameters: Parameter[]): Row | undefined
  all(sql: string, ...parameters: Parameter[]): Row[]
  /** All or nothing; nested calls join the outer transaction. */
  transaction<T>(work: () => T): T
  close(): void
}

/** Each entry brings a database one version further; user_version counts them. Never edit one that has shipped. */
const migrations: readonly string[] = [
  `CREATE TABLE deliveries (
     id TEXT PRIMARY KEY,
     seq INTEGER NOT NULL UNIQUE,
     state TEXT NOT NULL,
     path_key TEXT NOT NULL,
     content_key TEXT,
     updated_at INTEGER NOT NULL,
     sealed BLOB NOT NULL
   ) STRICT;
   CREATE INDEX deliveries_by_state ON deliveries (state);
   CREATE INDEX deliveries_by_path ON deliveries (path_key);
   CREATE INDEX deliveries_by_content ON deliveries (content_key);
   CREATE TABLE documents (
     delivery_id TEXT PRIMARY KEY,
     sealed BLOB NOT NULL
   ) STRICT;
   CREATE TABLE requests (
     delivery_id TEXT NOT NULL,
     step TEXT NOT NULL,
     sealed BLOB NOT NULL,
     PRIMARY KEY (delivery_id, step)
   ) STRICT;
   CREATE TABLE audit (
     seq INTEGER PRIMARY KEY,
     entry TEXT NOT NULL,
     mac TEXT NOT NULL
   ) STRICT;`,
  `CREATE TABLE kept (
     kind TEXT NOT NULL,
     id TEXT NOT NULL,
     updated_at INTEGER NOT NULL,
     sealed BLOB NOT NULL,
     PRIMARY KEY (kind, id)
   ) STRICT;`,
]

/** The journal was written by a newer Radpost; opening it could lose what only that version understands. */
export class JournalTooNew extends Error {}
/** SQLite says that the file is not a sound database. */
export class JournalDamaged extends Error {}

/**
 * Opens (and, when writing, creates or migrates) a journal.
 * @throws JournalTooNew, JournalDamaged
 */
export function openDatabase(path: string, mode: 'write' | 'read'): Database {
  let sqlite: DatabaseSync
  try {
    sqlite = new DatabaseSync(path, { readOnly: mode === 'read', timeout: 5_000 })
    const version = Number(sqlite.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
    if (version > migrations.length) {
      sqlite.close()
      throw new JournalTooNew('The journal was written by a newer version of Radpost. Install that version.')
    }
    if (mode === 'write') {
      chmodSync(path, 0o600)
      sqlite.exec(
        'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=ON; PRAGMA secure_delete=ON',
      )
      for (const [index, migration] of migrations.entries()) {
        if (index >= version) sqlite.exec(`BEGIN; ${migration}; PRAGMA user_version=${index + 1}; COMMIT`)
      }
    }
  } catch (error) {
    if (isDamage(error)) throw new JournalDamaged('The journal is damaged and cannot be read.')
    throw error
  }

  let depth = 0
  return {
    run(sql, ...parameters) {
      sqlite.prepare(sql).run(...parameters)
    },
    get(sql, ...parameters) {
      return sqlite.prepare(sql).get(...parameters)
    },
    all(sql, ...parameters) {
      return sqlite.prepare(sql).all(...parameters)
    },
    transaction(work) {
      if (depth > 0) return work()
      sqlite.exec('BEGIN IMMEDIATE')
      depth += 1
      try {
        const result = work()
        sqlite.exec('COMMIT')
        return result
      } catch (error) {
        sqlite.exec('ROLLBACK')
        throw error
      } finally {
        depth -= 1
      }
    },
    close() {
      sqlite.close()
    },
  }
}

/** True for SQLite's own words on a file that is corrupt or no database at all. */
export function isDamage(error: unknown): boolean {
  const { errcode, message } = (error ?? {}) as { errcode?: number; message?: string }
  if (errcode === undefined) return false
  // SQLITE_CORRUPT 11 and SQLITE_NOTADB 26, with their extended forms in the low byte. A broken schema page shows
  // as a plain SQLITE_ERROR, which only its text tells from others.
  return [11, 26].includes(errcode & 0xff) || /malformed|no such table/u.test(message ?? '')
}

/** True where the disk is full or refuses to be written: the work waits, nothing is lost. */
export function isStorageFull(error: unknown): boolean {
  const { errcode, code } = (error ?? {}) as { errcode?: number; code?: string }
  if (errcode !== undefined && [8, 10, 13].includes(errcode & 0xff)) return true
  return code !== undefined && ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'].includes(code)
}

/** SQLite's own check of the file's structure: null when sound, else its first complaint. */
export function structureFault(database: Database): string | null {
  const answer = String(database.get('PRAGMA integrity_check(1)')?.['integrity_check'] ?? 'no answer')
  return answer === 'ok' ? null : answer
}

/**
 * A lock that ends with its process however that ends, because the operating system gives up SQLite's file lock.
 * Returns null when another process holds it.
 */
export function takeProcessLock(path: string): { release(): void } | null {
  const sqlite = new DatabaseSync(path, { timeout: 0 })
  try {
    sqlite.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch {
    sqlite.close()
    return null
  }
  return { release: () => sqlite.close() }
}
