import { Agent, request } from 'undici'
import type { Simulator } from '../../simulator/simulator.ts'

/** A plain caller of the simulator for its own tests: no retry, no validation, nothing that hides an answer. */

export type Answered = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  readonly text: string
}

export type Call = {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
}

export async function call(
  url: string,
  { method = 'GET', headers = {}, body }: Call = {},
): Promise<Answered> {
  // One connection each: a fault that cuts one must not touch the next.
  const dispatcher = new Agent({ pipelining: 0 })
  try {
    const answer = await request(url, {
      dispatcher,
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    })
    const bytes = Buffer.from(await answer.body.arrayBuffer())
    return { status: answer.statusCode, headers: answer.headers, bytes, text: bytes.toString('utf8') }
  } finally {
    await dispatcher.destroy()
  }
}

/** The JSON of an answer. Wrong members show as undefined, so an assertion on them fails. */
export function json(answer: Answered): Json {
  const value: Json = JSON.parse(answer.text)
  return value
}
export type Json = { readonly [name: string]: Json | undefined } & readonly Json[]

export const form = (fields: Record<string, string>): Call => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})

export function credentials(simulator: Simulator, index = 0): Record<string, string> {
  const client = simulator.clients[index]
  if (client === undefined) throw new Error('no such client')
  return { grant_type: 'client_credentials', client_id: client.clientId, client_secret: client.clientSecret }
}

export async function tokenOf(simulator: Simulator, index = 0): Promise<string> {
  return String(json(await call(simulator.tokenUrl, form(credentials(simulator, index))))['access_token'])
}

export type Caller = {
  readonly token: string
  get(path: string, headers?: Record<string, string>): Promise<Answered>
  /** Posts JSON; `key` becomes the Idempotency-Key. A string or Buffer is sent as it is. */
  post(path: string, body: unknown, key?: string, headers?: Record<string, string>): Promise<Answered>
}

/** Calls below `/integrations/v1/<domain>`. */
export async function caller(simulator: Simulator, domain = 'acme'): Promise<Caller> {
  const token = await tokenOf(simulator)
  const base = `${simulator.baseUrl}/integrations/v1/${domain}`
  const authorization = { Authorization: `Bearer ${token}` }
  return {
    token,
    get: (path, headers = {}) => call(`${base}${path}`, { headers: { ...authorization, ...headers } }),
    post: (path, body, key, headers = {}) =>
      call(`${base}${path}`, {
        method: 'POST',
        headers: {
          ...authorization,
          'Content-Type': 'application/json',
          ...(key === undefined ? {} : { 'Idempotency-Key': key }),
          ...headers,
        },
        body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      }),
  }
}

/** A clock that stands still until it is moved. */
export type TestClock = { readonly now: () => number; pass(ms: number): void }

export function testClock(startMs = Date.UTC(2026, 10, 20, 1, 2, 3)): TestClock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    pass(ms) {
      nowMs += ms
    },
  }
}

export const report = {
  reportText: 'No acute abnormality detected.',
  reportStatus: 'preliminary',
  reportedAtUtc: '2026-11-20T01:02:03Z',
}
