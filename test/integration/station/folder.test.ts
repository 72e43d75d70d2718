import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { outcomes, useSite } from '../../support/station/site.ts'

const site = useSite()

describe('the drop folder', () => {
  it('gives a status by its sub-folders, a sidecar outranks them, and other folders are not opened', async () => {
    const { bench, study } = site
    for (const name of ['Final', 'Preliminary', 'Archive']) await mkdir(join(bench.drop, name))
    await bench.put('Final/a.pdf', await pdfReport(study('A100003')))
    await bench.put('Preliminary/b.pdf', await pdfReport(study('A100005')))
    await bench.put('Final/c.pdf.json', JSON.stringify({ reportStatus: 'preliminary' }))
    await bench.put('Final/c.pdf', await pdfReport(study('A100006')))
    await bench.put('d.dcm.json', JSON.stringify({ reportStatus: 'preliminary' }))
    await bench.put('d.dcm', srReport(study('A100007')))
    await bench.put('Archive/e.pdf', await pdfReport(study('A100012')))
    const result = await site.once()
    expect(result.code).toBe(0)
    expect(outcomes(result.events)).toEqual({
      'Final/a.pdf': 'delivered A100003 final',
      'Preliminary/b.pdf': 'delivered A100005 preliminary',
      'Final/c.pdf': 'delivered A100006 preliminary',
      'd.dcm': 'delivered A100007 preliminary',
    })
    expect(await bench.dropped()).toEqual([
      'Archive/e.pdf',
      'Sent/a.pdf',
      'Sent/b.pdf',
      'Sent/c.pdf',
      'Sent/c.pdf.json',
      'Sent/d.dcm',
      'Sent/d.dcm.json',
    ])
  })

  it('never overwrites in Sent/ and Held/, for the sidecar either', async () => {
    const { bench, study } = site
    await mkdir(join(bench.drop, 'Sent'))
    await mkdir(join(bench.drop, 'Held'))
    await bench.put('Sent/a.pdf.json', 'somebody’s own')
    await bench.put('Held/b.pdf', 'somebody’s own')
    await bench.put('a.pdf.json', '{}')
    await bench.put('a.pdf', await pdfReport(study('A100003')))
    await bench.put('b.pdf', 'no report')
    await site.once()
    expect(await bench.dropped()).toEqual([
      'Held/b (2).pdf',
      'Held/b.pdf',
      'Sent/a (2).pdf',
      'Sent/a (2).pdf.json',
      'Sent/a.pdf.json',
    ])
  })

  it('keeps a report waiting for a sidecar that is required, and ignores sidecars that are not wanted', async () => {
    const { bench, study } = site
    await bench.writeSettings({ dropFolder: { sidecar: 'required' } })
    await bench.put('a.pdf', await pdfReport(study('A100003')))
    const first = await site.once()
    expect([first.code, outcomes(first.events)]).toEqual([3, {}])
    expect(await bench.dropped()).toEqual(['a.pdf'])
    await bench.put('a.pdf.json', JSON.stringify({ reportStatus: 'final' }))
    expect(outcomes((await site.once()).events)).toEqual({ 'a.pdf': 'delivered A100003 final' })

    await bench.writeSettings({ dropFolder: { sidecar: 'none' } })
    await bench.put('b.pdf.json', 'not even JSON')
    await bench.put('b.pdf', await pdfReport(study('A100005')))
    expect(outcomes((await site.once()).events)).toEqual({ 'b.pdf': 'delivered A100005 preliminary' })
    expect(await bench.dropped()).toContain('b.pdf.json')
  })

  it('holds a sidecar that comes after its report was taken', async () => {
    const { bench, simulator, study } = site
    simulator.fault({ endpoint: 'report', fault: { kind: 'hold' } })
    await bench.put('a.pdf', await pdfReport(study('A100003')))
    const running = bench.start(['run', '--json'])
    await simulator.waitForRequest(({ endpoint }) => endpoint === 'report', { phase: 'received' })
    await bench.put('a.pdf.json', JSON.stringify({ reportStatus: 'final' }))
    await running.waitFor((event) => event.event === 'held')
    await running.kill()
    expect(outcomes(running.events)).toEqual({ 'a.pdf.json': 'held sidecar-orphan' })
  })

  it('is waited for when it goes away in the middle, and nothing is decided about its files meanwhile', async () => {
    const { bench, simulator, study } = site
    await bench.put('a.pdf', await pdfReport(study('A100003')))
    simulator.fault({ endpoint: 'report', fault: { kind: 'hold', when: 'after' } })
    const running = bench.start(['run', '--json'])
    await simulator.waitForRequest(({ endpoint }) => endpoint === 'report', { phase: 'received' })
    const away = join(bench.folder, 'away')
    await rename(bench.drop, away)
    simulator.reset()
    await running.waitFor((event) => event.event === 'offline' && event.reason === 'folder')
    await writeFile(join(away, 'b.pdf'), await pdfReport(study('A100005')))
    await rename(away, bench.drop)
    await running.waitFor((event) => event.event === 'online')
    await running.waitFor((event) => event.event === 'delivered' && event.file === 'b.pdf')
    await running.waitFor((event) => event.event === 'delivered' && event.file === 'a.pdf')
    const result = await running.stop()

    expect(result.code).toBe(0)
    expect(await bench.dropped()).toEqual(['Sent/a.pdf', 'Sent/b.pdf'])
    expect(result.events.filter((event) => event.event === 'seen').map((event) => event.file)).toEqual([
      'a.pdf',
      'b.pdf',
    ])
  })

  it('is never created', async () => {
    const { bench } = site
    await rename(bench.drop, join(bench.folder, 'away'))
    const running = bench.start(['run', '--json'])
    await running.waitFor((event) => event.event === 'offline')
    await rename(join(bench.folder, 'away'), bench.drop)
    await running.waitFor((event) => event.event === 'idle')
    expect((await running.stop()).code).toBe(0)
  })
})
