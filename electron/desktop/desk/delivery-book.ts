import type { StateName } from '../../../shared/delivery.ts'
import type { Journal } from '../../journal/journal.ts'
import type { DeliveryRecord } from '../../journal/records.ts'

/** One delivery that changed; `before` is null where it is new. */
export type DeliveryChange = { readonly before: StateName | null; readonly after: DeliveryRecord }

/**
 * The deliveries of a journal in memory, so that counting and listing costs no unsealing, and the word that they
 * changed. The journal stays the truth: a row that was touched is read anew before it is shown.
 */
export type DeliveryBook = {
  /** The same journal; whoever writes must write through this one. */
  readonly journal: Journal
  /** In order of arrival. */
  all(): readonly DeliveryRecord[]
  get(id: string): DeliveryRecord | null
  /** When it was delivered; of deliveries from before this start, when it had settled. */
  deliveredAtMs(id: string): number
  /** Resolves with the row once it fits, or as it is after so many milliseconds. */
  waitFor(
    id: string,
    fits: (record: DeliveryRecord) => boolean,
    patienceMs: number,
  ): Promise<DeliveryRecord | null>
  /** No more is told from here on; the journal may be closed. */
  close(): void
}

export type DeliveryBookParts = {
  readonly journal: Journal
  readonly now: () => number
  readonly onChange: (changes: readonly DeliveryChange[]) => void
  /** A row that cannot be read now; it is read again with the next change. */
  readonly onBug: (error: unknown) => void
}

/** Changes within this time are told together. */
const GATHER_MS = 100

export function createDeliveryBook({ journal, now, onChange, onBug }: DeliveryBookParts): DeliveryBook {
  const records = new Map(journal.all().map((record) => [record.id, record]))
  const deliveredAt = new Map<string, number>()
  const touched = new Set<string>()
  const waiting = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function touch(id: string): void {
    touched.add(id)
    timer ??= setTimeout(tell, GATHER_MS)
  }

  /** Reads what was touched; between two turns of the event loop no transaction is open. */
  function tell(): void {
    clearTimeout(timer)
    timer = undefined
    if (closed) return
    const changes: DeliveryChange[] = []
    try {
      for (const id of touched) {
        const after = journal.get(id)
        touched.delete(id)
        if (after === null) continue
        const before = records.get(id)?.state.state ?? null
        if (after.state.state === 'delivered' && before !== 'delivered') deliveredAt.set(id, now())
        records.set(id, after)
        changes.push({ before, after })
      }
    } catch (error) {
      onBug(error)
    }
    waiting.forEach((look) => look())
    if (changes.length > 0) onChange(changes)
  }

  const watched: Journal = {
    ...journal,
    add(record, audit) {
      const added = journal.add(record, audit)
      touch(added.id)
      return added
    },
    update(id, change) {
      const updated = journal.update(id, change)
      touch(id)
      return updated
    },
    forget(id) {
      journal.forget(id)
      touch(id)
    },
  }

  return {
    journal: watched,
    all() {
      if (touched.size > 0) tell()
      return [...records.values()]
    },
    get(id) {
      if (touched.has(id)) tell()
      return records.get(id) ?? null
    },
    deliveredAtMs(id) {
      const record = records.get(id)
      return deliveredAt.get(id) ?? record?.settledAtMs ?? record?.seenAtMs ?? 0
    },
    waitFor(id, fits, patienceMs) {
      return new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(limit)
          waiting.delete(look)
          resolve(records.get(id) ?? null)
        }
        const look = (): void => {
          const record = records.get(id)
          if (closed || (record !== undefined && fits(record))) end()
        }
        const limit = setTimeout(end, patienceMs)
        waiting.add(look)
        look()
      })
    },
    close() {
      if (!closed) tell()
      closed = true
      waiting.forEach((look) => look())
    },
  }
}
