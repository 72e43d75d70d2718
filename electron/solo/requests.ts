import { z } from 'zod'
import { isAllowedUrl } from '../../shared/settings.ts'
import {
  MAX_SOLO_ATTACHMENT_BYTES,
  MAX_SOLO_DURATION_SECONDS,
  MIN_SOLO_DURATION_SECONDS,
  soloAttachmentTypes,
  soloEpisodeStatuses,
  soloWebhookEvents,
} from '../../shared/solo.ts'
import { atomMoment, isoDay, isoMoment, unixSeconds } from './dates.ts'

/**
 * What may be asked of Solo (contract 3.3 to 3.9; patients are in patient-requests.ts). Strict: a misspelt field is
 * refused instead of ignored by the server. Each error text follows the name of its field.
 */

/** Any text; half a character would be changed in silence on the way. */
export const plainText = z
  .string({ error: 'must be a text' })
  .refine((text) => text.isWellFormed(), { error: 'has a broken character (half of a pair)' })

/** Text that says something. */
export const filledText = plainText.refine((text) => text.trim() !== '', { error: 'must not be blank' })

const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` })

const seconds = `must be a whole number of seconds from ${MIN_SOLO_DURATION_SECONDS} to ${MAX_SOLO_DURATION_SECONDS}`
const duration = z
  .int({ error: seconds })
  .min(MIN_SOLO_DURATION_SECONDS, { error: seconds })
  .max(MAX_SOLO_DURATION_SECONDS, { error: seconds })

const reasons = z.array(plainText, { error: 'must be a list of texts' })

export const newAppointment = z.strictObject({
  date: unixSeconds.optional(),
  reasons: reasons.optional(),
  /** Seconds; left out: the slot of the waiting room. */
  duration: duration.optional(),
  /** Its name, not its id. */
  waitingRoom: filledText,
  externalId: filledText.optional(),
  episodeOfCareId: filledText.optional(),
  /** The encounter id. */
  accountNumber: plainText.optional(),
})
export type NewAppointment = z.infer<typeof newAppointment>

export const appointmentChanges = z
  .strictObject({
    date: unixSeconds.optional(),
    duration: duration.optional(),
    status: z.literal('cancelled', { error: 'may only be cancelled' }).optional(),
    externalId: filledText.optional(),
    reasons: reasons.optional(),
    accountNumber: plainText.optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    error: 'must change at least one field',
  })
export type AppointmentChanges = z.infer<typeof appointmentChanges>

export const slotSearch = z
  .strictObject({
    after: unixSeconds,
    before: unixSeconds,
    waitingRoom: filledText,
    duration: duration.optional(),
  })
  .refine(({ after, before }) => after < before, { path: ['before'], error: 'must be later than after' })
export type SlotSearch = z.infer<typeof slotSearch>

export const noteAnswers = z.strictObject({
  /** Of the template. */
  name: filledText,
  questions: z.array(
    z.strictObject({ id: filledText, value: z.array(plainText, { error: 'must be a list of texts' }) }),
    { error: 'must be a list of questions' },
  ),
})
export type NoteAnswers = z.infer<typeof noteAnswers>

export const newDocument = z.strictObject({
  name: filledText,
  dateTime: unixSeconds,
  responses: z
    .array(z.strictObject({ question: plainText, response: plainText }), {
      error: 'must be a list of questions with their responses',
    })
    .min(1, { error: 'must have at least one question with its response' }),
})
export type NewDocument = z.infer<typeof newDocument>

export const episodeFields = z.strictObject({
  name: filledText,
  /** One of the types that were set up in Solo. */
  type: filledText,
  from: isoDay,
  to: isoDay.optional(),
  status: oneOf(soloEpisodeStatuses),
  objective: plainText.optional(),
  reasonIncomplete: plainText.optional(),
})
export type EpisodeFields = z.infer<typeof episodeFields>

/** Without an id, the appointment is taken out of its episode. */
export const episodeAssignment = z.strictObject({ episodeId: filledText.optional() })
export type EpisodeAssignment = z.infer<typeof episodeAssignment>

/** A file name is shown in Solo; it must not lead anywhere. */
const fileName = filledText
  .refine((name) => name.length <= 255, { error: 'may have at most 255 characters' })
  .refine((name) => !/[/\\\p{Cc}]/u.test(name), {
    error: 'must not have slashes or control characters in it',
  })

export const newAttachment = z.strictObject({
  bytes: z
    .custom<Uint8Array>((value) => value instanceof Uint8Array, {
      error: 'must be the bytes of a file',
      abort: true,
    })
    .refine((bytes) => bytes.length > 0, { error: 'must not be empty' })
    .refine((bytes) => bytes.length <= MAX_SOLO_ATTACHMENT_BYTES, {
      error: `may have at most ${MAX_SOLO_ATTACHMENT_BYTES} bytes (5 MiB)`,
    }),
  contentType: oneOf(soloAttachmentTypes),
  fileName: fileName.optional(),
})
export type NewAttachment = z.infer<typeof newAttachment>

export const dumpRange = z
  .strictObject({ from: isoDay, to: isoDay })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before from' })
export type DumpRange = z.infer<typeof dumpRange>

export const encounterReportOrder = z
  .strictObject({
    from: atomMoment,
    to: atomMoment,
    /** Made in Solo's own web application. */
    presetId: filledText,
    /** Locks the file; whoever opens it needs it again. */
    password: filledText,
  })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
    path: ['to'],
    error: 'must not be before from',
  })
export type EncounterReportOrder = z.infer<typeof encounterReportOrder>

export const perfectAnswerFields = z.strictObject({
  firstName: filledText,
  lastName: filledText,
  dob: isoDay,
  /** The sample has "123", but the server asks for a UUID (contract 3.7, ambiguous). */
  locationId: z.guid({ error: 'must be a UUID' }),
  mrn: filledText,
  requestingProvider: filledText,
  consultType: oneOf(['new', 'update']),
  reason: oneOf(['Stroke', 'EEG Stat', 'EEG Routine']),
  physicianCallbackNumber: plainText.optional(),
  callCenterNotified: isoMoment.optional(),
  physicianNotified: isoMoment.optional(),
  patientLocation: plainText.optional(),
  caller: plainText.optional(),
})
export type PerfectAnswerFields = z.infer<typeof perfectAnswerFields>

export const webhookFields = z.strictObject({
  /** Of the site's own relay: this computer has no public address. */
  endpoint: z
    .string({ error: 'must be an https:// address' })
    .refine(isAllowedUrl, { error: 'must be an https:// address' }),
  events: z
    .array(oneOf(soloWebhookEvents), { error: 'must be a list of events' })
    .min(1, { error: 'must name at least one event' })
    .refine((events) => new Set(events).size === events.length, { error: 'names an event twice' }),
})
export type WebhookFields = z.infer<typeof webhookFields>

/** Whose assistance request is meant: exactly one of four ways to say where (contract 3.9). */
export const assistancePlace = z.union(
  [
    z.strictObject({
      building: filledText,
      floor: filledText,
      room: filledText,
      bed: filledText.optional(),
    }),
    z.strictObject({ department: filledText, room: filledText, bed: filledText.optional() }),
    z.strictObject({ patientMrn: filledText }),
    z.strictObject({ deviceSerialNumber: filledText }),
  ],
  {
    error:
      'must have either building, floor and room (and bed), or department and room (and bed), or patientMrn, or deviceSerialNumber',
  },
)
export type AssistancePlace = z.infer<typeof assistancePlace>
