import { describe, expect, it } from 'vitest'
import type { SoloVisitView } from '../../../shared/ipc/solo-calls.ts'
import { pollEveryMs } from '../../../renderer/solo/polling.ts'

const visit: SoloVisitView = {
  id: '4711',
  status: { kind: 'scheduled' },
  at: null,
  durationSeconds: null,
  reasons: [],
  providers: [],
  patient: 'agrees',
}
const found = (part: Partial<SoloVisitView> | null, isConfigured = true) => ({
  visit: { isConfigured, visit: part === null ? null : { ...visit, ...part }, canBook: false, links: [] },
  failure: null,
})

describe('how often Solo is asked for a visit', () => {
  it('is every few seconds while somebody looks and the visit is to come, else every minute', () => {
    expect(pollEveryMs(found({}), true)).toBe(10_000)
    expect(pollEveryMs(found({ status: { kind: 'waiting' } }), true)).toBe(10_000)
    expect(pollEveryMs(found({ status: { kind: 'in-progress', onCall: true } }), true)).toBe(10_000)
    expect(pollEveryMs(found({}), false)).toBe(60_000)
    for (const kind of ['completed', 'cancelled', 'missed'] as const)
      expect(pollEveryMs(found({ status: { kind } }), true)).toBe(60_000)
    expect(pollEveryMs(found({ id: null, status: null }), true)).toBe(60_000)
    expect(pollEveryMs(found(null), true)).toBe(60_000)
  })

  it('is less often after a failure, and not at all with a wrong key or without one', () => {
    expect(pollEveryMs({ ...found({}), failure: 'other' }, true)).toBe(60_000)
    expect(pollEveryMs({ ...found({}), failure: 'refused' }, true)).toBe(false)
    expect(pollEveryMs(found(null, false), true)).toBe(false)
  })
})
