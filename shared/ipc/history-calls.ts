import { z } from 'zod'
import { deliveryKinds, reportStatuses } from '../delivery.ts'
import { deliveryView } from './delivery-view.ts'
import { nothing, time, type CallTable } from './vocabulary.ts'

/** Most lines of one page of the history. */
export const MAX_HISTORY_PAGE = 200

/** How a file ended; `open`: it has not yet. */
export const historyResults = ['delivered', 'duplicate', 'discarded', 'open'] as const

/** Everything is optional: what is null is not asked for. */
const historySearch = z.object({
  /** In file name and appointment id, and in the patient's name and id as far as they are still kept. */
  text: z.string().trim().max(200),
  /** Instants between which it was dropped or written; `to` itself is outside. */
  from: time.nullable(),
  to: time.nullable(),
  status: z.enum(reportStatuses).nullable(),
  kind: z.enum(deliveryKinds).nullable(),
  result: z.enum(historyResults).nullable(),
})

const trailEntry = z.object({
  /** Its number in the chain. */
  seq: z.int(),
  at: z.string(),
  what: z.string(),
  /** What else the entry holds, in its own words; people's words are opened. */
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type TrailEntry = z.infer<typeof trailEntry>

/** What was sent, and the audit trail. */
export const historyCalls = {
  /** Newest first. */
  'history.search': {
    args: historySearch.extend({ offset: z.int().min(0), limit: z.int().min(1).max(MAX_HISTORY_PAGE) }),
    result: z.object({ total: z.int(), items: z.array(deliveryView) }),
  },
  /** The audit trail of one delivery, from its beginning. */
  'history.trail': { args: z.object({ id: z.string() }), result: z.array(trailEntry) },
  /** Goes through the whole chain; `fault` says where it breaks. */
  'history.verify': {
    args: nothing,
    result: z.object({ at: time, entries: z.int(), fault: z.string().nullable() }),
  },
  /**
   * Writes entries of the audit trail as JSON lines where the person says; `saved` false: they chose nothing.
   * `withWords`: people's reasons too, which may name patients.
   */
  'history.export': {
    args: z.object({
      what: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('report'), id: z.string() }),
        z.object({ kind: z.literal('range'), from: time, to: time }),
      ]),
      withWords: z.boolean(),
    }),
    result: z.object({ saved: z.boolean(), entries: z.int() }),
  },
} as const satisfies CallTable
