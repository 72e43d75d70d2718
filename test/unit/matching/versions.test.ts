import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideVersion, type Version } from '../../../electron/matching/versions.ts'

/** `P a 3`: preliminary of content a at minute 3. */
function version(text: string): Version {
  const [status = '', contentHash = '', minute = ''] = text.split(' ')
  return {
    status: status === 'F' ? 'final' : 'preliminary',
    contentHash,
    reportedAtUtc: `2026-11-20T01:${minute.padStart(2, '0')}:00Z`,
  }
}

describe('version', () => {
  it.each([
    ['P a 1', [], 'send'],
    ['F a 1', [], 'send'],
    ['P b 2', ['P a 1'], 'send'],
    ['P b 1', ['P a 1'], 'send'],
    ['F a 1', ['P a 1'], 'send'],
    ['F b 2', ['P a 1'], 'send'],
    ['P a 1', ['P a 1'], 'duplicate'],
    ['P a 9', ['P a 1'], 'duplicate'],
    ['P a 1', ['P a 1', 'P b 2'], 'duplicate'],
    ['P a 1', ['P a 1', 'F a 1'], 'duplicate'],
    ['F a 1', ['F a 1', 'F b 2'], 'duplicate'],
    ['P b 1', ['P a 2'], 'superseded'],
    ['F b 1', ['P a 2'], 'superseded'],
    ['F a 1', ['P a 2'], 'superseded'],
    ['F b 1', ['F a 2'], 'superseded'],
    ['P b 1', ['F a 2'], 'superseded'],
    ['P b 2', ['F a 1'], 'already-final'],
    ['P b 2', ['F a 2'], 'already-final'],
    ['P a 1', ['F a 1'], 'already-final'],
    ['F b 2', ['F a 1'], 'correction'],
    ['F b 2', ['F a 2'], 'correction'],
    ['F b 3', ['F a 1', 'P c 2'], 'correction'],
  ])('%s after %j: %s', (candidate, delivered, expected) => {
    expect(decideVersion(version(candidate), delivered.map(version)).kind).toBe(expected)
  })

  it('compares instants, not texts', () => {
    const earlier = { ...version('P a 1'), reportedAtUtc: '2026-11-20T01:00:00.500Z' }
    expect(
      decideVersion({ ...version('P b 1'), reportedAtUtc: '2026-11-20T01:00:01Z' }, [earlier]).kind,
    ).toBe('send')
  })

  it('names the delivered version that it repeats', () => {
    const former = { ...version('P a 1'), deliveryId: 'd1' }
    expect(decideVersion(version('P a 2'), [former])).toEqual({ kind: 'duplicate', of: former })
  })

  it('never sends something older over newer, preliminary over final, or a second final', () => {
    const any = fc
      .tuple(fc.constantFrom('P', 'F'), fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 5 }))
      .map((parts) => version(parts.join(' ')))
    fc.assert(
      fc.property(any, fc.array(any, { maxLength: 5 }), (candidate, delivered) => {
        const decision = decideVersion(candidate, delivered)
        expect(decideVersion(candidate, delivered.toReversed()).kind).toBe(decision.kind)
        if (decision.kind !== 'send') return
        expect(delivered.every((each) => each.reportedAtUtc <= candidate.reportedAtUtc)).toBe(true)
        expect(delivered.every((each) => each.status === 'preliminary')).toBe(true)
      }),
    )
  })
})
