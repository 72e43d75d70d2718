import type { DeliveryItem } from '../../shared/ipc.ts'
import { criticalState } from '../critical/state.ts'

/** The strips above the list of files. */
export const filters = ['all', 'active', 'needs-you', 'delivered', 'ended', 'critical'] as const
export type Filter = (typeof filters)[number]

/** Which strip a state belongs to, beside `all`; `critical` goes by the mark instead. */
export function filterOf(state: DeliveryItem['state']): Exclude<Filter, 'all' | 'critical'> {
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

function isIn(item: DeliveryItem, filter: Filter): boolean {
  if (filter === 'all') return true
  return filter === 'critical' ? criticalState(item) === 'open' : filterOf(item.state) === filter
}

/** How many there are behind each strip. */
export function countsOf(items: readonly DeliveryItem[]): Readonly<Record<Filter, number>> {
  const counts = { all: 0, active: 0, 'needs-you': 0, delivered: 0, ended: 0, critical: 0 }
  for (const item of items) for (const filter of filters) if (isIn(item, filter)) counts[filter] += 1
  return counts
}

/** How far a file has come on its way of {@link STEPS}: being written, matched, queued, on the wire, arrived. */
export function stepOf(state: DeliveryItem['state']): number | null {
  switch (state) {
    case 'settling':
      return 1
    case 'spooled':
      return 2
    case 'queued':
    case 'waiting':
      return 3
    case 'sending':
      return 4
    case 'held':
    case 'delivered':
    case 'duplicate':
    case 'discarded':
    case 'withdrawn':
      return null
  }
}
export const STEPS = 5

/** Newest first; `search` looks in file name and appointment id, without regard to case. */
export function filterDeliveries(
  items: readonly DeliveryItem[],
  filter: Filter,
  search: string,
): readonly DeliveryItem[] {
  const wanted = search.trim().toLowerCase()
  return items
    .filter((item) => isIn(item, filter))
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
