import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { auditEntry } from '../../../electron/journal/audit.ts'
import { siteTemplate } from '../../../shared/site-templates.ts'
import { pdfReport, printedPatient } from '../../support/station/sample-reports.ts'
import { idOf, outcomes, useSite } from '../../support/station/site.ts'
import { writeReportPdf } from '../../support/pdf/write-report-pdf.ts'

const earlier = new Date('2026-11-18T09:00:00Z')
const later = new Date('2026-11-18T12:00:00Z')
const prose =
  'The lungs are clear. No nodule, consolidation or effusion is seen. The heart is of normal size.'
const views = z.array(z.looseObject({ file: z.string(), version: z.unknown(), discrepancy: z.unknown() }))
const person = ['--by', 'Dr Rory Smith', '--reason', 'compared both reports']

describe('a final after a preliminary of the same appointment', () => {
  const site = useSite()

  const drop = async (path: string, status: string, modifiedAt: Date, text: string): Promise<void> => {
    await site.bench.put(`${path}.json`, JSON.stringify({ reportStatus: status }))
    await site.bench.put(
      path,
      await pdfReport(site.study('A100003'), { modifiedAt, createdAt: modifiedAt, paragraphs: [text] }),
    )
  }
  const deliveries = async () => views.parse((await site.bench.run(['deliveries', '--json'])).json)

  it('asks whether a difference matters without holding the delivery, and keeps the answer with the audit', async () => {
    await drop('first.pdf', 'preliminary', earlier, prose)
    const first = idOf((await site.once()).events, 'first.pdf')
    await drop('second.pdf', 'final', later, `${prose} There is a small pneumothorax on the left.`)
    const run = await site.once()
    const second = idOf(run.events, 'second.pdf')
    expect(run.code).toBe(0)
    expect(outcomes(run.events)['second.pdf']).toBe('delivered A100003 final')

    expect(await deliveries()).toMatchObject([
      { id: first, version: 1, follows: null, discrepancy: null },
      { id: second, version: 2, follows: first, discrepancy: { state: 'asked', preliminary: first } },
    ])
    expect((await site.bench.run(['deliveries'])).stdout).toContain('--discrepancy none|told')

    const told = ['--told', 'Dr Mary Roe', '--told-at', '2026-11-18T12:10:00Z', '--how', 'phone']
    const unsaid = await site.bench.run(['resolve', second, '--discrepancy', 'told', ...person])
    expect(unsaid).toMatchObject({ code: 2, stdout: '' })
    const beside = await site.bench.run(['resolve', second, '--discrepancy', 'none', '--release', ...person])
    expect(beside).toMatchObject({ code: 2, stdout: '' })
    const unasked = await site.bench.run(['resolve', first, '--discrepancy', 'none', ...person])
    expect(unasked).toMatchObject({ code: 2, stdout: '' })

    const answered = await site.bench.run([
      'resolve',
      second,
      '--discrepancy',
      'told',
      ...told,
      ...person,
      '--json',
    ])
    const answer = {
      preliminary: first,
      significant: true,
      by: 'Dr Rory Smith',
      told: { whom: 'Dr Mary Roe', atUtc: '2026-11-18T12:10:00.000Z', how: 'phone' },
    }
    expect(answered.code).toBe(0)
    expect(answered.json).toMatchObject({ state: 'delivered', discrepancy: { state: 'answered', ...answer } })
    const audit = auditEntry.array().parse((await site.bench.run(['audit', '--id', second, '--json'])).json)
    expect(audit.find((entry) => entry.what === 'delivered')).toMatchObject({
      appointmentId: 'A100003',
      version: 2,
      follows: first,
      discrepancyAskedWith: first,
    })
    expect(audit.find((entry) => entry.what === 'discrepancy-answered')).toMatchObject(answer)
    expect(JSON.stringify(audit)).not.toContain('compared both reports')
    expect((await site.bench.run(['audit', '--verify'])).code).toBe(0)
  })

  it('asks about two that are dropped together, too', async () => {
    await drop('first.pdf', 'preliminary', earlier, prose)
    await drop('second.pdf', 'final', later, `${prose} There is a small pneumothorax on the left.`)
    const { events } = await site.once()
    expect((await deliveries()).find(({ file }) => file === 'second.pdf')).toMatchObject({
      version: 2,
      discrepancy: { state: 'asked', preliminary: idOf(events, 'first.pdf') },
    })
  })

  it('asks nothing where the text is the same', async () => {
    await drop('first.pdf', 'preliminary', earlier, prose)
    await site.once()
    await drop('second.pdf', 'final', later, prose)
    await site.once()
    expect((await deliveries()).map(({ discrepancy }) => discrepancy)).toEqual([null, null])
  })

  it('asks nothing where the site does not want it', async () => {
    await site.bench.writeSettings({ reports: { finalDiffers: 'send' } })
    await drop('first.pdf', 'preliminary', earlier, prose)
    await site.once()
    await drop('second.pdf', 'final', later, `${prose} There is a small pneumothorax on the left.`)
    await site.once()
    expect((await deliveries()).map(({ version, discrepancy }) => [version, discrepancy])).toEqual([
      [1, null],
      [2, null],
    ])
  })
})

describe('labels of the site', () => {
  const site = useSite()

  it('are suggested when a person chose the appointment, and count once they are in the settings', async () => {
    const { patientId, birthDate, name } = printedPatient(site.study('A100003'))
    const lines = [
      `Klient: ${name ?? ''}`,
      `Geb.: ${birthDate ?? ''}`,
      `Dossier: ${patientId ?? ''}`,
      'Visit key: A100003',
    ]
    const report = await writeReportPdf({ lines, paragraphs: [prose] })
    await site.bench.put('unknown.pdf', report)
    const held = await site.once()
    expect(outcomes(held.events)['unknown.pdf']).toBe('held identity-unverified')

    const id = idOf(held.events, 'unknown.pdf')
    const resolved = await site.bench.run(['resolve', id, '--appointment', 'A100003', ...person, '--json'])
    expect(resolved.code).toBe(0)
    const { suggestedTemplate } = z.object({ suggestedTemplate: siteTemplate }).parse(resolved.json)
    expect(suggestedTemplate).toMatchObject({
      fields: { name: 'Klient', birthDate: 'Geb.', patientId: 'Dossier', appointmentId: 'Visit key' },
    })
    expect(JSON.stringify(suggestedTemplate)).not.toContain(patientId)

    await site.bench.writeSettings({ reports: { templates: [{ ...suggestedTemplate, name: 'ours' }] } })
    const inspected = await site.bench.run(['inspect', `${site.bench.drop}/Held/unknown.pdf`, '--json'])
    expect(inspected.json).toMatchObject({ identifiers: { patientIds: [patientId], names: [name] } })
    const other = site.study('A100004')
    const fields = printedPatient(other)
    await site.bench.put(
      'known.pdf',
      await writeReportPdf({
        lines: [
          `Klient: ${fields.name ?? ''}`,
          `Geb.: ${fields.birthDate ?? ''}`,
          `Dossier: ${fields.patientId ?? ''}`,
          `Visit key: ${other.appointmentId}`,
        ],
        paragraphs: [prose],
      }),
    )
    expect(outcomes((await site.once()).events)['known.pdf']).toBe('delivered A100004 preliminary')
  })

  it('that cannot be used keep the station from starting, with a sentence that names them', async () => {
    await site.bench.writeSettings({
      reports: { templates: [{ name: 'x', fields: { name: '(?<value>(a+)+)' } }] },
    })
    const run = await site.once()
    expect(run.code).toBe(4)
    expect(run.stderr).toContain('may not repeat a group')
    expect(run.stderr).toContain('templates')
  })
})
