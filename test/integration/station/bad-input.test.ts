import { chmod, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeSrFile } from '../../support/dicom/write-dicom.ts'
import { padPdf, writeReportPdf, writeScanPdf } from '../../support/pdf/write-report-pdf.ts'
import { pdfReport, printedPatient } from '../../support/station/sample-reports.ts'
import { outcomes, useSite } from '../../support/station/site.ts'

const site = useSite()
const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2'

/** One sentence or two in plain words: no stack, no code, no path of this machine. */
function expectPlain(message: string): void {
  expect(message).toMatch(/^[A-Z].*[.:]$/su)
  expect(message).not.toMatch(/\n\s+at |Error:|undefined|\[object/)
}

describe('input that is no good', () => {
  it('is held, each with its own sentence, and the files are still there as they were', async () => {
    const { bench, study } = site
    const right = study('A100003')
    const report = await pdfReport(right)
    const other = study('A100005')
    const files: Record<string, { bytes: Uint8Array | string; reason: string }> = {
      'empty.pdf': { bytes: '', reason: 'damaged' },
      'half.pdf': { bytes: report.subarray(0, report.length / 2), reason: 'damaged' },
      'text.pdf': {
        bytes: 'This is a letter and no report, whatever it is called.\n'.repeat(20),
        reason: 'not-a-report',
      },
      'picture.dcm': {
        bytes: writeSrFile({ sopClassUid: CT_IMAGE, patient: { name: 'Doe^Jane' } }),
        reason: 'not-a-report',
      },
      'large.pdf': { bytes: padPdf(report, 2_097_153), reason: 'too-large' },
      'locked.pdf': {
        bytes: await writeReportPdf({ patient: printedPatient(right), password: 'open sesame' }),
        reason: 'encrypted',
      },
      'scan.pdf': { bytes: await writeScanPdf(), reason: 'no-text' },
      'script.pdf': {
        bytes: await writeReportPdf({ patient: printedPatient(right), javaScript: 'app.alert(1)' }),
        reason: 'active-content',
      },
      'somebody else.pdf': {
        bytes: await pdfReport({
          ...right,
          firstName: other.firstName,
          lastName: other.lastName,
          dateOfBirth: other.dateOfBirth,
        }),
        reason: 'identity-mismatch',
      },
      'sidecar.pdf': { bytes: report, reason: 'sidecar-invalid' },
      'unknown key.pdf': { bytes: report, reason: 'sidecar-invalid' },
    }
    await bench.put('sidecar.pdf.json', '{ "reportStatus": "finall" }')
    await bench.put('unknown key.pdf.json', '{ "apointmentId": "A100003" }')
    await bench.put('orphan.pdf.json', '{}')
    for (const [name, { bytes }] of Object.entries(files)) await bench.put(name, bytes)

    const result = await site.once()

    expect(result.code).toBe(3)
    expect(result.stderr).toBe('')
    const wanted = Object.entries(files).map(([name, { reason }]) => [name, `held ${reason}`])
    expect(outcomes(result.events)).toEqual({
      ...Object.fromEntries(wanted),
      'orphan.pdf.json': 'held sidecar-orphan',
    })
    const messages = result.events.flatMap((event) => (event.event === 'held' ? [event.message] : []))
    for (const message of messages) expectPlain(message)
    expect(new Set(messages).size).toBe(messages.length)
    for (const [name, { bytes }] of Object.entries(files)) {
      expect(Buffer.compare(await readFile(join(bench.drop, 'Held', name)), Buffer.from(bytes))).toBe(0)
    }
    expect(site.requests('upload-urls')).toHaveLength(0)
  })

  it('of exactly 2,097,152 bytes is no bad input', async () => {
    await site.bench.put('largest.pdf', padPdf(await pdfReport(site.study('A100003')), 2_097_152))
    expect((await site.once()).code).toBe(0)
    expect(site.study('A100003').artefacts[0]?.bytes).toHaveLength(2_097_152)
  })

  it('that is a link or lies under an ignored name is not taken', async () => {
    const { bench, study } = site
    const report = await pdfReport(study('A100003'))
    await writeFile(join(bench.folder, 'outside.pdf'), report)
    await symlink(join(bench.folder, 'outside.pdf'), join(bench.drop, 'link.pdf'))
    for (const name of [
      '.hidden.pdf',
      '~$open.pdf',
      'a.tmp',
      'a.pdf.part',
      'a.partial',
      'a.crdownload',
      'Thumbs.db',
      'desktop.ini',
    ]) {
      await bench.put(name, report)
    }
    const before = await bench.dropped()
    const result = await site.once()
    expect(result.code).toBe(0)
    expect(result.stderr).toBe('Not taken, because it is a link or a special file: link.pdf\n')
    expect(await bench.dropped()).toEqual(before)
    expect(site.requests('upload-urls')).toHaveLength(0)
  })

  // root reads everything, so the refusal cannot be had there.
  it.skipIf(process.getuid?.() === 0)('that cannot be opened waits for whoever holds it', async () => {
    await site.bench.put('closed.pdf', await pdfReport(site.study('A100003')))
    await chmod(join(site.bench.drop, 'closed.pdf'), 0)
    const result = await site.once()
    expect(result.code).toBe(3)
    expect(outcomes(result.events)).toEqual({ 'closed.pdf': 'waiting storage' })
    expect(await site.bench.dropped()).toEqual(['closed.pdf'])
  })
})

describe('settings that are no good', () => {
  it.each<[name: string, settings: object, sentence: RegExp]>([
    ['an unknown key', { dropfolder: {} }, /Unknown key "dropfolder"/],
    ['an unknown key inside', { reports: { pdfstatus: 'final' } }, /Unknown key "pdfstatus" in "reports"/],
    [
      'a plain http address',
      { practices: [{ domain: 'acme', baseUrl: 'http://qubs.example' }] },
      /https:\/\//,
    ],
    [
      'a missing folder',
      { dropFolder: { path: '/nowhere/at/all' } },
      /drop folder \/nowhere\/at\/all cannot be reached/,
    ],
  ])('end a run with 4 and name %s', async (_, settings, sentence) => {
    await site.bench.writeSettings(settings)
    const result = await site.once()
    expect(result.code).toBe(4)
    expect(result.stderr).toMatch(sentence)
    expect(result.stderr).not.toMatch(/\n\s+at /)
    expect(result.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('end a run with 4 when they are no JSON, or when there are none', async () => {
    await writeFile(join(site.bench.profile, 'settings.json'), '{ "practices": ')
    const broken = await site.once()
    expect([broken.code, broken.stderr]).toEqual([4, expect.stringContaining('is not valid JSON')])
  })

  it('end a run with 4 when the domain is outside the token’s scope', async () => {
    const { clientId = '', clientSecret = '' } = site.simulator.clients[0] ?? {}
    await writeFile(
      join(site.bench.credentials, 'qubs:elsewhere'),
      JSON.stringify({ clientId, clientSecret }),
    )
    const { baseUrl, tokenUrl } = site.simulator
    await site.bench.writeSettings({ practices: [{ domain: 'elsewhere', baseUrl, tokenUrl }] })
    const result = await site.once()
    expect(result.code).toBe(4)
    expect(result.stderr).toMatch(/\(403\)/)
    expect(result.stderr).toContain('elsewhere')
  })

  it('end a run with 4 when no credentials are stored', async () => {
    const { baseUrl, tokenUrl } = site.simulator
    await site.bench.writeSettings({ practices: [{ domain: 'unknown', baseUrl, tokenUrl }] })
    const result = await site.once()
    expect(result.code).toBe(4)
    expect(result.stderr).toContain('unknown')
  })
})
