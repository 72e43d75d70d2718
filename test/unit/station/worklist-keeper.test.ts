import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure, Result } from '../../../electron/http/outcome.ts'
import { outboxDelayMs } from '../../../electron/outbox/back-off.ts'
import { local } from '../../../electron/http/local-failure.ts'
import {
  AUTH_REFRESH_MS,
  CALM_FACTOR,
  CALM_MOST_MS,
  createWorklistKeeper,
  type WorklistKeeper,
} from '../../../electron/station/worklist-keeper.ts'
import { createWorklist, type CompletePass } from '../../../electron/worklist/worklist.ts'

const MINUTE_MS = 60_000
const good: Result<CompletePass> = {
  ok: true,
  value: { items: [], unreadable: [] },
  correlationId: null,
  clockSkewMs: null,
}
const bad = (kind: Failure['kind'], retryAfterMs: number | null = null): Result<CompletePass> => ({
  ok: false,
  failure: { ...local(kind, 'x', 'No.'), retryAfterMs },
})

let keeper: WorklistKeeper
let passes: number[]
let next: Result<CompletePass>
let isCalm: boolean

/** A keeper of one practice; so many milliseconds after the start its passes began. */
async function start(refreshSeconds = 60): Promise<void> {
  const worklist = createWorklist(
    new Map([
      [
        'acme',
        () => {
          passes.push(Date.now())
          return Promise.resolve(next)
        },
      ],
    ]),
    Date.now,
  )
  keeper = createWorklistKeeper({
    worklist,
    domains: ['acme'],
    refreshSeconds,
    isCalm: () => isCalm,
    now: Date.now,
    random: () => 0.5,
    delayMs: (attempt, floorMs) => outboxDelayMs(attempt, floorMs, () => 0.5),
    emit: () => undefined,
    notice: () => undefined,
    onChange: () => undefined,
  })
  await keeper.refreshAll()
  keeper.start()
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  passes = []
  next = good
  isCalm = false
})
afterEach(() => {
  keeper.stop()
  vi.useRealTimers()
})

describe('the worklist is read', () => {
  it('at the pace of the settings while somebody looks or something is on its way', async () => {
    await start()
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
    expect(passes).toEqual(Array.from({ length: 11 }, (_, n) => n * MINUTE_MS))
  })

  it('five times less often while nobody does, and at once when that ends', async () => {
    isCalm = true
    await start()
    await vi.advanceTimersByTimeAsync(CALM_FACTOR * 3 * MINUTE_MS)
    expect(passes).toEqual([0, 5, 10, 15].map((minutes) => minutes * MINUTE_MS))
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS)
    keeper.freshen()
    keeper.freshen()
    await vi.advanceTimersByTimeAsync(0)
    expect(passes.at(-1)).toBe(18 * MINUTE_MS)
    expect(passes).toHaveLength(5)
    isCalm = false
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
    expect(passes.slice(5)).toEqual([19 * MINUTE_MS, 20 * MINUTE_MS])
  })

  it('never less often than every ten minutes, nor more often than the settings say', async () => {
    isCalm = true
    await start(240)
    await vi.advanceTimersByTimeAsync(60 * MINUTE_MS)
    // Looked at every four minutes, due after ten.
    expect(passes.slice(0, 3)).toEqual([0, 12 * MINUTE_MS, 24 * MINUTE_MS])
    keeper.stop()
    passes = []
    vi.setSystemTime(0)
    await start(3_600)
    await vi.advanceTimersByTimeAsync(2 * 3_600_000)
    expect(passes).toEqual([0, 3_600_000, 7_200_000])
    expect(CALM_MOST_MS).toBe(10 * MINUTE_MS)
  })

  it('not anew for a look when it is fresh', async () => {
    await start()
    await vi.advanceTimersByTimeAsync(MINUTE_MS / 2)
    keeper.freshen()
    await vi.advanceTimersByTimeAsync(0)
    expect(passes).toHaveLength(1)
  })

  it.each(['auth', 'scope'] as const)(
    'hardly ever when the answer is %s, whoever looks: a person has to act first',
    async (kind) => {
      next = bad(kind)
      await start()
      keeper.freshen()
      await vi.advanceTimersByTimeAsync(AUTH_REFRESH_MS - 1)
      keeper.freshen()
      await vi.advanceTimersByTimeAsync(0)
      expect(passes).toHaveLength(1)
      await vi.advanceTimersByTimeAsync(1)
      expect(passes).toHaveLength(2)
      await keeper.refreshAll()
      expect(passes).toHaveLength(3)
    },
  )

  it('no sooner than a server that throttles allows, whoever looks', async () => {
    next = bad('throttled', 7 * MINUTE_MS)
    await start()
    await vi.advanceTimersByTimeAsync(7 * MINUTE_MS - 1)
    keeper.freshen()
    await vi.advanceTimersByTimeAsync(0)
    expect(passes).toHaveLength(1)
    next = good
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(passes).toHaveLength(2)
  })

  it('more and more seldom while the server is in trouble', async () => {
    next = bad('server')
    await start()
    await vi.advanceTimersByTimeAsync(60 * MINUTE_MS)
    const pauses = passes.slice(1).map((at, index) => at - (passes[index] ?? 0))
    expect(pauses.at(-1)).toBeGreaterThan(2 * MINUTE_MS)
    expect(pauses.length).toBeLessThan(40)
  })

  it('although the clock was set back', async () => {
    isCalm = true
    await start()
    vi.setSystemTime(-86_400_000)
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(passes).toHaveLength(2)
  })
})
