import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { captivePortalAnswer, type Answer } from './answer.ts'
import type { ServerName } from '../endpoints.ts'
import type { Alteration, FaultBook, Replacement, RequestTarget } from './faults.ts'
import type { ReceivedRequest } from './received-request.ts'
import type { Traffic } from './traffic.ts'

/** Bytes of a body that are kept; the rest is read and counted only. Larger than any body the contract allows. */
export const KEPT_BODY_BYTES = 16_777_216

/** One simulated product behind one port. A further one is a further folder with a service of its own. */
export type Service = {
  readonly name: ServerName
  /** What the request is about; null: a request to the simulator itself, neither recorded nor disturbed. */
  target(request: ReceivedRequest): RequestTarget | null
  answer(request: ReceivedRequest, alterations: readonly Alteration[]): Promise<Answer>
  /** The answer that a fault stands for, in this product's own error form. */
  replacement(request: ReceivedRequest, fault: Replacement): Answer
}

export type LoopbackServer = {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string
  /** Refuses connections and cuts those that stand, as an unreachable host would. */
  goOffline(): Promise<void>
  /** Listens again on the same port. */
  goOnline(): Promise<void>
  close(): Promise<void>
}

export type LoopbackServerOptions = {
  /** 0: any free port. */
  readonly port: number
  readonly service: Service
  readonly faults: FaultBook
  readonly traffic: Traffic
  readonly now: () => number
}

/**
 * Serves one product on 127.0.0.1 and nowhere else.
 * @throws Error when the port is taken.
 */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const { service, faults, traffic, now } = options
  // A keep-alive connection that the server drops at the wrong moment looks like a reset nobody asked for.
  const server = createServer({ keepAliveTimeout: 600_000, requestTimeout: 0, headersTimeout: 60_000 })

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await receive(incoming)
    const target = service.target(request)
    if (target === null) {
      if (!request.complete) return
      send(response, await service.answer(request, []), now())
      return
    }
    const record = traffic.begin({
      ...request,
      server: service.name,
      at: now(),
      endpoint: target.endpoint,
      appointmentId: target.appointmentId,
      page: target.page,
    })
    if (!request.complete) {
      traffic.answered(record, { status: null, correlationId: null })
      return
    }
    const plan = faults.take(target)
    record.faults = plan.kinds
    await plan.holdBefore()
    const reset = (): void => {
      incoming.socket.resetAndDestroy()
      traffic.answered(record, { status: null, correlationId: null })
    }
    if (plan.instead?.kind === 'reset-before') {
      reset()
      return
    }
    const answer = await (plan.instead === null
      ? service.answer(request, plan.alterations)
      : plan.instead.kind === 'captive-portal'
        ? captivePortalAnswer()
        : service.replacement(request, plan.instead))
    await plan.holdAfter()
    const dateMs = now() + plan.dateSkewMs
    switch (plan.ending) {
      case 'whole':
        send(response, answer, dateMs)
        traffic.answered(record, {
          status: answer.status,
          correlationId: answer.headers['X-Correlation-Id'] ?? null,
        })
        return
      case 'cut':
        sendHalf(response, answer, dateMs)
        traffic.answered(record, { status: null, correlationId: null })
        return
      case 'reset':
        reset()
    }
  }

  server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    serve(incoming, response).catch((error: unknown) => {
      // A mistake of the simulator must be seen by the test, and as nothing that the real server would say.
      const text = error instanceof Error ? error.message : String(error)
      if (response.headersSent) incoming.socket.destroy()
      else
        response.writeHead(500, { 'Content-Type': 'text/plain' }).end(`The simulator itself failed: ${text}`)
    })
  })

  const listen = (port: number): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
    return promise
  }
  const stop = (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    server.close(() => resolve())
    server.closeAllConnections()
    return promise
  }

  await listen(options.port)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const { port } = address
  return {
    url: `http://127.0.0.1:${port}`,
    goOffline: stop,
    goOnline: () => listen(port),
    close: stop,
  }
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  // Asked for now: a socket that is gone has no address any more.
  const remoteAddress = incoming.socket.remoteAddress ?? ''
  const chunks: Buffer[] = []
  let kept = 0
  let bodyBytes = 0
  let complete = true
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      bodyBytes += chunk.length
      const part = chunk.subarray(0, Math.max(0, KEPT_BODY_BYTES - kept))
      kept += part.length
      chunks.push(part)
    }
  } catch {
    complete = false
  }
  const target = incoming.url ?? '/'
  const mark = target.indexOf('?')
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: joined(incoming.headersDistinct),
    body: Buffer.concat(chunks),
    bodyBytes,
    remoteAddress,
    complete,
  }
}

function joined(headers: NodeJS.Dict<string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name, (values ?? []).join(', ')]),
  )
}

function head(response: ServerResponse, answer: Answer, dateMs: number, contentLength: number): void {
  response.sendDate = false
  response.writeHead(answer.status, {
    Date: new Date(dateMs).toUTCString(),
    ...answer.headers,
    'Content-Length': String(contentLength),
  })
}

function send(response: ServerResponse, answer: Answer, dateMs: number): void {
  head(response, answer, dateMs, answer.body.length)
  response.end(answer.body)
}

/** The status line and half of the body arrive, then the connection ends: the client cannot have read it whole. */
function sendHalf(response: ServerResponse, answer: Answer, dateMs: number): void {
  head(response, answer, dateMs, Math.max(1, answer.body.length))
  response.flushHeaders()
  response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)))
  response.socket?.destroySoon()
}
