import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { withControls } from './control.ts'
import { createFaultBook, type FaultHandle } from './core/faults.ts'
import { seededBytes, seededIds, seededRandom } from './core/seeded.ts'
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
import { createQualiphySimulator, type QualiphySimulator } from './qualiphy/qualiphy-simulator.ts'
import { createSoloSimulator, type SoloSimulator } from './solo/solo-simulator.ts'
import type { SoloPatientSeed, SoloVisitSeed } from './solo/solo-state.ts'
import { switchesSchema, type Switches } from './switches.ts'

export type { FaultHandle } from './core/faults.ts'
export type { Fault, FaultRule, FaultRuleInput } from './core/fault-rule.ts'
export type { RecordedRequest, RequestPredicate, WaitOptions } from './core/traffic.ts'
export type { EndpointName } from './endpoints.ts'
export type { AppointmentState, Artefact, Comment, Seed, SubmittedReport } from './qubs/practice-state.ts'
export type { Client } from './qubs/tokens.ts'
export type { QualiphyInvite } from './qualiphy/qualiphy-state.ts'
export type { QualiphySimulator, QualiphyWebhook } from './qualiphy/qualiphy-simulator.ts'
export type { SoloSimulator } from './solo/solo-simulator.ts'
export type { SoloPatientSeed, SoloVisitSeed } from './solo/solo-state.ts'
export type { Switches } from './switches.ts'
export type { SiteSeed } from './qubs/directory.ts'
export { sampleAppointments } from './qubs/sample-appointments.ts'
export { sampleSoloPatients, sampleSoloVisits } from './solo/sample-visits.ts'
export { sampleSites } from './qubs/sample-sites.ts'

/** What can be set at the start; every switch can also be changed later through `simulator.switches`. */
export type SimulatorOptions = Partial<Switches> & {
  /** Port of the API; 0 or absent: any free one. */
  readonly port?: number
  /** Port of the object store; 0 or absent: any free one. */
  readonly storePort?: number
  /** Port of Teladoc Health Solo; 0 or absent: any free one. */
  readonly soloPort?: number
  /** Port of Qualiphy; 0 or absent: any free one. */
  readonly qualiphyPort?: number
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
  /** Patients that Solo knows from the start. */
  readonly soloPatients?: readonly SoloPatientSeed[]
  /** Visits that Solo has from the start. */
  readonly soloVisits?: readonly SoloVisitSeed[]
}

export type Simulator = {
  /** Origin of the API: what the setting `baseUrl` wants. */
  readonly baseUrl: string
  readonly tokenUrl: string
  /** Origin of the object store: another port, so another origin. */
  readonly storeUrl: string
  readonly clients: readonly Client[]
  /** Teladoc Health Solo: visits by video, on a port of its own. */
  readonly solo: SoloSimulator
  /** Qualiphy: exam invites, on a port of its own. */
  readonly qualiphy: QualiphySimulator
  /** Behaviours that the vendor leaves open; changes take effect at once. */
  readonly switches: Switches
  addAppointment(seed?: Seed): AppointmentState
  /** @throws Error when there is no such appointment. */
  appointment(domain: string, appointmentId: string): AppointmentState
  setStatus(domain: string, appointmentId: string, status: string): void
  /** @throws Error with one sentence when the rule makes no sense. */
  fault(rule: FaultRuleInput): FaultHandle
  /** In order of arrival, all servers together, without the control endpoints. */
  requests(filter?: RequestPredicate): RecordedRequest[]
  waitForRequest(predicate: RequestPredicate, options?: WaitOptions): Promise<RecordedRequest>
  expireTokens(options?: { refresh?: boolean }): void
  /** All servers refuse connections until `goOnline`; what they hold is kept. */
  goOffline(): Promise<void>
  goOnline(): Promise<void>
  /** Back to what was there at the start: no traffic, no faults, no tokens, no keys. Switches stay. */
  reset(): void
  close(): Promise<void>
}

/** Credentials of the default client. Simulated: they open nothing but the simulator. */
const defaultClientId = 'radpost-simulator'
const defaultClientSecret = 'simulated-client-secret'

/**
 * Starts QUBS, its object store, Solo and Qualiphy on 127.0.0.1.
 * @throws Error when a port is taken or a seed makes no sense.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    port = 0,
    storePort = 0,
    soloPort = 0,
    qualiphyPort = 0,
    now = Date.now,
    // Not referenced: a held request must not keep a process alive that is done.
    wait = (ms) => delay(ms, undefined, { ref: false }),
    seed: seedNumber,
    newId = seedNumber === undefined ? randomUUID : seededIds(seededRandom(seedNumber)),
    domains = ['acme'],
    clients = [{ clientId: defaultClientId, clientSecret: defaultClientSecret, domains }],
    appointments = [],
    sites = [],
    soloPatients = [],
    soloVisits = [],
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
  // Streams of their own: a call to one product must not change the ids of another.
  const idsOf = (stream: number): (() => string) =>
    options.newId ?? (seedNumber === undefined ? randomUUID : seededIds(seededRandom(seedNumber + stream)))
  let soloUrl = ''
  let qualiphyUrl = ''
  const solo = createSoloSimulator({
    switches,
    now,
    newId: idsOf(2),
    randomBytes: seedNumber === undefined ? randomBytes : seededBytes(seededRandom(seedNumber + 3)),
    origin: () => soloUrl,
    patients: soloPatients,
    visits: soloVisits,
  })
  const qualiphy = createQualiphySimulator({ switches, now, newId: idsOf(4), origin: () => qualiphyUrl })

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
    solo.reset()
    qualiphy.reset()
    seed()
  }
  seed()

  const api = withControls(qubs, {
    state,
    traffic,
    faults,
    switches,
    solo: solo.simulator,
    qualiphy: qualiphy.simulator,
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
    servers.push(await startLoopbackServer({ port: soloPort, service: solo.service, faults, traffic, now }))
    servers.push(
      await startLoopbackServer({ port: qualiphyPort, service: qualiphy.service, faults, traffic, now }),
    )
  } catch (error) {
    await each((server) => server.close())
    throw error
  }
  storeUrl = servers[0]?.url ?? ''
  const baseUrl = servers[1]?.url ?? ''
  soloUrl = servers[2]?.url ?? ''
  qualiphyUrl = servers[3]?.url ?? ''

  return {
    baseUrl,
    tokenUrl: `${baseUrl}${tokenPath}`,
    storeUrl,
    clients,
    solo: solo.simulator,
    qualiphy: qualiphy.simulator,
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
