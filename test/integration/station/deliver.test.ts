import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleAppointments, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { encapsulatedReport, pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { outcomes } from '../../support/station/site.ts'
import { createWorkbench, type Workbench } from '../../support/station/workbench.ts'

let simulator: Simulator
let bench: Workbench

beforeEach(async () => {
  simulator = await startSimulator({ appointments: sampleAppointments(Date.now()) })
  bench = await createWorkbench(simulator)
})
afterEach(async () => {
  await bench.remove()
  await simulator.close()
})

const study = (id: string) => simulator.appointment('acme', id)
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('run --once', () => {
  it('delivers a PDF, an SR, an Encapsulated PDF and a PDF with a sidecar, each with exactly one of each request', async () => {
    const pdf = await pdfReport(study('A100003'))
    const sr = srReport(study('A100004'))
    const { dicom, innerPdf } = await encapsulatedReport(study('A100005'))
    const { appointmentId, ...withoutId } = study('A100006')
    const unnamed = await pdfReport({ ...withoutId, appointmentId: '' })
    await bench.put('first.pdf', pdf)
    await bench.put('second.dcm', sr)
    await bench.put('third.dcm', dicom)
    await bench.put('fourth.pdf.json', JSON.stringify({ appointmentId, reportStatus: 'final' }))
    await bench.put('fourth.pdf', unnamed)

    const result = await bench.run(['run', '--once', '--json'])

    expect(result.stderr).toBe('')
    expect(result.code).toBe(0)
    const delivered = result.events.filter((event) => event.event === 'delivered')
    expect(new Set(delivered.map((event) => event.domain))).toEqual(new Set(['acme']))
    expect(outcomes(result.events)).toEqual({
      'first.pdf': 'delivered A100003 preliminary',
      'fourth.pdf': 'delivered A100006 final',
      'second.dcm': 'delivered A100004 final',
      'third.dcm': 'delivered A100005 preliminary',
    })
    for (const [id, bytes, type] of [
      ['A100003', pdf, 'application/pdf'],
      ['A100004', sr, 'application/dicom'],
      ['A100005', innerPdf, 'application/pdf'],
      ['A100006', unnamed, 'application/pdf'],
    ] as const) {
      const state = study(id)
      expect(state.reports).toHaveLength(1)
      expect(
        state.artefacts.map((artefact) => [artefact.sha256, artefact.contentType, artefact.putCount]),
      ).toEqual([[sha256(bytes), type, 1]])
      const receipt = delivered.find((event) => event.appointmentId === id)
      expect(receipt?.attachments).toEqual([
        {
          guid: state.artefacts[0]?.guid,
          fileName: expect.stringMatching(`^${id}-report\\.(pdf|dcm)$`),
          readBack: true,
        },
      ])
      expect(receipt?.reportGuid).toBe(state.reports[0]?.reportGuid)
    }
    expect(simulator.requests(({ endpoint }) => endpoint === 'token')).toHaveLength(1)
    for (const endpoint of ['upload-urls', 'put', 'report']) {
      expect(simulator.requests((request) => request.endpoint === endpoint)).toHaveLength(4)
    }
    expect(await bench.dropped()).toEqual([
      'Sent/first.pdf',
      'Sent/fourth.pdf',
      'Sent/fourth.pdf.json',
      'Sent/second.dcm',
      'Sent/third.dcm',
    ])
  })
})
