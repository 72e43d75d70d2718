import type { AuditEntry, AuditTrail } from './audit.ts'
import { structureFault, type Database, type Row } from './database.ts'
import { createKeptRows, keptFault, type KeptRows } from './kept.ts'
import type { DeliveryRecord, DocumentRecord, RequestRecord } from './records.ts'
import { isEnded, type StateName } from '../../shared/delivery.ts'
import type { Seal } from '../vault/seal.ts'

/**
 * The durable truth about every delivery (design.md 4). Rows are sealed; the few plain columns serve look-ups, and
 * are bound to the sealed part so that a change of either is found.
 */
export type Journal = {
  /** A new delivery gets the next number of arrival. */
  add(record: Omit<DeliveryRecord, 'seq'>, audit: AuditEntry): DeliveryRecord
  /** Re-reads the row, lets `change` make the next one, writes it with its audit entries in one transaction. */
  update(id: string, change: (present: DeliveryRecord) => Change): DeliveryRecord
  get(id: string): DeliveryRecord | null
  idsIn(state: StateName): string[]
  /** In order of arrival. */
  inStates(states: readonly StateName[]): DeliveryRecord[]
  all(): DeliveryRecord[]
  byPath(path: string): DeliveryRecord[]
  byContent(sha256: string): DeliveryRecord[]
  saveDocument(id: string, document: DocumentRecord): void
  document(id: string): DocumentRecord | null
  request(deliveryId: string, step: string): RequestRecord | null
  saveRequest(request: RequestRecord, audit: AuditEntry | null): void
  /** Removes texts, bodies and names of a delivery that ended long ago; its row and its audit remain. */
  forget(id: string): void
  /** Rows of another capability, told apart by `kind`. */
  kept(kind: string): KeptRows
  transaction<T>(work: () => T): T
  audit: AuditTrail
  /** A person's words for an audit entry: they may name a patient, so only this profile's key opens them. */
  sealWords(text: string): string
  openWords(sealed: string): string
  /** null when everything is whole; else one sentence. */
  fault(keptHead: { seq: number; mac: string } | null): string | null
  close(): void
}

export type Change = { readonly next: DeliveryRecord; readonly audit: readonly AuditEntry[] }

export type JournalParts = {
  readonly database: Database
  readonly seal: Seal
  readonly audit: AuditTrail
  readonly now: () => number
}

export function createJournal({ database, seal, audit, now }: JournalParts): Journal {
  const decode = new TextDecoder()

  function opened(row: Row, boundTo: string): string {
    return decode.decode(seal.open(sealedPart(row), boundTo))
  }

  function read(row: Row): DeliveryRecord {
    const record: DeliveryRecord = JSON.parse(opened(row, context(row)))
    return record
  }

  function write(record: DeliveryRecord): void {
    const plain = {
      id: record.id,
      seq: record.seq,
      state: record.state.state,
      path_key: pathKey(record.original?.path ?? record.file),
      content_key: record.contentSha256 === null ? null : contentKey(record.contentSha256),
      updated_at: now(),
    }
    database.run(
      `INSERT INTO deliveries (id, seq, state, path_key, content_key, updated_at, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, path_key = excluded.path_key,
         content_key = excluded.content_key, updated_at = excluded.updated_at, sealed = excluded.sealed`,
      plain.id,
      plain.seq,
      plain.state,
      plain.path_key,
      plain.content_key,
      plain.updated_at,
      seal.seal(Buffer.from(JSON.stringify(record)), context(plain)),
    )
  }

  const pathKey = (path: string): string => seal.keyedHash('path', path)
  const contentKey = (sha256: string): string => seal.keyedHash('content', sha256)

  function get(id: string): DeliveryRecord | null {
    const row = database.get('SELECT * FROM deliveries WHERE id = ?', id)
    return row === undefined ? null : read(row)
  }

  return {
    audit,
    get,
    add: (record, entry) =>
      database.transaction(() => {
        const last = Number(database.get('SELECT max(seq) AS last FROM deliveries')?.['last'] ?? 0)
        const added = { ...record, seq: last + 1 }
        write(added)
        audit.append(entry)
        return added
      }),
    update: (id, change) =>
      database.transaction(() => {
        const present = get(id)
        if (present === null) throw new Error('There is no such delivery in the journal.')
        const { next, audit: entries } = change(present)
        if (next !== present) write(next)
        for (const entry of entries) audit.append(entry)
        return next
      }),
    idsIn: (state) =>
      database
        .all('SELECT id FROM deliveries WHERE state = ? ORDER BY seq', state)
        .map((row) => String(row['id'])),
    inStates: (states) =>
      database
        .all(
          `SELECT * FROM deliveries WHERE state IN (${states.map(() => '?').join(', ')}) ORDER BY seq`,
          ...states,
        )
        .map(read),
    all: () => database.all('SELECT * FROM deliveries ORDER BY seq').map(read),
    byPath: (path) =>
      database.all('SELECT * FROM deliveries WHERE path_key = ? ORDER BY seq', pathKey(path)).map(read),
    byContent: (sha256) =>
      database
        .all('SELECT * FROM deliveries WHERE content_key = ? ORDER BY seq', contentKey(sha256))
        .map(read),
    saveDocument(id, document) {
      database.run(
        `INSERT INTO documents (delivery_id, sealed) VALUES (?, ?)
         ON CONFLICT (delivery_id) DO UPDATE SET sealed = excluded.sealed`,
        id,
        seal.seal(Buffer.from(JSON.stringify(document)), `documents|${id}`),
      )
    },
    document(id) {
      const row = database.get('SELECT sealed FROM documents WHERE delivery_id = ?', id)
      if (row === undefined) return null
      const kept: DocumentRecord = JSON.parse(opened(row, `documents|${id}`))
      return kept
    },
    request(deliveryId, step) {
      const row = database.get(
        'SELECT sealed FROM requests WHERE delivery_id = ? AND step = ?',
        deliveryId,
        step,
      )
      if (row === undefined) return null
      const stored: Omit<RequestRecord, 'body'> & { body: string } = JSON.parse(
        opened(row, `requests|${deliveryId}|${step}`),
      )
      return { ...stored, body: Buffer.from(stored.body, 'base64') }
    },
    saveRequest: (request, entry) =>
      database.transaction(() => {
        const text = JSON.stringify({ ...request, body: Buffer.from(request.body).toString('base64') })
        database.run(
          `INSERT INTO requests (delivery_id, step, sealed) VALUES (?, ?, ?)
           ON CONFLICT (delivery_id, step) DO UPDATE SET sealed = excluded.sealed`,
          request.deliveryId,
          request.step,
          seal.seal(Buffer.from(text), `requests|${request.deliveryId}|${request.step}`),
        )
        if (entry !== null) audit.append(entry)
      }),
    forget: (id) =>
      database.transaction(() => {
        database.run('DELETE FROM documents WHERE delivery_id = ?', id)
        database.run('DELETE FROM requests WHERE delivery_id = ?', id)
        const record = get(id)
        if (record === null || !isEnded(record.state)) return
        write({
          ...record,
          plan: planWithoutPatient(record.plan),
          person: record.person === null ? null : { ...record.person, text: null },
        })
        audit.append({ at: new Date(now()).toISOString(), what: 'forgotten', id })
      }),
    kept: (kind) => createKeptRows({ database, seal, audit, now }, kind),
    transaction: (work) => database.transaction(work),
    sealWords: (text) => Buffer.from(seal.seal(Buffer.from(text), 'words')).toString('base64'),
    openWords: (sealed) => decode.decode(seal.open(Buffer.from(sealed, 'base64'), 'words')),
    fault(keptHead) {
      const structure = structureFault(database)
      if (structure !== null) return 'The journal file itself is damaged.'
      const broken = audit.fault(keptHead)
      if (broken !== null) return broken
      return rowFault(database, seal, audit) ?? keptFault({ database, seal, audit })
    },
    close: () => database.close(),
  }
}

/** Every sealed row must open, and every delivery and request that the audit knows must still be there. */
function rowFault(database: Database, seal: Seal, audit: AuditTrail): string | null {
  const tables: [string, (row: Row) => string][] = [
    ['deliveries', context],
    ['documents', (row) => `documents|${String(row['delivery_id'])}`],
    ['requests', (row) => `requests|${String(row['delivery_id'])}|${String(row['step'])}`],
  ]
  const present = new Set<string>()
  for (const [table, contextOf] of tables) {
    for (const row of database.all(`SELECT * FROM ${table}`)) {
      const id = String(row['id'] ?? row['delivery_id'])
      try {
        seal.open(sealedPart(row), contextOf(row))
      } catch {
        return `A row of ${table} was changed (delivery ${id}).`
      }
      present.add(table === 'deliveries' ? id : `${table} ${id} ${String(row['step'] ?? '')}`)
    }
  }
  const entries = audit.entries()
  const forgotten = new Set(
    entries.filter(({ entry }) => entry.what === 'forgotten').map(({ entry }) => entry.id),
  )
  for (const { seq, entry } of entries) {
    if (entry.id === undefined) continue
    if (!present.has(entry.id)) return `Delivery ${entry.id}, known to entry ${seq}, is missing.`
    if (forgotten.has(entry.id)) continue
    const step = entry['step']
    if (typeof step === 'string' && !present.has(`requests ${entry.id} ${step}`)) {
      return `The request "${step}" of delivery ${entry.id}, known to entry ${seq}, is missing.`
    }
    if (entry.what === 'recognised' && !present.has(`documents ${entry.id} `)) {
      return `The document of delivery ${entry.id}, known to entry ${seq}, is missing.`
    }
  }
  return null
}

/** Of a report, where it went and as what; of anything else, nothing. */
function planWithoutPatient(plan: DeliveryRecord['plan']): DeliveryRecord['plan'] {
  if (plan?.kind !== 'report') return null
  const { shownPatient: _, ...kept } = plan
  return { ...kept, reportText: '' }
}

/** The plain columns of a delivery, to which its sealed part is bound. */
function context(row: Row): string {
  return [
    'deliveries',
    row['id'],
    row['seq'],
    row['state'],
    row['path_key'],
    row['content_key'],
    row['updated_at'],
  ].join('|')
}

function sealedPart(row: Row): Uint8Array {
  const sealed = row['sealed']
  return sealed instanceof Uint8Array ? sealed : new Uint8Array()
}
