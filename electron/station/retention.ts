import { rm } from 'node:fs/promises'
import { isEnded } from '../../shared/delivery.ts'
import { absolutePath, currentStamp, sameStamp } from '../intake/drop-folder.ts'
import type { Spool } from '../intake/spool.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord } from '../journal/records.ts'

/**
 * Forgets what is no longer needed (safety PHI-1): sealed copies, texts and request bodies of deliveries that ended
 * longer ago than `retention.spoolDays`; entries of the audit that are older than `retention.auditDays`; and, only where
 * the site says so, its own files in `Sent/`.
 */
export type RetentionParts = {
  readonly journal: Journal
  readonly spool: Spool
  readonly root: string
  readonly spoolDays: number
  readonly auditDays: number
  readonly deleteSentAfterDays: number | null
  readonly now: () => number
}

const DAY_MS = 86_400_000

export async function applyRetention(parts: RetentionParts): Promise<void> {
  const kept = new Set(await parts.spool.list())
  for (const record of parts.journal.all()) {
    const ageMs = parts.now() - (record.settledAtMs ?? record.seenAtMs)
    if (isEnded(record.state) && kept.has(record.id) && ageMs >= parts.spoolDays * DAY_MS) {
      await parts.spool.remove(record.id)
      parts.journal.forget(record.id)
    }
    if (parts.deleteSentAfterDays !== null && ageMs >= parts.deleteSentAfterDays * DAY_MS) {
      await deleteSent(parts, record)
    }
  }
  cutAudit(parts)
}

/** The oldest entries only, and none of a delivery that is still open: a chain has no holes. */
function cutAudit({ journal, auditDays, now }: RetentionParts): void {
  const at = new Date(now()).toISOString()
  const before = new Date(now() - auditDays * DAY_MS).toISOString()
  const isOpen = (id: string): boolean => {
    const record = journal.get(id)
    return record !== null && !isEnded(record.state)
  }
  journal.audit.cut((entry) => entry.at < before && (entry.id === undefined || !isOpen(entry.id)), at)
}

/** Deletes only the very file that was moved there: one that changed since is somebody's own. */
async function deleteSent(parts: RetentionParts, record: DeliveryRecord): Promise<void> {
  const { original } = record
  if (original?.place !== 'sent') return
  if (!sameStamp(await currentStamp(parts.root, original.path), original.stamp)) return
  await rm(absolutePath(parts.root, original.path))
  if (original.sidecarPath !== null) await rm(absolutePath(parts.root, original.sidecarPath), { force: true })
  parts.journal.update(record.id, (present) => ({
    next: { ...present, original: { ...original, place: 'gone' } },
    audit: [{ at: new Date(parts.now()).toISOString(), what: 'sent-file-deleted', id: record.id }],
  }))
}
