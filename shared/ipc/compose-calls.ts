import { z } from 'zod'
import { patientParts, shownPatient } from '../composed-report.ts'
import { reportStatuses, versionProblems } from '../delivery.ts'
import { MAX_UPLOAD_BYTES } from '../document.ts'
import { pendingAppointment } from '../worklist.ts'
import { deliveryView } from './delivery-view.ts'
import { key, nothing, time, type CallTable } from './vocabulary.ts'

/** A draft may outgrow the limit of a report, so that a text that was pasted is not lost; characters. */
export const MAX_DRAFT_CHARACTERS = 8_388_608

/** What a person writes; kept and sent exactly as it was typed. */
export const composedContent = z.object({
  status: z.enum(reportStatuses),
  text: z.string().max(MAX_DRAFT_CHARACTERS),
  clinician: z.object({
    name: z.string().max(500),
    providerNumber: z.string().max(200),
    email: z.string().max(320),
  }),
})

const attachedFile = z.object({
  id: z.string(),
  /** The chosen file's own name without where it lies. */
  label: z.string(),
  kind: z.enum(['pdf', 'sr']),
  sizeBytes: z.int(),
})
const attached = z.object({
  attachments: z.array(attachedFile),
  /** Files that were not taken, one sentence each. */
  refused: z.array(z.object({ label: z.string(), message: z.string() })),
})

const draft = composedContent.extend({
  /** Names this writing: it is sent once, however often that is asked for. */
  id: z.uuid(),
  attachments: z.array(attachedFile),
  /** null: nothing has been kept yet. */
  savedAt: time.nullable(),
})

/** Whether QUBS still lists the study; `unknown` while a practice has not been read completely. */
const listed = z.enum(['pending', 'gone', 'unknown'])

const writing = key.extend({ id: z.uuid() })
const sending = writing.extend({
  status: z.enum(reportStatuses),
  /** What the window has on screen; compared with what QUBS says now. */
  shown: shownPatient,
})

const checked = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    appointment: pendingAppointment,
    /** What this report would do to one that was delivered before; sent only when a person releases it. */
    releases: z.enum(versionProblems).nullable(),
  }),
  z.object({
    kind: z.literal('changed'),
    appointment: pendingAppointment,
    changed: z.array(z.enum(patientParts)),
  }),
  z.object({ kind: z.literal('gone') }),
])

/** Reports written in the window, and their drafts (contract 1.6 Q8). */
export const composeCalls = {
  'compose.open': {
    args: key,
    result: z.object({
      /** As QUBS said last; null: this station has never seen it. */
      appointment: pendingAppointment.nullable(),
      listed,
      draft,
      /** The delivery that this draft has become, until it has arrived. */
      delivery: deliveryView.nullable(),
    }),
  },
  /** Every draft that is kept, the newest first. */
  'compose.drafts': {
    args: nothing,
    result: z.array(
      key.extend({
        savedAt: time,
        listed,
        patient: shownPatient.nullable(),
        studyDescription: z.string().nullable(),
        /** It has been handed over and is on its way, or needs a person. */
        isSent: z.boolean(),
      }),
    ),
  },
  'compose.save': { args: writing.extend(composedContent.shape), result: z.object({ savedAt: time }) },
  /** Discards the draft; for some minutes, and while Radpost runs, `compose.restore` brings it back. */
  'compose.discard': { args: writing, result: nothing },
  'compose.restore': { args: writing, result: nothing },
  /** Asks with the system's own file dialog; no path crosses. */
  'compose.chooseFiles': { args: writing, result: attached },
  'compose.attach': {
    args: writing.extend({
      label: z.string().max(1_000),
      /** One byte more than the limit crosses, so that the sentence about it comes from one place. */
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAX_UPLOAD_BYTES + 1),
    }),
    result: attached,
  },
  'compose.detach': { args: writing.extend({ attachment: z.string() }), result: attached },
  /** Reads the appointment again, for what the confirmation shows. */
  'compose.check': { args: sending, result: checked },
  /** Reads it once more and hands the report over to be delivered. */
  'compose.send': {
    args: sending.extend({
      content: composedContent.omit({ status: true }),
      /** Ids of the files that the person saw. */
      attachments: z.array(z.string()),
      by: z.string().trim().min(1).max(200),
      /** The explicit act that a final report needs. */
      confirmed: z.boolean(),
      release: z.enum(versionProblems).nullable(),
    }),
    result: z.union([z.object({ kind: z.literal('sent'), delivery: deliveryView }), checked]),
  },
} as const satisfies CallTable
