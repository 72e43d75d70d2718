import { describe, expect, it } from 'vitest'
import { criticalState } from '../../../renderer/critical/state.ts'
import { criticalProblems, criticalToldOf, noTypedCritical } from '../../../renderer/critical/typed.ts'
import { PACE_MS, throughputOf } from '../../../renderer/deliveries/throughput.ts'
import { daysBetween } from '../../../renderer/history/search.ts'

const NOW_MS = Date.UTC(2026, 10, 20, 12)

describe('the pace of a burst', () => {
  const items = [
    { state: 'queued' },
    { state: 'sending' },
    { state: 'waiting' },
    { state: 'delivered' },
  ] as const

  it('says what is left, and what arrived a minute over the last minutes', () => {
    const arrived = [NOW_MS - PACE_MS - 1, NOW_MS - 120_000, NOW_MS - 60_000, NOW_MS]
    expect(throughputOf(items, arrived, NOW_MS)).toEqual({ left: 2, perMinute: 1.5 })
  })

  it('makes no pace of a single moment, and is silent where nothing runs', () => {
    expect(throughputOf(items, [NOW_MS], NOW_MS)).toEqual({ left: 2, perMinute: 1 })
    expect(throughputOf(items, [], NOW_MS)).toEqual({ left: 2, perMinute: 0 })
    expect(throughputOf([{ state: 'delivered' }], [NOW_MS], NOW_MS)).toBeNull()
  })
})

describe('the days of the history', () => {
  it('are whole local days, the last one to its end', () => {
    const { from, to } = daysBetween('2026-10-04', '2026-10-04')
    expect(from).toBe(new Date(2026, 9, 4).toISOString())
    expect(to).toBe(new Date(2026, 9, 5).toISOString())
  })

  it('are open where they are not given', () => {
    expect(daysBetween('', 'yesterday')).toEqual({ from: null, to: null })
  })
})

describe('an entry about a critical result', () => {
  const told = {
    answer: 'told',
    whom: ' Dr Ada ',
    at: '2026-11-20T03:00',
    how: 'phone',
    readBack: 'no',
  } as const

  it('asks for everything of the telling, and for nothing else where there was none', () => {
    expect(criticalProblems(noTypedCritical, NOW_MS)).toEqual(['answer'])
    expect(criticalProblems({ ...noTypedCritical, answer: 'open' }, NOW_MS)).toEqual([])
    expect(criticalProblems({ ...noTypedCritical, answer: 'told' }, NOW_MS)).toEqual([
      'whom',
      'at',
      'how',
      'read-back',
    ])
    expect(criticalProblems({ ...told, at: '2027-01-01T00:00' }, NOW_MS)).toEqual(['future'])
    expect(criticalProblems(told, NOW_MS)).toEqual([])
  })

  it('keeps that it was not read back', () => {
    expect(criticalToldOf(told)).toMatchObject({ whom: 'Dr Ada', how: 'phone', readBack: false })
    expect(criticalToldOf({ ...told, answer: 'open' })).toBeNull()
  })

  it('counts by its last one', () => {
    const entry = { by: 'x', reason: 'y', atUtc: '2026-11-20T03:00:00Z', told: null, isWithdrawn: false }
    const to = { whom: 'x', atUtc: '2026-11-20T03:00:00Z', how: 'phone', readBack: true } as const
    expect(criticalState({})).toBeNull()
    expect(criticalState({ critical: [entry] })).toBe('open')
    expect(criticalState({ critical: [entry, { ...entry, told: to }] })).toBe('told')
    expect(criticalState({ critical: [{ ...entry, told: to }, entry] })).toBe('open')
    expect(criticalState({ critical: [entry, { ...entry, isWithdrawn: true }] })).toBeNull()
  })
})
