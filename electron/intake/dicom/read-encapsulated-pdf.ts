import { MAX_UPLOAD_BYTES, refused, type Reading } from '../../../shared/document.ts'
import { textValue, unsignedValues, valueBytes, type DicomItem } from './data-set.ts'
import { isOtherDocumentTitle, otherDocument } from './document-title.ts'
import { codedEntry } from './coded-entry.ts'
import { headerIdentity, namesTooMuch, unionOfIdentities } from './header-identity.ts'
import { foldWords } from './plain-text.ts'
import { contentMoment } from './sr-header.ts'

/** DICOM Encapsulated PDF (PS3.3 A.45.1 and C.24): a PDF in a DICOM shell; the inner PDF is what is uploaded. */

/**
 * Reads the inner PDF with `readPdf` and joins its identity with the header's: a contradiction between shell and
 * content must reach matching. `srFlags` stays null: status goes by the rules for PDF (interfaces.md 5).
 */
export async function readEncapsulatedPdf(
  root: DicomItem,
  readPdf: (bytes: Uint8Array) => Promise<Reading>,
): Promise<Reading> {
  const mimeType = textValue(root, 'x00420012', 'LO')?.text.trim().toLowerCase() ?? ''
  if (mimeType !== 'application/pdf') {
    return held(
      'unsupported',
      'The document inside this DICOM file is not a PDF; export the report as PDF or DICOM SR.',
    )
  }
  const innerPdf = cutInnerPdf(root)
  if (innerPdf === null) {
    return held(
      'damaged',
      'The document inside this DICOM file is shorter than the file says; export it again.',
    )
  }
  const header = headerIdentity(root)
  if (innerPdf.length > MAX_UPLOAD_BYTES) {
    return {
      ...held(
        'too-large',
        `The PDF inside this DICOM file has ${innerPdf.length} bytes, more than the 2,097,152 that QUBS takes; export a smaller one.`,
      ),
      identity: header.identity,
    }
  }
  // PDF readers may take over the buffer that they are given.
  const inner = await readPdf(innerPdf.slice())
  const identity = unionOfIdentities(header.identity, inner.identity)
  if (namesTooMuch(identity)) {
    return held(
      'unsupported',
      'This document names more than 50 patients or studies; drop one report a study.',
    )
  }
  const otherTitle = inner.problem === null && hasOtherTitle(root)
  return {
    ...inner,
    kind: 'encapsulated-pdf',
    problem: otherTitle ? 'not-a-report' : inner.problem,
    message: otherTitle ? otherDocument : inner.message,
    identity,
    srFlags: null,
    times: { ...inner.times, srContent: contentMoment(root) },
    verifiedBy: null,
    warnings: [...header.warnings, ...inner.warnings].slice(0, 100),
    innerPdf,
  }
}

function held(problem: 'damaged' | 'unsupported' | 'too-large', message: string): Reading {
  return refused(problem, message, 'encapsulated-pdf')
}

/**
 * The document's own bytes: exactly Encapsulated Document Length (0042,0015), which leaves out the byte that pads
 * an odd length. Files from before that element existed: a single trailing zero byte is padding. Null where fewer
 * bytes are there than the length says.
 */
function cutInnerPdf(root: DicomItem): Uint8Array<ArrayBuffer> | null {
  const bytes = valueBytes(root, 'x00420011')
  if (bytes === null) return null
  const [announced] = unsignedValues(root, 'x00420015')
  const unpadded = bytes.at(-1) === 0 ? bytes.length - 1 : bytes.length
  const length = announced === undefined || announced === 0 ? unpadded : announced
  return length > bytes.length ? null : new Uint8Array(bytes.subarray(0, length))
}

function hasOtherTitle(root: DicomItem): boolean {
  const titles = [
    textValue(root, 'x00420010', 'ST')?.text ?? '',
    codedEntry(root, 'x0040a043')?.meaning ?? '',
  ]
  return titles.some((title) => isOtherDocumentTitle(foldWords(title)))
}
