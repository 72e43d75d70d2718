import { hostOf } from '../http/address.ts'
import { MAX_ERROR_BYTES, TOKEN_TIMEOUT_MS } from '../http/exchange.ts'
import type { Http } from '../http/http.ts'
import type { Failure, Result } from '../http/outcome.ts'
import { local } from '../http/local-failure.ts'
import { tokenAnswerSchema } from './schemas.ts'

/** Life of a token whose answer does not say, in seconds (contract 1.2 rule 2). */
export const ASSUMED_LIFE_SECONDS = 300
/** Life of a refresh token in milliseconds: 5 days (contract 1.2). */
export const REFRESH_TOKEN_LIFE_MS = 5 * 24 * 3_600_000

export type QubsCredentials = { readonly clientId: string; readonly clientSecret: string }

export type TokenOptions = {
  readonly domain: string
  readonly tokenUrl: string
  /** From the keychain, asked each time that a token is needed; null where none are stored. */
  readonly credentials: () => Promise<QubsCredentials | null>
  readonly http: Http
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly correlationId: () => string
}

/** Access tokens of one practice. They live in memory only. */
export type TokenSource = {
  /** The present token, or a new one. Callers at the same time share one request. One try; no waiting. */
  readonly get: () => Promise<Result<string>>
  /** Forgets this token after the API refused it; a newer one stays. */
  readonly drop: (token: string) => void
  /** Forgets everything, such as after the credentials were changed. */
  readonly forget: () => void
}

type Held = { readonly token: string; readonly renewAtMs: number }
type RefreshToken = { readonly value: string; readonly issuedAtMs: number }

/** Milliseconds after which a token is renewed: three quarters of its life, or 120 s before its end (contract 1.2 rule 1). */
export function renewAfterMs(expiresIn: unknown): number {
  const given = typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn
  const seconds =
    typeof given === 'number' && Number.isFinite(given) && given > 0 ? given : ASSUMED_LIFE_SECONDS
  // A life of two minutes or less has no such moment; half of it keeps one token from being asked per request.
  return Math.floor((seconds > 120 ? Math.min(0.75 * seconds, seconds - 120) : seconds / 2) * 1000)
}

export function createTokenSource(options: TokenOptions): TokenSource {
  const { domain, tokenUrl, credentials, http, now, correlationId } = options
  let held: Held | null = null
  let refreshToken: RefreshToken | null = null
  let flight: Promise<Result<string>> | null = null
  // A token that was on its way while `forget` was called belongs to the old credentials.
  let generation = 0

  const ask = async (form: Readonly<Record<string, string>>): Promise<Result<string>> => {
    const startedAs = generation
    const answer = await http.requestJson({
      method: 'POST',
      url: tokenUrl,
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
        'User-Agent': 'Radpost',
        'X-Correlation-Id': correlationId(),
      },
      body: new TextEncoder().encode(new URLSearchParams(form).toString()),
      timeoutMs: TOKEN_TIMEOUT_MS,
      maxBytes: MAX_ERROR_BYTES,
      effect: 'read',
      privateTexts: Object.values(form),
    })
    if (!answer.ok) return { ok: false, failure: tokenFailure(answer.failure, domain, tokenUrl) }
    const read = tokenAnswerSchema.safeParse(answer.value.json)
    if (!read.success) return { ok: false, failure: noToken(answer.value.answer.status, domain, tokenUrl) }
    const atMs = now()
    if (startedAs === generation) {
      held = { token: read.data.access_token, renewAtMs: atMs + renewAfterMs(read.data.expires_in) }
      const renewed = read.data.refresh_token ?? null
      if (renewed !== null) refreshToken = { value: renewed, issuedAtMs: atMs }
    }
    return { ...answer, value: read.data.access_token }
  }

  const renew = async (): Promise<Result<string>> => {
    let known: QubsCredentials | null
    try {
      known = await credentials()
    } catch {
      return {
        ok: false,
        failure: local(
          'auth',
          'keychain',
          `The QUBS credentials of the domain ${domain} could not be read from the keychain; unlock it and try again.`,
        ),
      }
    }
    if (known === null) {
      return {
        ok: false,
        failure: local(
          'auth',
          'no-credentials',
          `No QUBS credentials are stored for the domain ${domain}; enter them in the settings.`,
        ),
      }
    }
    const client = { client_id: known.clientId, client_secret: known.clientSecret }
    const refresh: RefreshToken | null = refreshToken
    if (refresh !== null && now() - refresh.issuedAtMs < REFRESH_TOKEN_LIFE_MS) {
      const exchanged = await ask({ grant_type: 'refresh_token', refresh_token: refresh.value, ...client })
      if (exchanged.ok || exchanged.failure.kind !== 'auth') return exchanged
    }
    // None was issued, it is too old, or it was refused: the credentials themselves always work (contract 1.2).
    refreshToken = null
    return ask({ grant_type: 'client_credentials', ...client })
  }

  return {
    get: async () => {
      if (held !== null && now() < held.renewAtMs) {
        return { ok: true, value: held.token, correlationId: null, clockSkewMs: null }
      }
      const mine = flight ?? renew()
      flight = mine
      try {
        return await mine
      } finally {
        if (flight === mine) flight = null
      }
    },
    drop: (token) => {
      if (held?.token === token) held = null
    },
    forget: () => {
      generation += 1
      held = null
      refreshToken = null
      flight = null
    },
  }
}

/** A refusal by the token host is about the credentials, whatever its status (contract 1.2 rule 4). */
function tokenFailure(failure: Failure, domain: string, tokenUrl: string): Failure {
  const { status } = failure
  const isRefusal = status !== null && status >= 400 && status < 500 && ![407, 408, 429].includes(status)
  if (!isRefusal) return failure
  const host = hostOf(tokenUrl)
  const said = failure.code === null ? `${status}` : `${status} ${failure.code}`
  return {
    ...failure,
    kind: 'auth',
    outcomeKnown: true,
    message:
      status === 404
        ? `${host} has no token service under the configured address (404); check tokenUrl of the domain ${domain}.`
        : `${host} refused the QUBS credentials of the domain ${domain} (${said}); check the client id and the client secret.`,
  }
}

function noToken(status: number, domain: string, tokenUrl: string): Failure {
  const message = `${hostOf(tokenUrl)} answered without a usable token for the domain ${domain}; check tokenUrl in the settings.`
  return { ...local('unknown', 'unreadable-answer', message), status }
}
