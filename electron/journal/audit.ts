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

/** What stands in the place of entries that were cut: it keeps the number and the MAC of the last of them. */
const CUT = 'audit-cut'
const cutEntry = z.object({ at: z.string(), what: z.literal(CUT), entries: z.int(), proof: z.string() })

/** Another use of the key than {@link chain}: an entry's own MAC never proves a cut. */
function proveCut(key: Uint8Array, seq: number, mac: string, at: string, entries: number): string {
  return createHmac('sha256', key).update(`${CUT}\n${seq}\n${mac}\n${at}\n${entries}`).digest('hex')
}

function isProvedCut(key: Uint8Array, seq: number, mac: string, text: string): boolean {
  const read = cutEntry.safeParse(parseJson(text))
  return read.success && equalText(read.data.proof, proveCut(key, seq, mac, read.data.at, read.data.entries))
}

function chain(key: Uint8Array, previousMac: string, seq: number, entry: string): string {
  return createHmac('sha256', key).update(`${previousMac}\n${seq}\n${entry}`).digest('hex')
}

export type AuditTrail = {
  append(entry: AuditEntry): void
  head(): AuditHead
  entries(id?: string): { seq: number; entry: AuditEntry }[]
  /**
   * Takes away the oldest entries as long as `isOver` says so; gives how many. One entry stays in their place, which
   * proves with the audit key that this program cut there, and on which the rest is still chained.
   */
  cut(isOver: (entry: AuditEntry) => boolean, at: string): number
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

  /** The entries from the first one on that are over, a former cut among them; what is not, is not read. */
  function oldest(isOver: (entry: AuditEntry) => boolean): { seq: number; mac: string; isCut: boolean }[] {
    const overs: { seq: number; mac: string; isCut: boolean }[] = []
    for (;;) {
      const rows = database.all(
        'SELECT seq, entry, mac FROM audit WHERE seq > ? ORDER BY seq LIMIT 500',
        overs.at(-1)?.seq ?? 0,
      )
      for (const row of rows) {
        const entry = auditEntry.parse(JSON.parse(String(row['entry'])))
        const isCut = entry.what === CUT
        if (!isCut && !isOver(entry)) return overs
        overs.push({ seq: Number(row['seq']), mac: String(row['mac']), isCut })
      }
      if (rows.length === 0) return overs
    }
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
    cut: (isOver, at) =>
      database.transaction(() => {
        const overs = oldest(isOver)
        const last = overs.at(-1)
        const cutCount = overs.filter(({ isCut }) => !isCut).length
        if (last === undefined || cutCount === 0) return 0
        const entries = last.seq
        const proof = proveCut(key, last.seq, last.mac, at, entries)
        database.run('DELETE FROM audit WHERE seq < ?', last.seq)
        database.run(
          'UPDATE audit SET entry = ? WHERE seq = ?',
          JSON.stringify({ at, what: CUT, entries, proof }),
          last.seq,
        )
        return cutCount
      }),
    fault(keptHead) {
      let previous: AuditHead = { seq: 0, mac: startOfChain }
      let keptHeadSeen = keptHead === null || (keptHead.seq === 0 && keptHead.mac === startOfChain)
      for (const row of database.all('SELECT seq, entry, mac FROM audit ORDER BY seq')) {
        const seq = Number(row['seq'])
        const isCut = previous.seq === 0 && isProvedCut(key, seq, String(row['mac']), String(row['entry']))
        if (!isCut && seq !== previous.seq + 1) return `Entry ${previous.seq + 1} is missing.`
        // A head from before the cut was kept, and what followed it is proved to have been cut by us.
        if (isCut && keptHead !== null && keptHead.seq < seq) keptHeadSeen = true
        const mac = isCut ? String(row['mac']) : chain(key, previous.mac, seq, String(row['entry']))
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function equalText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
