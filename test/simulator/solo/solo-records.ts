/** What the simulated Solo tenant holds. Instants are milliseconds or seconds since 1970, as their names say. */

export type NameRecord = {
  readonly use?: string | undefined
  readonly family?: string | undefined
  readonly firstName?: string | undefined
  readonly middleName?: string | undefined
  readonly lastName?: string | undefined
  readonly alias?: string | undefined
}

/** As reads show it: writes say `groupType` and `groupName` instead of `sharedEmailGroup` (contract 3.2). */
export type Demographics = {
  readonly [field: string]: unknown
  readonly sharedEmailGroup: { readonly type: string; readonly name: string } | null
}

export type SoloPatient = {
  /** Solo patient id. */
  readonly spid: number
  /** The id that the creator gave. */
  readonly id: string
  /** Health-system id, known only where the site's EHR has shared it. */
  readonly hsid: string | null
  demographics: Demographics
  readonly documents: {
    readonly name: string
    readonly dateTime: number
    readonly responses: readonly { readonly question: string; readonly response: string }[]
  }[]
}

export type SoloProvider = {
  readonly id: string
  readonly email: string
  readonly firstName: string
  readonly middleName: string
  readonly lastName: string
}

export type SoloAttachment = {
  readonly id: string
  readonly title: string
  readonly mimeType: string
  readonly bytes: Buffer
  readonly uploadedAtMs: number
  deleted: boolean
}

export type SoloVisit = {
  /** The appointment id, which is also the Solo appointment id (SAID). */
  readonly id: number
  readonly aggregateId: string
  readonly patientSpid: number
  readonly waitingRoom: string
  /** Secret part of the patient's link. */
  readonly checkInToken: string
  dateSeconds: number
  durationSeconds: number
  reasons: readonly string[]
  /** The words of contract 3.3, or any other that a test sets. */
  status: string
  videoCall: { readonly id: string; readonly status: string } | null
  externalId: string | null
  accountNumber: string | null
  episodeId: string | null
  providers: readonly SoloProvider[]
  /** What the clinician answered, by template. */
  readonly notes: SoloNote[]
  readonly attachments: SoloAttachment[]
}

export type SoloNote = {
  readonly id: string
  readonly templateName: string
  readonly comments: readonly {
    readonly id: string
    readonly message: string
    readonly postedAtSeconds: number
    readonly author: { readonly id: number; readonly username: string }
  }[]
  readonly responses: {
    readonly atMs: number
    readonly question: readonly string[]
    readonly response: readonly string[]
  }[]
}

export type SoloWaitingRoom = {
  readonly id: string
  readonly name: string
  readonly serviceLine: string
  readonly serviceType: string
  readonly slotSeconds: number
  /** Starts of slots that a test has set, in seconds; null: every slot from 09:00 to 17:00 UTC. */
  slotStarts: readonly number[] | null
}

export const episodeStatuses = ['PLANNING', 'WAITLIST', 'ACTIVE', 'ONHOLD', 'FINISHED', 'CANCELED'] as const

export type SoloEpisode = {
  readonly id: string
  readonly patientSpid: number
  name: string
  type: string
  from: string
  to: string | null
  /** As written; reads show it in lower case (contract 3.6). */
  status: string
  objective: string | null
  reasonIncomplete: string | null
}

export const webhookEvents = [
  'patient:created',
  'patient:updated',
  'patient:deactivated',
  'appointment:scheduled',
  'appointment:rescheduled',
  'appointment:cancelled',
  'appointment:completed',
  'appointment:incompleted',
  'appointment:no-show',
  'appointment:lwbs',
  'episode:created',
  'episode:updated',
] as const
export type SoloWebhookEvent = (typeof webhookEvents)[number]

export type SoloWebhook = {
  readonly id: string
  /** Sixteen bytes in Base64. */
  readonly encryptionKey: string
  endpoint: string
  events: readonly SoloWebhookEvent[]
}

export type SoloEncounterReport = {
  readonly id: string
  readonly password: string
  readonly fromMs: number
  readonly toMs: number
  /** How often its status was asked for. */
  polls: number
  /** Decided at the poll that ended it. */
  outcome: 'completed' | 'failed' | null
}

/** A bedside device and where it stands. */
export type SoloDevice = {
  readonly serialNumber: string
  readonly building: string
  readonly floor: string
  readonly department: string
  readonly room: string
  readonly bed: string
  /** Of the patient in that bed. */
  readonly patientMrn: string
}

export type SoloAssistance = {
  readonly id: string
  readonly device: SoloDevice
  readonly createdAtMs: number
}

/** A context-aware link that was opened, decrypted. */
export type SoloOpenedLink = {
  readonly appointmentId: number
  readonly user: string
  readonly type: 'patient' | 'medicalAssistant' | 'provider'
  readonly visit: string
  readonly dateSeconds: number
  readonly patient: {
    readonly id: string
    readonly sex: string
    readonly dob: string
    readonly firstName: string
    readonly lastName: string
  }
}
