import type { Readable, Writable } from 'node:stream'
import type { CDPSession } from 'playwright-core'

/**
 * The Chrome DevTools Protocol over a pair of pipes. Chromium ends by itself when the pipes close, so a host that is
 * killed leaves no browser behind; a socket would not give that.
 */

/** The events that the stand-in listens to, with the members that it reads. */
export type CdpEvents = {
  'Fetch.requestPaused': {
    readonly requestId: string
    readonly request: {
      readonly url: string
      readonly method: string
      readonly headers: Readonly<Record<string, string>>
    }
    readonly frameId: string
    readonly resourceType: string
    readonly redirectedRequestId?: string
  }
  'Page.frameNavigated': {
    readonly frame: { readonly id: string; readonly parentId?: string; readonly url: string }
  }
  'Page.loadEventFired': { readonly timestamp: number }
  'Page.domContentEventFired': { readonly timestamp: number }
  'Page.windowOpen': { readonly url: string; readonly windowName: string }
  'Runtime.bindingCalled': {
    readonly name: string
    readonly payload: string
    readonly executionContextId: number
  }
  'Runtime.executionContextCreated': {
    readonly context: {
      readonly id: number
      readonly name: string
      readonly auxData?: { readonly frameId?: string }
    }
  }
  'Target.attachedToTarget': {
    readonly sessionId: string
    readonly targetInfo: { readonly targetId: string; readonly openerId?: string }
  }
  'Target.targetDestroyed': { readonly targetId: string }
}

/** One end of the protocol: the browser's, or that of one page. */
export type CdpSession = {
  readonly send: CDPSession['send']
  readonly on: <Name extends keyof CdpEvents>(
    event: Name,
    listener: (payload: CdpEvents[Name]) => void,
  ) => void
}

export type CdpConnection = {
  readonly browser: CdpSession
  readonly session: (sessionId: string) => CdpSession
}

type Message = {
  readonly id?: number
  readonly sessionId?: string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }

/** Speaks the protocol on Chromium's file descriptors 3 (to it) and 4 (from it): JSON, each message ended by NUL. */
export function connectByPipe(toBrowser: Writable, fromBrowser: Readable): CdpConnection {
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<string, ((payload: never) => void)[]>()
  let lastId = 0
  let rest = ''
  let closed = false

  fromBrowser.setEncoding('utf8')
  fromBrowser.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0')
    rest = parts.pop() ?? ''
    for (const part of parts) receive(JSON.parse(part) as Message)
  })
  const close = (): void => {
    closed = true
    for (const asked of waiting.values()) asked.reject(new Error('Chromium has ended.'))
    waiting.clear()
  }
  fromBrowser.on('close', close)
  toBrowser.on('error', close)

  function receive(message: Message): void {
    if (message.id !== undefined) {
      const asked = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.error === undefined) asked?.resolve(message.result)
      else asked?.reject(new Error(message.error.message))
      return
    }
    for (const listener of listeners.get(`${message.sessionId ?? ''} ${message.method}`) ?? [])
      listener(message.params as never)
  }

  function session(sessionId: string | undefined): CdpSession {
    const send = async (method: string, params: unknown = {}): Promise<unknown> => {
      if (closed) throw new Error(`Chromium has ended: ${method} was not sent.`)
      lastId += 1
      const id = lastId
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) })
      toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
      return promise
    }
    return {
      send: send as CdpSession['send'],
      on(event, listener) {
        const key = `${sessionId ?? ''} ${event}`
        listeners.set(key, [...(listeners.get(key) ?? []), listener])
      },
    }
  }

  return { browser: session(undefined), session }
}
