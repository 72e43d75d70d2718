import { isStorageFull } from '../journal/database.ts'
import type { Happenings } from './happenings.ts'
import { isFileError } from '../intake/file-error.ts'

/**
 * Deliveries that could not be worked on for a reason of this machine's own: a full disk, a share that went away, a
 * bug of ours. They rest for a while, so that they are not tried without a pause and the others go on.
 */
export type Resting = {
  rest(id: string): void
  has(id: string): boolean
  /** Says so as `waiting (storage)`, where the journal can still be written. */
  waitForStorage(id: string): void
}

const REST_MS = 60_000

export function createResting(happenings: Happenings, now: () => number): Resting {
  const untilMs = new Map<string, number>()
  return {
    rest: (id) => {
      untilMs.set(id, now() + REST_MS)
    },
    has(id) {
      const until = untilMs.get(id)
      if (until === undefined) return false
      if (until > now()) return true
      untilMs.delete(id)
      return false
    },
    waitForStorage(id) {
      try {
        happenings.apply(id, {
          type: 'waiting',
          reason: 'storage',
          message:
            'The drop folder or the disk of the profile cannot be written at the moment. Check that both can be reached and have room.',
          nextTryAtMs: now() + REST_MS,
        })
        untilMs.delete(id)
      } catch (error) {
        // The journal itself has no room: the rest holds in memory, and its row stays as it is.
        if (!isStorageTrouble(error)) throw error
      }
    },
  }
}

/** The file system's or the journal's own failure to read or write: nothing that a report could have caused. */
export function isStorageTrouble(error: unknown): boolean {
  return isFileError(error) || isStorageFull(error)
}
