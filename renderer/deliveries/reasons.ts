import { heldReasons, waitingReasons, type HeldReason, type WaitingReason } from '../../shared/delivery.ts'

/** A reason of a held delivery (interfaces.md 6). */
export function isHeldReason(reason: string | null): reason is HeldReason {
  return (heldReasons as readonly (string | null)[]).includes(reason)
}

/** A reason of a delivery that waits and is tried again by itself. */
export function isWaitingReason(reason: string | null): reason is WaitingReason {
  return (waitingReasons as readonly (string | null)[]).includes(reason)
}
