import { z } from 'zod'
import {
  deliveryKinds,
  discrepancyChannels,
  heldReasons,
  reportStatuses,
  waitingReasons,
} from '../delivery.ts'
import { time } from './vocabulary.ts'

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

/** The question that a final different from its preliminary raises, and its answer (docs/adr/0013). */
const discrepancy = z.discriminatedUnion('state', [
  z.object({ state: z.literal('asked'), preliminary: z.string() }),
  z.object({
    state: z.literal('answered'),
    preliminary: z.string(),
    significant: z.boolean(),
    by: z.string(),
    reason: z.string(),
    atUtc: z.string(),
    told: z.object({ whom: z.string(), atUtc: z.string(), how: z.enum(discrepancyChannels) }).nullable(),
  }),
])

/** How often and how a critical result was told (electron/outbox/critical-result.ts); the last entry counts. */
const criticalEntry = z.object({
  by: z.string(),
  reason: z.string(),
  atUtc: z.string(),
  told: z
    .object({
      whom: z.string(),
      atUtc: z.string(),
      how: z.enum(discrepancyChannels),
      readBack: z.boolean(),
    })
    .nullable(),
  isWithdrawn: z.boolean(),
})

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
  /** Place among the delivered reports of the appointment, from 1. */
  version: z.int().positive().nullable(),
  /** Id of the delivery whose report this one replaced in QUBS. */
  follows: z.string().nullable(),
  discrepancy: discrepancy.nullable(),
  critical: z.array(criticalEntry).optional(),
  seenAt: time,
})
export type DeliveryItem = z.infer<typeof deliveryView>
