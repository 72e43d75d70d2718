import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createWorklist } from '../../../electron/worklist/worklist.ts'
import type { Seed } from '../../simulator/simulator.ts'
import { seededRandom } from '../../simulator/core/seeded.ts'
import { startPractice } from './practice.ts'

const ROWS = 10_000
const PAGES = 20
const PASSES = 60

const seed = (n: number): Seed => ({
  appointmentId: `T${String(n).padStart(6, '0')}`,
  scheduledSite: n % 2 === 0 ? 'Central Clinic' : 'Northside Clinic',
  appointmentDate: '2026-11-20',
  startTime: '13:45:00',
  patientId: String(500_000 + n),
  patientName: `Given${n} Family${n}`,
  dateOfBirth: '1988-03-03',
  clinicalInfo: 'Shortness of breath. '.repeat(4),
  reportNeededBy: new Date(Date.UTC(2026, 10, 21) + n * 1_000).toISOString(),
})

/** What was pending at the end of this pass: of the first studies so many have gone, and as many have come. */
function pendingAfter(pass: number): Set<string | undefined> {
  const numbers = [0, ...Array.from({ length: ROWS - 1 }, (_, n) => n + 1 + pass)]
  return new Set(numbers.map((n) => seed(n).appointmentId))
}

function heapUsedBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') Reflect.apply(collect, undefined, [])
  return process.memoryUsage().heapUsed
}

describe('a worklist of 10,000 appointments in 20 pages', () => {
  it('is never shown in part while one page fails at random for an hour, and memory stays flat', async () => {
    const random = seededRandom(7)
    const sizesSeen = new Set<number>()
    let look = (): void => undefined
    const { simulator, client, clock } = await startPractice(
      {
        appointments: Array.from({ length: ROWS }, (_, n) => seed(n)),
        sites: [{ siteName: 'Central Clinic', timeZone: 'AUS Eastern Standard Time' }],
      },
      {
        sleep: () => {
          // Between two tries of a page: the middle of a pass.
          look()
          return Promise.resolve()
        },
      },
    )
    const worklist = createWorklist(
      new Map([['acme', () => client.listAllPending()]]),
      () => clock.nowMs,
      new Map([['acme', (siteName) => client.getSite(siteName)]]),
    )
    look = () => sizesSeen.add(worklist.lists()[0]?.appointments.length ?? -1)
    expect(await worklist.refresh('acme')).toMatchObject({ changed: true, failure: null })
    expect(simulator.requests(({ endpoint }) => endpoint === 'pending')).toHaveLength(PAGES)

    let completePasses = 1
    let lastComplete = 0
    let completeAtMs = clock.nowMs
    let heapAtTenBytes = 0
    for (let pass = 1; pass <= PASSES; pass += 1) {
      clock.nowMs += 60_000
      // One study is reported and one comes, so that a part of the list could not pass for the whole.
      simulator.setStatus('acme', seed(pass).appointmentId ?? '', 'FINALISED')
      simulator.addAppointment(seed(ROWS - 1 + pass))
      const failing = simulator.fault({
        endpoint: 'pending',
        page: 1 + Math.floor(random() * PAGES),
        times: 1 + Math.floor(random() * 8),
        fault:
          random() < 0.5 ? { kind: 'server-error', status: 503, body: 'gateway' } : { kind: 'reset-before' },
      })
      const { failure } = await worklist.refresh('acme')
      failing.remove()
      look()
      if (failure === null) {
        completePasses += 1
        lastComplete = pass
        completeAtMs = clock.nowMs
      }
      const [list] = worklist.lists()
      expect(list).toMatchObject({ completeAtMs, failure })
      expect(worklist.view(0).missing === null).toBe(failure === null)
      const shown = new Set(list?.appointments.map((row) => row.appointmentId))
      expect(shown).toEqual(pendingAfter(lastComplete))
      if (pass === 10) heapAtTenBytes = heapUsedBytes()
    }
    expect(sizesSeen).toEqual(new Set([ROWS]))
    // Both happened, else this proves nothing.
    expect(completePasses).toBeGreaterThan(10)
    expect(completePasses).toBeLessThan(PASSES)
    expect(worklist.view(0).zoneOf('acme', 'Central Clinic')).toBe('Australia/Sydney')
    // One kept list is about 10 MB; fifty of them would be five hundred.
    expect(heapUsedBytes() - heapAtTenBytes).toBeLessThan(16_000_000)
  })
})
