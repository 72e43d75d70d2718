import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heldReasons, type HeldReason } from '../../../shared/delivery.ts'
import { calls } from '../../../shared/ipc.ts'
import { canDiscard, canRetry, filterDeliveries, filters } from '../../../renderer/deliveries/filter.ts'
import { newPractice, practiceErrors, typedPractice } from '../../../renderer/first-run/practice-check.ts'
import {
  caseKind,
  isDay,
  noAnswer,
  questions,
  resolution,
  unanswered,
  type Answer,
} from '../../../renderer/needs-you/case-kind.ts'
import { onTheDesk } from '../../../renderer/needs-you/turn.ts'
import { sampleDeliveries } from '../../../renderer/dev/sample-deliveries.ts'

const study = { domain: 'acme', appointmentId: 'A1' }
const full: Answer = {
  study,
  identity: 'unverified',
  birthDate: '1961-03-28',
  text: 'Normal.',
  status: 'final',
  settled: 'delivered',
}

function demand(reason: HeldReason): readonly string[] | 'retry' | 'drop again' {
  const kind = caseKind(reason)
  if (kind === 'retry') return 'retry'
  return kind === 'dropAgain' ? 'drop again' : questions(kind, noAnswer, false)
}

describe('what a held report asks of a person', () => {
  // The table of interfaces.md 6.
  const asked: Record<HeldReason, readonly string[] | 'retry' | 'drop again'> = {
    'no-match': ['study'],
    'study-unnamed': ['study'],
    'ambiguous-match': ['study'],
    'identity-unverified': ['study'],
    'identity-mismatch': ['study', 'birthDate'],
    'no-text': ['text', 'study'],
    'status-unclear': ['status'],
    superseded: [],
    'already-final': [],
    correction: [],
    'outcome-unknown': ['settled'],
    gone: 'retry',
    rejected: 'retry',
    'not-a-report': 'drop again',
    encrypted: 'drop again',
    damaged: 'drop again',
    'too-large': 'drop again',
    'active-content': 'drop again',
    unsupported: 'drop again',
    'sidecar-invalid': 'drop again',
    'sidecar-orphan': 'drop again',
    'other-subject': 'drop again',
  }

  it.each(heldReasons)('%s', (reason) => {
    expect(demand(reason)).toEqual(asked[reason])
  })

  it('asks for the birth date wherever the chosen study contradicts the document', () => {
    expect(questions('choose', { study, identity: 'mismatch' }, true)).toContain('birthDate')
    expect(questions('choose', { study, identity: 'unverified' }, true)).not.toContain('birthDate')
  })

  it('asks no study for a typed scan whose study is known', () => {
    expect(questions('text', noAnswer, true)).toEqual(['text'])
  })

  it('names what is missing, and sends only what was asked', () => {
    const those = questions('mismatch', noAnswer, true)
    expect(unanswered(those, noAnswer)).toEqual(['study', 'birthDate'])
    expect(unanswered(those, { ...full, birthDate: '28.03.1961' })).toEqual(['birthDate'])
    const sent = resolution('mismatch', those, full)
    expect(sent).toEqual({
      appointment: study,
      birthDate: '1961-03-28',
      text: null,
      status: null,
      settled: null,
      release: false,
    })
    const { args } = calls['held.resolve']
    expect(args.safeParse({ id: '1', by: 'Dr A', reason: 'seen', ...sent }).success).toBe(true)
    expect(resolution('release', [], full)).toMatchObject({ release: true, appointment: null })
  })

  it('takes only real days', () => {
    expect(isDay('2024-02-29')).toBe(true)
    expect(isDay('2023-02-29')).toBe(false)
    expect(isDay('2023-2-9')).toBe(false)
  })
})

describe('the next one comes by itself', () => {
  it('stays on the choice, else goes to what followed it, else to the last', () => {
    expect(onTheDesk(['a', 'b', 'c'], 'b', [])).toBe('b')
    expect(onTheDesk(['a', 'c'], 'b', ['a', 'b', 'c'])).toBe('c')
    expect(onTheDesk(['a', 'b'], 'c', ['a', 'b', 'c'])).toBe('b')
    expect(onTheDesk(['a', 'b'], null, [])).toBe('a')
    expect(onTheDesk([], 'a', ['a'])).toBeNull()
  })

  it('is always one of the list', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
    fc.assert(
      fc.property(ids, fc.option(fc.constantFrom('a', 'b', 'c')), ids, (now, chosen, before) => {
        const next = onTheDesk(now, chosen, before)
        expect([...now, ...(now.length === 0 ? [null] : [])]).toContain(next)
      }),
    )
  })
})

describe('deliveries', () => {
  const items = sampleDeliveries(Date.parse('2026-11-20T12:00:00Z'))

  it('every delivery stands in exactly one strip beside "all"', () => {
    const parts = filters
      .filter((filter) => filter !== 'all')
      .flatMap((filter) => filterDeliveries(items, filter, ''))
    expect(parts.map((item) => item.id).toSorted()).toEqual(items.map((item) => item.id).toSorted())
  })

  it('offers another try and a discard only where they are allowed', () => {
    expect(canRetry({ state: 'held', reason: 'rejected' })).toBe(true)
    expect(canRetry({ state: 'held', reason: 'no-match' })).toBe(false)
    expect(canRetry({ state: 'waiting', reason: 'server' })).toBe(true)
    expect(canDiscard({ state: 'held', reason: 'outcome-unknown' })).toBe(false)
    expect(canDiscard({ state: 'sending', reason: null })).toBe(false)
    expect(canDiscard({ state: 'held', reason: 'damaged' })).toBe(true)
  })
})

describe('a practice that is typed in', () => {
  it('is judged field by field', () => {
    expect(practiceErrors(newPractice).domain).not.toBeNull()
    expect(practiceErrors({ ...newPractice, domain: 'a b' }).domain).not.toBeNull()
    expect(practiceErrors({ ...newPractice, domain: ' acme ' })).toEqual({
      domain: null,
      baseUrl: null,
      tokenUrl: null,
    })
    expect(
      practiceErrors({ ...newPractice, domain: 'a', baseUrl: 'http://example.org' }).baseUrl,
    ).not.toBeNull()
    expect(
      practiceErrors({ ...newPractice, domain: 'a', baseUrl: 'http://localhost:8080' }).baseUrl,
    ).toBeNull()
  })

  it('goes out trimmed, with the domain for a name that was left out', () => {
    expect(typedPractice({ ...newPractice, domain: ' acme ' })).toMatchObject({
      domain: 'acme',
      name: 'acme',
    })
  })
})
