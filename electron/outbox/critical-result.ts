import type { CriticalEntry, CriticalTold } from '../../shared/delivery.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { ActionRefused, type ActionParts } from './person-actions.ts'

/** A named person's word on a critical result; `told` null: nobody has been told yet. */
export type CriticalWord = {
  readonly by: string
  /** What was found, or why an entry before is corrected. */
  readonly reason: string
  readonly told: (Omit<CriticalTold, 'atUtc'> & { readonly atMs: number }) | null
  /** The mark was a mistake. */
  readonly isWithdrawn: boolean
}

/**
 * Marks a report as critical, or adds to its mark (safety-and-standards.md 3 ST-5: an upload is no notification). Nothing
 * is ever changed: a correction is one more entry, and the last one counts. With its audit entry, in one transaction.
 * @throws ActionRefused where it is no report, the telling lies in the future, or there is no mark to withdraw
 */
export function markCritical(parts: ActionParts, id: string, word: CriticalWord): DeliveryRecord {
  const marked = parts.journal.get(id)
  if (marked === null)
    throw new ActionRefused('There is no delivery with this id. "radpost deliveries" lists them.')
  if (marked.plan?.kind !== 'report') {
    throw new ActionRefused('Only a report whose study is known can be marked as critical.')
  }
  if (word.isWithdrawn && !isMarked(marked.critical)) {
    throw new ActionRefused('This report is not marked as critical; there is nothing to withdraw.')
  }
  if (word.told !== null && word.told.atMs > parts.now()) {
    throw new ActionRefused('The time at which the person was told lies in the future; give the right one.')
  }
  const atUtc = new Date(parts.now()).toISOString()
  const told = toldOf(word.told)
  const { by, reason, isWithdrawn } = word
  const entry: CriticalEntry = { by, reason, atUtc, told: isWithdrawn ? null : told, isWithdrawn }
  return parts.journal.update(id, (present) => ({
    next: { ...present, critical: [...(present.critical ?? []), entry] },
    audit: [
      {
        at: atUtc,
        what: 'critical-result',
        id,
        by,
        sealedReason: parts.journal.sealWords(reason),
        isWithdrawn,
        ...(entry.told === null
          ? { told: null }
          : {
              told: { atUtc: entry.told.atUtc, how: entry.told.how, readBack: entry.told.readBack },
              sealedWhom: parts.journal.sealWords(entry.told.whom),
            }),
      },
    ],
  }))
}

function toldOf(told: CriticalWord['told']): CriticalTold | null {
  if (told === null) return null
  const { whom, atMs, how, readBack } = told
  return { whom, atUtc: new Date(atMs).toISOString(), how, readBack }
}

function isMarked(entries: readonly CriticalEntry[] | undefined): boolean {
  const last = entries?.at(-1)
  return last !== undefined && !last.isWithdrawn
}
