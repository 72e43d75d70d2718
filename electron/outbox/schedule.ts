import type { DeliveryRecord } from '../journal/records.ts'

/**
 * Which deliveries may be sent now (design.md 3): one at a time and strictly in order for an appointment, several
 * appointments side by side, small before large. Pure.
 */

/** Appointments served at once; the HTTP core has its own limit per host. */
export const PARALLEL_APPOINTMENTS = 4

export function appointmentOf(record: DeliveryRecord): string | null {
  return record.plan === null ? null : JSON.stringify([record.plan.domain, record.plan.appointmentId])
}

/**
 * @param open deliveries that are queued, sending or waiting with a plan
 * @param active ids that a worker has in hand
 * @returns the deliveries to begin now, at most as many as there are free places
 */
export function chooseNext(open: readonly DeliveryRecord[], active: ReadonlySet<string>): DeliveryRecord[] {
  const lines = new Map<string, DeliveryRecord[]>()
  for (const record of open) {
    const appointment = appointmentOf(record)
    if (appointment === null) continue
    lines.set(appointment, [...(lines.get(appointment) ?? []), record])
  }
  const ready: DeliveryRecord[] = []
  let busy = 0
  for (const line of lines.values()) {
    if (line.some((record) => active.has(record.id))) {
      busy += 1
      continue
    }
    const [first] = line.toSorted(inSendingOrder)
    // A first in line that waits keeps its followers waiting: a newer report must not pass an older one.
    if (first !== undefined && (first.state.state === 'queued' || first.state.state === 'sending'))
      ready.push(first)
  }
  return ready.toSorted(smallFirst).slice(0, Math.max(0, PARALLEL_APPOINTMENTS - busy))
}

/** Older reports first; of the same moment the preliminary before the final; then as they came. */
export function inSendingOrder(a: DeliveryRecord, b: DeliveryRecord): number {
  const byTime = compare(reportedAt(a), reportedAt(b))
  if (byTime !== 0) return byTime
  const byStatus = compare(rankOfStatus(a), rankOfStatus(b))
  return byStatus === 0 ? a.seq - b.seq : byStatus
}

function smallFirst(a: DeliveryRecord, b: DeliveryRecord): number {
  const bySize = (a.sizeBytes ?? 0) - (b.sizeBytes ?? 0)
  return bySize === 0 ? a.seq - b.seq : bySize
}

function reportedAt(record: DeliveryRecord): string {
  if (record.plan === null) return ''
  return record.plan.kind === 'report' ? record.plan.reportedAtUtc : record.plan.commentDateTimeUtc
}

function rankOfStatus(record: DeliveryRecord): number {
  return record.plan?.kind === 'report' && record.plan.status === 'final' ? 1 : 0
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
