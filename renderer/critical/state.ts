import type { DeliveryItem } from '../../shared/ipc.ts'

/** Where the critical result of a report stands: the last entry counts. Null: it is not, or no longer, marked. */
export function criticalState(item: Pick<DeliveryItem, 'critical'>): 'open' | 'told' | null {
  const last = item.critical?.at(-1)
  if (last === undefined || last.isWithdrawn) return null
  return last.told === null ? 'open' : 'told'
}

/** Only a report can be critical, once its study is known. */
export function canBeCritical(item: Pick<DeliveryItem, 'kind' | 'state' | 'status' | 'critical'>): boolean {
  if ((item.critical ?? []).length > 0) return true
  const isReport = item.kind !== 'comment' && item.status !== null
  return isReport && item.state !== 'discarded' && item.state !== 'withdrawn'
}
