import type { HeldReason, ReportStatus } from '../../shared/delivery.ts'
import { writeReportPdf, writeScanPdf } from '../support/pdf/write-report-pdf.ts'
import { encapsulatedReport, pdfReport, srReport, type ReportFor } from '../support/station/sample-reports.ts'

/** What the demo drops, one after another, and what must become of each (interfaces.md 3–6). */

export type Expectation =
  | {
      readonly kind: 'delivered'
      readonly appointmentId: string
      readonly status: ReportStatus
      readonly contentType: 'application/pdf' | 'application/dicom'
      /** Exactly what the server must hold afterwards. */
      readonly uploaded: Uint8Array
    }
  | { readonly kind: 'held'; readonly reason: HeldReason }
  /** Nothing is sent, because this earlier sample has the same content. */
  | { readonly kind: 'duplicate'; readonly of: string }

export type Sample = {
  /** Path below the drop folder, with `/`. */
  readonly file: string
  /** For the progress lines. */
  readonly what: string
  readonly bytes: Uint8Array
  readonly sidecar: object | null
  /**
   * `at-once`: written in one go, and the next drop waits for its outcome. `slowly`: its parts are written between the
   * following drops. `unattended`: the next drop does not wait for it.
   */
  readonly copied: 'at-once' | 'slowly' | 'unattended'
  readonly expected: Expectation
}

/** The appointment that QUBS answers with 503 once, so that a wait and a repeated request are seen. */
export const appointmentWithHiccup = 'A100005'
/** The appointment that the wrong-patient report names. */
export const wronglyNamedAppointment = 'A100007'

/** @param study gives an appointment of the simulator by its id */
export async function makeSamples(study: (appointmentId: string) => ReportFor): Promise<readonly Sample[]> {
  const chest = await pdfReport(study('A100001'))
  const spine = srReport(study('A100003'))
  const abdomen = await encapsulatedReport(study(appointmentWithHiccup))
  const withoutId = await pdfReport({ ...study('A100006'), appointmentId: '' })
  const chestXray = await pdfReport(study('A100010'))
  // The other Wei Chen of the worklist: same name, other patient.
  const otherPatient = await pdfReport({ ...study('A100006'), appointmentId: wronglyNamedAppointment })
  const unknownStudy = await pdfReport({
    appointmentId: 'A999999',
    patientId: '990000',
    firstName: 'Robin',
    lastName: 'Quill',
    dateOfBirth: '1970-01-02',
  })
  const brain = await pdfReport(study('A100011'))
  const pdf = (
    appointmentId: string,
    status: ReportStatus,
    uploaded: Uint8Array,
  ): Expectation & { kind: 'delivered' } => ({
    kind: 'delivered',
    appointmentId,
    status,
    contentType: 'application/pdf',
    uploaded,
  })
  const sample = (
    file: string,
    what: string,
    bytes: Uint8Array,
    expected: Expectation,
    more: Partial<Pick<Sample, 'sidecar' | 'copied'>> = {},
  ): Sample => ({ file, what, bytes, sidecar: null, copied: 'at-once', expected, ...more })

  return [
    sample('ct-chest.pdf', 'a text PDF', chest, pdf('A100001', 'preliminary', chest)),
    sample('mri-spine.dcm', 'a signed DICOM SR', spine, {
      ...pdf('A100003', 'final', spine),
      contentType: 'application/dicom',
    }),
    sample('cut-off.pdf', 'a PDF that ends half-way', brain.subarray(0, brain.length >> 1), held('damaged'), {
      copied: 'unattended',
    }),
    sample(
      'Final/xray-chest.pdf',
      'a PDF in Final/, copied slowly',
      chestXray,
      pdf('A100010', 'final', chestXray),
      { copied: 'slowly' },
    ),
    sample(
      'ct-abdomen.dcm',
      'an Encapsulated PDF; QUBS is busy once',
      abdomen.dicom,
      pdf(appointmentWithHiccup, 'preliminary', abdomen.innerPdf),
    ),
    sample(
      'ct-brain.pdf',
      'a PDF whose sidecar names the study',
      withoutId,
      pdf('A100006', 'final', withoutId),
      { sidecar: { appointmentId: 'A100006', reportStatus: 'final' } },
    ),
    sample('mammogram.pdf', 'names a study of another patient', otherPatient, held('identity-mismatch')),
    sample('no-such-study.pdf', 'names no pending study', unknownStudy, held('no-match')),
    sample('scan.pdf', 'a scan without text', await writeScanPdf(), held('no-text')),
    sample(
      'locked.pdf',
      'a PDF with a password',
      await writeReportPdf({ password: 'locked' }),
      held('encrypted'),
    ),
    sample('ct-chest again.pdf', 'the first PDF once more', chest, {
      kind: 'duplicate',
      of: 'ct-chest.pdf',
    }),
  ]
}

function held(reason: HeldReason): Expectation {
  return { kind: 'held', reason }
}
