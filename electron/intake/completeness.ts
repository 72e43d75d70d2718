import { hasDicomSignature, hasPdfEnd, pdfHeaderOffset } from './pdf/signatures.ts'

/** Whether a file that may still be growing is all there, by its format (interfaces.md 3, "Settled"). */
export type Completeness = 'complete' | 'incomplete' | 'no-signature'

/** Answers for bytes that begin as DICOM whether the data set reads to its end. */
export type DicomIsComplete = (bytes: Uint8Array) => boolean

/**
 * - PDF: `%PDF-` in the first 1,024 bytes and `%%EOF` in the last 1,024.
 * - DICOM: `DICM` at byte 128 and the data set reads to its end, which `dicomIsComplete` says.
 * - 0 bytes are `incomplete`: a writer has just begun. Fewer than 1,024 bytes without a signature may still get one,
 *   but that is a matter of time, so they are `no-signature` and the caller waits (`giveUpMs`).
 *
 * @param bytes the whole file as it is now
 */
export function completeness(bytes: Uint8Array, dicomIsComplete: DicomIsComplete): Completeness {
  if (bytes.length === 0) return 'incomplete'
  if (hasDicomSignature(bytes)) return dicomIsComplete(bytes) ? 'complete' : 'incomplete'
  if (pdfHeaderOffset(bytes) < 0) return 'no-signature'
  return hasPdfEnd(bytes) ? 'complete' : 'incomplete'
}
