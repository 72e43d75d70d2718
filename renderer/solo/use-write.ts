import { useRef } from 'react'
import type { CallArgs, CallName, CallResult } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'

/** A write that is sent once, however often it is pressed. */
export type Write<Name extends CallName> = {
  /** For drawing; it comes a moment late. */
  readonly isPending: boolean
  readonly isUnderWay: () => boolean
  /** Does nothing while one is under way. */
  readonly send: (
    args: CallArgs<Name>,
    ending: {
      readonly onSuccess: (result: CallResult<Name>) => void
      readonly onError: (error: Error) => void
    },
  ) => void
}

/** Two presses of Enter come before the first one is drawn, so what is under way is not asked of the drawing. */
export function useWrite<Name extends CallName>(name: Name): Write<Name> {
  const { mutate, isPending } = useAction(name)
  const underWay = useRef(false)
  return {
    isPending,
    isUnderWay: () => underWay.current,
    send(args, { onSuccess, onError }) {
      if (underWay.current) return
      underWay.current = true
      mutate(args, {
        onSuccess,
        onError,
        onSettled: () => {
          underWay.current = false
        },
      })
    },
  }
}
