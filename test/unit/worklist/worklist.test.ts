import { describe, expect, it } from 'vitest'
import { pendingAppointment } from '../../../shared/worklist.ts'
import type { Result } from '../../../electron/http/outcome.ts'
import { local } from '../../../electron/http/local-failure.ts'
import { createWorklist, type CompletePass } from '../../../electron/worklist/worklist.ts'

const row = (appointmentId: string, more: object = {}) =>
  pendingAppointment.parse({
    domain: 'acme',
    appointmentId,
    status: 'PENDING REPORTING',
    scheduledSite: 'Central Clinic',
    ...more,
  })
const pass = (...items: ReturnType<typeof row>[]): Result<CompletePass> => ({
  ok: true,
  value: { items, unreadable: [] },
  correlationId: null,
  clockSkewMs: null,
})
const failure: Result<CompletePass> = { ok: false, failure: local('server', 'x', 'Down.') }

/** Passes in turn; the last one stays. */
const inTurn = (...passes: Result<CompletePass>[]) => {
  let turn = 0
  return () => Promise.resolve(passes[Math.min(turn++, passes.length - 1)] ?? failure)
}

describe('the worklist of a practice', () => {
  it('tells what each pass changed; a failed pass changes nothing and keeps the list with its age', async () => {
    let nowMs = 1_000
    const source = inTurn(
      pass(row('A2'), row('A1')),
      failure,
      pass(row('A1', { priority: 'STAT' }), row('A3')),
    )
    const worklist = createWorklist(new Map([['acme', source]]), () => nowMs)
    const first = await worklist.refresh('acme')
    expect([first.changed, first.changes.added.length]).toEqual([true, 2])
    nowMs = 2_000
    expect(await worklist.refresh('acme')).toMatchObject({ changed: false, failure: { message: 'Down.' } })
    expect(worklist.lists()[0]).toMatchObject({ completeAtMs: 1_000, failure: { kind: 'server' } })
    expect(worklist.view(9).appointments.map((a) => a.appointmentId)).toEqual(['A1', 'A2'])
    expect(worklist.view(9).missing).toEqual({ domain: 'acme', reason: 'server', nextTryAtMs: 9 })
    nowMs = 3_000
    const { changes } = await worklist.refresh('acme')
    expect(changes.added.map((a) => a.appointmentId)).toEqual(['A3'])
    expect(changes.changed.map((c) => [c.after.appointmentId, c.fields])).toEqual([['A1', ['priority']]])
    expect(changes.gone.map((a) => a.appointmentId)).toEqual(['A2'])
    expect(worklist.view(9).missing).toBeNull()
  })

  it('that is empty the first time counts as a change, the second time not', async () => {
    const worklist = createWorklist(new Map([['acme', inTurn(pass())]]), () => 0)
    expect((await worklist.refresh('acme')).changed).toBe(true)
    expect((await worklist.refresh('acme')).changed).toBe(false)
  })

  it('is not held up by another practice, and two practices may use the same id', async () => {
    const never = new Promise<Result<CompletePass>>(() => undefined)
    const worklist = createWorklist(
      new Map([
        ['slow', () => never],
        ['acme', inTurn(pass(row('A1')))],
        ['other', inTurn(pass(row('A1', { domain: 'other' })))],
      ]),
      () => 0,
    )
    void worklist.refresh('slow')
    await Promise.all([worklist.refresh('acme'), worklist.refresh('other')])
    expect(worklist.view(0).appointments.map((a) => a.domain)).toEqual(['acme', 'other'])
    expect(worklist.view(0).missing?.domain).toBe('slow')
  })

  it('knows the zones of its sites, and waits for new ones only so long', async () => {
    const london = Promise.withResolvers<Result<{ timeZone: string | null }>>()
    const tired = Promise.withResolvers<void>()
    const readSites = new Map([['acme', () => london.promise]])
    const source = inTurn(pass(row('A1')))
    const worklist = createWorklist(
      new Map([['acme', source]]),
      () => 0,
      readSites,
      () => tired.promise,
    )
    const refreshing = worklist.refresh('acme')
    tired.resolve()
    expect(await refreshing).toMatchObject({ changed: true })
    expect(worklist.view(0).zoneOf('acme', 'Central Clinic')).toBeNull()
    london.resolve({
      ok: true,
      value: { timeZone: 'GMT Standard Time' },
      correlationId: null,
      clockSkewMs: null,
    })
    await worklist.refresh('acme')
    await Promise.resolve()
    expect(worklist.view(0).zoneOf('acme', 'Central Clinic')).toBe('Europe/London')
    expect(worklist.siteZones()).toEqual([
      { domain: 'acme', scheduledSite: 'Central Clinic', timeZone: 'Europe/London' },
    ])
  })
})
