import { setTimeout as delay } from 'node:timers/promises'
import type { WaitingReason } from '../../shared/delivery.ts'
import type { AppointmentKey, PendingAppointment } from '../../shared/worklist.ts'
import type { Failure, Result } from '../http/outcome.ts'
import type { Rows, UnreadableRow } from '../qubs/schemas.ts'
import { byDeadline } from './deadline.ts'
import { diffWorklists, isChange, noChanges, type WorklistChanges } from './diff.ts'
import { createSiteZones, type ReadSite, type SiteZone } from './site-zones.ts'
import { createUnseenBook, type Unseen } from './unseen.ts'

/**
 * The pending appointments of all practices. Only a complete pass replaces a practice's list: when a page fails, the
 * former list stays, marked with its age (api-notes D).
 */

/** One complete pass: every pending appointment, and the rows that could not be read. */
export type CompletePass = Rows<PendingAppointment>

export type PracticeList = {
  readonly domain: string
  /** The very same array for as long as nothing in it changes. */
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
  /**
   * Asks for the zones of sites that are not on the list; waits no longer for them than a pass does.
   * @returns IANA zone of a site of the practice, where it is known
   */
  zonesOf(domain: string, siteNames: Iterable<string>): Promise<(siteName: string) => string | null>
  /** What changed since a person looked; the first pass of a practice is no change. */
  unseen(): Unseen
  /** @param keys what the person has looked at; null: everything */
  look(keys: readonly AppointmentKey[] | null): void
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
  const unseen = createUnseenBook()
  const lists = new Map<string, PracticeList>(
    [...sources.keys()].map((domain) => [
      domain,
      { domain, appointments: [], unreadable: [], completeAtMs: null, failure: null },
    ]),
  )

  return {
    async refresh(domain) {
      const source = sources.get(domain)
      const result = await source?.()
      // Only now: another pass may have ended meanwhile.
      const former = lists.get(domain)
      if (result === undefined || former === undefined) throw new Error('There is no such practice.')
      if (!result.ok) {
        lists.set(domain, { ...former, failure: result.failure })
        return { changed: false, failure: result.failure, changes: noChanges }
      }
      const read = result.value.items.toSorted(byDeadline)
      const { unreadable } = result.value
      const changes = diffWorklists(former.appointments, read, unreadable)
      const isFirst = former.completeAtMs === null
      if (!isFirst) unseen.take(changes)
      const isSame = !isFirst && !isChange(changes) && read.length === former.appointments.length
      const appointments = isSame ? former.appointments : read
      lists.set(domain, { domain, appointments, unreadable, completeAtMs: now(), failure: null })
      // The list stands already; only whoever asked for this pass waits a little, so that the first report of a new
      // site is not given this machine's zone for want of a moment.
      const learning = zones.learn(
        domain,
        appointments.map((row) => row.scheduledSite),
      )
      await Promise.race([learning, patience()])
      return { changed: isFirst || isChange(changes), failure: null, changes }
    },
    lists: () => [...lists.values()],
    siteZones: () => zones.known(),
    async zonesOf(domain, siteNames) {
      await Promise.race([zones.learn(domain, siteNames), patience()])
      return (siteName) => zones.zoneOf(domain, siteName)
    },
    unseen: () => unseen.unseen(),
    look: (keys) => unseen.look(keys),
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
