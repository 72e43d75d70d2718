import { z } from 'zod'
import { commentTypes } from '../delivery.ts'
import { pendingAppointment } from '../worklist.ts'
import { deliveryView } from './delivery-view.ts'
import { key, nothing, time, type CallTable } from './vocabulary.ts'

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

/** Which studies carry alerts, as far as it is known: a study in neither list has not been looked at. */
export const knownAlerts = z.object({
  alerts: z.array(key.extend({ count: z.int().positive() })),
  /** Looked at, and none. */
  noAlerts: z.array(key),
})

/** Each study in one list at most. `gone` ones are no longer on the worklist. */
const unseen = z.object({ added: z.array(key), changed: z.array(key), gone: z.array(key) })

/** The worklist, and one study of it. */
export const studyCalls = {
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
      ...knownAlerts.partial().shape,
      /** What changed since `worklist.look`: the marks on rows. */
      unseen: unseen.optional(),
    }),
  },
  'worklist.refresh': { args: nothing, result: nothing },
  /** The person has seen the news about these studies; null: about all. */
  'worklist.look': { args: z.object({ studies: z.array(key).max(10_000).nullable() }), result: nothing },

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
  /** Asks the person where to; `saved` false: the person chose nothing. */
  'study.saveAttachment': {
    args: key.extend({ guid: z.string() }),
    result: z.object({ saved: z.boolean() }),
  },
} as const satisfies CallTable
