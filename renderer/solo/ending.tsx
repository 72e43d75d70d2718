import { useState, type ReactNode } from 'react'
import { useAnnounce } from '../ui/messages.tsx'
import { UnknownOutcome } from './outcome.tsx'

/** How a write to Solo ended. A `message` of what is done: something is left to do. */
type Outcome =
  | { readonly kind: 'done'; readonly message?: string | null }
  | { readonly kind: 'refused' | 'unknown'; readonly message: string }

export type Ending = {
  /** Leaves the dialog, but not while its write is under way: its outcome would be seen by nobody. */
  readonly leave: () => void
  /** Solo's sentence of refusal. */
  readonly problem: string | null
  /** In place of the form where nobody knows whether it was done: it cannot be sent twice by mistake. */
  readonly unknown: ReactNode
  /** For the action. */
  readonly ended: {
    readonly onSuccess: (outcome: Outcome) => void
    readonly onError: (error: unknown) => void
  }
}

/**
 * What a dialog shows of the write that it has sent: done and closed, refused with its sentence, or not known.
 * @param onLook something may have changed in Solo
 */
export function useEnding(
  doneText: string,
  isUnderWay: () => boolean,
  { onClose, onLook }: { readonly onClose: () => void; readonly onLook: () => void },
): Ending {
  const announce = useAnnounce()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const look = () => {
    onLook()
    onClose()
  }
  return {
    leave: () => {
      if (isUnderWay()) return
      if (outcome?.kind === 'unknown') look()
      else onClose()
    },
    problem: outcome?.kind === 'refused' ? outcome.message : null,
    unknown: outcome?.kind === 'unknown' ? <UnknownOutcome message={outcome.message} onLook={look} /> : null,
    ended: {
      onSuccess: (ended) => {
        setOutcome(ended)
        if (ended.kind !== 'done') return
        announce.done(doneText)
        if (typeof ended.message === 'string') announce.failed(new Error(ended.message))
        look()
      },
      onError: announce.failed,
    },
  }
}
