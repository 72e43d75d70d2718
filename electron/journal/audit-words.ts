import type { AuditEntry } from './audit.ts'
import type { Journal } from './journal.ts'

/** One entry as people get to see it: its number, then what was written. */
export type ReadEntry = AuditEntry & { readonly seq: number }

/**
 * Entries of the trail in order. People's words are sealed in it, because they may name a patient: `sealedReason` is
 * opened as `reason`, and so on; without `withWords` they are left out.
 */
export function readAudit(
  journal: Pick<Journal, 'audit' | 'openWords'>,
  { id, withWords }: { readonly id?: string | undefined; readonly withWords: boolean },
): ReadEntry[] {
  return journal.audit.entries(id).map(({ seq, entry }) => {
    const read: ReadEntry = { seq, at: entry.at, what: entry.what }
    for (const [name, value] of Object.entries(entry)) {
      const opened = /^sealed(\p{Lu})(.*)$/u.exec(name)
      if (opened === null) read[name] = value
      else if (withWords && typeof value === 'string')
        read[`${opened[1]?.toLowerCase()}${opened[2]}`] = journal.openWords(value)
    }
    return read
  })
}
