import { jsonAnswer, type Answer } from '../core/answer.ts'
import { mediaTypeOf, queryParameters, type ReceivedRequest } from '../core/received-request.ts'
import type { Switches } from '../switches.ts'

/** A set of credentials and the domains it may see. */
export type Client = {
  readonly clientId: string
  readonly clientSecret: string
  readonly domains: readonly string[]
}

type Issued = { readonly client: Client; readonly expiresAtMs: number }

export type Tokens = {
  /** The token endpoint: OAuth 2.0 in a form body, errors as Amazon Cognito words them (contract 1.2). */
  answer(request: ReceivedRequest): Answer
  /** The client that a bearer header stands for; null when it is missing, unknown or expired. */
  clientOf(authorization: string | undefined): Client | null
  /** Access tokens stop working at once; refresh tokens too when `refresh` is set. */
  expireAll(options?: { refresh?: boolean }): void
}

const refreshLifetimeMs = 5 * 86_400_000

export function createTokens(options: {
  readonly clients: readonly Client[]
  readonly switches: Switches
  readonly now: () => number
  readonly newId: () => string
}): Tokens {
  const { clients, switches, now, newId } = options
  const access = new Map<string, Issued>()
  const refresh = new Map<string, Issued>()

  function issue(client: Client, withRefreshToken: boolean): Answer {
    const lifetimeMs = switches.tokenLifetimeSeconds * 1000
    const accessToken = tokenText(newId)
    access.set(accessToken, { client, expiresAtMs: now() + lifetimeMs })
    const answer: Record<string, unknown> = { access_token: accessToken }
    if (withRefreshToken) {
      const refreshToken = tokenText(newId)
      refresh.set(refreshToken, { client, expiresAtMs: now() + refreshLifetimeMs })
      answer['refresh_token'] = refreshToken
    }
    switch (switches.expiresIn) {
      case 'number':
        answer['expires_in'] = switches.tokenLifetimeSeconds
        break
      case 'text':
        answer['expires_in'] = String(switches.tokenLifetimeSeconds)
        break
      case 'negative':
        answer['expires_in'] = -1
        break
      case 'missing':
    }
    answer['token_type'] = 'Bearer'
    return jsonAnswer(200, answer, { 'Cache-Control': 'no-store' })
  }

  return {
    answer(request) {
      if (request.method !== 'POST') {
        return jsonAnswer(405, { error: 'invalid_request' }, { Allow: 'POST' })
      }
      const { type } = mediaTypeOf(request.headers['content-type'])
      // Credentials belong into the body: a query ends up in the access logs of everything on the way.
      if (type !== 'application/x-www-form-urlencoded' || request.query !== '') {
        return tokenRefusal('invalid_request', 400)
      }
      const form = queryParameters(request.body.toString('utf8'))
      if ([...form.values()].some((values) => values.length > 1)) return tokenRefusal('invalid_request', 400)
      const field = (name: string): string | undefined => form.get(name)?.[0]
      const grant = field('grant_type')
      const clientId = field('client_id')
      if (grant === undefined || clientId === undefined) return tokenRefusal('invalid_request', 400)
      if (grant !== 'client_credentials' && grant !== 'refresh_token') {
        return tokenRefusal('unsupported_grant_type', 400)
      }
      const client = clients.find((candidate) => candidate.clientId === clientId)
      if (client === undefined || client.clientSecret !== field('client_secret')) {
        return tokenRefusal('invalid_client', switches.invalidClientStatus)
      }
      if (grant === 'client_credentials') return issue(client, switches.issueRefreshTokens)
      const known = refresh.get(field('refresh_token') ?? '')
      if (known === undefined || known.client !== client || known.expiresAtMs <= now()) {
        return tokenRefusal('invalid_grant', 400)
      }
      return issue(client, false)
    },
    clientOf(authorization) {
      const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
      const issued = access.get(token)
      return issued === undefined || issued.expiresAtMs <= now() ? null : issued.client
    },
    expireAll({ refresh: refreshToo = false } = {}) {
      access.clear()
      if (refreshToo) refresh.clear()
    },
  }
}

/** A refusal in Cognito's words; 401 with the header that RFC 6749 5.2 asks for. */
export function tokenRefusal(error: string, status: number): Answer {
  return jsonAnswer(status, { error }, status === 401 ? { 'WWW-Authenticate': 'Basic realm="token"' } : {})
}

/** Three parts with dots, as a JWT looks; what stands in them is nobody's business but the server's. */
function tokenText(newId: () => string): string {
  const part = (): string => Buffer.from(newId() + newId()).toString('base64url')
  return `eyJhbGciOiJSUzI1NiJ9.${part()}.${part()}`
}
