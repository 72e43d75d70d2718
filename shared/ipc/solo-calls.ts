import { z } from 'zod'
import { reportStatuses } from '../delivery.ts'
import {
  MAX_SOLO_DURATION_SECONDS,
  MIN_SOLO_DURATION_SECONDS,
  soloLinkTypes,
  soloWebhookEvents,
  visitStatusKinds,
} from '../solo.ts'
import { key, nothing, time, type CallTable } from './vocabulary.ts'

/** Solo's own number of a visit, as it stands there. */
const visitNumber = z.string().regex(/^[1-9]\d{0,14}$/)
const durationSeconds = z.int().min(MIN_SOLO_DURATION_SECONDS).max(MAX_SOLO_DURATION_SECONDS)

const visitStatus = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(visitStatusKinds) }),
  z.object({ kind: z.literal('in-progress'), onCall: z.boolean() }),
  /** A word of Solo's that we do not know. */
  z.object({ kind: z.literal('unknown'), text: z.string() }),
])

const visit = z.object({
  /** null: known by its externalId only, so it has links but no status. */
  id: z.string().nullable(),
  status: visitStatus.nullable(),
  at: time.nullable(),
  durationSeconds: z.number().nullable(),
  reasons: z.array(z.string()),
  providers: z.array(z.string()),
  /** Whether Solo's patient is the study's; after `contradicts` nothing may be done with the visit. */
  patient: z.enum(['agrees', 'contradicts', 'not-compared']),
})
export type SoloVisitView = z.infer<typeof visit>

/** Links are logins, so none ever comes to the window: it only says which one is meant. */
const linkChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['provider', 'patient', 'teams']) }),
  z.object({
    kind: z.literal('context'),
    type: z.enum(soloLinkTypes),
    /** Who opens it, as Solo knows them. */
    user: z.string().trim().min(1).max(200),
  }),
])
export type SoloLinkChoice = z.infer<typeof linkChoice>
const linkKinds = z.enum(['provider', 'patient', 'teams', 'context'])

/** What a booking would send about the patient, field by field. */
const patientPreview = z.object({
  kind: z.enum(['create', 'update', 'unchanged']),
  fields: z.array(
    z.object({
      field: z.enum(['patientId', 'firstName', 'lastName', 'birthDate', 'gender']),
      value: z.string(),
    }),
  ),
})
export type SoloPatientPreview = z.infer<typeof patientPreview>

const message = z.string()
const refused = z.object({ kind: z.literal('refused'), message })
/** Nobody knows whether it was done; nothing is repeated by itself. */
const unknown = z.object({ kind: z.literal('unknown'), message })
const changed = z.discriminatedUnion('kind', [z.object({ kind: z.literal('done') }), refused, unknown])
export type SoloChange = z.infer<typeof changed>

const ofVisit = key.extend({ visit: visitNumber })

/** What a webhook told, and what Solo said when it was asked about it. */
const hint = z.object({
  event: z.enum(soloWebhookEvents),
  /** Solo's number of the visit; null: it is about something else. */
  visit: z.string().nullable(),
  /** When it was taken in and the visit was read again. */
  at: time,
  status: visitStatus.nullable(),
  /** Why the visit could not be read. */
  message: z.string().nullable(),
})
export type SoloHint = z.infer<typeof hint>

const inbox = z.object({
  /** Newest first. */
  hints: z.array(hint),
  /** What cannot be taken in, and a fault of the inbox itself: a sentence each. */
  problems: z.array(z.string()),
})

const settings = z.object({
  baseUrl: z.string(),
  /** null: DEFAULT_VISIT_ID. */
  visitId: z.string().nullable(),
  /** Several practices are set up, so that `{domain}` must be in `visitId`. */
  needsDomain: z.boolean(),
  linkHosts: z.array(z.string()),
  /** Last part of the inbox's path; null: none is looked for. */
  inboxLabel: z.string().nullable(),
  /** Which secrets are stored; they never come to the window. */
  secrets: z.object({ apiKey: z.boolean(), linkingSecret: z.boolean(), teamsAuthToken: z.boolean() }),
})
export type SoloSettingsView = z.infer<typeof settings>

const webhook = z.object({
  id: z.string(),
  endpoint: z.string().nullable(),
  /** As Solo has them; words of a later version may be among them. */
  events: z.array(z.string()),
  /** The key that opens its bodies is in the keychain. */
  isKeyKept: z.boolean(),
})
export type SoloWebhookItem = z.infer<typeof webhook>
const webhookFields = z.object({
  endpoint: z.string().max(2_000),
  events: z.array(z.enum(soloWebhookEvents)).max(soloWebhookEvents.length),
})
const webhookId = z.string().min(1).max(200)

/** Video visits of Teladoc Health Solo (docs/solo.md). */
export const soloCalls = {
  /** The study's visit as Solo has it now. */
  'solo.visit': {
    args: key,
    result: z.object({
      isConfigured: z.boolean(),
      visit: visit.nullable(),
      /** There is none, or the last one will not take place any more. */
      canBook: z.boolean(),
      links: z.array(linkKinds),
    }),
  },
  'solo.waitingRooms': {
    args: nothing,
    result: z.object({ rooms: z.array(z.object({ name: z.string(), service: z.string() })) }),
  },
  /** Free slots from `after` on, before `before`; `durationSeconds` null: the waiting room's own. */
  'solo.slots': {
    args: z.object({
      waitingRoom: z.string().min(1).max(500),
      after: time,
      before: time,
      durationSeconds: durationSeconds.nullable(),
    }),
    result: z.object({ slots: z.array(z.object({ at: time, durationSeconds })) }),
  },
  'solo.previewPatient': { args: key, result: patientPreview },
  /** A person's deliberate press. `shown`: where something else would be sent by now, nothing is. */
  'solo.book': {
    args: key.extend({
      waitingRoom: z.string().min(1).max(500),
      at: time,
      durationSeconds: durationSeconds.nullable(),
      reasons: z.array(z.string().trim().min(1).max(500)).max(20),
      shown: patientPreview,
    }),
    result: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('booked') }),
      z.object({ kind: z.literal('has-visit') }),
      z.object({ kind: z.literal('changed') }),
      refused.extend({ step: z.enum(['look', 'patient', 'appointment']) }),
      unknown.extend({ step: z.enum(['look', 'patient', 'appointment']) }),
    ]),
  },
  /** Takes the number that a person read in Solo for the study's visit. */
  'solo.adopt': { args: ofVisit, result: nothing },
  'solo.reschedule': {
    args: ofVisit.extend({ at: time, durationSeconds: durationSeconds.nullable() }),
    result: changed,
  },
  'solo.cancel': { args: ofVisit, result: changed },
  /** Asks Solo for the link and opens it in the browser. */
  'solo.openLink': { args: key.extend({ link: linkChoice }), result: nothing },
  /** Puts the link on the clipboard, which forgets it after a minute. */
  'solo.copyLink': { args: key.extend({ link: linkChoice }), result: nothing },
  'solo.note': {
    args: ofVisit,
    result: z.object({
      notes: z.array(
        z.object({
          template: z.string().nullable(),
          comments: z.array(z.object({ text: z.string(), at: time.nullable(), by: z.string().nullable() })),
          answers: z.array(z.object({ question: z.string(), answer: z.string() })),
        }),
      ),
    }),
  },
  'solo.attachments': {
    args: ofVisit,
    result: z.object({
      attachments: z.array(
        z.object({
          id: z.string(),
          title: z.string().nullable(),
          sizeBytes: z.number().nullable(),
          uploadedAt: z.string().nullable(),
        }),
      ),
    }),
  },
  /** The PDFs of the newest report that this station has delivered for the study. */
  'solo.reports': {
    args: key,
    result: z.object({
      reports: z.array(
        z.object({
          delivery: z.string(),
          /** Place among the files of the delivery, from 0. */
          index: z.int(),
          file: z.string(),
          status: z.enum(reportStatuses),
          sizeBytes: z.int(),
        }),
      ),
      /** A report was delivered, but there is no PDF in it. */
      isWithoutPdf: z.boolean(),
    }),
  },
  'solo.attachReport': {
    args: ofVisit.extend({ delivery: z.string().max(200), index: z.int().min(0) }),
    result: z.discriminatedUnion('kind', [
      /** `isNearLimit`: more than SOLO_ATTACHMENT_WARNING_BYTES were taken. */
      z.object({ kind: z.literal('attached'), isNearLimit: z.boolean() }),
      z.object({ kind: z.literal('already-there') }),
      refused,
      unknown,
    ]),
  },

  /** What the webhooks of the inbox told, after a look into it. */
  'solo.inbox': { args: nothing, result: inbox },
  'solo.settings': { args: nothing, result: settings },
  'solo.saveSettings': {
    args: z.object({
      baseUrl: z.string().max(2_000),
      visitId: z.string().max(200).nullable(),
      linkHosts: z.array(z.string().max(300)).max(50),
    }),
    result: settings,
  },
  /** null: takes the secret away. */
  'solo.setSecret': {
    args: z.object({
      secret: z.enum(['apiKey', 'linkingSecret', 'teamsAuthToken']),
      value: z.string().min(1).max(2_000).nullable(),
    }),
    result: settings,
  },
  /** Asks for the waiting rooms with the stored key; changes nothing. */
  'solo.test': { args: nothing, result: z.object({ ok: z.boolean(), message }) },
  /** Asks the person for the folder; without an answer nothing changes. */
  'solo.chooseInbox': { args: nothing, result: settings },
  'solo.removeInbox': { args: nothing, result: settings },

  'solo.webhooks': { args: nothing, result: z.object({ webhooks: z.array(webhook) }) },
  /** `message`: it is there, but its key could not be kept, and what to do. */
  'solo.createWebhook': {
    args: webhookFields,
    result: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('done'), message: message.nullable() }),
      refused,
      unknown,
    ]),
  },
  'solo.updateWebhook': { args: webhookFields.extend({ id: webhookId }), result: changed },
  'solo.deleteWebhook': { args: z.object({ id: webhookId }), result: changed },
  /** Fetches the key of a webhook into the keychain, where it is not there yet. */
  'solo.keepWebhookKey': {
    args: z.object({ id: webhookId }),
    result: z.object({ message: message.nullable() }),
  },
} as const satisfies CallTable
