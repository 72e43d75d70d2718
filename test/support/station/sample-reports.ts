import { writeEncapsulatedPdf, writeSrFile } from '../dicom/write-dicom.ts'
import {
  sampleParagraphs,
  writeReportPdf,
  type PatientFields,
  type ReportPdf,
} from '../pdf/write-report-pdf.ts'

/** Report files for one appointment of the simulator, as a dictation system would write them. */

export type ReportFor = {
  readonly appointmentId: string
  readonly patientId?: string | null | undefined
  readonly firstName?: string | null | undefined
  readonly lastName?: string | null | undefined
  readonly dateOfBirth?: string | null | undefined
  readonly gender?: string | null | undefined
  readonly studyInstanceUid?: string | null | undefined
}

export function printedPatient(study: ReportFor): PatientFields {
  return {
    name: `${study.lastName ?? ''}, ${study.firstName ?? ''}`,
    birthDate: study.dateOfBirth ?? '',
    patientId: study.patientId ?? '',
    appointmentId: study.appointmentId,
  }
}

/** A text PDF with the patient's labelled fields and the appointment's id. */
export function pdfReport(study: ReportFor, changes: ReportPdf = {}): Promise<Uint8Array> {
  return writeReportPdf({ patient: printedPatient(study), ...changes })
}

export type SrChanges = {
  readonly flags?: {
    readonly preliminary?: string
    readonly completion?: string
    readonly verification?: string
  }
  readonly verifyingObserver?: { readonly name: string } | undefined
  readonly contentDate?: string
  readonly contentTime?: string
}

/** A signed, complete SR (status final unless changed) that names its study by StudyInstanceUID. */
export function srReport(study: ReportFor, changes: SrChanges = {}): Uint8Array {
  return writeSrFile({
    ...dicomHeader(study),
    flags: changes.flags ?? { completion: 'COMPLETE', verification: 'VERIFIED' },
    ...('verifyingObserver' in changes
      ? changes.verifyingObserver === undefined
        ? {}
        : { verifyingObserver: changes.verifyingObserver }
      : { verifyingObserver: { name: 'Smith^Rory' } }),
    contentDate: changes.contentDate ?? '20261119',
    contentTime: changes.contentTime ?? '101112',
    utcOffset: '+1000',
    sections: [
      { heading: 'Findings', text: sampleParagraphs[1] ?? '' },
      { heading: 'Impression', text: sampleParagraphs[2] ?? '' },
    ],
  })
}

export async function encapsulatedReport(
  study: ReportFor,
): Promise<{ dicom: Uint8Array; innerPdf: Uint8Array }> {
  // An odd length, so that the pad byte of the element must be cut off again.
  let innerPdf = await pdfReport(study)
  if (innerPdf.length % 2 === 0) innerPdf = new Uint8Array([...innerPdf, 0x0a])
  return { dicom: writeEncapsulatedPdf({ ...dicomHeader(study), pdf: innerPdf }), innerPdf }
}

function dicomHeader(study: ReportFor) {
  return {
    patient: {
      name: `${study.lastName ?? ''}^${study.firstName ?? ''}`,
      id: study.patientId ?? '',
      birthDate: (study.dateOfBirth ?? '').replaceAll('-', ''),
      sex: study.gender ?? '',
    },
    ...(typeof study.studyInstanceUid === 'string' ? { studyInstanceUid: study.studyInstanceUid } : {}),
  }
}
