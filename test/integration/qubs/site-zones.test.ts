import { describe, expect, it } from 'vitest'
import { createWorklist, type Worklist } from '../../../electron/worklist/worklist.ts'
import { sampleAppointments, sampleSites, type SimulatorOptions } from '../../simulator/simulator.ts'
import { startPractice, type SimulatedPractice } from './practice.ts'

const nowMs = Date.UTC(2026, 10, 20, 1, 2, 3)

async function startWorklist(
  options: SimulatorOptions = {},
): Promise<SimulatedPractice & { readonly worklist: Worklist }> {
  const practice = await startPractice({
    appointments: sampleAppointments(nowMs),
    sites: sampleSites(),
    ...options,
  })
  const { client, clock } = practice
  const worklist = createWorklist(
    new Map([['acme', () => client.listAllPending()]]),
    () => clock.nowMs,
    new Map([['acme', (siteName: string) => client.getSite(siteName)]]),
    // These tests are about what is learnt, however long it takes.
    () => new Promise(() => undefined),
  )
  return { ...practice, worklist }
}

describe('the worklist with the settings of its sites', () => {
  it('knows the zone of each site after the first pass, and asks for each once', async () => {
    const { worklist, simulator } = await startWorklist()
    await worklist.refresh('acme')
    await worklist.refresh('acme')
    const view = worklist.view(0)
    expect(view.zoneOf('acme', 'Central Clinic')).toBe('Australia/Sydney')
    expect(view.zoneOf('acme', 'Northside Clinic')).toBe('Australia/Brisbane')
    expect(view.zoneOf('other', 'Central Clinic')).toBeNull()
    expect(simulator.requests(({ endpoint }) => endpoint === 'site')).toHaveLength(2)
  })

  it.each([
    ['missing', { siteTimeZone: 'missing' }],
    ['unknown', { siteTimeZone: 'unknown' }],
    ['of no site', { sites: [] }],
  ] as const)('has none that is %s, and the list stands all the same', async (_name, options) => {
    const { worklist } = await startWorklist(options)
    expect(await worklist.refresh('acme')).toMatchObject({ changed: true, failure: null })
    expect(worklist.view(0).appointments).toHaveLength(12)
    expect(worklist.siteZones()).toEqual([])
  })

  it('is complete although the settings cannot be read', async () => {
    const { worklist, simulator } = await startWorklist()
    simulator.fault({ endpoint: 'site', fault: { kind: 'problem', status: 403 }, times: 'always' })
    expect(await worklist.refresh('acme')).toMatchObject({ failure: null })
    expect(worklist.view(0)).toMatchObject({ missing: null })
    expect(worklist.view(0).zoneOf('acme', 'Central Clinic')).toBeNull()
  })
})
