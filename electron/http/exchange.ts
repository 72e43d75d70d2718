/** One HTTP request and what became of it on the wire, before anything is made of the status. */

/** Milliseconds for TCP and TLS together (api-notes F). */
export const CONNECT_TIMEOUT_MS = 10_000
/** Milliseconds a token host may take to begin its answer (api-notes F). */
export const TOKEN_TIMEOUT_MS = 10_000
/** Milliseconds an API may take; gateways commonly cut at about 29 s (api-notes F). */
export const API_TIMEOUT_MS = 30_000
/** Milliseconds for an upload or a download of an object (api-notes F). */
export const OBJECT_TIMEOUT_MS = 60_000
/** How much of an error answer is read; what follows is dropped (api-notes E). */
export const MAX_ERROR_BYTES = 65_536
/** Largest JSON answer that is read. */
export const MAX_JSON_BYTES = 33_554_432

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

export type HttpRequest = {
  readonly method: HttpMethod
  /** Sent exactly as it stands: nothing is decoded or encoded again. https, or http on this machine only. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | undefined
  /** Milliseconds without any sign of the answer, counted from when the request left, and between its parts. */
  readonly timeoutMs: number
  /** Milliseconds for everything together, with waiting for a free connection. Default: three times `timeoutMs`. */
  readonly deadlineMs?: number | undefined
  /** Largest 2xx answer in bytes; a larger one is a failure. */
  readonly maxBytes: number
  /** Whether the server may have changed something when no answer comes. A token request is a read. */
  readonly effect: 'read' | 'write'
  readonly signal?: AbortSignal | undefined
  /** What must never show in a message even if the server repeats it: texts, names, tokens. */
  readonly privateTexts?: readonly string[] | undefined
}

/** An answer with any status. Header names are in lower case. */
export type Answer = {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** For a status outside 2xx at most MAX_ERROR_BYTES, possibly cut. */
  readonly body: Uint8Array
  /** This machine's clock when the head arrived, in milliseconds since 1970. */
  readonly receivedAtMs: number
}

export const breakCauses = [
  /** The address is not one that Radpost may talk to, or a header cannot be sent. */
  'not-allowed',
  'name-not-found',
  'refused',
  'unreachable',
  'connect-timeout',
  'certificate',
  'tls',
  'proxy',
  'proxy-auth',
  /** The connection was there and broke. */
  'reset',
  /** The connection was there and no answer came in time. */
  'timeout',
  'cancelled',
  'too-large',
  'malformed',
] as const
export type BreakCause = (typeof breakCauses)[number]

/** No complete answer. */
export type Broken = {
  readonly kind: 'broken'
  readonly cause: BreakCause
  /** The library's or the system's code, such as `ECONNREFUSED`. */
  readonly code: string | null
  /** true: bytes of the request may have left this machine. */
  readonly sent: boolean
  /** Status where the head of the answer had come. */
  readonly status: number | null
  /** Host and port of the proxy that was used, without its credentials. */
  readonly proxyHost: string | null
}

export type Exchange = Answer | Broken
