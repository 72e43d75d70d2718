import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge, observe, type Look, type Rest } from '../../../electron/intake/settling.ts'

const times = { settleMs: 300, giveUpMs: 10_000 }
const look: fc.Arbitrary<Look> = fc.record({
  stamp: fc.record({ sizeBytes: fc.integer({ min: 0, max: 2 }), mtimeMs: fc.integer({ min: 0, max: 2 }) }),
  sidecar: fc.option(fc.record({ sizeBytes: fc.constantFrom(1, 2), mtimeMs: fc.constant(0) })),
})

describe('settling', () => {
  it('examines only what was the same for settleMs, and gives up only what was so for giveUpMs', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(look, fc.integer({ min: 0, max: 4_000 }), fc.boolean())), (looks) => {
        let rest: Rest | null = null
        let nowMs = 0
        let sinceMs = 0
        let previous: Look | null = null
        for (const [seen, passedMs, incomplete] of looks) {
          nowMs += passedMs
          if (JSON.stringify(previous) !== JSON.stringify(seen)) sinceMs = nowMs
          previous = seen
          rest = observe(rest, seen, nowMs)
          expect(rest.sinceMs).toBe(sinceMs)
          const verdict = judge(rest, nowMs, times)
          const restedMs = nowMs - sinceMs
          expect(verdict.kind !== 'examine' || restedMs >= times.settleMs).toBe(true)
          expect(verdict.kind !== 'give-up' || (rest.incomplete && restedMs >= times.giveUpMs)).toBe(true)
          expect(verdict.kind !== 'look-again' || verdict.afterMs > 0).toBe(true)
          if (verdict.kind === 'examine' && incomplete) rest = { ...rest, incomplete: true }
        }
      }),
    )
  })
})
