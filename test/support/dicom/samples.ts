import { noIdentity, refused, type Reading } from '../../../shared/document.ts'
import type { SrSample } from './write-dicom.ts'

/** A narrative long enough to be a report. */
export const narrative =
  'The heart is of normal size. Both lungs are clear, without consolidation, effusion or pneumothorax.'

/** A signed final report with everything filled in. */
export const finalReport: SrSample = {
  patient: { name: 'Doe^Jane^Mary', id: 'P-4711', birthDate: '19880403', sex: 'F' },
  studyInstanceUid: '1.2.840.99.1.2.3',
  accessionNumber: 'ACC-77',
  flags: { completion: 'COMPLETE', verification: 'VERIFIED', preliminary: 'FINAL' },
  verifyingObserver: { name: 'Riesmeier^Jörg^^Dr.', organisation: 'Radiology', verifiedAt: '20261119101500' },
  contentDate: '20261119',
  contentTime: '101400',
  utcOffset: '+1100',
  sections: [
    { heading: 'Findings', text: narrative },
    { heading: 'Impression', text: 'No acute disease.' },
  ],
}

/** A PDF reader that must not be called. */
export const noPdf = (): Promise<Reading> => Promise.reject(new Error('the PDF reader was called'))

/** What a PDF reader says of a good report; `changes` replaces parts of it. */
export function pdfReading(changes: Partial<Reading> = {}): Reading {
  return {
    ...refused('no-text', '', 'pdf'),
    problem: null,
    text: narrative,
    pages: 1,
    identity: noIdentity,
    ...changes,
  }
}
