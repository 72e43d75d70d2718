import { describe, expect, it } from 'vitest'
import type { StationEvent } from '../../../shared/station-event.ts'
import { pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { manyAppointments, sha256, useSite } from '../../support/station/site.ts'

const appointments = manyAppointments(12)
const site = useSite({ appointments: () => [...appointments] })

describe('two stations on one drop folder', () => {
  it('send each report once, and when the active one is killed the other takes over', async () => {
    const hashes = new Map<string, string>()
    const drop = async (from: number, to: number): Promise<void> => {
      for (const { appointmentId = '' } of appointments.slice(from, to)) {
        const bytes = await pdfReport(site.study(appointmentId))
        hashes.set(appointmentId, sha256(bytes))
        await site.bench.put(`${appointmentId}.pdf`, bytes)
      }
    }
    await drop(0, 8)
    const second = await site.bench.secondStation()
    const stations = [site.bench.start(['run', '--json']), second.start(['run', '--json'])]

    const active = await Promise.any(
      stations.map(async (station) => {
        await station.waitFor(deliveries(8))
        return station
      }),
    )
    const other = stations.find((station) => station !== active)
    if (other === undefined) throw new Error('There are two stations.')
    const standby = await other.waitFor((event) => event.event === 'standby')
    expect(standby).toMatchObject({ reason: expect.stringContaining(`process ${active.process.pid}`) })
    expect(other.events.map((event) => event.event)).toEqual(['standby'])

    // Killed while a report has reached the server and its answer has not come back.
    const held = site.simulator.fault({
      endpoint: 'report',
      appointmentId: 'B00009',
      fault: { kind: 'hold', when: 'after' },
    })
    await drop(8, 12)
    await site.simulator.waitForRequest(
      ({ endpoint, appointmentId }) => endpoint === 'report' && appointmentId === 'B00009',
      { phase: 'received' },
    )
    await active.kill()
    held.remove()
    await other.waitFor((event) => event.event === 'delivered' && event.file === 'B00009.pdf')
    await other.waitFor((event) => event.event === 'idle')
    await other.stop()

    for (const [appointmentId, hash] of hashes) {
      expect(site.study(appointmentId).reports).toHaveLength(1)
      expect(site.study(appointmentId).artefacts.map((artefact) => artefact.sha256)).toEqual([hash])
    }
    const repeated = site.requests('report', 'B00009')
    expect(repeated).toHaveLength(2)
    expect(new Set(repeated.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(repeated[1]?.body.equals(repeated[0]?.body ?? Buffer.alloc(0))).toBe(true)
    expect((await site.bench.dropped()).every((path) => path.startsWith('Sent/'))).toBe(true)
  })

  it('lets a second `run --once` end at once, naming the holder', async () => {
    const second = await site.bench.secondStation()
    const active = site.bench.start(['run', '--json'])
    await active.waitFor((event) => event.event === 'started')

    const refused = await second.run(['run', '--once', '--json'])
    await active.stop()

    expect(refused.code).toBe(4)
    expect(refused.stderr).toMatch(
      new RegExp(`^Another station holds this drop folder: .* \\(process ${active.process.pid}\\)\\.\\n$`),
    )
  })

  it('takes a folder at once that another station has left in order', async () => {
    const second = await site.bench.secondStation()
    await site.once()
    await site.bench.put('late.dcm', srReport(site.study('B00001')))
    const result = await second.run(['run', '--once', '--json'])
    expect(result.code).toBe(0)
    expect(site.study('B00001').reports).toHaveLength(1)
  })
})

/** Fits the n-th `delivered` of one station. */
function deliveries(count: number): (event: StationEvent) => boolean {
  let seen = 0
  return (event) => event.event === 'delivered' && (seen += 1) === count
}
