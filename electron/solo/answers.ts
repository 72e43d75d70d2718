import { z } from 'zod'
import { anyList, decimal, flag, identifier, text } from '../qubs/lenient.ts'
import { phpMoment } from './dates.ts'

/**
 * What Solo answers (contract 3), read leniently: unknown fields pass, anything optional may be null or of another
 * type and then counts as absent. Only what a caller cannot do without is insisted on.
 */

/** A list in which an item that cannot be read costs no other. */
const readable = <Item>(item: z.ZodType<Item>) =>
  anyList.transform((list) =>
    list.flatMap((one) => {
      const read = item.safeParse(one)
      return read.success ? [read.data] : []
    }),
  )

const texts = readable(z.union([z.string(), z.number().transform(String)]))

const personName = z.object({
  use: text,
  family: text,
  firstName: text,
  middleName: text,
  lastName: text,
  alias: text,
})
const telecom = z.object({ use: text, system: text, value: text })

/** A patient as Solo has it. Dates are text, as they came: `birthDate` YYYY-MM-DD, `deceasedAt` without a zone. */
export const demographicsSchema = z.object({
  mrn: text,
  accountNumber: text,
  name: readable(personName),
  birthDate: text,
  gender: text,
  maritalStatus: text,
  telecom: readable(telecom),
  contact: readable(z.object({ telecom: readable(telecom), name: readable(personName) })),
  preferredLanguage: text,
  race: text,
  ethnicity: text,
  address: readable(
    z.object({
      city: text,
      use: text,
      apartment: text,
      country: text,
      state: text,
      postalcode: text,
      line: texts,
    }),
  ),
  active: flag,
  deceased: flag,
  deceasedAt: text,
  familyMember: flag,
  isLinkedByEmail: flag,
  /** Written as groupType and groupName (contract 3.2, ambiguous). */
  sharedEmailGroup: z
    .object({ type: text, name: text })
    .nullish()
    .transform((v) => v ?? null)
    .catch(null),
})
export type Demographics = z.infer<typeof demographicsSchema>

/** The SPID, bare; the older form of the page's samples may have it as text. */
export const soloPatientIdSchema = z.union([
  z.int().min(1),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
])

/** What a created or changed appointment is: its id, and the patient's own link, which is a login: never kept or logged. */
export const bookedSchema = z.object({ id: identifier, visitUrl: text })
export type Booked = z.infer<typeof bookedSchema>

export const appointmentSchema = z.object({
  id: identifier,
  /** Seconds since 1970. */
  date: decimal,
  /** Seconds. */
  duration: decimal,
  reasons: texts,
  /** One of soloAppointmentStatuses, or a word that we do not know. */
  status: text,
  videoCall: z
    .object({ id: text, status: text })
    .nullish()
    .transform((v) => v ?? null)
    .catch(null),
  externalId: text,
  patient: z
    .object({ id: text, demographics: demographicsSchema.nullish().catch(null) })
    .nullish()
    .transform((v) => v ?? null)
    .catch(null),
  providers: readable(z.object({ id: text, email: text, firstName: text, middleName: text, lastName: text })),
})
export type Appointment = z.infer<typeof appointmentSchema>

export const providerLinkSchema = z.object({ id: identifier, providerVisitUrl: z.string().min(1) })
export const teamsLinkSchema = z.object({ id: identifier, msTeamsProviderVisitUrl: z.string().min(1) })
export const videoCallLinksSchema = z.object({
  appointmentExternalId: text,
  providerVisitUrl: z.string().min(1),
  patientVisitUrl: z.string().min(1),
})
export type VideoCallLinks = z.infer<typeof videoCallLinksSchema>

export const waitingRoomSchema = z.object({
  id: identifier,
  name: z.string().min(1),
  serviceLine: text,
  serviceType: text,
})
export type WaitingRoom = z.infer<typeof waitingRoomSchema>

/** Both in seconds, `date` since 1970. */
export const slotSchema = z.object({ date: z.int().min(0), duration: z.int().min(1) })
export type Slot = z.infer<typeof slotSchema>

export const visitNoteSchema = z.object({
  /** Of the template. */
  id: text,
  template: z
    .object({ name: text, flow: z.unknown().optional() })
    .nullish()
    .transform((v) => v ?? null)
    .catch(null),
  comments: readable(
    z.object({
      id: text,
      templateId: text,
      message: text,
      /** Seconds since 1970. */
      postedAt: decimal,
      author: z
        .object({ id: text, username: text })
        .nullish()
        .transform((v) => v ?? null)
        .catch(null),
    }),
  ),
  responses: readable(
    z.object({
      dateTime: phpMoment
        .nullish()
        .transform((v) => v ?? null)
        .catch(null),
      question: texts,
      response: texts,
    }),
  ),
})
export type VisitNote = z.infer<typeof visitNoteSchema>

export const attachmentSchema = z.object({
  id: identifier,
  /** The aggregate id of the appointment, a UUID. */
  appointmentId: text,
  title: text,
  mimeType: text,
  /** Bytes. */
  size: decimal,
  /** ISO 8601 with an offset. */
  uploadedAt: text,
  deleted: flag,
})
export type SoloAttachment = z.infer<typeof attachmentSchema>

export const episodeIdSchema = z.object({ episodeId: identifier })
export const episodeSchema = z.object({
  id: identifier,
  patientId: text,
  name: text,
  from: text,
  to: text,
  type: text,
  /** Lower case here, upper case when written. */
  status: text,
  objective: text,
  reasonIncomplete: text,
  soloPatientId: decimal,
  externalPatientId: text,
})
export type Episode = z.infer<typeof episodeSchema>

export const episodeAppointmentsSchema = z.object({
  episode: episodeSchema,
  appointments: z.array(
    z.object({
      appointmentId: identifier,
      /** Seconds since 1970. */
      date: decimal,
      reasons: texts,
      hasNotes: flag,
      episodeOfCareId: text,
    }),
  ),
})
export type EpisodeAppointments = z.infer<typeof episodeAppointmentsSchema>

export const reportStateSchema = z.object({ id: identifier, status: z.string() })
/** `pending`, `completed`, `failed`, or a word that we do not know. */
export type ReportState = z.infer<typeof reportStateSchema>

export const perfectAnswerSchema = z.object({ patientId: identifier, encounterId: identifier })

export const webhookSchema = z.object({ id: identifier, endpoint: text, events: texts })
export type Webhook = z.infer<typeof webhookSchema>
/** A secret: it goes to the keychain, never into a log or a terminal. */
export const webhookWithKeySchema = webhookSchema.extend({ encryptionKey: z.string().min(1) })
export type WebhookWithKey = z.infer<typeof webhookWithKeySchema>

const named = z
  .object({ id: text, name: text })
  .nullish()
  .transform((v) => v ?? null)
  .catch(null)

export const assistanceRequestSchema = z.object({
  id: identifier,
  device: text,
  careLocation: z
    .object({ id: text, name: text, availability: text, status: text })
    .nullish()
    .transform((v) => v ?? null)
    .catch(null),
  practice: text,
  patient: z
    .object({
      id: text,
      firstName: text,
      middleName: text,
      lastName: text,
      dob: text,
      mrn: text,
      age: decimal,
    })
    .nullish()
    .transform((v) => v ?? null)
    .catch(null),
  assignedTo: z.unknown().optional(),
  room: text,
  status: text,
  createdAt: text,
  finishedAt: text,
  location: named,
  avSessions: anyList,
  createdFromExternalApi: flag,
})
export type AssistanceRequest = z.infer<typeof assistanceRequestSchema>
