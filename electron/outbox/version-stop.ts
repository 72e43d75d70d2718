import type { ReportPlan } from '../../shared/delivery.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord, RequestRecord } from '../journal/records.ts'
import { versionAmongDelivered } from './delivered-versions.ts'
import { versionHeld } from './plan.ts'
import type { Happening } from './transition.ts'

/**
 * What the reports that were delivered by now say against sending a planned one (interfaces.md 5); null: nothing does,
 * or a person has released it. Asked right before every sending, because others of the same appointment may have
 * arrived since it was planned.
 */
export function versionStop(
  journal: Pick<Journal, 'inStates' | 'request'>,
  record: DeliveryRecord,
  plan: ReportPlan,
): Happening | null {
  // What the server may have taken is asked for again under its key, whatever came after it.
  if (mayBeThere(journal.request(record.id, 'report'))) return null
  const version = versionAmongDelivered(journal, record.id, plan)
  if (version.kind === 'send' || version.kind === plan.releases) return null
  if (version.kind === 'duplicate') return { type: 'duplicate', of: version.of.deliveryId }
  // A dropped report is planned anew; one that a person wrote has no document to plan it from.
  return record.kind === 'composed' ? versionHeld(version.kind) : { type: 'reconsidered' }
}

function mayBeThere(request: RequestRecord | null): boolean {
  if (request === null) return false
  return request.taken !== null || request.maybeTakenSinceMs !== null || request.inFlightSinceMs !== null
}
