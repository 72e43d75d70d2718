import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockSkewMs, MAX_RETRY_AFTER_MS, retryAfterMs } from '../../../electron/http/retry-after.ts'

const now = Date.UTC(2026, 10, 20, 12, 0, 0)
const date = 'Fri, 20 Nov 2026 12:00:00 GMT'

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['7', 7000],
    [' 7 ', 7000],
    ['1.5', 1500],
    ['86400', MAX_RETRY_AFTER_MS],
    ['99999999999999999999', MAX_RETRY_AFTER_MS],
    ['-5', null],
    ['soon', null],
    ['', null],
    ['5 apples', null],
    ['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
    ['Friday, 20-Nov-26 12:00:30 GMT', 30_000],
    ['Fri Nov 20 12:00:30 2026', 30_000],
    ['Fri, 20 Nov 2026 11:00:00 GMT', 0],
    ['Sat, 21 Nov 2026 12:00:00 GMT', MAX_RETRY_AFTER_MS],
  ])('%j is %j', (header, expected) => {
    expect(retryAfterMs(header, date, now)).toBe(expected)
  })

  it('counts a date from the clock of the answer, not of this machine', () => {
    const wrongClock = now - 20 * 60_000
    expect(retryAfterMs('Fri, 20 Nov 2026 12:00:30 GMT', date, wrongClock)).toBe(30_000)
    expect(retryAfterMs('Fri, 20 Nov 2026 12:00:30 GMT', null, now)).toBe(30_000)
  })

  it('is null without the header', () => {
    expect(retryAfterMs(undefined, date, now)).toBeNull()
  })

  it('is null or within its limits for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (header) => {
        const ms = retryAfterMs(header, date, now)
        expect(ms === null || (ms >= 0 && ms <= MAX_RETRY_AFTER_MS)).toBe(true)
      }),
    )
  })
})

describe('clock skew', () => {
  it('is server minus this machine', () => {
    expect(clockSkewMs(date, now - 1_200_000)).toBe(1_200_000)
    expect(clockSkewMs(date, now + 5000)).toBe(-5000)
    expect(clockSkewMs('yesterday', now)).toBeNull()
    expect(clockSkewMs(undefined, now)).toBeNull()
  })
})
