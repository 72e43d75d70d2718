import { sameStamp } from './drop-folder.ts'
import type { FileStamp } from '../journal/records.ts'

/**
 * When a dropped file has come to rest (interfaces.md 3 "Settled"). Pure: looks and times come in, a verdict goes
 * out. Times are monotonic milliseconds; the file's own times are compared for equality only, never with a clock.
 */

/** One look at a file: its own stamp and its sidecar's, because both must rest. */
export type Look = { readonly stamp: FileStamp; readonly sidecar: FileStamp | null }

export type Rest = {
  readonly look: Look
  /** When this look was first seen. */
  readonly sinceMs: number
  /** The content was examined at this look and found incomplete; it is not examined again until it changes. */
  readonly incomplete: boolean
}

export type SettlingVerdict =
  /** Look again after so many milliseconds. */
  | { readonly kind: 'look-again'; readonly afterMs: number }
  /** At rest for long enough: examine whether the content is complete. */
  | { readonly kind: 'examine' }
  /** Incomplete and untouched for `giveUpMs`: decide it as it is. */
  | { readonly kind: 'give-up' }

export type SettlingTimes = { readonly settleMs: number; readonly giveUpMs: number }

/** Takes a look at `nowMs` into account. */
export function observe(previous: Rest | null, look: Look, nowMs: number): Rest {
  const unchanged =
    previous !== null &&
    sameStamp(previous.look.stamp, look.stamp) &&
    sameStamp(previous.look.sidecar, look.sidecar)
  return unchanged ? previous : { look, sinceMs: nowMs, incomplete: false }
}

export function judge(rest: Rest, nowMs: number, { settleMs, giveUpMs }: SettlingTimes): SettlingVerdict {
  const restedMs = nowMs - rest.sinceMs
  if (rest.incomplete) {
    return restedMs >= giveUpMs
      ? { kind: 'give-up' }
      : { kind: 'look-again', afterMs: Math.min(settleMs, giveUpMs - restedMs) }
  }
  return restedMs >= settleMs ? { kind: 'examine' } : { kind: 'look-again', afterMs: settleMs - restedMs }
}
