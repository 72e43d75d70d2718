import type { EndpointName, ServerName } from '../endpoints.ts'
import type { ReceivedRequest } from './received-request.ts'

/** One entry of the traffic record. The same object is completed when its answer leaves. */
export type RecordedRequest = ReceivedRequest & {
  /** 1 for the first request of this simulator, all servers counted together. */
  readonly sequence: number
  readonly server: ServerName
  /** Milliseconds since 1970 by the simulator's clock. */
  readonly at: number
  readonly endpoint: EndpointName
  readonly appointmentId: string | null
  /** Page of a list with a cursor, from 1; null elsewhere. */
  readonly page: number | null
  /** Status sent; null while it is being worked on and when the connection was cut instead. */
  status: number | null
  /** What the answer carried as X-Correlation-Id. */
  correlationId: string | null
  /** Kinds of the faults that were applied, in order. */
  faults: readonly string[]
  phase: 'received' | 'answered'
}

export type RequestPredicate = (request: RecordedRequest) => boolean

export type WaitOptions = {
  /** `answered` (default): the answer has left or the connection was cut. `received`: also while it is held. */
  readonly phase?: 'received' | 'answered'
  readonly signal?: AbortSignal
}

type Waiter = {
  readonly matches: RequestPredicate
  readonly resolve: (request: RecordedRequest) => void
  readonly reject: (reason: Error) => void
}

/** Every request in the order in which it had arrived whole, and a way to wait for one without sleeping. */
export type Traffic = {
  begin(
    request: Omit<RecordedRequest, 'sequence' | 'status' | 'correlationId' | 'faults' | 'phase'>,
  ): RecordedRequest
  answered(request: RecordedRequest, outcome: { status: number | null; correlationId: string | null }): void
  requests(filter?: RequestPredicate): RecordedRequest[]
  /** A request that matched already counts. Rejects when the simulator closes or the signal aborts. */
  waitFor(predicate: RequestPredicate, options?: WaitOptions): Promise<RecordedRequest>
  clear(): void
  close(): void
}

export function createTraffic(): Traffic {
  let recorded: RecordedRequest[] = []
  let sequence = 0
  const waiters = new Set<Waiter>()

  function tell(request: RecordedRequest): void {
    for (const waiter of waiters) {
      if (!waiter.matches(request)) continue
      waiters.delete(waiter)
      waiter.resolve(request)
    }
  }

  return {
    begin(request) {
      sequence += 1
      const entry: RecordedRequest = {
        ...request,
        sequence,
        status: null,
        correlationId: null,
        faults: [],
        phase: 'received',
      }
      recorded.push(entry)
      tell(entry)
      return entry
    },
    answered(request, outcome) {
      request.status = outcome.status
      request.correlationId = outcome.correlationId
      request.phase = 'answered'
      tell(request)
    },
    requests: (filter) => (filter === undefined ? [...recorded] : recorded.filter(filter)),
    async waitFor(predicate, options = {}) {
      const wanted = options.phase ?? 'answered'
      const matches: RequestPredicate = (request) =>
        (wanted === 'received' || request.phase === 'answered') && predicate(request)
      const already = recorded.find(matches)
      if (already !== undefined) return already
      const { promise, resolve, reject } = Promise.withResolvers<RecordedRequest>()
      const waiter: Waiter = { matches, resolve, reject }
      waiters.add(waiter)
      const abort = (): void => {
        waiters.delete(waiter)
        reject(new Error('No request matched before waiting was given up.'))
      }
      options.signal?.addEventListener('abort', abort, { once: true })
      if (options.signal?.aborted === true) abort()
      return promise.finally(() => options.signal?.removeEventListener('abort', abort))
    },
    clear() {
      recorded = []
    },
    close() {
      for (const waiter of waiters) waiter.reject(new Error('The simulator closed before a request matched.'))
      waiters.clear()
    },
  }
}
