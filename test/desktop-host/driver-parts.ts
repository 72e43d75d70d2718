import type { ChildProcess } from 'node:child_process'
import type { HostState } from './control.ts'
import type { Desktop } from './desktop.ts'

/** What both drivers do in the same way. */

/** More than the half minute after which the station looks by itself. */
const DEFAULT_LIMIT_MS = 60_000

/** Gathers all that the process writes on its standard streams. */
export function gatherOutput(child: ChildProcess): () => string {
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
  return () => said
}

export type StateSource = {
  readonly state: () => Promise<HostState>
  /** Asked before each look: `changed` resolves when another look may be worth while. */
  readonly watch: () => { readonly changed: Promise<unknown>; readonly end: () => void }
  readonly output: () => string
}

/** The waiting of {@link Desktop}: looks at the state until it fits or the time is over. */
export function createUntil({ state, watch, output }: StateSource): Desktop['until'] {
  return async (what, fits, timeLimitMs = DEFAULT_LIMIT_MS) => {
    const expires = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => expires.reject(new Error(`This did not come about in ${timeLimitMs} ms: ${what}. ${output()}`)),
      timeLimitMs,
    )
    try {
      for (;;) {
        const { changed, end } = watch()
        try {
          const now = await Promise.race([state(), expires.promise])
          if (fits(now)) return now
          await Promise.race([changed, expires.promise])
        } finally {
          end()
        }
      }
    } finally {
      clearTimeout(timer)
    }
  }
}
