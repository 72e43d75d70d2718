import { z } from 'zod'
import { commentTypes, heldReasons, reportStatuses, waitingReasons, deliveryKinds } from './delivery.ts'
import { documentIdentity } from './document.ts'
import { identityElements } from './matching.ts'
import { settingsSchema } from './settings.ts'
import { pendingAppointment } from './worklist.ts'

/**
 * THE contract between window and main process: every call and every pushed event, with zod for arguments and
 * results. Both sides, the preload and the tests are derived from it; nothing crosses that is not in here. No secret
 * and no path ever does: files are named by delivery id, folders by a label (Electron checklist 17, 20; design.md 1.5).
 */

const key = z.object({ domain: z.string(), appointmentId: z.string() })
const nothing = z.object({})
const time = z.iso.datetime()

export const candidateSchema = key.extend({
  locators: z.array(z.enum(['sidecar', 'study-uid', 'accession', 'text', 'file-name'])),
  evidence: z.record(z.enum(identityElements), z.enum(['agrees', 'contradicts', 'not-compared'])),
  identity: z.enum(['verified', 'mismatch', 'unverified']),
})

const receipt = z.union([
  z.object({
    kind: z.literal('report'),
    reportGuid: z.string(),
    reportedAtUtc: z.string(),
    status: z.enum(reportStatuses),
    attachments: z.array(z.object({ guid: z.string(), fileName: z.string(), readBack: z.boolean() })),
    settledBy: z.string().nullable(),
  }),
  z.object({ kind: z.literal('comment'), guid: z.string() }),
])

export const deliveryView = z.object({
  id: z.string(),
  /** As dropped, below the drop folder: what the person knows the file by. */
  file: z.string(),
  state: z.enum([
    'settling',
    'spooled',
    'queued',
    'sending',
    'waiting',
    'held',
    'delivered',
    'duplicate',
    'discarded',
    'withdrawn',
  ]),
  reason: z.enum([...heldReasons, ...waitingReasons]).nullable(),
  message: z.string().nullable(),
  domain: z.string().nullable(),
  appointmentId: z.string().nullable(),
  status: z.enum(reportStatuses).nullable(),
  kind: z.enum(deliveryKinds).nullable(),
  attempts: z.int(),
  nextTryAt: time.nullable(),
  receipt: receipt.nullable(),
  seenAt: time,
})
export type DeliveryItem = z.infer<typeof deliveryView>

/** One look at the whole station: what tray, status bar and badges show. */
export const stationStatus = z.object({
  /** The most urgent truth; never `idle` while anything is unresolved. */
  overall: z.enum([
    'idle',
    'working',
    'needs-you',
    'paused',
    'offline',
    'folder-unreachable',
    'signed-out',
    'standby',
    'not-set-up',
  ]),
  /** What keeps the station from working as a whole, in one sentence; null or absent when nothing does. */
  problem: z.string().nullable().optional(),
  paused: z.boolean(),
  needsYou: z.int(),
  inProgress: z.int(),
  waiting: z.int(),
  deliveredToday: z.int(),
  folderLabel: z.string().nullable(),
  practices: z.array(
    z.object({
      domain: z.string(),
      name: z.string(),
      connection: z.enum(['connected', 'offline', 'signed-out', 'never']),
      /** Sentence of the last failure; null when connected. */
      message: z.string().nullable(),
      completeAt: time.nullable(),
      pending: z.int(),
      unreadable: z.int(),
    }),
  ),
  /** Which vault keeps the secrets; `session` means: gone with the next start. */
  secrets: z.enum(['keychain', 'session', 'unavailable']),
})
export type StationStatus = z.infer<typeof stationStatus>

const comment = z.object({
  guid: z.string().nullable(),
  type: z.string().nullable(),
  text: z.string(),
  at: z.string().nullable(),
  by: z.string().nullable(),
  isAlert: z.boolean(),
  /** The comment is about the patient, not this appointment alone. */
  ofPatient: z.boolean(),
})

const attachment = z.object({
  guid: z.string(),
  fileName: z.string().nullable(),
  category: z.string().nullable(),
  addedAt: z.string().nullable(),
})

/** Settings as the window sees and changes them: everything but paths. */
export const settingsView = z.object({
  practices: z.array(
    z.object({
      domain: z.string(),
      name: z.string(),
      baseUrl: z.string(),
      tokenUrl: z.string(),
      signedIn: z.boolean(),
    }),
  ),
  folderLabel: z.string().nullable(),
  sidecar: z.enum(['optional', 'required', 'none']),
  reports: settingsSchema.shape.reports.unwrap(),
  identity: settingsSchema.shape.identity.unwrap(),
  refreshSeconds: z.int(),
  clinician: settingsSchema.shape.clinician.unwrap(),
  proxy: z.string(),
  startAtLogin: z.boolean(),
  notifications: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
})
export type SettingsView = z.infer<typeof settingsView>

const practiceAddress = z.object({
  domain: z.string().trim().min(1).max(200),
  name: z.string().max(200),
  baseUrl: z.string().max(2_000),
  tokenUrl: z.string().max(2_000),
})
const typedCredentials = z.object({
  clientId: z.string().min(1).max(500),
  clientSecret: z.string().min(1).max(2_000),
})

/** How a connection test ended; `message` says what to do. */
const connectionTest = z.object({
  ok: z.boolean(),
  kind: z
    .enum([
      'auth',
      'scope',
      'validation',
      'gone',
      'conflict',
      'throttled',
      'server',
      'network',
      'unknown',
      'settings',
    ])
    .nullable(),
  message: z.string(),
})

const personsWord = z.object({
  by: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(1).max(2_000),
})

/** Every call: its arguments and its result. */
export const calls = {
  'app.info': {
    args: nothing,
    result: z.object({ version: z.string(), platform: z.string(), host: z.enum(['electron', 'stand-in']) }),
  },
  'station.status': { args: nothing, result: stationStatus },
  'station.pause': { args: z.object({ minutes: z.int().positive().nullable() }), result: nothing },
  'station.resume': { args: nothing, result: nothing },
  'station.openFolder': { args: nothing, result: nothing },

  'setup.chooseFolder': { args: nothing, result: z.object({ folderLabel: z.string().nullable() }) },
  'setup.testConnection': {
    args: z.object({ practice: practiceAddress, credentials: typedCredentials.nullable() }),
    result: connectionTest,
  },
  /** Stores settings and credentials and starts the station; `forSession` keeps the secrets in memory only. */
  'setup.connect': {
    args: z.object({ practice: practiceAddress, credentials: typedCredentials, forSession: z.boolean() }),
    result: connectionTest,
  },

  'settings.get': { args: nothing, result: settingsView },
  'settings.save': {
    args: settingsView.omit({ practices: true, folderLabel: true }).partial(),
    result: settingsView,
  },
  'settings.removePractice': { args: z.object({ domain: z.string() }), result: settingsView },

  'worklist.get': {
    args: nothing,
    result: z.object({
      at: time,
      appointments: z.array(pendingAppointment),
      unreadable: z.int(),
      /** IANA zone of each site that is known; a deadline of another site is shown in this computer's zone. */
      siteZones: z
        .array(z.object({ domain: z.string(), scheduledSite: z.string(), timeZone: z.string() }))
        .optional(),
      /** Studies that are known to carry alerts; what is left out has not been looked at. */
      alerts: z.array(key.extend({ count: z.int().positive() })).optional(),
    }),
  },
  'worklist.refresh': { args: nothing, result: nothing },

  'study.get': {
    args: key,
    result: z.object({
      appointment: pendingAppointment,
      /** False: this is the last known row; the study is no longer pending. */
      pending: z.boolean(),
      comments: z.array(comment),
      attachments: z.array(attachment),
      deliveries: z.array(deliveryView),
    }),
  },
  'study.addComment': {
    args: key.extend({ type: z.enum(commentTypes), text: z.string().min(1).max(20_000) }),
    result: deliveryView,
  },
  /** The attachment's bytes, fetched without credentials; shown inside the window only. */
  'study.attachment': {
    args: key.extend({ guid: z.string() }),
    result: z.object({
      kind: z.enum(['pdf', 'image', 'text', 'other']),
      mimeType: z.string(),
      bytes: z.instanceof(Uint8Array),
    }),
  },

  'deliveries.list': { args: z.object({ limit: z.int().min(1).max(5_000) }), result: z.array(deliveryView) },
  'deliveries.retry': { args: z.object({ id: z.string() }), result: deliveryView },
  'deliveries.discard': { args: personsWord.extend({ id: z.string() }), result: deliveryView },

  'held.detail': {
    args: z.object({ id: z.string() }),
    result: z.object({
      item: deliveryView,
      identity: documentIdentity.nullable(),
      text: z.string(),
      warnings: z.array(z.string()),
      /** A PDF can be shown as pages; an SR as its text. */
      preview: z.enum(['pdf', 'text', 'none']),
      candidates: z.array(candidateSchema.extend({ appointment: pendingAppointment.nullable() })),
    }),
  },
  'held.document': {
    args: z.object({ id: z.string() }),
    result: z.object({ bytes: z.instanceof(Uint8Array) }),
  },
  /** What the evidence would be for a study that a person searched for. */
  'held.weigh': {
    args: key.extend({ id: z.string() }),
    result: candidateSchema.extend({ appointment: pendingAppointment }),
  },
  'held.resolve': {
    args: personsWord.extend({
      id: z.string(),
      appointment: key.nullable(),
      birthDate: z.iso.date().nullable(),
      text: z.string().max(2_097_152).nullable(),
      status: z.enum(reportStatuses).nullable(),
      release: z.boolean(),
      settled: z.enum(['delivered', 'not-delivered']).nullable(),
    }),
    result: deliveryView,
  },
} as const satisfies Record<string, { readonly args: z.ZodType; readonly result: z.ZodType }>

export type CallName = keyof typeof calls
export type CallArgs<Name extends CallName> = z.input<(typeof calls)[Name]['args']>
export type CallResult<Name extends CallName> = z.output<(typeof calls)[Name]['result']>

/** Everything that main pushes. The window fetches anew what an event says has changed. */
export const events = {
  'station.changed': stationStatus,
  'deliveries.changed': z.object({ ids: z.array(z.string()) }),
  'worklist.changed': nothing,
  /** A notification or the tray asks for a view. */
  navigate: z.object({
    view: z.enum(['worklist', 'deliveries', 'needs-you', 'settings', 'first-run']),
    id: z.string().nullable(),
  }),
} as const satisfies Record<string, z.ZodType>

export type EventName = keyof typeof events
export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]>

/** Answers cross as an envelope, because Electron keeps only the message of a thrown error. */
export type Envelope<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly code: string; readonly message: string }

export { CALL_CHANNEL, EVENT_CHANNEL } from './ipc-channels.ts'

/** What the preload puts on `window.radpost`. */
export type RadpostApi = {
  call<Name extends CallName>(name: Name, args: CallArgs<Name>): Promise<Envelope<CallResult<Name>>>
  /** Returns the function that ends the listening. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}
