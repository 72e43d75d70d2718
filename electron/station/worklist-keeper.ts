import type { StationEvent } from '../../shared/station-event.ts'
import type { Failure } from '../http/outcome.ts'
import type { Worklist } from '../worklist/worklist.ts'

/**
 * Keeps every practice's list fresh, each at its own pace: one practice's outage never holds up another. Slow while
 * nobody looks and nothing is on its way, and where asking is of no use (credentials refused); backed off where the
 * server is in trouble (api-notes F).
 */
export type WorklistKeeper = {
  /** One complete pass of every practice, side by side. */
  refreshAll(): Promise<ReadonlyMap<string, Failure | null>>
  /**
   * Somebody looks, or a report has come: lists that are older than the usual pace are read at once. A practice in
   * trouble keeps its own pace.
   */
  freshen(): void
  /** Goes on by itself until {@link WorklistKeeper.stop}. */
  start(): void
  stop(): void
}

export type WorklistKeeperParts = {
  readonly worklist: Worklist
  readonly domains: readonly string[]
  readonly refreshSeconds: number
  /** True while nobody looks at the list and no report is on its way. */
  readonly isCalm: () => boolean
  readonly now: () => number
  readonly random: () => number
  readonly delayMs: (attempt: number, floorMs: number | null) => number
  readonly emit: (event: StationEvent) => void
  /** Said to people beside the event. */
  readonly notice: (sentence: string) => void
  readonly onChange: () => void
}

/** Refused credentials are asked again this seldom: a person has to act first. */
export const AUTH_REFRESH_MS = 5 * 60_000
/** While it is calm a list is read so many times less often, but no less often than {@link CALM_MOST_MS} says. */
export const CALM_FACTOR = 5
export const CALM_MOST_MS = 10 * 60_000

export function createWorklistKeeper(parts: WorklistKeeperParts): WorklistKeeper {
  const timers = new Map<string, NodeJS.Timeout>()
  const failures = new Map<string, number>()
  const reading = new Set<string>()
  const normalMs = parts.refreshSeconds * 1_000
  const calmMs = Math.max(normalMs, Math.min(CALM_FACTOR * normalMs, CALM_MOST_MS))
  let running = false
  let stopped = false

  async function refresh(domain: string): Promise<Failure | null> {
    reading.add(domain)
    const { changed, failure } = await parts.worklist.refresh(domain)
    reading.delete(domain)
    if (stopped) return failure
    const at = new Date(parts.now()).toISOString()
    const before = failures.get(domain) ?? 0
    if (failure === null) {
      failures.set(domain, 0)
      if (before > 0) parts.emit({ at, event: 'online' })
    } else {
      failures.set(domain, before + 1)
      if (before === 0) {
        parts.emit({ at, event: 'offline', reason: failure.kind })
        parts.notice(failure.message)
      }
    }
    if (changed || (failure === null && before > 0)) parts.onChange()
    return failure
  }

  function schedule(domain: string, failure: Failure | null): void {
    if (!running) return
    clearTimeout(timers.get(domain))
    const timer = setTimeout(
      () => {
        // Calm is looked at anew at the usual pace: nobody has to tell when it ends.
        if (failure === null && parts.isCalm() && isYounger(domain, calmMs)) schedule(domain, null)
        else void refresh(domain).then((next) => schedule(domain, next))
      },
      pauseMs(domain, failure),
    )
    timers.set(domain, timer)
  }

  function isYounger(domain: string, thanMs: number): boolean {
    const completeAtMs = parts.worklist.lists().find((list) => list.domain === domain)?.completeAtMs ?? null
    const ageMs = completeAtMs === null ? -1 : parts.now() - completeAtMs
    // A clock that was set back must not keep a list from being read.
    return ageMs >= 0 && ageMs < thanMs
  }

  function pauseMs(domain: string, failure: Failure | null): number {
    // A tenth of jitter keeps two hundred desks from asking in the same second.
    if (failure === null) return normalMs * (0.95 + parts.random() * 0.1)
    if (failure.kind === 'auth' || failure.kind === 'scope') return AUTH_REFRESH_MS
    return Math.max(1_000, parts.delayMs(failures.get(domain) ?? 1, failure.retryAfterMs))
  }

  return {
    async refreshAll() {
      const results = await Promise.all(
        parts.domains.map(async (domain) => [domain, await refresh(domain)] as const),
      )
      return new Map(results)
    },
    freshen() {
      if (stopped) return
      for (const { domain, failure } of parts.worklist.lists()) {
        if (failure !== null || reading.has(domain) || isYounger(domain, normalMs)) continue
        void refresh(domain).then((next) => schedule(domain, next))
      }
    },
    start() {
      if (stopped) return
      running = true
      const lists = new Map(parts.worklist.lists().map((list) => [list.domain, list.failure]))
      for (const domain of parts.domains) schedule(domain, lists.get(domain) ?? null)
    },
    stop() {
      running = false
      stopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
