import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { StationEvent } from '../../../shared/station-event.ts'
import type { EndpointName } from '../../simulator/simulator.ts'
import { pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { manyAppointments, seededRandom, sha256, useSite } from '../../support/station/site.ts'
import type { Finished } from '../../support/station/workbench.ts'

const FILES = 40
const MOST_ROUNDS = 30
const appointments = manyAppointments(FILES)
const states = z.array(z.looseObject({ state: z.string() }))
const site = useSite({ appointments: () => [...appointments] })

/** Drops 40 reports; what must be on the server in the end, by appointment. */
async function dropAll(): Promise<Map<string, string>> {
  const wanted = new Map<string, string>()
  for (const [index, { appointmentId = '' }] of appointments.entries()) {
    const study = site.study(appointmentId)
    const asPdf = index % 3 !== 2
    const bytes = asPdf ? await pdfReport(study) : srReport(study)
    await site.bench.put(`report ${index}.${asPdf ? 'pdf' : 'dcm'}`, bytes)
    wanted.set(appointmentId, sha256(bytes))
  }
  return wanted
}

/** Starts a run and ends it by kill -9 in the middle of something that the random numbers choose. */
async function runAndKill(random: () => number): Promise<Finished> {
  const { simulator, bench } = site
  const places: readonly EndpointName[] = [
    'report',
    'put',
    'upload-urls',
    'appointment',
    'attachment',
    'pending',
  ]
  const endpoint = places[Math.floor(random() * places.length)] ?? 'report'
  const kind = Math.floor(random() * 4)
  const after = endpoint === 'pending' ? 0 : Math.floor(random() * 3)
  const known = new Set(simulator.requests().map(({ sequence }) => sequence))
  const fresh = ({ sequence }: { sequence: number }): boolean => !known.has(sequence)

  if (kind === 3) {
    // In the middle of taking files: at the n-th event.
    const wanted = Math.floor(random() * 45)
    let said = 0
    const running = bench.start(['run', '--once', '--json'])
    const reached = running.waitFor(() => (said += 1) > wanted).catch(() => null)
    await Promise.race([reached, running.finished])
    return running.kill()
  }
  const rule =
    kind === 2
      ? null
      : simulator.fault({ endpoint, after, fault: { kind: 'hold', when: kind === 0 ? 'before' : 'after' } })
  const running = bench.start(['run', '--once', '--json'])
  let seen = 0
  const reached = simulator.waitForRequest(
    (request) => fresh(request) && request.endpoint === endpoint && (seen += 1) > after,
    { phase: 'received' },
  )
  await Promise.race([reached, running.finished])
  const result = await running.kill()
  rule?.remove()
  return result
}

/** A dead process's held requests must not act later: the server's side is at rest before the next start. */
async function settled(): Promise<void> {
  const open = site.simulator.requests(({ phase }) => phase === 'received')
  await Promise.all(
    open.map((one) => site.simulator.waitForRequest(({ sequence }) => sequence === one.sequence)),
  )
}

describe('kill -9 in the middle of 40 reports, again and again', () => {
  it.each([1, 3])('leaves exactly one effect of each report (random numbers %i)', async (seed) => {
    const wanted = await dropAll()
    const random = seededRandom(seed)
    const events: StationEvent[] = []
    let killed = 0
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const result = await runAndKill(random)
      await settled()
      expect(result.stderr).toBe('')
      events.push(...result.events)
      if (result.code === 0) break
      killed += 1
    }
    const last = await site.once()
    events.push(...last.events)

    expect(killed).toBeGreaterThanOrEqual(5)
    expect(last.stderr).toBe('')
    expect(last.code).toBe(0)
    for (const [appointmentId, hash] of wanted) {
      const { reports, artefacts } = site.study(appointmentId)
      expect(reports).toHaveLength(1)
      expect(artefacts.map((artefact) => artefact.sha256)).toEqual([hash])
    }
    const dropped = await site.bench.dropped()
    expect(dropped).toHaveLength(FILES)
    expect(dropped.every((path) => path.startsWith('Sent/'))).toBe(true)

    const listed = await site.bench.run(['deliveries', '--json'])
    expect(states.parse(listed.json).map(({ state }) => state)).toEqual(
      Array.from({ length: FILES }, () => 'delivered'),
    )
    const said = events.flatMap((event) => (event.event === 'delivered' ? [event.id] : []))
    expect(new Set(said).size).toBe(said.length)
    // Only the line that was about to be printed at the moment of a kill may be missing.
    expect(said.length).toBeGreaterThanOrEqual(FILES - killed)
    expect(events.some((event) => event.event === 'held')).toBe(false)

    const audit = await site.bench.run(['audit', '--verify'])
    expect([audit.code, audit.stdout]).toEqual([0, 'The journal and its audit trail are whole.\n'])
  })
})
