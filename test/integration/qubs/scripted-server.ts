import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as it arrived, raw header names and all. */
export type Seen = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

export type Reply = (response: ServerResponse, request: IncomingMessage, seen: Seen) => void

export type ScriptedServer = {
  readonly url: string
  readonly host: string
  readonly port: number
  readonly seen: Seen[]
  /** Replies for requests whose `METHOD path` starts with this, in turn; the last one stays. */
  readonly on: (start: string, ...replies: readonly Reply[]) => void
  readonly asked: (start: string) => readonly Seen[]
}

/** A listener for scripted replies; the longest matching start wins, nothing matching is 500. */
export function script(): Pick<ScriptedServer, 'seen' | 'on' | 'asked'> & {
  readonly listener: RequestListener
} {
  const seen: Seen[] = []
  const scripts = new Map<string, Reply[]>()
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => undefined)
    request.on('end', () => {
      const one: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)])),
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(chunks),
      }
      seen.push(one)
      const line = `${one.method} ${one.url}`
      const start = [...scripts.keys()]
        .filter((s) => line.startsWith(s))
        .toSorted((a, b) => b.length - a.length)[0]
      const replies = start === undefined ? undefined : scripts.get(start)
      const reply = replies !== undefined && replies.length > 1 ? replies.shift() : replies?.[0]
      if (reply === undefined) response.writeHead(500).end('not scripted')
      else reply(response, request, one)
    })
  }
  return {
    seen,
    listener,
    on: (start, ...replies) => {
      scripts.set(start, [...replies])
    },
    asked: (start) => seen.filter((s) => `${s.method} ${s.url}`.startsWith(start)),
  }
}

/** Listens on a free loopback port until the test ends. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  return isAddress(address) ? address.port : 0
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const { seen, on, asked, listener } = script()
  const port = await listen(createServer(listener))
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, port, seen, on, asked }
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return (response) => {
    const type = status < 300 ? 'application/json' : 'application/problem+json'
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(value))
  }
}

export function text(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, headers).end(body)
  }
}

/** The connection breaks after the whole request was read, without a byte of an answer. */
export const hangUp: Reply = (_response, request) => {
  request.socket.destroy()
}

/** The head of a 2xx and half of a body, then the connection breaks. */
export const breakInBody: Reply = (response, request) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
  response.write('{"half":')
  setImmediate(() => request.socket.destroy())
}

/** No answer, ever. */
export const silence: Reply = () => undefined
