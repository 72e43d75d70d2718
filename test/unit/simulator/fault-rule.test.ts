import { describe, expect, it } from 'vitest'
import { createFaultBook } from '../../simulator/core/faults.ts'
import { parseFaultRule } from '../../simulator/core/fault-rule.ts'

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
