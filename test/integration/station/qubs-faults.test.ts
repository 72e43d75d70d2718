import { describe, expect, it } from 'vitest'
import { pdfReport } from '../../support/station/sample-reports.ts'
import { outcomes, sha256, useSite } from '../../support/station/site.ts'

/** Lines of the fault list (docs/qubs.md) that are not the client's business but the station's. */
const site = useSite()

describe('an app that is killed between sending and the answer', () => {
  it.each(['before', 'after'] as const)(
    'delivers once when it was killed %s the server took the report',
    async (when) => {
      const { bench, simulator } = site
      const bytes = await pdfReport(site.study('A100001'))
      const held = simulator.fault({ endpoint: 'report', fault: { kind: 'hold', when } })
      await bench.put('report.pdf', bytes)
      const running = bench.start(['run', '--once', '--json'])
      // The bytes have left; the answer never comes.
      await simulator.waitForRequest(({ endpoint }) => endpoint === 'report', { phase: 'received' })
      await running.kill()
      held.remove()
      const { code, events } = await site.once()
      expect([code, outcomes(events)]).toEqual([0, { 'report.pdf': 'delivered A100001 preliminary' }])
      const { reports, artefacts } = site.study('A100001')
      expect(reports).toHaveLength(1)
      expect(artefacts.map((artefact) => artefact.sha256)).toEqual([sha256(bytes)])
      const keys = site.requests('report').map(({ headers }) => headers['idempotency-key'])
      expect([keys.length, new Set(keys).size]).toEqual([2, 1])
    },
  )
})

describe('a PDF that is no PDF', () => {
  it('is held as no report, and not a byte of it leaves', async () => {
    const { bench } = site
    const files = {
      'A100001 page.pdf': '<!doctype html><title>Sign in</title>',
      'A100001 text.pdf': 'CT chest, Anne-Marie Thompson-Reid, born 3 March 1988.',
      'A100001 picture.pdf': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]),
      'A100001 programme.pdf': Buffer.from('MZ\u0090\u0000\u0003'),
    }
    for (const [name, content] of Object.entries(files)) await bench.put(name, content)
    const { code, events } = await site.once()
    expect(code).toBe(3)
    expect(outcomes(events)).toEqual(
      Object.fromEntries(Object.keys(files).map((name) => [name, 'held not-a-report'])),
    )
    expect([...site.requests('upload-urls'), ...site.requests('put'), ...site.requests('report')]).toEqual([])
  })
})
