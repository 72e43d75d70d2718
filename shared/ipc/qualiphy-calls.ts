import { z } from 'zod'
import { examSchema, inviteFieldNames, inviteView, MAX_EXAMS } from '../qualiphy.ts'
import { deliveryView } from './delivery-view.ts'
import { key, nothing, type CallTable } from './vocabulary.ts'

/**
 * The form as it was typed; shared/qualiphy-form.ts judges it. The limits only keep out what no form can hold.
 */
const typedExams = z.array(z.union([z.int(), z.string().max(100)])).max(5 * MAX_EXAMS)
export const typedInvite = z.partialRecord(
  z.enum(inviteFieldNames),
  z.union([z.string().max(5_000), z.int(), typedExams]),
)
export type TypedInvite = z.infer<typeof typedInvite>

/** An invite as the window lists it. Its link is a way in for whoever has it, so it stays behind until it is asked for. */
const inviteItem = inviteView.omit({ link: true, meetingUuid: true }).extend({
  hasLink: z.boolean(),
  /** The comment that holds the link, where one was written; null: none, or it is long done with. */
  comment: deliveryView.nullable(),
})
export type InviteItem = z.infer<typeof inviteItem>

const problems = z.array(z.object({ field: z.enum(inviteFieldNames).nullable(), message: z.string() }))
const invalid = z.object({ kind: z.literal('invalid'), problems })
const invite = z.object({ id: z.string() })

const qualiphySettings = z.object({
  baseUrl: z.string(),
  /** null: as Qualiphy documents it. */
  invitePath: z.string().nullable(),
  webhookUrl: z.string().nullable(),
  /** Last part of the inbox's path; null: none is looked for. */
  inboxLabel: z.string().nullable(),
  /** The API key is stored; it never comes to the window. */
  hasKey: z.boolean(),
})
export type QualiphySettingsView = z.infer<typeof qualiphySettings>

/** Exam invites of Qualiphy (docs/qualiphy.md). */
export const qualiphyCalls = {
  /** What the study's panel shows, after a look into the inbox. */
  'qualiphy.study': {
    args: key,
    result: z.object({
      isConfigured: z.boolean(),
      /** Newest first. */
      invites: z.array(inviteItem),
      /** What lies in the inbox and cannot be taken in, and a fault of the inbox itself: a sentence each. */
      inboxProblems: z.array(z.string()),
    }),
  },
  /** The clinic's exams. `exams` null: the list is not available, `message` says why, and ids are typed by hand. */
  'qualiphy.exams': {
    args: nothing,
    result: z.object({
      exams: z.array(examSchema).nullable(),
      unreadable: z.int(),
      message: z.string().nullable(),
    }),
  },
  /** Checks the form against the study as it is now and gives what will be sent for a last look. Nothing is sent. */
  'qualiphy.prepare': {
    args: key.extend({ form: typedInvite }),
    result: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('ready'),
        /** Stands for exactly this form and this study. */
        confirmation: z.string(),
        preview: z.array(z.object({ field: z.enum(inviteFieldNames), value: z.string() })),
      }),
      invalid,
    ]),
  },
  /** A person's deliberate press: one request at most, never a second one by itself. */
  'qualiphy.send': {
    args: key.extend({ form: typedInvite, confirmation: z.string().max(200) }),
    result: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('done'), invite: inviteItem }),
      invalid,
      z.object({ kind: z.literal('in-flight') }),
      z.object({ kind: z.literal('stale') }),
      /** Nothing was sent: only a second confirmation, with this code, sends another. */
      z.object({ kind: z.literal('ask-again'), confirmation: z.string(), earlier: z.array(inviteItem) }),
    ]),
  },
  /** `resendsShown`: a press that was meant for an earlier state does nothing. `message` null: it went out. */
  'qualiphy.resend': {
    args: invite.extend({ patientExamId: z.string().max(200), resendsShown: z.int().min(0) }),
    result: z.object({ message: z.string().nullable() }),
  },
  /** Opens the meeting in the browser. */
  'qualiphy.openLink': { args: invite, result: nothing },
  /** Puts the meeting link on the clipboard, which forgets it after a minute. */
  'qualiphy.copyLink': { args: invite, result: nothing },
  /** The meeting link itself, because a person wants to see it. */
  'qualiphy.showLink': { args: invite, result: z.object({ link: z.string() }) },
  /** Writes the link down as a comment (AC) of the study; where that was done already, tells how it stands. */
  'qualiphy.addComment': { args: invite, result: deliveryView },

  'qualiphy.settings': { args: nothing, result: qualiphySettings },
  'qualiphy.saveSettings': {
    args: z.object({
      baseUrl: z.string().max(2_000),
      invitePath: z.string().max(500).nullable(),
      webhookUrl: z.string().max(2_000).nullable(),
    }),
    result: qualiphySettings,
  },
  /** null: takes the key away. */
  'qualiphy.setKey': {
    args: z.object({ apiKey: z.string().min(1).max(2_000).nullable() }),
    result: qualiphySettings,
  },
  /** Asks the person for the folder; without an answer nothing changes. */
  'qualiphy.chooseInbox': { args: nothing, result: qualiphySettings },
  'qualiphy.removeInbox': { args: nothing, result: qualiphySettings },
  /** Asks for the exam list with the stored key; changes nothing. */
  'qualiphy.test': { args: nothing, result: z.object({ ok: z.boolean(), message: z.string() }) },
} as const satisfies CallTable
