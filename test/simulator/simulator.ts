import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { withControls } from './control.ts'
import { createFaultBook, type FaultHandle } from './core/faults.ts'
import { seededIds, seededRandom } from './core/seeded.ts'
import type { FaultRuleInput } from './core/fault-rule.ts'
import { startLoopbackServer, type LoopbackServer } from './core/loopback-server.ts'
import {
  createTraffic,
  type RecordedRequest,
  type RequestPredicate,
  type WaitOptions,
} from './core/traffic.ts'
import { createObjectStoreService } from './object-store/object-store-service.ts'
import { createPresignedUrls } from './object-store/presigned-urls.ts'
import { createStoredObjects } from './object-store/stored-objects.ts'
import { createPracticeState, type AppointmentState, type Seed } from './qubs/practice-state.ts'
import { createDirectory, type SiteSeed } from './qubs/directory.ts'
import { createQubsService, tokenPath } from './qubs/qubs-service.ts'
import { createTokens, type Client } from './qubs/tokens.ts'
import { switchesSchema, type Switches } from './switches.ts'

export type { FaultHandle } from './core/faults.ts'
export type { Fault, FaultRule, FaultRuleInput } from './core/fault-rule.ts'
export type { RecordedRequest, RequestPredicate, WaitOptions } from './core/traffic.ts'
export type { EndpointName } from './endpoints.ts'
export type { AppointmentState, Artefact, Comment, Seed, SubmittedReport } from './qubs/practice-state.ts'
export type { Client } from './qubs/tokens.ts'
export type { Switches } from './switches.ts'
export type { SiteSeed } from './qubs/directory.ts'
export { sampleAppointments } from './qubs/sample-appointments.ts'
export { sampleSites } from './qubs/sample-sites.ts'

/** What can be set at the start; every switch can also be changed later through `simulator.switches`. */
export type SimulatorOptions = Partial<Switches> & {
  /** Port of the API; 0 or absent: any free one. */
  readonly port?: number
  /** Port of the object store; 0 or absent: any free one. */
  readonly storePort?: number
  /** Milliseconds since 1970; everything that expires goes by it. */
  readonly now?: () => number
  /** Resolves after so many milliseconds: what `hold` with `ms` waits for. */
  readonly wait?: (ms: number) => Promise<void>
  /** The same seed gives the same ids and the same faults by chance; left out: different ones each time. */
  readonly seed?: number
  /** A fresh UUID at each call; goes before `seed`. */
  readonly newId?: () => string
  /** The first is the default of new appointments and, where no clients are given, all are the default client's. */
  readonly domains?: readonly string[]
  readonly clients?: readonly Client[]
  readonly appointments?: readonly Seed[]
  /** Settings of sites; a site that only appointments name has none. */
  readonly sites?: readonly SiteSeed[]
}

export type Simulator = {
  /** Origin of the API: what the setting `baseUrl` wants. */
  readonly baseUrl: string
  readonly tokenUrl: string
  /** Origin of the object store: another port, so another origin. */
  readonly storeUrl: string
  readonly clients: readonly Client[]
  /** Behaviours that the vendor leaves open; changes take effect at once. */
  readonly switches: Switches
  addAppointment(seed?: Seed): AppointmentState
  /** @throws Error when there is no such appointment. */
  appointment(domain: string, appointmentId: string): AppointmentState
  setStatus(domain: string, appointmentId: string, status: string): void
  /** @throws Error with one sentence when the rule makes no sense. */
  fault(rule: FaultRuleInput): FaultHandle
  /** In order of arrival, both servers together, without the control endpoints. */
  requests(filter?: RequestPredicate): RecordedRequest[]
  waitForRequest(predicate: RequestPredicate, options?: WaitOptions): Promise<RecordedRequest>
  expireTokens(options?: { refresh?: boolean }): void
  /** Both servers refuse connections until `goOnline`; what they hold is kept. */
  goOffline(): Promise<void>
  goOnline(): Promise<void>
  /** Back to the appointments of the start: no traffic, no faults, no tokens, no keys. Switches stay. */
  reset(): void
  close(): Promise<void>
}

/** Credentials of the default client. Simulated: they open nothing but the simulator. */
const defaultClientId = 'radpost-simulator'
const defaultClientSecret = 'simulated-client-secret'

/**
 * Starts QUBS and its object store on 127.0.0.1.
 * @throws Error when a port is taken or a seed names an appointment twice.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    port = 0,
    storePort = 0,
    now = Date.now,
    // Not referenced: a held request must not keep a process alive that is done.
    wait = (ms) => delay(ms, undefined, { ref: false }),
    seed: seedNumber,
    newId = seedNumber === undefined ? randomUUID : seededIds(seededRandom(seedNumber)),
    domains = ['acme'],
    clients = [{ clientId: defaultClientId, clientSecret: defaultClientSecret, domains }],
    appointments = [],
    sites = [],
    ...givenSwitches
  } = options
  const switches = switchesSchema.parse(givenSwitches)
  const faults = createFaultBook(wait, seedNumber === undefined ? Math.random : seededRandom(seedNumber + 1))
  const traffic = createTraffic()
  const objects = createStoredObjects(now)
  let storeUrl = ''
  const urls = createPresignedUrls(() => storeUrl, now)
  const state = createPracticeState({ defaultDomain: domains[0] ?? 'acme', objects, now, newId })
  const directory = createDirectory({ defaultDomain: domains[0] ?? 'acme', sites, state, switches })
  const tokens = createTokens({ clients, switches, now, newId })
  const qubs = createQubsService({ state, directory, tokens, urls, objects, switches, now, newId })
  const store = createObjectStoreService({ urls, objects, switches, now, newId })

  const seed = (): void => {
    for (const appointment of appointments) state.add(appointment)
  }
  const reset = (): void => {
    faults.removeAll()
    traffic.clear()
    tokens.expireAll({ refresh: true })
    qubs.forgetKeys()
    objects.clear()
    state.clear()
    seed()
  }
  seed()

  const api = withControls(qubs, {
    state,
    traffic,
    faults,
    switches,
    expireTokens: () => tokens.expireAll(),
    reset,
  })
  const servers: LoopbackServer[] = []
  const each = async (action: (server: LoopbackServer) => Promise<void>): Promise<void> => {
    await Promise.all(servers.map(action))
  }
  try {
    servers.push(await startLoopbackServer({ port: storePort, service: store, faults, traffic, now }))
    servers.push(await startLoopbackServer({ port, service: api, faults, traffic, now }))
  } catch (error) {
    await each((server) => server.close())
    throw error
  }
  storeUrl = servers[0]?.url ?? ''
  const baseUrl = servers[1]?.url ?? ''

  return {
    baseUrl,
    tokenUrl: `${baseUrl}${tokenPath}`,
    storeUrl,
    clients,
    switches,
    addAppointment(appointment = {}) {
      const { fields } = state.add(appointment)
      return state.view(fields.domain, fields.appointmentId)
    },
    appointment: (domain, appointmentId) => state.view(domain, appointmentId),
    setStatus: (domain, appointmentId, status) => state.setStatus(domain, appointmentId, status),
    fault: (rule) => faults.add(rule),
    requests: (filter) => traffic.requests(filter),
    waitForRequest: (predicate, waitOptions) => traffic.waitFor(predicate, waitOptions),
    expireTokens: (which) => tokens.expireAll(which),
    goOffline: () => each((server) => server.goOffline()),
    goOnline: () => each((server) => server.goOnline()),
    reset,
    async close() {
      faults.removeAll()
      traffic.close()
      await each((server) => server.close())
    },
  }
}
