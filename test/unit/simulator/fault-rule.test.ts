import { describe, expect, it } from 'vitest'
import { createFaultBook } from '../../simulator/core/faults.ts'
import { parseFaultRule } from '../../simulator/core/fault-rule.ts'
import { seededIds, seededRandom } from '../../simulator/core/seeded.ts'

describe('a fault rule', () => {
  it('hits once unless it says more', () => {
    expect(parseFaultRule({ endpoint: 'report', fault: { kind: 'throttle' } })).toMatchObject({
      times: 1,
      after: 0,
    })
  })

  it.each([
    [
      'a place where it means nothing',
      { endpoint: 'token', fault: { kind: 'empty-page' } },
      /works on: pending/,
    ],
    [
      'everywhere, when it works in one place',
      { endpoint: '*', fault: { kind: 'slow-down' } },
      /works on: put/,
    ],
    [
      'a page where there are none',
      { endpoint: 'report', page: 2, fault: { kind: 'throttle' } },
      /leave "page" out/,
    ],
    ['an unknown kind', { endpoint: 'report', fault: { kind: 'earthquake' } }, /Not a fault rule/],
    [
      'an unknown endpoint',
      { endpoint: 'reports', fault: { kind: 'throttle' } },
      /Not a fault rule: endpoint/,
    ],
    ['an unknown member', { endpoint: 'report', fault: { kind: 'throttle' }, tims: 2 }, /tims/],
    ['no times at all', { endpoint: 'report', fault: { kind: 'throttle' }, times: 0 }, /times/],
  ])('is refused with %s', (_what, rule, message) => {
    expect(() => parseFaultRule(rule)).toThrow(message)
  })
})

describe('the fault book', () => {
  const report = { endpoint: 'report', domain: 'acme', appointmentId: 'A1', page: null } as const

  it('combines faults that do not exclude each other', () => {
    const book = createFaultBook(async () => undefined)
    book.add({ endpoint: '*', fault: { kind: 'date-skew', minutes: 3 } })
    book.add({ endpoint: '*', fault: { kind: 'date-skew', minutes: -1 } })
    book.add({ endpoint: 'report', fault: { kind: 'reset-after' } })
    book.add({ endpoint: 'report', appointmentId: 'A2', fault: { kind: 'throttle' } })
    const plan = book.take(report)
    expect(plan).toMatchObject({ dateSkewMs: 120_000, ending: 'reset', instead: null })
    expect(book.take(report)).toMatchObject({ kinds: [], dateSkewMs: 0, ending: 'whole' })
  })

  it('lets everything go when it is emptied', async () => {
    const book = createFaultBook(async () => undefined)
    book.add({ endpoint: 'report', fault: { kind: 'hold' } })
    const held = book.take(report).holdBefore()
    book.removeAll()
    await expect(held).resolves.toBeUndefined()
    expect(book.handles()).toEqual([])
  })
})

describe('a rule that hits by chance', () => {
  const target = { endpoint: 'pending', domain: 'acme', appointmentId: null, page: 1 } as const
  const hitsOf = (seed: number): boolean[] => {
    const book = createFaultBook(async () => undefined, seededRandom(seed))
    book.add({ endpoint: 'pending', fault: { kind: 'throttle' }, times: 'always', chance: 0.5 })
    return Array.from({ length: 40 }, () => book.take(target).instead !== null)
  }

  it('hits the same requests for the same seed, others for another, and about its share of them', () => {
    expect(hitsOf(1)).toEqual(hitsOf(1))
    expect(hitsOf(1)).not.toEqual(hitsOf(2))
    const share = hitsOf(3).filter(Boolean).length
    expect(share).toBeGreaterThan(8)
    expect(share).toBeLessThan(32)
  })
})

describe('seeded ids', () => {
  it('are UUIDs, all different, and the same for the same seed', () => {
    const ids = (seed: number): string[] => {
      const next = seededIds(seededRandom(seed))
      return Array.from({ length: 50 }, () => next())
    }
    expect(ids(0)).toEqual(ids(0))
    expect(new Set([...ids(0), ...ids(1)]).size).toBe(100)
    for (const id of ids(5))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
