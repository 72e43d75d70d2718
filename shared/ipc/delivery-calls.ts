import { z } from 'zod'
import { reportStatuses } from '../delivery.ts'
import { documentIdentity } from '../document.ts'
import { identityElements } from '../matching.ts'
import { pendingAppointment } from '../worklist.ts'
import { deliveryView } from './delivery-view.ts'
import { key, personsWord, type CallTable } from './vocabulary.ts'

export const candidateSchema = key.extend({
  locators: z.array(z.enum(['sidecar', 'study-uid', 'accession', 'text', 'file-name'])),
  evidence: z.record(z.enum(identityElements), z.enum(['agrees', 'contradicts', 'not-compared'])),
  identity: z.enum(['verified', 'mismatch', 'unverified']),
})

/** Everything that was dropped or composed, and what a person decides on what is held. */
export const deliveryCalls = {
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
} as const satisfies CallTable
