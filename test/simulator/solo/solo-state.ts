import type {
  Demographics,
  SoloAssistance,
  SoloDevice,
  SoloEncounterReport,
  SoloEpisode,
  SoloPatient,
  SoloProvider,
  SoloVisit,
  SoloWaitingRoom,
  SoloWebhook,
} from './solo-records.ts'

/** A patient as a test asks for it; what is left out is not known of it. */
export type SoloPatientSeed = {
  readonly id?: string
  readonly hsid?: string | null
  readonly demographics?: Readonly<Record<string, unknown>>
}

/** A visit as a test asks for it; what is left out gets a plain default. */
export type SoloVisitSeed = {
  /** A patient's id; left out, the first patient's. */
  readonly patientId?: string
  readonly waitingRoom?: string
  readonly dateSeconds?: number
  readonly durationSeconds?: number
  readonly reasons?: readonly string[]
  readonly status?: string
  readonly externalId?: string | null
  readonly accountNumber?: string | null
  readonly episodeId?: string | null
}

export type SoloState = {
  readonly patients: SoloPatient[]
  readonly visits: SoloVisit[]
  readonly waitingRooms: SoloWaitingRoom[]
  readonly episodes: SoloEpisode[]
  readonly webhooks: SoloWebhook[]
  readonly reports: SoloEncounterReport[]
  readonly devices: SoloDevice[]
  /** Requests that nobody has cancelled, oldest first. */
  readonly assistance: SoloAssistance[]
  /** When a perfect answer was last accepted, by patient's MRN, in milliseconds. */
  readonly perfectAnswers: Map<string, number>
  addPatient(seed: SoloPatientSeed): SoloPatient
  /** @throws Error when the patient or the waiting room does not exist. */
  addVisit(seed: SoloVisitSeed): SoloVisit
  patient(id: string): SoloPatient | undefined
  patientBySpid(spid: number | null): SoloPatient | undefined
  /** @param id the appointment id as text. */
  visit(id: string | undefined): SoloVisit | undefined
  waitingRoom(name: string): SoloWaitingRoom | undefined
  clear(): void
}

export type SoloStateOptions = {
  readonly now: () => number
  readonly newId: () => string
}

/** Predefined types of episodes of the simulated tenant (contract 3.6 "type"). */
export const episodeTypes = ['covid', 'neddie', 'imaging follow-up'] as const

/** The one provider of the simulated tenant, who has every visit. */
export const soloProvider: SoloProvider = {
  id: '1234',
  email: 'dr.smith@example.org',
  firstName: 'Rory',
  middleName: '',
  lastName: 'Smith',
}

const firstSpid = 12_345
const firstAppointmentId = 3_110_360
const secondsPerQuarterHour = 900

export function createSoloState({ now, newId }: SoloStateOptions): SoloState {
  let lastSpid = firstSpid - 1
  let lastAppointmentId = firstAppointmentId - 1
  const patients: SoloPatient[] = []
  const visits: SoloVisit[] = []
  const waitingRooms: SoloWaitingRoom[] = []
  const episodes: SoloEpisode[] = []
  const webhooks: SoloWebhook[] = []
  const reports: SoloEncounterReport[] = []
  const devices: SoloDevice[] = []
  const assistance: SoloAssistance[] = []
  const perfectAnswers = new Map<string, number>()

  function furnish(): void {
    const rooms = [
      ['Imaging Results', 'Radiology', 'Results'],
      ['Great Room', 'Demo', 'Demo'],
    ] as const
    for (const [name, serviceLine, serviceType] of rooms) {
      waitingRooms.push({
        id: newId(),
        name,
        serviceLine,
        serviceType,
        slotSeconds: secondsPerQuarterHour,
        slotStarts: null,
      })
    }
    devices.push({
      serialNumber: '123457',
      building: 'hospital',
      floor: 'floor 2',
      department: 'emergency department',
      room: '431',
      bed: 'bed 2',
      patientMrn: '1234',
    })
  }
  furnish()

  const patient = (id: string): SoloPatient | undefined => patients.find((candidate) => candidate.id === id)
  const waitingRoom = (name: string): SoloWaitingRoom | undefined =>
    waitingRooms.find((candidate) => candidate.name === name)

  return {
    patients,
    visits,
    waitingRooms,
    episodes,
    webhooks,
    reports,
    devices,
    assistance,
    perfectAnswers,
    addPatient({ id, hsid = null, demographics = {} }) {
      lastSpid += 1
      const added: SoloPatient = {
        spid: lastSpid,
        id: id ?? `P${lastSpid}`,
        hsid,
        demographics: { ...emptyDemographics(), ...demographics },
        documents: [],
      }
      patients.push(added)
      return added
    },
    addVisit(seed) {
      const owner = seed.patientId === undefined ? patients[0] : patient(seed.patientId)
      if (owner === undefined) throw new Error('The simulated Solo has no such patient: add one first.')
      const room = waitingRoom(seed.waitingRoom ?? waitingRooms[0]?.name ?? '')
      if (room === undefined) throw new Error('The simulated Solo has no such waiting room.')
      lastAppointmentId += 1
      const added: SoloVisit = {
        id: lastAppointmentId,
        aggregateId: newId(),
        patientSpid: owner.spid,
        waitingRoom: room.name,
        checkInToken: newId(),
        dateSeconds: seed.dateSeconds ?? Math.floor(now() / 1000),
        durationSeconds: seed.durationSeconds ?? room.slotSeconds,
        reasons: seed.reasons ?? [],
        status: seed.status ?? 'scheduled',
        videoCall: null,
        externalId: seed.externalId ?? null,
        accountNumber: seed.accountNumber ?? null,
        episodeId: seed.episodeId ?? null,
        providers: [soloProvider],
        notes: [],
        attachments: [],
      }
      visits.push(added)
      return added
    },
    patient,
    patientBySpid: (spid) => patients.find((candidate) => candidate.spid === spid),
    visit: (id) => visits.find((candidate) => String(candidate.id) === id),
    waitingRoom,
    clear() {
      for (const list of [patients, visits, waitingRooms, episodes, webhooks, reports, devices, assistance]) {
        list.length = 0
      }
      perfectAnswers.clear()
      lastSpid = firstSpid - 1
      lastAppointmentId = firstAppointmentId - 1
      furnish()
    },
  }
}

function emptyDemographics(): Demographics {
  return {
    mrn: '',
    accountNumber: '',
    name: [],
    birthDate: null,
    gender: null,
    maritalStatus: null,
    telecom: [],
    contact: [],
    preferredLanguage: null,
    race: null,
    ethnicity: null,
    address: [],
    active: true,
    deceased: false,
    deceasedAt: null,
    familyMember: false,
    isLinkedByEmail: false,
    sharedEmailGroup: null,
  }
}
