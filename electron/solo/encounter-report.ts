import type { Failure } from '../http/outcome.ts'
import type { Sleep } from '../http/retry.ts'
import type { CallOptions } from './caller.ts'
import type { SoloClient } from './client.ts'

/** Milliseconds before the second look at a report, and the longest between two looks. */
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 30_000

export type ReportWait =
  | { readonly kind: 'ready' }
  /** Solo could not make it. */
  | { readonly kind: 'failed' }
  /** Cancelled, or not ready in time: it goes on in Solo. */
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'refused'; readonly failure: Failure }

/**
 * Waits until an ordered encounter report can be downloaded: looks at once, then after 2 s, 4 s … 30 s, until
 * `forMs` milliseconds were waited or the signal aborts. `onPending` is told before each wait how long was waited.
 */
export async function awaitEncounterReport(
  client: Pick<SoloClient, 'getEncounterReport'>,
  reportId: string,
  wait: {
    readonly forMs: number
    readonly sleep: Sleep
    readonly onPending: (waitedMs: number) => void
  } & CallOptions,
): Promise<ReportWait> {
  let waitedMs = 0
  for (let pauseMs = FIRST_WAIT_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_WAIT_MS)) {
    const state = await client.getEncounterReport(reportId, { signal: wait.signal })
    if (wait.signal?.aborted === true) return { kind: 'not-yet' }
    if (!state.ok) return { kind: 'refused', failure: state.failure }
    const status = state.value.status.toLowerCase()
    if (status === 'completed') return { kind: 'ready' }
    if (status === 'failed') return { kind: 'failed' }
    if (waitedMs >= wait.forMs) return { kind: 'not-yet' }
    wait.onPending(waitedMs)
    try {
      await wait.sleep(pauseMs, wait.signal)
    } catch {
      return { kind: 'not-yet' }
    }
    waitedMs += pauseMs
  }
}
