import type { WaitingReason } from '../../shared/delivery.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import type { Failure, Result } from '../http/outcome.ts'
import type { Rows, UnreadableRow } from '../qubs/schemas.ts'

/**
 * The pending appointments of all practices. Only a complete pass replaces a practice's list: when a page fails, the
 * former list stays, marked with its age (api-notes D).
 */

/** One complete pass: every pending appointment, and the rows that could not be read. */
export type CompletePass = Rows<PendingAppointment>

export type PracticeList = {
  readonly domain: string
  readonly appointments: readonly PendingAppointment[]
  readonly unreadable: readonly UnreadableRow[]
  /** When the last complete pass ended; null before the first. */
  readonly completeAtMs: number | null
  /** The failure of the newest pass; null when it was complete. */
  readonly failure: Failure | null
}

/** The view that planning works with. */
export type WorklistView = {
  readonly appointments: readonly PendingAppointment[]
  /** A practice whose list cannot be trusted to be whole now; null when all are. */
  readonly missing: {
    readonly domain: string
    readonly reason: WaitingReason
    readonly nextTryAtMs: number
  } | null
  /** IANA zone of a site, where it is known. */
  zoneOf(domain: string, siteName: string): string | null
}

export type Worklist = {
  /** Asks one practice for a complete pass. Resolves to whether its list changed. */
  refresh(domain: string): Promise<{ changed: boolean; failure: Failure | null }>
  lists(): readonly PracticeList[]
  view(nextTryAtMs: number): WorklistView
}

export function createWorklist(
  sources: ReadonlyMap<string, () => Promise<Result<CompletePass>>>,
  now: () => number,
): Worklist {
  const lists = new Map<string, PracticeList>(
    [...sources.keys()].map((domain) => [
      domain,
      { domain, appointments: [], unreadable: [], completeAtMs: null, failure: null },
    ]),
  )

  return {
    async refresh(domain) {
      const source = sources.get(domain)
      const former = lists.get(domain)
      if (source === undefined || former === undefined) throw new Error('There is no such practice.')
      const result = await source()
      if (!result.ok) {
        lists.set(domain, { ...former, failure: result.failure })
        return { changed: false, failure: result.failure }
      }
      const appointments = result.value.items.toSorted(byDeadline)
      lists.set(domain, {
        domain,
        appointments,
        unreadable: result.value.unreadable,
        completeAtMs: now(),
        failure: null,
      })
      const changed =
        former.completeAtMs === null || JSON.stringify(former.appointments) !== JSON.stringify(appointments)
      return { changed, failure: null }
    },
    lists: () => [...lists.values()],
    view(nextTryAtMs) {
      const absent = [...lists.values()].find((list) => list.completeAtMs === null || list.failure !== null)
      return {
        appointments: [...lists.values()].flatMap((list) => list.appointments),
        missing:
          absent === undefined
            ? null
            : { domain: absent.domain, reason: waitingReasonOf(absent.failure), nextTryAtMs },
        zoneOf: () => null,
      }
    },
  }
}

/** Earliest deadline first, then by id: stable whatever order the server answers in (contract 1.3 "Ordering"). */
function byDeadline(a: PendingAppointment, b: PendingAppointment): number {
  const left = a.reportNeededBy ?? '9999'
  const right = b.reportNeededBy ?? '9999'
  if (left !== right) return left < right ? -1 : 1
  return a.appointmentId < b.appointmentId ? -1 : 1
}

export function waitingReasonOf(failure: Failure | null): WaitingReason {
  switch (failure?.kind) {
    case 'auth':
    case 'scope':
      return 'auth'
    case 'throttled':
      return 'throttled'
    case 'server':
      return 'server'
    default:
      return 'network'
  }
}
