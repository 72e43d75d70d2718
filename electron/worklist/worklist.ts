import { setTimeout as delay } from 'node:timers/promises'
import type { WaitingReason } from '../../shared/delivery.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import type { Failure, Result } from '../http/outcome.ts'
import type { Rows, UnreadableRow } from '../qubs/schemas.ts'
import { byDeadline } from './deadline.ts'
import { diffWorklists, isChange, noChanges, type WorklistChanges } from './diff.ts'
import { createSiteZones, type ReadSite, type SiteZone } from './site-zones.ts'

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

export type Refreshed = {
  readonly changed: boolean
  readonly failure: Failure | null
  readonly changes: WorklistChanges
}

export type Worklist = {
  /**
   * Asks one practice for a complete pass. Resolves to whether its list changed (the first pass always counts as a
   * change), and what in it.
   */
  refresh(domain: string): Promise<Refreshed>
  lists(): readonly PracticeList[]
  /** The zones of the sites that are known. */
  siteZones(): readonly SiteZone[]
  view(nextTryAtMs: number): WorklistView
}

/** Longest that a pass waits for the zones of sites that it sees for the first time, in milliseconds. */
const ZONE_PATIENCE_MS = 3_000

/**
 * @param readSites asks for a site's settings, one function a practice; without it no site's zone is known
 * @param patience resolves when a pass is not to wait any longer for zones of new sites
 */
export function createWorklist(
  sources: ReadonlyMap<string, () => Promise<Result<CompletePass>>>,
  now: () => number,
  readSites: ReadonlyMap<string, ReadSite> = new Map(),
  patience: () => Promise<void> = () => delay(ZONE_PATIENCE_MS, undefined, { ref: false }),
): Worklist {
  const zones = createSiteZones(readSites, now)
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
        return { changed: false, failure: result.failure, changes: noChanges }
      }
      const appointments = result.value.items.toSorted(byDeadline)
      const { unreadable } = result.value
      lists.set(domain, { domain, appointments, unreadable, completeAtMs: now(), failure: null })
      // The list stands already; only whoever asked for this pass waits a little, so that the first report of a new
      // site is not given this machine's zone for want of a moment.
      const learning = zones.learn(domain, new Set(appointments.map((row) => row.scheduledSite)))
      await Promise.race([learning, patience()])
      const changes = diffWorklists(former.appointments, appointments, unreadable)
      return { changed: former.completeAtMs === null || isChange(changes), failure: null, changes }
    },
    lists: () => [...lists.values()],
    siteZones: () => zones.known(),
    view(nextTryAtMs) {
      const absent = [...lists.values()].find((list) => list.completeAtMs === null || list.failure !== null)
      return {
        appointments: [...lists.values()].flatMap((list) => list.appointments),
        missing:
          absent === undefined
            ? null
            : { domain: absent.domain, reason: waitingReasonOf(absent.failure), nextTryAtMs },
        zoneOf: (domain, siteName) => zones.zoneOf(domain, siteName),
      }
    },
  }
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
    case undefined:
    case 'conflict':
    case 'gone':
    case 'network':
    case 'unknown':
    case 'validation':
      return 'network'
  }
}
