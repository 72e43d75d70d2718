import { z } from 'zod'
import { nothing, type CallTable } from './vocabulary.ts'

/** Longest text that the window copies, in characters: names, ids and links. */
export const MAX_COPY_CHARACTERS = 8_192

/** Idle minutes after which the window may be covered. */
export const IDLE_LOCK_MINUTES = { min: 1, max: 60 } as const
export const idleLockMinutes = z.int().min(IDLE_LOCK_MINUTES.min).max(IDLE_LOCK_MINUTES.max).nullable()

const lockView = z.object({
  isLocked: z.boolean(),
  /** null: off. */
  minutes: idleLockMinutes,
  /** How the user of the operating system lifts the cover; `none`: nothing here could, so it cannot be switched on. */
  how: z.enum(['touch-id', 'lock-screen', 'none']),
})
export type LockView = z.infer<typeof lockView>

/** The safety of the desk: what is copied, and the cover over an idle window (docs/adr/0020). */
export const deskCalls = {
  /** Puts a patient's name or id, or a link, on the clipboard; after a minute it is taken away again. */
  'desk.copy': { args: z.object({ text: z.string().min(1).max(MAX_COPY_CHARACTERS) }), result: nothing },

  'lock.get': { args: nothing, result: lockView },
  'lock.set': { args: z.object({ minutes: idleLockMinutes }), result: lockView },
  /** Covers the window now; nothing happens where the lock is off. */
  'lock.now': { args: nothing, result: z.object({ isLocked: z.boolean() }) },
  /** Asks the operating system to prove its user; behind its lock screen that lasts until the person is back. */
  'lock.unlock': {
    args: nothing,
    result: z.object({ proof: z.enum(['proved', 'refused', 'impossible']) }),
  },
  /** Somebody touched the window: counts where the system does not tell how long nobody touched the computer. */
  'lock.touch': { args: nothing, result: nothing },
} as const satisfies CallTable
