import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  connectionOf,
  countDeliveries,
  overallState,
  type StatusFacts,
} from '../../../electron/desktop/desk/station-status.ts'
import { delivered, delivery, held } from './records.ts'

const allWell: StatusFacts = {
  setUp: true,
  problem: null,
  profileInUse: false,
  folderLost: false,
  standby: false,
  paused: false,
  secrets: 'keychain',
  connections: ['connected'],
  counts: { needsYou: 0, inProgress: 0, waiting: 0, deliveredToday: 3 },
}

describe('the overall state', () => {
  it('is idle when nothing at all is open', () => {
    expect(overallState(allWell)).toBe('idle')
  })

  it('is never idle while anything is unresolved', () => {
    const facts = fc.record({
      setUp: fc.boolean(),
      problem: fc.option(fc.constant('Something.')),
      profileInUse: fc.boolean(),
      folderLost: fc.boolean(),
      standby: fc.boolean(),
      paused: fc.boolean(),
      secrets: fc.constantFrom('keychain' as const, 'session' as const, 'unavailable' as const),
      connections: fc.array(fc.constantFrom('connected', 'offline', 'signed-out', 'never' as const), {
        maxLength: 3,
      }),
      counts: fc.record({
        needsYou: fc.nat(2),
        inProgress: fc.nat(2),
        waiting: fc.nat(2),
        deliveredToday: fc.nat(2),
      }),
    })
    fc.assert(
      fc.property(facts, (some) => {
        const open = some.counts.needsYou + some.counts.inProgress + some.counts.waiting
        const well =
          some.setUp &&
          some.problem === null &&
          !some.profileInUse &&
          !some.folderLost &&
          !some.standby &&
          !some.paused &&
          some.secrets !== 'unavailable' &&
          some.connections.every((connection) => connection === 'connected') &&
          open === 0
        expect(overallState(some) === 'idle').toBe(well)
      }),
    )
  })

  it.each([
    ['not-set-up', { setUp: false, folderLost: true }],
    ['signed-out', { connections: ['connected', 'signed-out'], folderLost: true }],
    ['signed-out', { secrets: 'unavailable' }],
    ['folder-unreachable', { folderLost: true, counts: { ...allWell.counts, needsYou: 2 } }],
    ['needs-you', { paused: true, counts: { ...allWell.counts, needsYou: 1 } }],
    ['standby', { profileInUse: true }],
    ['paused', { paused: true, connections: ['offline'] }],
    ['offline', { connections: ['offline'], counts: { ...allWell.counts, waiting: 1 } }],
    ['working', { counts: { ...allWell.counts, waiting: 1 } }],
    ['working', { connections: ['never'] }],
  ] as const)('is %s first', (expected, changes) => {
    expect(overallState({ ...allWell, ...(changes as Partial<StatusFacts>) })).toBe(expected)
  })
})

it('counts by state; delivered today by its time, comments apart', () => {
  const records = [
    delivery(held('no-match'), { id: '1' }),
    delivery({ state: 'settling' }, { id: '2' }),
    delivery({ state: 'queued' }, { id: '3' }),
    delivery({ state: 'waiting', reason: 'network', message: '', nextTryAtMs: 0 }, { id: '4' }),
    delivery(delivered, { id: '5' }),
    delivery(delivered, { id: 'yesterday' }),
    delivery({ state: 'delivered', receipt: { kind: 'comment', guid: 'g' } }, { id: '7', kind: 'comment' }),
    delivery({ state: 'withdrawn' }, { id: '8' }),
  ]
  expect(countDeliveries(records, (id) => (id === 'yesterday' ? 99 : 100), 100)).toEqual({
    needsYou: 1,
    inProgress: 2,
    waiting: 1,
    deliveredToday: 1,
  })
})

it('a delivered final that asks whether it matters needs somebody until it is answered', () => {
  const asked = { state: 'asked', preliminary: 'p' } as const
  const answer = { by: 'Dr Smith', reason: 'Compared', atUtc: '2026-11-20T00:00:00Z' }
  const answered = { ...asked, ...answer, state: 'answered', significant: false, told: null } as const
  const needsYou = (discrepancy: typeof asked | typeof answered) =>
    countDeliveries([delivery(delivered, { discrepancy })], () => 100, 100).needsYou
  expect(needsYou(asked)).toBe(1)
  expect(needsYou(answered)).toBe(0)
})

it('a practice is signed out when its credentials or rights are refused, offline for anything else', () => {
  const list = { domain: 'acme', appointments: [], unreadable: [], completeAtMs: 5, failure: null }
  const failure = {
    outcomeKnown: true,
    status: null,
    code: null,
    message: '',
    retryAfterMs: null,
    requestId: null,
    correlationId: null,
  }
  expect(connectionOf(undefined)).toBe('never')
  expect(connectionOf({ ...list, completeAtMs: null })).toBe('never')
  expect(connectionOf(list)).toBe('connected')
  expect(connectionOf({ ...list, failure: { ...failure, kind: 'scope' } })).toBe('signed-out')
  expect(connectionOf({ ...list, failure: { ...failure, kind: 'server' } })).toBe('offline')
})
