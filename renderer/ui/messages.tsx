import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { words } from '../words.ts'
import { Glyph, IconButton } from './button.tsx'

type Message = { readonly id: number; readonly text: string }

/** Says how an action of the person ended, in the window and to a screen reader. */
export type Announce = {
  /** Shown for a few seconds in the status line: see {@link LastDone}. */
  readonly done: (text: string) => void
  /** Any thrown value: the sentence of a failed call, which stays until it is dismissed. */
  readonly failed: (error: unknown) => void
}

const AnnounceContext = createContext<Announce | null>(null)
const DoneContext = createContext<Message | null>(null)

/** How long a success stays in sight; failures stay until they are dismissed. */
const DONE_SHOWN_MS = 6_000
const FAILURES_SHOWN = 3

/**
 * Messages have room of their own and never lie over a control: the next case of a list stands where the last one
 * stood, and its button must not be hidden by the word that the last one is done.
 */
export function MessagesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [done, setDone] = useState<Message | null>(null)
  const [failures, setFailures] = useState<readonly Message[]>([])
  const nextId = useRef(0)
  const announce = useMemo((): Announce => {
    const message = (text: string): Message => {
      nextId.current += 1
      return { id: nextId.current, text }
    }
    return {
      done: (text) => setDone(message(text)),
      failed: (error) => {
        const failure = message(error instanceof Error ? error.message : words.shell.loadFailed)
        setFailures((present) => [
          ...present.filter(({ text }) => text !== failure.text).slice(1 - FAILURES_SHOWN),
          failure,
        ])
      },
    }
  }, [])
  useEffect(() => {
    if (done === null) return undefined
    const timer = setTimeout(() => setDone(null), DONE_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [done])
  const dismiss = (id: number) => setFailures((present) => present.filter((failure) => failure.id !== id))
  return (
    <AnnounceContext value={announce}>
      <DoneContext value={done}>
        <div className="above-messages">{children}</div>
        <section className="messages" aria-label={words.shell.messages}>
          <div role="alert">
            {failures.map(({ id, text }) => (
              <div key={id} className="message">
                <Glyph icon={CircleAlert} tone="bad" />
                <p>{text}</p>
                <IconButton icon={X} size="small" name={words.shell.dismiss} onPress={() => dismiss(id)} />
              </div>
            ))}
          </div>
        </section>
      </DoneContext>
    </AnnounceContext>
  )
}

/** What was done last, in its place of the status line; `otherwise` stands there while there is nothing to say. */
export function LastDone({ otherwise }: { readonly otherwise: ReactNode }): ReactNode {
  const done = use(DoneContext)
  return (
    <>
      <div className="status-done" role="status">
        {done === null ? null : (
          <p key={done.id}>
            <Glyph icon={CircleCheck} tone="good" />
            <span className="truncate" title={done.text}>
              {done.text}
            </span>
          </p>
        )}
      </div>
      {done === null ? otherwise : null}
    </>
  )
}

export function useAnnounce(): Announce {
  const announce = use(AnnounceContext)
  if (announce === null) throw new Error('There is no place for messages around this view.')
  return announce
}
