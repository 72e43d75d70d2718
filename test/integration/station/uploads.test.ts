import { describe, expect, it } from 'vitest'
import type { Fault } from '../../simulator/simulator.ts'
import { pdfReport } from '../../support/station/sample-reports.ts'
import { idOf, manyAppointments, outcomes, sha256, useSite } from '../../support/station/site.ts'

const site = useSite({ appointments: () => manyAppointments(3) })
const id = 'B00001'

async function drop(): Promise<Uint8Array> {
  const bytes = await pdfReport(site.study(id))
  await site.bench.put('report.pdf', bytes)
  return bytes
}

function keys(): Set<string | undefined> {
  return new Set(site.requests('upload-urls').map(({ headers }) => headers['idempotency-key']))
}

describe('a presigned upload that fails', () => {
  it.each<[name: string, endpoint: 'put' | 'upload-urls', fault: Fault]>([
    ['with an expired address', 'put', { kind: 'expired-url' }],
    ['because the signer’s session ended', 'put', { kind: 'expired-token' }],
    ['because the storage is busy', 'put', { kind: 'slow-down' }],
    ['with a 500', 'put', { kind: 'server-error', status: 500, body: 'problem' }],
    ['by a reset before', 'put', { kind: 'reset-before' }],
    ['with a sign-in page', 'put', { kind: 'captive-portal' }],
    ['because the address is nearly over', 'upload-urls', { kind: 'short-url', seconds: 20 }],
  ])('%s gets a new address under a new key', async (_, endpoint, fault) => {
    site.simulator.fault({ endpoint, fault })
    const bytes = await drop()
    const result = await site.once()

    expect(result.stderr).toBe('')
    expect(result.code).toBe(0)
    expect(keys().size).toBe(2)
    expect(site.requests('upload-urls')).toHaveLength(2)
    expect(site.study(id).reports).toHaveLength(1)
    expect(site.study(id).artefacts.flatMap((artefact) => artefact.sha256 ?? [])).toEqual([sha256(bytes)])
    expect(result.events.find((event) => event.event === 'delivered')?.attachments).toMatchObject([
      { readBack: true },
    ])
  })

  it.each<[name: string, fault: Fault]>([
    ['by a reset after the bytes', { kind: 'reset-after' }],
    ['with half an answer', { kind: 'cut-answer' }],
  ])('%s is found on the server and not repeated', async (_, fault) => {
    site.simulator.fault({ endpoint: 'put', fault })
    const bytes = await drop()
    const result = await site.once()

    expect(result.code).toBe(0)
    expect(site.requests('put').length).toBe(1)
    expect(keys().size).toBe(1)
    expect(site.study(id).artefacts.map((artefact) => artefact.sha256)).toEqual([sha256(bytes)])
    expect(site.study(id).reports).toHaveLength(1)
  })

  it('is delivered without a read-back where the server does not show its artefacts', async () => {
    site.simulator.switches.showReportArtefacts = false
    await drop()
    const result = await site.once()
    expect(result.code).toBe(0)
    expect(result.events.find((event) => event.event === 'delivered')?.attachments).toMatchObject([
      { readBack: false },
    ])
  })

  it('is a person’s after three addresses, and a retry gets three more', async () => {
    const rule = site.simulator.fault({ endpoint: 'put', times: 'always', fault: { kind: 'expired-token' } })
    const bytes = await drop()
    const first = await site.once()
    expect(outcomes(first.events)).toEqual({ 'report.pdf': 'held rejected' })
    expect(site.requests('put')).toHaveLength(3)
    expect(site.requests('report')).toHaveLength(0)
    rule.remove()

    expect((await site.bench.run(['retry', idOf(first.events, 'report.pdf')])).code).toBe(0)
    expect((await site.once()).code).toBe(0)
    expect(keys().size).toBe(4)
    expect(site.study(id).artefacts.flatMap((artefact) => artefact.sha256 ?? [])).toEqual([sha256(bytes)])
  })

  it('does not count what another patient’s appointment got: a person’s other choice is uploaded anew', async () => {
    const { seeds, simulator, bench, study } = site
    simulator.fault({ endpoint: 'put', fault: { kind: 'hold', when: 'after' } })
    const bytes = await drop()
    const running = bench.start(['run', '--once', '--json'])
    await simulator.waitForRequest(({ endpoint }) => endpoint === 'put', { phase: 'received' })
    seeds[0] = { ...seeds[0], dateOfBirth: '1911-01-01' }
    simulator.reset()
    const first = await running.finished
    expect(outcomes(first.events)).toEqual({ 'report.pdf': 'held identity-mismatch' })

    const resolved = await bench.run([
      'resolve',
      idOf(first.events, 'report.pdf'),
      '--appointment',
      'B00002',
      '--birth-date',
      study('B00002').dateOfBirth ?? '',
      '--by',
      'Dr Rory',
      '--reason',
      'the right study',
    ])
    expect(resolved.code).toBe(0)
    expect((await site.once()).code).toBe(0)
    expect(study('B00002').artefacts.map((artefact) => artefact.sha256)).toEqual([sha256(bytes)])
    expect(study('B00002').reports).toHaveLength(1)
    expect(study('B00001').reports).toHaveLength(0)
  })
})
