import { onTestFinished } from 'vitest'
import { createHttp } from '../../../electron/http/http.ts'
import { createQubsClient, type QubsClient, type QubsOptions } from '../../../electron/qubs/client.ts'
import { json, startScriptedServer, type ScriptedServer } from './scripted-server.ts'

export const pending = 'GET /integrations/v1/acme/reporting/appointments/pending'
export const appointment = '/integrations/v1/acme/reporting/appointments/A1'
export const tokenPath = 'POST /oauth2/token'

export const row = (appointmentId: string, more: object = {}) => ({
  domain: 'acme',
  appointmentId,
  status: 'PENDING REPORTING',
  scheduledSite: 'Central Clinic',
  ...more,
})

export type Rig = {
  readonly server: ScriptedServer
  readonly client: QubsClient
  /** Waits that the client asked for, in milliseconds; they pass at once. */
  readonly waits: number[]
  readonly clock: { nowMs: number }
  readonly url: (path: string) => string
}

/** A client against a scripted server whose token host hands out `token-1`, `token-2`, … */
export async function startRig(options: Partial<QubsOptions> = {}): Promise<Rig> {
  const server = await startScriptedServer()
  const http = createHttp({ proxy: 'none', extraCa: null, now: Date.now, environment: {} })
  onTestFinished(() => http.close())
  const waits: number[] = []
  const clock = { nowMs: Date.UTC(2026, 10, 20) }
  let tokens = 0
  server.on(tokenPath, (...call) => {
    tokens += 1
    json(200, { access_token: `token-${tokens}`, expires_in: 3600, token_type: 'bearer' })(...call)
  })
  const client = createQubsClient({
    practice: {
      domain: 'acme',
      name: 'acme',
      baseUrl: server.url,
      tokenUrl: `${server.url}/oauth2/token`,
    },
    credentials: () => Promise.resolve({ clientId: 'radpost-client', clientSecret: 's3cret+/=&' }),
    http,
    now: () => clock.nowMs,
    random: Math.random,
    sleep: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
    ...options,
  })
  return { server, client, waits, clock, url: (path) => `${server.url}${path}` }
}
