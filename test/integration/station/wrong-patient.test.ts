import { describe, expect, it } from 'vitest'
import { writeSrFile } from '../../support/dicom/write-dicom.ts'
import { sampleParagraphs } from '../../support/pdf/write-report-pdf.ts'
import { pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { outcomes, useSite } from '../../support/station/site.ts'

const site = useSite({ settings: { worklist: { refreshSeconds: 5 } } })

/** No write of any kind has reached a server. */
function expectNothingSent(): void {
  for (const endpoint of ['upload-urls', 'put', 'report', 'comment-create'] as const) {
    expect(site.requests(endpoint)).toHaveLength(0)
  }
}

describe('a report that is not proven to be of the appointment’s patient', () => {
  it('is never sent, whichever element contradicts, and its file lies in Held/', async () => {
    const { bench, study } = site
    const right = study('A100003')
    const other = study('A100005')
    const { firstName, lastName, dateOfBirth, patientId } = other
    await bench.put('both.pdf', await pdfReport({ ...right, firstName, lastName, dateOfBirth }))
    await bench.put('name.pdf', await pdfReport({ ...right, firstName, lastName }))
    await bench.put('birth.pdf', await pdfReport({ ...right, dateOfBirth }))
    await bench.put('id.pdf', await pdfReport({ ...right, patientId }))
    await bench.put('sex.dcm', srReport({ ...right, gender: 'F' }))
    await bench.put('header.dcm', srReport({ ...right, firstName, lastName, dateOfBirth }))
    await bench.put('nothing.pdf', await pdfReport(right, { patient: { appointmentId: 'A100003' } }))
    await bench.put(
      'name-only.pdf',
      await pdfReport(right, {
        patient: { name: `${right.lastName}, ${right.firstName}`, appointmentId: 'A100003' },
      }),
    )

    const result = await site.once()

    expect(result.code).toBe(3)
    expect(outcomes(result.events)).toEqual({
      'both.pdf': 'held identity-mismatch',
      'name.pdf': 'held identity-mismatch',
      'birth.pdf': 'held identity-mismatch',
      'id.pdf': 'held identity-mismatch',
      'sex.dcm': 'held identity-mismatch',
      'header.dcm': 'held identity-mismatch',
      'nothing.pdf': 'held identity-unverified',
      'name-only.pdf': 'held identity-unverified',
    })
    expectNothingSent()
    expect((await bench.dropped()).every((path) => path.startsWith('Held/'))).toBe(true)
  })

  it('is never sent to another study of the same patient', async () => {
    const { bench, study } = site
    const [chest, wrist] = [study('A100001'), study('A100002')]
    const unknownUid = '1.2.276.0.99.77'
    // A finished study of the same patient: its UID is on no worklist.
    await bench.put('finished.dcm', srReport({ ...chest, studyInstanceUid: unknownUid }))
    await bench.put('A100001.dcm', srReport({ ...chest, studyInstanceUid: unknownUid }))
    await bench.put('A100001 uid.dcm', srReport(wrist))
    await bench.put('finished.pdf', await pdfReport({ ...chest, appointmentId: 'A099999' }))
    await bench.put('A100002.pdf', await pdfReport(chest))
    await bench.put('A100002 finished.pdf', await pdfReport({ ...chest, appointmentId: 'A099999' }))
    await bench.put('unnamed.pdf', await pdfReport({ ...chest, appointmentId: '' }))
    await bench.put(
      'stranger.pdf',
      await pdfReport({
        appointmentId: '',
        firstName: 'Nobody',
        lastName: 'Known',
        dateOfBirth: '1901-01-01',
        patientId: '999999',
      }),
    )
    await bench.put(
      'mentions.dcm',
      writeSrFile({
        patient: {
          name: `${chest.lastName}^${chest.firstName}`,
          id: chest.patientId ?? '',
          birthDate: '19880303',
        },
        studyInstanceUid: unknownUid,
        flags: { completion: 'COMPLETE', verification: 'VERIFIED' },
        verifyingObserver: { name: 'Smith^Rory' },
        sections: [
          { heading: 'Findings', text: `${sampleParagraphs[1] ?? ''} The chest study A100001 follows.` },
        ],
      }),
    )

    const result = await site.once()

    expect(outcomes(result.events)).toEqual({
      'finished.dcm': 'held study-unnamed',
      'A100001.dcm': 'held ambiguous-match',
      'A100001 uid.dcm': 'held ambiguous-match',
      'finished.pdf': 'held study-unnamed',
      'A100002.pdf': 'held ambiguous-match',
      'A100002 finished.pdf': 'held ambiguous-match',
      'unnamed.pdf': 'held study-unnamed',
      'stranger.pdf': 'held no-match',
      'mentions.dcm': 'held ambiguous-match',
    })
    expectNothingSent()
    const unnamed = result.events.find((event) => event.event === 'held' && event.file === 'unnamed.pdf')
    expect(unnamed?.event === 'held' ? unnamed.candidates?.map((c) => c.appointmentId) : []).toEqual([
      'A100001',
      'A100002',
    ])
  })

  it('is sent when its appointment appears on the worklist, and a hold that stays is said once', async () => {
    const { bench, simulator, study } = site
    const { studyInstanceUid: _, ...patient } = study('A100003')
    await bench.put('early.pdf', await pdfReport({ ...patient, appointmentId: 'A777777' }))
    await bench.put('stays.pdf', await pdfReport({ ...study('A100005'), appointmentId: '' }))
    const running = bench.start(['run', '--json'])
    await running.waitFor((event) => event.event === 'held' && event.file === 'early.pdf')
    await running.waitFor((event) => event.event === 'held' && event.file === 'stays.pdf')
    await running.waitFor((event) => event.event === 'idle')
    expect(await bench.dropped()).toEqual(['Held/early.pdf', 'Held/stays.pdf'])

    const {
      reports: _r,
      artefacts: _a,
      attachments: _t,
      comments: _c,
      currentReport: _p,
      ...fields
    } = study('A100003')
    simulator.addAppointment({ ...fields, appointmentId: 'A777777', studyInstanceUid: '1.2.276.0.99.78' })
    const delivered = await running.waitFor((event) => event.event === 'delivered')
    await running.stop()

    expect(delivered).toMatchObject({ file: 'early.pdf', appointmentId: 'A777777' })
    expect(await bench.dropped()).toEqual(['Held/stays.pdf', 'Sent/early.pdf'])
    const said = running.events.filter((event) => event.event === 'held' && event.file === 'stays.pdf')
    expect(said).toHaveLength(1)
  })

  it('is not sent when the appointment got another patient since the worklist was read', async () => {
    const { bench, simulator, study, seeds } = site
    await bench.put('report.pdf', await pdfReport(study('A100003')))
    simulator.fault({ endpoint: 'appointment', appointmentId: 'A100003', fault: { kind: 'hold' } })
    const running = bench.start(['run', '--once', '--json'])
    await simulator.waitForRequest(({ endpoint }) => endpoint === 'appointment', { phase: 'received' })
    exchangePatient()
    simulator.reset()
    const result = await running.finished

    expect(outcomes(result.events)).toEqual({ 'report.pdf': 'held identity-mismatch' })
    expectNothingSent()

    function exchangePatient(): void {
      const index = seeds.findIndex((seed) => seed.appointmentId === 'A100003')
      seeds[index] = { ...seeds[index], firstName: 'Karl', lastName: 'Other', dateOfBirth: '1944-04-04' }
    }
  })

  it('is not submitted when the appointment got another patient during the upload', async () => {
    const { bench, simulator, study, seeds } = site
    await bench.put('report.pdf', await pdfReport(study('A100003')))
    simulator.fault({ endpoint: 'put', fault: { kind: 'hold', when: 'after' } })
    const running = bench.start(['run', '--once', '--json'])
    await simulator.waitForRequest(({ endpoint }) => endpoint === 'put', { phase: 'received' })
    const index = seeds.findIndex((seed) => seed.appointmentId === 'A100003')
    seeds[index] = { ...seeds[index], dateOfBirth: '1944-04-04' }
    simulator.reset()
    const result = await running.finished

    expect(outcomes(result.events)).toEqual({ 'report.pdf': 'held identity-mismatch' })
    expect(site.requests('report')).toHaveLength(0)
  })

  it('is not submitted again after a refusal when the appointment got another patient meanwhile', async () => {
    const { bench, simulator, study, seeds } = site
    await bench.put('report.pdf', await pdfReport(study('A100003')))
    simulator.fault({ endpoint: 'report', fault: { kind: 'server-error', status: 503, body: 'gateway' } })
    const running = bench.start(['run', '--once', '--json'])
    await running.waitFor((event) => event.event === 'waiting')
    const index = seeds.findIndex((seed) => seed.appointmentId === 'A100003')
    seeds[index] = { ...seeds[index], dateOfBirth: '1944-04-04' }
    simulator.reset()
    const result = await running.finished

    expect(result.code).toBe(3)
    expect(study('A100003').reports).toHaveLength(0)
    expect(outcomes(result.events)['report.pdf']).toMatch(/^held (identity-mismatch|outcome-unknown)$/)
  })
})
