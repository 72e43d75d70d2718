import { describe, expect, it } from 'vitest'
import type { Result } from '../../../electron/http/outcome.ts'
import { local } from '../../../electron/http/local-failure.ts'
import { createSiteZones, FAILED_AFTER_MS, RENEW_AFTER_MS } from '../../../electron/worklist/site-zones.ts'

type Settings = Result<{ timeZone: string | null }>
const settings = (timeZone: string | null): Settings => ({
  ok: true,
  value: { timeZone },
  correlationId: null,
  clockSkewMs: null,
})
const failure: Settings = { ok: false, failure: local('server', 'x', 'x.') }

function rig(answers: Record<string, Settings>) {
  const clock = { nowMs: 0 }
  const asked: string[] = []
  const read = async (siteName: string): Promise<Settings> => {
    asked.push(siteName)
    return answers[siteName] ?? failure
  }
  return { clock, asked, answers, zones: createSiteZones(new Map([['acme', read]]), () => clock.nowMs) }
}

describe('the zones of sites', () => {
  it('are asked for once a site, and once more after a day', async () => {
    const { zones, asked, clock, answers } = rig({ Central: settings('AUS Eastern Standard Time') })
    await zones.learn('acme', ['Central', 'Central'])
    await zones.learn('acme', ['Central'])
    expect(asked).toEqual(['Central'])
    expect(zones.zoneOf('acme', 'Central')).toBe('Australia/Sydney')
    expect(zones.zoneOf('other', 'Central')).toBeNull()
    answers['Central'] = settings('Australia/Perth')
    clock.nowMs = RENEW_AFTER_MS
    await zones.learn('acme', ['Central'])
    await Promise.resolve()
    expect(zones.known()).toEqual([{ domain: 'acme', scheduledSite: 'Central', timeZone: 'Australia/Perth' }])
    expect(asked).toHaveLength(2)
  })

  it('that cannot be read are null, asked for again later, and a former one stays', async () => {
    const { zones, asked, clock, answers } = rig({ Central: settings('Europe/London') })
    await zones.learn('acme', ['Central', 'North'])
    expect(zones.zoneOf('acme', 'North')).toBeNull()
    clock.nowMs = FAILED_AFTER_MS - 1
    await zones.learn('acme', ['North'])
    expect(asked).toHaveLength(2)
    clock.nowMs = RENEW_AFTER_MS
    answers['Central'] = failure
    await zones.learn('acme', ['Central', 'North'])
    await Promise.resolve()
    expect(asked).toEqual(['Central', 'North', 'Central', 'North'])
    expect(zones.zoneOf('acme', 'Central')).toBe('Europe/London')
  })

  it('that nobody knows are null, and a practice without a reader has none', async () => {
    const { zones } = rig({ Central: settings('EST'), North: settings(null) })
    await zones.learn('acme', ['Central', 'North'])
    await zones.learn('other', ['South'])
    expect([zones.zoneOf('acme', 'Central'), zones.zoneOf('acme', 'North'), zones.known()]).toEqual([
      null,
      null,
      [],
    ])
  })

  it('are waited for when a site is new, and not when they are only renewed', async () => {
    let answer = Promise.withResolvers<Settings>()
    let nowMs = 0
    const zones = createSiteZones(new Map([['acme', () => answer.promise]]), () => nowMs)
    const settled: string[] = []
    const learning = zones.learn('acme', ['Central']).then(() => settled.push('learnt'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(settled).toEqual([])
    answer.resolve(settings('Europe/London'))
    await learning
    expect(zones.zoneOf('acme', 'Central')).toBe('Europe/London')
    nowMs = RENEW_AFTER_MS
    answer = Promise.withResolvers<Settings>()
    await zones.learn('acme', ['Central'])
    expect(zones.zoneOf('acme', 'Central')).toBe('Europe/London')
  })

  it('are asked for once by passes at the same time', async () => {
    const answer = Promise.withResolvers<Settings>()
    let asked = 0
    const read = (): Promise<Settings> => {
      asked += 1
      return answer.promise
    }
    const zones = createSiteZones(new Map([['acme', read]]), () => 0)
    const both = Promise.all([zones.learn('acme', ['Central']), zones.learn('acme', ['Central'])])
    answer.resolve(settings('Europe/London'))
    await both
    expect([asked, zones.zoneOf('acme', 'Central')]).toEqual([1, 'Europe/London'])
  })
})
