import type { StationStatus } from '../../../shared/ipc.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import type { PracticeList } from '../../worklist/worklist.ts'

/** Everything that the overall state is decided from. */
export type StatusFacts = {
  readonly setUp: boolean
  /** A sentence about what keeps the station from working as a whole; null when nothing does. */
  readonly problem: string | null
  readonly profileInUse: boolean
  readonly folderLost: boolean
  readonly standby: boolean
  readonly paused: boolean
  readonly secrets: StationStatus['secrets']
  readonly connections: readonly Connection[]
  readonly counts: DeliveryCounts
}

export type Connection = StationStatus['practices'][number]['connection']

export type DeliveryCounts = {
  readonly needsYou: number
  readonly inProgress: number
  readonly waiting: number
  readonly deliveredToday: number
}

/**
 * The most urgent truth, first what only a person can mend: nothing set up, no access, no folder, held reports; then
 * what a person chose or another station does; then what mends itself. `idle` means that nothing at all is open.
 */
export function overallState(facts: StatusFacts): StationStatus['overall'] {
  const { counts, connections } = facts
  if (!facts.setUp) return 'not-set-up'
  if (facts.secrets === 'unavailable' || connections.includes('signed-out')) return 'signed-out'
  if (facts.folderLost) return 'folder-unreachable'
  if (counts.needsYou > 0) return 'needs-you'
  if (facts.profileInUse || facts.standby) return 'standby'
  if (facts.paused) return 'paused'
  if (connections.includes('offline')) return 'offline'
  const open = counts.inProgress + counts.waiting > 0
  // Not yet known is not "all well" either.
  return open || facts.problem !== null || connections.includes('never') ? 'working' : 'idle'
}

export function connectionOf(list: PracticeList | undefined): Connection {
  if (list === undefined) return 'never'
  const { failure, completeAtMs } = list
  if (failure !== null) return failure.kind === 'auth' || failure.kind === 'scope' ? 'signed-out' : 'offline'
  return completeAtMs === null ? 'never' : 'connected'
}

/** @param deliveredAtMs when a delivered one was; @param sinceMs the beginning of today on this machine */
export function countDeliveries(
  records: readonly DeliveryRecord[],
  deliveredAtMs: (id: string) => number,
  sinceMs: number,
): DeliveryCounts {
  const counts = { needsYou: 0, inProgress: 0, waiting: 0, deliveredToday: 0 }
  for (const { id, kind, state, discrepancy } of records) {
    if (discrepancy?.state === 'asked') counts.needsYou += 1
    switch (state.state) {
      case 'held':
        counts.needsYou += 1
        break
      case 'settling':
      case 'spooled':
      case 'queued':
      case 'sending':
        counts.inProgress += 1
        break
      case 'waiting':
        counts.waiting += 1
        break
      case 'delivered':
        if (kind !== 'comment' && deliveredAtMs(id) >= sinceMs) counts.deliveredToday += 1
        break
      case 'duplicate':
      case 'discarded':
      case 'withdrawn':
        break
    }
  }
  return counts
}

/** Midnight on this machine's own clock. */
export function dayStartMs(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0)
}
