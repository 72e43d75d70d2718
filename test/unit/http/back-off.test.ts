import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BACK_OFF_CAP_MS, backOffMs } from '../../../electron/http/back-off.ts'

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('back-off', () => {
  it('doubles its ceiling up to a minute', () => {
    expect([1, 2, 3, 6, 7, 50].map((attempt) => backOffMs(attempt, null, 0.999_999))).toEqual([
      999, 1999, 3999, 31_999, 59_999, 59_999,
    ])
  })

  it('uses the whole range below the ceiling', () => {
    expect(backOffMs(5, null, 0)).toBe(0)
    expect(backOffMs(5, null, 0.5)).toBe(8000)
  })

  it('never comes back before the server asked for, nor much later than it must', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: 3_600_000 }),
        random,
        (n, after, r) => {
          const ms = backOffMs(n, after, r)
          expect(ms).toBeGreaterThanOrEqual(after)
          expect(ms).toBeLessThanOrEqual(Math.max(BACK_OFF_CAP_MS, after + 1000))
        },
      ),
    )
  })

  it('keeps growing when the server always says 0', () => {
    expect(backOffMs(6, 0, 0.9)).toBe(28_800)
  })
})
