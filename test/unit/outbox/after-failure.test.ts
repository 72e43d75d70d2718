import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureKinds, type Failure } from '../../../electron/http/outcome.ts'
import { afterFailure } from '../../../electron/outbox/after-failure.ts'
import { outboxDelayMs } from '../../../electron/outbox/back-off.ts'

const failure: fc.Arbitrary<Failure> = fc.record({
  kind: fc.constantFrom(...failureKinds),
  outcomeKnown: fc.boolean(),
  status: fc.constantFrom(null, 400, 503),
  code: fc.constant(null),
  message: fc.constant('What happened.'),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 600_000 })),
  requestId: fc.constantFrom(null, 'r1'),
  correlationId: fc.constantFrom(null, 'c1'),
})

describe('afterFailure', () => {
  it('holds what waiting cannot mend, with the ids to quote, and lets everything else be tried again', () => {
    fc.assert(
      fc.property(
        failure,
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failed, attempts, random) => {
          const after = afterFailure(failed, {
            nowMs: 1_000,
            attempts,
            delayMs: (attempt, floorMs) => outboxDelayMs(attempt, floorMs, () => random),
          })
          const isPermanent = failed.kind === 'gone' || failed.kind === 'validation'
          const { requestId, correlationId } = failed
          const reason = failed.kind === 'gone' ? 'gone' : 'rejected'
          expect(after).toMatchObject(
            isPermanent ? { type: 'held', reason, trace: { requestId, correlationId } } : { type: 'waiting' },
          )
          const waitMs = after.type === 'waiting' ? after.nextTryAtMs - 1_000 : 0
          const askedMs =
            failed.kind === 'throttled' || failed.kind === 'server' ? (failed.retryAfterMs ?? 0) : 0
          expect(waitMs).toBeGreaterThanOrEqual(askedMs)
        },
      ),
    )
  })

  it('asks again every few minutes, and no sooner, when many tries have failed', () => {
    for (const random of [0, 0.5, 0.999]) {
      const delayMs = outboxDelayMs(30, null, () => random)
      expect(delayMs).toBeGreaterThanOrEqual(120_000)
      expect(delayMs).toBeLessThanOrEqual(300_000)
    }
  })
})
