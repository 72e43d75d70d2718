import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLease, STALE_AFTER_MS, type Lease } from '../../../electron/station/lease.ts'

let root: string
let clockMs: number
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'radpost-unit-'))
  clockMs = 0
})
afterEach(() => rm(root, { recursive: true, force: true }))

function station(name: string, host = name, offsetMs = 0): Lease {
  return createLease({
    root,
    stationId: name,
    session: `session of ${name} on ${host}`,
    host,
    processId: name.length,
    monotonicMs: () => clockMs + offsetMs,
  })
}

async function holders(leases: readonly Lease[]): Promise<number[]> {
  const held = await Promise.all(leases.map((lease) => lease.isHeld()))
  return held.flatMap((is, index) => (is ? [index] : []))
}

async function takeOver(lease: Lease): Promise<void> {
  for (let look = 0; look < 40; look += 1) {
    if ((await lease.tryTake()).kind === 'taken') return
    clockMs += 1_000
  }
  throw new Error('The lease was never taken over.')
}

describe('the lease', () => {
  it('has never two holders, whatever two or three stations do at the same time', async () => {
    const step = fc.record({
      who: fc.array(fc.constantFrom(0, 1, 2), { minLength: 1, maxLength: 3 }),
      what: fc.constantFrom('take', 'renew', 'release', 'crash'),
      passedMs: fc.constantFrom(0, 1_000, 3_000, 15_000, STALE_AFTER_MS),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await rm(join(root, '.radpost'), { recursive: true, force: true })
        // Clocks of different machines have nothing in common.
        const leases = [station('a'), station('b', 'b', 5e9), station('c', 'c', 77)]
        const restarted = [0, 0, 0]
        for (const { who, what, passedMs } of steps) {
          clockMs += passedMs
          await Promise.all(
            who.map(async (index) => {
              const lease = leases[index]
              if (lease === undefined) return
              if (what === 'take') await lease.tryTake()
              if (what === 'renew') await lease.renew()
              if (what === 'release') await lease.release()
              if (what === 'crash') {
                restarted[index] = (restarted[index] ?? 0) + 1
                const name = ['a', 'b', 'c'][index] ?? ''
                leases[index] = createLease({
                  root,
                  stationId: name,
                  session: `${name} ${restarted[index]}`,
                  host: name,
                  processId: 1,
                  monotonicMs: () => clockMs,
                })
              }
            }),
          )
          expect((await holders(leases)).length).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is not taken from a holder that renews, and is taken from one that has stopped, by exactly one', async () => {
    const [a, b, c] = [station('a'), station('b'), station('c')]
    await a.tryTake()
    for (let second = 0; second < 120; second += 3) {
      clockMs += 3_000
      await a.renew()
      expect(await b.tryTake()).toMatchObject({ kind: 'watching', holder: { stationId: 'a' } })
    }
    for (let second = 0; second <= 31; second += 1) {
      clockMs += 1_000
      await Promise.all([b.tryTake(), c.tryTake()])
    }
    const held = await holders([a, b, c])
    expect(held).toHaveLength(1)
    expect(held).not.toContain(0)
    expect(await a.renew()).toBe(false)
    await a.release()
    expect(await holders([a, b, c])).toEqual(held)
  })

  it('is taken at once from an earlier life on the same machine, and not by a copy of the profile on another', async () => {
    await station('a', 'desk').tryTake()
    const copy = station('a', 'laptop')
    expect((await copy.tryTake()).kind).toBe('watching')
    const restarted = createLease({
      root,
      stationId: 'a',
      session: 'second',
      host: 'desk',
      processId: 1,
      monotonicMs: () => clockMs,
    })
    expect((await restarted.tryTake()).kind).toBe('taken')
  })

  it('does not trust itself after a long sleep, and looks before it goes on', async () => {
    const a = station('a')
    await a.tryTake()
    clockMs += 21_000
    expect(await a.isHeld()).toBe(false)
    expect(await a.renew()).toBe(true)
    expect(await a.isHeld()).toBe(true)
  })

  it('takes over a broken file only when it does not move', async () => {
    const a = station('a')
    await a.tryTake()
    await writeFile(join(root, '.radpost', 'lease'), '{"stationId":')
    const b = station('b')
    expect((await b.tryTake()).kind).toBe('watching')
    await takeOver(b)
    expect(await holders([a, b])).toEqual([1])
  })

  it('never creates the drop folder', async () => {
    await rm(root, { recursive: true })
    await expect(station('a').tryTake()).rejects.toThrow('ENOENT')
    await expect(readFile(root)).rejects.toThrow('ENOENT')
  })
})
