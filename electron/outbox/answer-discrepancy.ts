import type { Discrepancy, DiscrepancyChannel } from '../../shared/delivery.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { ActionRefused, type ActionParts } from './person-actions.ts'

/** Who was told of a clinically significant difference, when and how. */
export type Told = {
  readonly whom: string
  readonly atMs: number
  readonly how: DiscrepancyChannel
}

/** A named person's answer; `told` null: the difference is not clinically significant. */
export type DiscrepancyAnswer = {
  readonly by: string
  readonly reason: string
  readonly told: Told | null
}

/**
 * Writes down the answer to the question that a final different from its preliminary raised (safety-and-standards.md 3
 * ST-4), with its audit entry, in one transaction. A later answer replaces the former one; the audit keeps both.
 * @throws ActionRefused where nothing was asked, or the telling lies in the future
 */
export function answerDiscrepancy(parts: ActionParts, id: string, answer: DiscrepancyAnswer): DeliveryRecord {
  const asked = parts.journal.get(id)
  if (asked === null)
    throw new ActionRefused('There is no delivery with this id. "radpost deliveries" lists them.')
  if (asked.discrepancy === undefined) {
    throw new ActionRefused(
      'Nothing was asked about this delivery: it is no final report that differs from a preliminary one delivered before it.',
    )
  }
  if (answer.told !== null && answer.told.atMs > parts.now()) {
    throw new ActionRefused('The time at which the person was told lies in the future; give the right one.')
  }
  const atUtc = new Date(parts.now()).toISOString()
  const discrepancy: Discrepancy = {
    state: 'answered',
    preliminary: asked.discrepancy.preliminary,
    significant: answer.told !== null,
    by: answer.by,
    reason: answer.reason,
    atUtc,
    told:
      answer.told === null
        ? null
        : {
            whom: answer.told.whom,
            atUtc: new Date(answer.told.atMs).toISOString(),
            how: answer.told.how,
          },
  }
  // The reason is free text that may speak of the patient: it stays in the sealed row.
  const { reason: _, state: __, ...kept } = discrepancy
  return parts.journal.update(id, (present) => ({
    next: { ...present, discrepancy },
    audit: [{ ...kept, at: atUtc, what: 'discrepancy-answered', id }],
  }))
}
