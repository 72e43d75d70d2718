import { describe, expect, it } from 'vitest'
import type { Failure, Result } from '../../../electron/http/outcome.ts'
import { isWorthRetrying, READ_TRIES, retryRead } from '../../../electron/http/retry.ts'

const base: Failure = {
  kind: 'server',
  outcomeKnown: true,
  status: 502,
  code: null,
  message: 'x.',
  retryAfterMs: null,
  requestId: null,
  correlationId: null,
}
const fail = (part: Partial<Failure> = {}): Result<string> => ({ ok: false, failure: { ...base, ...part } })
const done: Result<string> = { ok: true, value: 'v', correlationId: null, clockSkewMs: null }

function script(results: readonly Result<string>[], signal?: AbortSignal) {
  const waits: number[] = []
  let tries = 0
  const run = retryRead(
    {
      random: () => 0.5,
      signal,
      sleep: (ms) => {
        waits.push(ms)
        return Promise.resolve()
      },
    },
    () => Promise.resolve(results[Math.min(tries++, results.length - 1)] ?? done),
  )
  return { run, waits, tries: () => tries }
}

describe('reads', () => {
  it('are tried again with growing waits until they succeed', async () => {
    const { run, waits } = script([
      fail(),
      fail({ kind: 'network', status: null }),
      fail({ kind: 'throttled' }),
      done,
    ])
    expect(await run).toBe(done)
    expect(waits).toEqual([500, 1000, 2000])
  })

  it('end with the last failure after five tries', async () => {
    const { run, tries } = script([fail()])
    expect(await run).toMatchObject({ ok: false, failure: { status: 502 } })
    expect(tries()).toBe(READ_TRIES)
  })

  it.each([
    { kind: 'auth' },
    { kind: 'scope' },
    { kind: 'validation' },
    { kind: 'gone' },
    { kind: 'conflict' },
    { kind: 'unknown' },
    { kind: 'network', code: 'certificate' },
    { kind: 'network', code: 'proxy-auth' },
    { kind: 'network', code: 'redirect' },
    { kind: 'network', code: 'cancelled' },
  ] as const)('are not tried again after %j', async (part) => {
    const { run, tries } = script([fail(part)])
    await run
    expect(tries()).toBe(1)
    expect(isWorthRetrying({ ...base, ...part })).toBe(false)
  })

  it('wait as long as the server asks, but hand a long wait to the caller', async () => {
    const short = script([fail({ kind: 'throttled', retryAfterMs: 30_000 }), done])
    await short.run
    expect(short.waits).toEqual([30_500])
    const long = script([fail({ kind: 'throttled', retryAfterMs: 61_000 }), done])
    expect(await long.run).toMatchObject({ ok: false, failure: { retryAfterMs: 61_000 } })
    expect(long.waits).toEqual([])
  })

  it('stop when the caller cancels', async () => {
    const controller = new AbortController()
    controller.abort()
    const { run, tries } = script([fail()], controller.signal)
    expect(await run).toMatchObject({ ok: false })
    expect(tries()).toBe(1)
  })

  it('stop in the middle of a wait, with the real clock', async () => {
    const controller = new AbortController()
    const { sleep } = await import('../../../electron/http/retry.ts')
    const run = retryRead({ random: () => 0.9, sleep, signal: controller.signal }, () => {
      queueMicrotask(() => {
        controller.abort()
      })
      return Promise.resolve(fail({ retryAfterMs: 60_000 }))
    })
    expect(await run).toMatchObject({ ok: false, failure: { retryAfterMs: 60_000 } })
  })
})
