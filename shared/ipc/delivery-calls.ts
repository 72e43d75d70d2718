import { z } from 'zod'
import { discrepancyChannels, reportStatuses } from '../delivery.ts'
import { documentIdentity } from '../document.ts'
import { identityElements } from '../matching.ts'
import { siteTemplate } from '../site-templates.ts'
import { pendingAppointment } from '../worklist.ts'
import { deliveryView } from './delivery-view.ts'
import { key, personsWord, time, type CallTable } from './vocabulary.ts'

export const candidateSchema = key.extend({
  locators: z.array(z.enum(['sidecar', 'study-uid', 'accession', 'text', 'file-name'])),
  evidence: z.record(z.enum(identityElements), z.enum(['agrees', 'contradicts', 'not-compared'])),
  identity: z.enum(['verified', 'mismatch', 'unverified']),
})

/** A template for the site's own labels, and what it would have found in the document that suggests it. */
const suggestedTemplate = z.object({ template: siteTemplate, found: documentIdentity })

/** Everything that was dropped or composed, and what a person decides on what is held. */
export const deliveryCalls = {
  'deliveries.list': { args: z.object({ limit: z.int().min(1).max(5_000) }), result: z.array(deliveryView) },
  'deliveries.retry': { args: z.object({ id: z.string() }), result: deliveryView },
  'deliveries.discard': { args: personsWord.extend({ id: z.string() }), result: deliveryView },

  /** Whether a final that differs from its preliminary does so significantly; `told` null: it does not. */
  'deliveries.answerDiscrepancy': {
    args: personsWord.extend({
      id: z.string(),
      told: z
        .object({ whom: z.string().trim().min(1).max(200), at: time, how: z.enum(discrepancyChannels) })
        .nullable(),
    }),
    result: deliveryView,
  },

  /** Each of them as `deliveries.retry`; what cannot be tried again by now is left as it is. */
  'deliveries.retryAll': {
    args: z.object({ ids: z.array(z.string()).max(5_000) }),
    result: z.object({ retried: z.int(), left: z.int() }),
  },
  /** A critical result: what was found, and who was told; each call is one more entry, the last one counts. */
  'deliveries.markCritical': {
    args: personsWord.extend({
      id: z.string(),
      told: z
        .object({
          whom: z.string().trim().min(1).max(200),
          at: time,
          how: z.enum(discrepancyChannels),
          readBack: z.boolean(),
        })
        .nullable(),
      isWithdrawn: z.boolean(),
    }),
    result: deliveryView,
  },

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
    result: deliveryView.extend({
      /** For a person to accept or to ignore; nothing is learnt silently. */
      suggestedTemplate: suggestedTemplate.nullable(),
    }),
  },
} as const satisfies CallTable
