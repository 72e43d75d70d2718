import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Database } from './database.ts'

/**
 * The audit trail: append-only, each entry chained to the one before by HMAC-SHA-256 with a key that lives in the
 * keychain (design.md 4, interfaces.md 8). No patient data: appointment ids, keyed hashes, codes.
 */

export const auditEntry = z.looseObject({
  at: z.string(),
  /** What happened: `seen`, `decided`, `attempt`, `answer`, `delivered`, `held`, `resolved`, … */
  what: z.string(),
  /** Delivery id, where it is about one. */
  id: z.string().optional(),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** The last entry's number and MAC: kept outside the journal, so that a cut tail shows. */
export type AuditHead = { readonly seq: number; readonly mac: string }

const startOfChain = 'radpost audit'

function chain(key: Uint8Array, previousMac: string, seq: number, entry: string): string {
  return createHmac('sha256', key).update(`${previousMac}\n${seq}\n${entry}`).digest('hex')
}

export type AuditTrail = {
  append(entry: AuditEntry): void
  head(): AuditHead
  entries(id?: string): { seq: number; entry: AuditEntry }[]
  /** null when whole; else one sentence that says where it breaks. `keptHead` is the copy from the keychain. */
  fault(keptHead: AuditHead | null): string | null
}

/** The trail of one journal. `append` belongs inside the transaction of the change that it records. */
export function createAuditTrail(database: Database, key: Uint8Array): AuditTrail {
  function head(): AuditHead {
    const row = database.get('SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1')
    return row === undefined
      ? { seq: 0, mac: startOfChain }
      : { seq: Number(row['seq']), mac: String(row['mac']) }
  }

  return {
    head,
    append(entry) {
      const last = head()
      const seq = last.seq + 1
      const text = JSON.stringify(entry)
      database.run(
        'INSERT INTO audit (seq, entry, mac) VALUES (?, ?, ?)',
        seq,
        text,
        chain(key, last.mac, seq, text),
      )
    },
    entries(id) {
      return database
        .all('SELECT seq, entry FROM audit ORDER BY seq')
        .map((row) => ({
          seq: Number(row['seq']),
          entry: auditEntry.parse(JSON.parse(String(row['entry']))),
        }))
        .filter(({ entry }) => id === undefined || entry.id === id)
    },
    fault(keptHead) {
      let previous: AuditHead = { seq: 0, mac: startOfChain }
      let keptHeadSeen = keptHead === null || (keptHead.seq === 0 && keptHead.mac === startOfChain)
      for (const row of database.all('SELECT seq, entry, mac FROM audit ORDER BY seq')) {
        const seq = Number(row['seq'])
        if (seq !== previous.seq + 1) return `Entry ${previous.seq + 1} is missing.`
        const mac = chain(key, previous.mac, seq, String(row['entry']))
        if (!equalText(mac, String(row['mac']))) return `Entry ${seq} was changed.`
        if (keptHead !== null && keptHead.seq === seq) {
          if (!equalText(keptHead.mac, mac))
            return `Entry ${seq} is not the one that was recorded as the last.`
          keptHeadSeen = true
        }
        previous = { seq, mac }
      }
      if (!keptHeadSeen && keptHead !== null) {
        return `The trail ends at entry ${previous.seq}, but entry ${keptHead.seq} had been written: its end was cut off.`
      }
      if (keptHead === null && previous.seq > 0) {
        return 'The record of the last entry is missing from the keychain, so a cut-off end cannot be excluded.'
      }
      return null
    },
  }
}

function equalText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
