import type { DeliveryView } from '../../shared/delivery.ts'
import type { DeliveryRecord } from '../journal/records.ts'

/** A delivery as people see it: one line of `radpost deliveries`, one row of the window (interfaces.md 7). */
export function viewOf(record: DeliveryRecord): DeliveryView {
  const { state, plan } = record
  const candidate = state.state === 'held' ? state.candidates[0] : undefined
  return {
    id: record.id,
    file: record.file,
    state: state.state,
    reason: state.state === 'held' || state.state === 'waiting' ? state.reason : null,
    message: state.state === 'held' || state.state === 'waiting' ? state.message : null,
    domain: plan?.domain ?? candidate?.domain ?? null,
    appointmentId: plan?.appointmentId ?? candidate?.appointmentId ?? null,
    status: plan?.kind === 'report' ? plan.status : null,
    kind: record.kind,
    attempts: record.attempts,
    nextTryAt: state.state === 'waiting' ? new Date(state.nextTryAtMs).toISOString() : null,
    receipt: state.state === 'delivered' ? state.receipt : null,
    version: record.version?.number ?? null,
    follows: record.version?.follows ?? null,
    discrepancy: record.discrepancy ?? null,
    critical: record.critical ?? [],
  }
}
