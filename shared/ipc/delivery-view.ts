import { z } from 'zod'
import { deliveryKinds, heldReasons, reportStatuses, waitingReasons } from '../delivery.ts'
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
