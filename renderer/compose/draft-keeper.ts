import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallArgs, CallResult } from '../../shared/ipc.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { call } from '../data/radpost.ts'

/** Names one writing: the draft of an appointment, and later its delivery. */
export type Writing = AppointmentKey & { readonly id: string }
export type Content = Omit<CallArgs<'compose.save'>, keyof Writing>
export type Attachments = CallResult<'compose.open'>['draft']['attachments']

/** How the draft stands; `failed` says why, and it is tried again. */
export type Kept =
  | { readonly state: 'none' | 'keeping' }
  | { readonly state: 'kept'; readonly at: string }
  | { readonly state: 'failed'; readonly reason: string }

export type DraftKeeper = {
  readonly kept: Kept
  readonly keep: (content: Content) => void
  /** Resolves when what was typed so far is kept, or could not be. */
  readonly flush: () => Promise<void>
  /** From here on nothing is kept any more: it was sent or discarded. */
  readonly stop: () => void
}

/** After this pause in typing the draft is kept, in milliseconds. */
const PAUSE_MS = 400
/** A draft that could not be kept is tried again after this time, in milliseconds. */
const AGAIN_MS = 5_000

/** Keeps a draft while it is written, and what is left of it when the view is left. */
export function useDraftKeeper({ domain, appointmentId, id }: Writing, savedAt: string | null): DraftKeeper {
  const client = useQueryClient()
  const [kept, setKept] = useState<Kept>(
    savedAt === null ? { state: 'none' } : { state: 'kept', at: savedAt },
  )
  const waiting = useRef<Content | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isStopped = useRef(false)

  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current)
    const content = waiting.current
    if (content === null || isStopped.current) return
    waiting.current = null
    try {
      const saved = await call('compose.save', { domain, appointmentId, id, ...content })
      setKept({ state: 'kept', at: saved.savedAt })
      void client.invalidateQueries({ queryKey: ['compose.drafts'] })
    } catch (error) {
      // What was typed meanwhile is newer than what could not be kept.
      waiting.current ??= content
      setKept({ state: 'failed', reason: error instanceof Error ? error.message : '' })
      timer.current = setTimeout(() => void flush(), AGAIN_MS)
    }
  }, [client, domain, appointmentId, id])

  const keep = useCallback(
    (content: Content) => {
      waiting.current = content
      setKept((present) => (present.state === 'failed' ? present : { state: 'keeping' }))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), PAUSE_MS)
    },
    [flush],
  )
  const stop = useCallback(() => {
    isStopped.current = true
    clearTimeout(timer.current)
  }, [])

  useEffect(() => {
    const leaving = () => void flush()
    window.addEventListener('pagehide', leaving)
    return () => {
      window.removeEventListener('pagehide', leaving)
      leaving()
    }
  }, [flush])
  return { kept, keep, flush, stop }
}
