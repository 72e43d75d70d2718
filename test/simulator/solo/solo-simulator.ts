import type { Service } from '../core/loopback-server.ts'
import { postToLoopback } from '../core/webhook-post.ts'
import type { Switches } from '../switches.ts'
import { encounterReportPresetId } from './reports.ts'
import type { SoloContext } from './solo-call.ts'
import type {
  SoloAttachment,
  SoloDevice,
  SoloEncounterReport,
  SoloEpisode,
  SoloNote,
  SoloOpenedLink,
  SoloPatient,
  SoloProvider,
  SoloVisit,
  SoloWaitingRoom,
  SoloWebhook,
} from './solo-records.ts'
import { createSoloService } from './solo-service.ts'
import {
  createSoloState,
  episodeTypes,
  soloProvider,
  type SoloPatientSeed,
  type SoloVisitSeed,
} from './solo-state.ts'
import { webhookBody, type SoloHappening, type SoloWebhookBody } from './webhooks.ts'

/** How a test drives the simulated Solo tenant and looks into it. */
export type SoloSimulator = {
  /** Origin: what the setting `solo.baseUrl` wants. */
  readonly baseUrl: string
  readonly apiKey: string
  readonly teamsToken: string
  readonly linkingSecret: string
  /** Id of the one preset that encounter reports can be made from. */
  readonly presetId: string
  /** Types that an episode of care can have. */
  readonly episodeTypes: readonly string[]
  /** Who has the visits. */
  readonly provider: SoloProvider
  /** Serial number, place and patient of the devices that can be called to. */
  readonly devices: readonly SoloDevice[]
  addPatient(seed?: SoloPatientSeed): SoloPatient
  addVisit(seed?: SoloVisitSeed): SoloVisit
  addWaitingRoom(
    room: Partial<Pick<SoloWaitingRoom, 'serviceLine' | 'serviceType' | 'slotSeconds'>> & {
      readonly name: string
    },
  ): SoloWaitingRoom
  addDevice(device: SoloDevice): void
  /** Starts of the free slots of a room, in seconds, instead of the regular ones. */
  setSlots(waitingRoom: string, starts: readonly number[]): void
  /**
   * Sets a visit's status and that of its video call: `waiting` means that the patient is there; null: no call.
   * Any text is taken, so that a client can be shown a status that it does not know.
   */
  setVisit(appointmentId: number, change: { status?: string; videoCall?: string | null }): void
  setVisitNotes(appointmentId: number, notes: readonly SoloNote[]): void
  patients(): readonly SoloPatient[]
  visits(): readonly SoloVisit[]
  waitingRooms(): readonly SoloWaitingRoom[]
  episodes(): readonly SoloEpisode[]
  webhooks(): readonly SoloWebhook[]
  reports(): readonly SoloEncounterReport[]
  /** @throws Error when there is no such visit. */
  visit(appointmentId: number): SoloVisit
  /** Attachments of a visit in order of arrival, deleted ones included. */
  attachments(appointmentId: number): readonly SoloAttachment[]
  /** Context-aware links that were opened, decrypted. */
  openedLinks(): readonly SoloOpenedLink[]
  /**
   * The encrypted body that the vendor would post now, for the first webhook that has subscribed to the event.
   * @param postTo an address of this machine that it is also posted to.
   * @throws Error when no webhook has subscribed, or the address is not of this machine.
   */
  sendWebhook(happening: SoloHappening, postTo?: string): Promise<SoloWebhookBody & { status: number | null }>
}

export type SoloSimulatorOptions = {
  readonly switches: Switches
  readonly now: () => number
  readonly newId: () => string
  readonly randomBytes: (size: number) => Buffer
  /** Known once the server listens. */
  readonly origin: () => string
  readonly patients: readonly SoloPatientSeed[]
  readonly visits: readonly SoloVisitSeed[]
}

/** Credentials of the simulated tenant: they open nothing but the simulator. */
const apiKey = 'simulated-solo-api-key'
const teamsToken = 'simulated-teams-auth-token'
const linkingSecret = 'simulated linking secret'

/** @throws Error when a seeded visit names a patient or a waiting room that does not exist. */
export function createSoloSimulator(options: SoloSimulatorOptions): {
  service: Service
  simulator: SoloSimulator
  reset(): void
} {
  const { newId, origin } = options
  const state = createSoloState(options)
  const context: SoloContext = {
    ...options,
    state,
    teamsToken,
    linkingSecret,
    openedLinks: [],
    usedLinks: new Set(),
  }
  const seed = (): void => {
    for (const patient of options.patients) state.addPatient(patient)
    for (const visit of options.visits) state.addVisit(visit)
  }
  const visit = (appointmentId: number): SoloVisit => {
    const found = state.visit(String(appointmentId))
    if (found === undefined) throw new Error(`The simulated Solo has no visit ${appointmentId}.`)
    return found
  }
  seed()

  return {
    service: createSoloService({ ...context, apiKey }),
    reset() {
      state.clear()
      context.openedLinks.length = 0
      context.usedLinks.clear()
      seed()
    },
    simulator: {
      get baseUrl() {
        return origin()
      },
      apiKey,
      teamsToken,
      linkingSecret,
      presetId: encounterReportPresetId,
      episodeTypes,
      provider: soloProvider,
      devices: state.devices,
      addPatient: (patient = {}) => state.addPatient(patient),
      addVisit: (wanted = {}) => state.addVisit(wanted),
      addWaitingRoom(room) {
        const added = {
          id: newId(),
          serviceLine: 'Radiology',
          serviceType: 'Results',
          slotSeconds: 900,
          slotStarts: null,
          ...room,
        }
        state.waitingRooms.push(added)
        return added
      },
      addDevice: (device) => void state.devices.push(device),
      setSlots(waitingRoom, starts) {
        const room = state.waitingRoom(waitingRoom)
        if (room === undefined) throw new Error('The simulated Solo has no such waiting room.')
        room.slotStarts = [...starts]
      },
      setVisit(appointmentId, { status, videoCall }) {
        const changed = visit(appointmentId)
        changed.status = status ?? changed.status
        if (videoCall === null) changed.videoCall = null
        else if (videoCall !== undefined) {
          changed.videoCall = { id: changed.videoCall?.id ?? newId(), status: videoCall }
        }
      },
      setVisitNotes: (appointmentId, notes) =>
        void visit(appointmentId).notes.splice(0, Infinity, ...structuredClone(notes)),
      patients: () => [...state.patients],
      visits: () => [...state.visits],
      waitingRooms: () => [...state.waitingRooms],
      episodes: () => [...state.episodes],
      webhooks: () => [...state.webhooks],
      reports: () => [...state.reports],
      visit,
      attachments: (appointmentId) => [...visit(appointmentId).attachments],
      openedLinks: () => [...context.openedLinks],
      async sendWebhook(happening, postTo) {
        const sent = webhookBody(happening, context)
        const status = postTo === undefined ? null : await postToLoopback(postTo, sent.body, sent.contentType)
        return { ...sent, status }
      },
    },
  }
}
