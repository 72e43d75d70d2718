import { isDeepStrictEqual } from 'node:util'
import type { AppointmentKey, PendingAppointment } from '../../shared/worklist.ts'
import type { Failure, Result } from '../http/outcome.ts'
import type { Rows } from '../qubs/schemas.ts'

/**
 * Which pending studies carry alerts. The list of pending studies does not say (contract 1.5): only a study's comments
 * do (Q5), so they are looked up one study after the other, the most pressing first, slowly, and while somebody is
 * looking. What could not be read is "not looked at", never "no alerts".
 */

type Comments = Rows<{ readonly isAlert: boolean }>

/** Asks for the comments of a study; null: its practice cannot be asked now. */
export type ReadComments = (key: AppointmentKey, signal: AbortSignal) => Promise<Result<Comments> | null>

export type KnownAlerts = {
  readonly alerts: readonly (AppointmentKey & { readonly count: number })[]
  /** Looked at, and none; a study that is in neither list has not been looked at. */
  readonly noAlerts: readonly AppointmentKey[]
}

export type AlertBook = {
  /** The pending studies as they are now, the most pressing first. */
  follow(rows: readonly PendingAppointment[]): void
  /** The comments of a study that were read for another reason. */
  note(key: AppointmentKey, comments: Comments): void
  known(): KnownAlerts
  /** Nothing is asked while nobody is looking. */
  watch(isWatched: boolean): void
  stop(): void
}

/** So many of the most pressing studies are looked at. */
export const MOST_LOOKED_AT = 200
/** Milliseconds between the answer about one study and the question about the next: 60 requests a minute at most. */
export const GAP_MS = 1_000
/** Milliseconds after which a study is looked at again, although it did not change: comments are no part of its row. */
export const RENEW_AFTER_MS = 15 * 60_000
/** Milliseconds without a question to the practice after a failure, and after one that only a person can mend. */
export const FAILED_PAUSE_MS = 60_000
export const REFUSED_PAUSE_MS = 5 * 60_000

type Entry = {
  readonly row: PendingAppointment
  readonly dueAtMs: number
  /** null: not looked at. */
  readonly count: number | null
}

const nameOf = ({ domain, appointmentId }: AppointmentKey): string => JSON.stringify([domain, appointmentId])

/** @param onChange what is known has changed */
export function createAlertBook(parts: {
  readonly read: ReadComments
  readonly now: () => number
  readonly onChange: () => void
}): AlertBook {
  const { now } = parts
  const ending = new AbortController()
  /** In the order of urgency. */
  let entries = new Map<string, Entry>()
  let told: KnownAlerts = { alerts: [], noAlerts: [] }
  let timer: NodeJS.Timeout | undefined
  let isWatched = false
  let isAsking = false
  /** By practice: one in trouble holds up no other. */
  const pausedUntilMs = new Map<string, number>()

  function known(): KnownAlerts {
    const all = [...entries.values()].map(({ row: { domain, appointmentId }, count }) => ({
      domain,
      appointmentId,
      count,
    }))
    return {
      alerts: all.flatMap(({ count, ...key }) => ((count ?? 0) > 0 ? [{ ...key, count: count ?? 0 }] : [])),
      noAlerts: all.flatMap(({ count, ...key }) => (count === 0 ? [key] : [])),
    }
  }

  function tell(): void {
    const present = known()
    if (isDeepStrictEqual(present, told)) return
    told = present
    parts.onChange()
  }

  function keep(name: string, change: Partial<Entry>): void {
    const entry = entries.get(name)
    if (entry !== undefined) entries.set(name, { ...entry, ...change })
  }

  function askableAtMs({ row, dueAtMs }: Entry): number {
    return Math.max(dueAtMs, pausedUntilMs.get(row.domain) ?? 0)
  }

  /** The next question, now or when it is due. */
  function goOn(): void {
    clearTimeout(timer)
    if (!isWatched || isAsking || ending.signal.aborted || entries.size === 0) return
    const all = [...entries]
    const due = all.find(([, entry]) => askableAtMs(entry) <= now())
    if (due !== undefined) {
      void ask(...due)
      return
    }
    const earliestMs = Math.min(...all.map(([, entry]) => askableAtMs(entry)))
    timer = setTimeout(goOn, Math.max(GAP_MS, earliestMs - now()))
    timer.unref()
  }

  async function ask(name: string, { row }: Entry): Promise<void> {
    isAsking = true
    const { domain, appointmentId } = row
    const result = await parts.read({ domain, appointmentId }, ending.signal).catch(() => null)
    isAsking = false
    if (ending.signal.aborted) return
    // The study may have changed or gone while it was asked about.
    if (isDeepStrictEqual(entries.get(name)?.row, row)) {
      if (result !== null && result.ok) keepCount(name, result.value)
      else notRead(name, domain, result === null ? null : result.failure)
    }
    tell()
    timer = setTimeout(goOn, GAP_MS)
    timer.unref()
  }

  function keepCount(name: string, { items, unreadable }: Comments): void {
    const count = items.filter(({ isAlert }) => isAlert).length
    // What could not be read may be the alert.
    keep(name, {
      count: count === 0 && unreadable.length > 0 ? null : count,
      dueAtMs: now() + RENEW_AFTER_MS,
    })
  }

  function notRead(name: string, domain: string, failure: Failure | null): void {
    const former = entries.get(name)?.count ?? null
    keep(name, { count: former === 0 ? null : former, dueAtMs: now() + FAILED_PAUSE_MS })
    // A study that has just left is no trouble of the server.
    if (failure?.kind === 'gone') return
    const isRefused = failure?.kind === 'auth' || failure?.kind === 'scope'
    const pauseMs = isRefused ? REFUSED_PAUSE_MS : FAILED_PAUSE_MS
    pausedUntilMs.set(domain, now() + Math.max(pauseMs, failure?.retryAfterMs ?? 0))
  }

  return {
    follow(rows) {
      entries = new Map(
        rows.slice(0, MOST_LOOKED_AT).map((row) => {
          const former = entries.get(nameOf(row))
          if (former === undefined) return [nameOf(row), { row, dueAtMs: now(), count: null }]
          if (isDeepStrictEqual(former.row, row)) return [nameOf(row), former]
          // An alert that was seen stays until it is looked at again; that there was none says nothing any more.
          const count = former.count === 0 ? null : former.count
          return [nameOf(row), { row, dueAtMs: now(), count }]
        }),
      )
      tell()
      goOn()
    },
    note(key, comments) {
      if (!entries.has(nameOf(key))) return
      keepCount(nameOf(key), comments)
      tell()
    },
    known,
    watch(watched) {
      isWatched = watched
      goOn()
    },
    stop() {
      ending.abort()
      clearTimeout(timer)
    },
  }
}
