import type { DeliveryItem } from '../../shared/ipc.ts'

/** The strips above the list of files. */
export const filters = ['all', 'active', 'needs-you', 'delivered', 'ended'] as const
export type Filter = (typeof filters)[number]

/** Which strip a state belongs to, beside `all`. */
export function filterOf(state: DeliveryItem['state']): Exclude<Filter, 'all'> {
  switch (state) {
    case 'settling':
    case 'spooled':
    case 'queued':
    case 'sending':
    case 'waiting':
      return 'active'
    case 'held':
      return 'needs-you'
    case 'delivered':
      return 'delivered'
    case 'duplicate':
    case 'discarded':
    case 'withdrawn':
      return 'ended'
  }
}

/** Newest first; `search` looks in file name and appointment id, without regard to case. */
export function filterDeliveries(
  items: readonly DeliveryItem[],
  filter: Filter,
  search: string,
): readonly DeliveryItem[] {
  const wanted = search.trim().toLowerCase()
  return items
    .filter((item) => filter === 'all' || filterOf(item.state) === filter)
    .filter((item) => `${item.file}\n${item.appointmentId ?? ''}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => (a.seenAt === b.seenAt ? 0 : a.seenAt < b.seenAt ? 1 : -1))
}

/** Whether the person may try it again at once (interfaces.md 6). */
export function canRetry(item: Pick<DeliveryItem, 'state' | 'reason'>): boolean {
  return (
    item.state === 'waiting' ||
    (item.state === 'held' && (item.reason === 'gone' || item.reason === 'rejected'))
  )
}

/**
 * Whether the person may decide not to send it: anything that is safe with us and not on the wire. What may already
 * have arrived is settled instead, so that the answer is known before it is put away.
 */
export function canDiscard(item: Pick<DeliveryItem, 'state' | 'reason'>): boolean {
  switch (item.state) {
    case 'held':
      return item.reason !== 'outcome-unknown'
    case 'spooled':
    case 'queued':
    case 'waiting':
      return true
    case 'settling':
    case 'sending':
    case 'delivered':
    case 'duplicate':
    case 'discarded':
    case 'withdrawn':
      return false
  }
}
