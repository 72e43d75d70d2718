import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { words } from '../words.ts'
import { Glyph, IconButton } from './button.tsx'

type Message = { readonly id: number; readonly kind: 'done' | 'failed'; readonly text: string }

/** Says how an action of the person ended, in the window and to a screen reader. */
export type Announce = {
  readonly done: (text: string) => void
  /** Any thrown value: the sentence of a failed call, which stays until it is dismissed. */
  readonly failed: (error: unknown) => void
}

const AnnounceContext = createContext<Announce | null>(null)

/** How long a success stays in sight; failures stay until they are dismissed. */
const DONE_SHOWN_MS = 6_000

export function MessagesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [messages, setMessages] = useState<readonly Message[]>([])
  const nextId = useRef(0)
  const dismiss = useCallback((id: number) => {
    setMessages((present) => present.filter((message) => message.id !== id))
  }, [])
  const announce = useMemo((): Announce => {
    const add = (kind: Message['kind'], text: string) => {
      nextId.current += 1
      const message = { id: nextId.current, kind, text }
      setMessages((present) => [...present.filter((other) => other.text !== text).slice(-2), message])
    }
    return {
      done: (text) => add('done', text),
      failed: (error) => add('failed', error instanceof Error ? error.message : words.shell.loadFailed),
    }
  }, [])
  return (
    <AnnounceContext value={announce}>
      {children}
      <section className="messages" aria-label={words.shell.messages}>
        <div role="status">
          {messages.map((message) =>
            message.kind === 'done' ? <Shown key={message.id} message={message} dismiss={dismiss} /> : null,
          )}
        </div>
        <div role="alert">
          {messages.map((message) =>
            message.kind === 'failed' ? <Shown key={message.id} message={message} dismiss={dismiss} /> : null,
          )}
        </div>
      </section>
    </AnnounceContext>
  )
}

function Shown({
  message,
  dismiss,
}: {
  readonly message: Message
  readonly dismiss: (id: number) => void
}): ReactNode {
  const { id, kind } = message
  useEffect(() => {
    if (kind === 'failed') return undefined
    const timer = setTimeout(() => dismiss(id), DONE_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [id, kind, dismiss])
  return (
    <div className="message" data-kind={kind}>
      <Glyph icon={kind === 'done' ? CircleCheck : CircleAlert} tone={kind === 'done' ? 'good' : 'bad'} />
      <p>{message.text}</p>
      <IconButton icon={X} size="small" name={words.shell.dismiss} onPress={() => dismiss(id)} />
    </div>
  )
}

export function useAnnounce(): Announce {
  const announce = use(AnnounceContext)
  if (announce === null) throw new Error('There is no place for messages around this view.')
  return announce
}
