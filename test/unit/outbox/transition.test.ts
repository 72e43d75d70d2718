import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heldReasons, isEnded, waitingReasons } from '../../../shared/delivery.ts'
import type { DeliveryRecord } from '../../../electron/journal/records.ts'
import { ImpossibleTransition, transition, type Happening } from '../../../electron/outbox/transition.ts'
import { aRecord, aReportPlan } from '../../support/station/records.ts'

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constant<Happening>({
    type: 'settled',
    stamp: { sizeBytes: 3, mtimeMs: 4 },
    sidecarPath: null,
    atMs: 5,
    contentSha256: 'a'.repeat(64),
  }),
  fc.constant<Happening>({ type: 'recognised', kind: 'pdf' }),
  fc.constant<Happening>({ type: 'planned', plan: aReportPlan() }),
  fc.constant<Happening>({ type: 'sending' }),
  fc
    .constantFrom(...waitingReasons)
    .map((reason): Happening => ({ type: 'waiting', reason, message: 'm', nextTryAtMs: 9 })),
  fc.constant<Happening>({ type: 'due' }),
  fc.constantFrom(...heldReasons).map((reason): Happening => ({ type: 'held', reason, message: 'm' })),
  fc.constant<Happening>({ type: 'reconsidered' }),
  fc.constant<Happening>({ type: 'discarded', by: 'n', reason: 'r' }),
  fc.constant<Happening>({ type: 'withdrawn' }),
  fc.constant<Happening>({ type: 'duplicate', of: 'x' }),
  fc.constant<Happening>({ type: 'delivered', receipt: { kind: 'comment', guid: 'g' } }),
)

/** Only these take a report out of a person's hands. */
const leavesHeld = new Set<Happening['type']>(['reconsidered', 'resolved', 'delivered', 'discarded'])

/** The next row, or null where the present one does not allow it; any other error is a failure. */
function tried(record: DeliveryRecord, next: Happening): DeliveryRecord | null {
  try {
    return transition(record, next)
  } catch (error) {
    if (error instanceof ImpossibleTransition) return null
    throw error
  }
}

describe('transition', () => {
  it('never reaches an impossible state, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), fc.boolean(), (sequence, fresh) => {
        let record = fresh
          ? aRecord({ state: { state: 'settling' }, contentSha256: null, settledAtMs: null })
          : aRecord()
        for (const next of sequence) {
          const before = structuredClone(record)
          const after = tried(record, next)
          // Pure: what came in is as it was.
          expect(record).toEqual(before)
          if (after === null) continue
          const { state } = after.state
          const isInLine = state === 'queued' || state === 'sending'
          expect([
            isEnded(record.state),
            isInLine && after.plan === null,
            state === 'spooled' && (after.plan !== null || after.contentSha256 === null),
            state === 'settling' && after.contentSha256 !== null,
            record.state.state === 'held' && state !== 'held' && !leavesHeld.has(next.type),
          ]).toEqual([false, false, false, false, false])
          expect([after.id, after.seq, after.file]).toEqual([record.id, record.seq, record.file])
          record = after
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('lets nothing happen to what has ended', () => {
    for (const state of [
      { state: 'delivered', receipt: { kind: 'comment', guid: 'g' } },
      { state: 'duplicate', of: 'x' },
      { state: 'discarded', by: 'n', reason: 'r' },
      { state: 'withdrawn' },
    ] as const) {
      fc.assert(
        fc.property(happening, (next) => {
          expect(() => transition(aRecord({ state }), next)).toThrow(ImpossibleTransition)
        }),
      )
    }
  })

  it('goes on after a wait where it began', () => {
    const waiting = { state: 'waiting', reason: 'network', message: '', nextTryAtMs: 0 } as const
    const due = (changes: Parameters<typeof aRecord>[0]) =>
      transition(aRecord({ ...changes, state: waiting }), { type: 'due' }).state.state
    expect(due({ contentSha256: null })).toBe('settling')
    expect(due({})).toBe('spooled')
    expect(due({ plan: aReportPlan() })).toBe('queued')
  })

  it('keeps the plan of what a person composed', () => {
    const held = { state: 'held', reason: 'gone', message: '', candidates: [], trace: null } as const
    const composed = aRecord({ kind: 'composed', plan: aReportPlan(), state: held })
    expect(transition(composed, { type: 'reconsidered' })).toMatchObject({
      plan: aReportPlan(),
      state: { state: 'queued' },
    })
    expect(transition({ ...composed, kind: 'pdf' }, { type: 'reconsidered' })).toMatchObject({
      plan: null,
      state: { state: 'spooled' },
    })
  })
})
