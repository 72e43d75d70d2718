import { reportedItems, everyItem, type ContentItem } from './content-item.ts'
import { countLetters, foldWords } from './plain-text.ts'

/**
 * A report SOP class is not yet a report (SR-3): the root concept may name another kind of document, and a
 * template may never have been filled in.
 */

/** Letters below which there is no report text (interfaces.md 6). */
export const MIN_REPORT_LETTERS = 50

/** Titles of clinical documents that are no radiology report, folded. */
const otherDocuments: readonly RegExp[] = [
  /^history( and physical.*)?$/,
  /\bdischarge (summary|letter|report)\b/,
  /^consultation( (report|note|letter))?$/,
  /^consult note$/,
  /\bkey (image|object)( note| notes| selection)?$/,
  /^(admission|progress|nursing) note$/,
]

const otherDocumentCodes = new Set(['LN 11488-4', 'LN 11329-0', 'LN 18842-5', 'LN 34117-2'])
/** Imaging Measurement Report, root of TID 1500. */
const MEASUREMENT_REPORT = 'DCM 126000'

/**
 * Why a document of a report class is no diagnostic report after all, as one sentence without patient data, or
 * null. `patientName` is the DICOM form.
 */
export function notADiagnosticReport(root: ContentItem, patientName: string | null): string | null {
  const code = root.concept === null ? '' : `${root.concept.scheme} ${root.concept.value}`
  const title = foldWords(root.concept?.meaning ?? '')
  if (isOtherDocumentTitle(title) || otherDocumentCodes.has(code)) return otherDocument
  if (isUnfilled(root, patientName)) {
    return 'This DICOM SR is a template with placeholder text that was never filled in; export the finished report and drop it again.'
  }
  const measurements = code === MEASUREMENT_REPORT || title === 'imaging measurement report'
  if (measurements && narrativeLetters(root) < MIN_REPORT_LETTERS) {
    return 'This DICOM SR holds measurements without a narrative, not a diagnostic report; drop the report itself.'
  }
  return null
}

/** The sentence for a document whose title names another kind of clinical document. */
export const otherDocument =
  'By its title this is another clinical document (such as a history, consultation or discharge summary), not a radiology report; drop the report itself.'

/** true for a title, folded by `foldWords`, of a clinical document that is no radiology report. */
export function isOtherDocumentTitle(folded: string): boolean {
  return otherDocuments.some((pattern) => pattern.test(folded))
}

function isUnfilled(root: ContentItem, patientName: string | null): boolean {
  if (patientName !== null && foldWords(patientName) === 'last name first name') return true
  for (const { value } of everyItem(root)) {
    if (
      (value.kind === 'text' || value.kind === 'name') &&
      /^enter (the )?text( here)?$/.test(foldWords(value.text))
    ) {
      return true
    }
  }
  return false
}

function narrativeLetters(root: ContentItem): number {
  let letters = 0
  for (const { value } of reportedItems(root)) if (value.kind === 'text') letters += countLetters(value.text)
  return letters
}

/**
 * Letters of what the report itself says, in texts and codes: headings, observers, subjects and our own lines do
 * not make a report.
 */
export function reportLetters(root: ContentItem): number {
  let letters = 0
  for (const { value } of reportedItems(root)) {
    if (value.kind === 'text' || value.kind === 'code') letters += countLetters(value.text)
  }
  return letters
}
