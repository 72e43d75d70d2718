import { refused } from '../../shared/document.ts'
import type { Reading } from '../../shared/document.ts'
import { readDicom } from './dicom/read-dicom.ts'
import { findIdentity } from './identifiers/find-identity.ts'
import { noSitePatterns } from './identifiers/site-patterns.ts'
import type { SitePatterns } from './identifiers/site-patterns.ts'
import { hasDicomSignature, looksLikePdf, pdfHeaderOffset } from './pdf/signatures.ts'
import { readPdf } from './pdf/read-pdf.ts'

/**
 * Reads one dropped file by what it is, never by its name (SR-1, PDF-1): DICOM with `DICM` at byte 128, a PDF with
 * `%PDF-` in its first 1,024 bytes, else no report. The DICOM signature goes first: an Encapsulated PDF may show
 * both. Untrusted input: call it only inside the parser process. Never throws. `site`: the site's own labels.
 */
export async function readReport(bytes: Uint8Array, site: SitePatterns = noSitePatterns): Promise<Reading> {
  if (bytes.length === 0) {
    return refused('damaged', 'The file is empty (0 bytes). Export the report again and drop it anew.')
  }
  if (hasDicomSignature(bytes)) {
    return withLabelledAppointments(await readDicom(bytes, (pdf) => readPdf(pdf, site)), site)
  }
  if (pdfHeaderOffset(bytes) >= 0) return await readPdf(bytes, site)
  // The kind is told, so that the rules for PDFs answer what is asked about it; it is held all the same.
  if (looksLikePdf(bytes)) return refused('not-a-report', headless, 'pdf')
  return refused('not-a-report', notAReport(bytes))
}

/**
 * An SR's header has no field for an appointment, but its text may name one behind a label: a locator like in a PDF,
 * which must not be overlooked when it names another appointment than the rest (interfaces.md 4).
 */
function withLabelledAppointments(reading: Reading, site: SitePatterns): Reading {
  if (reading.kind !== 'sr') return reading
  const { appointmentIds } = findIdentity(reading.text, site)
  return {
    ...reading,
    identity: {
      ...reading.identity,
      appointmentIds: [...new Set([...reading.identity.appointmentIds, ...appointmentIds])],
    },
  }
}

const headless =
  'This is a PDF whose beginning is missing, or stands behind something else. Export the report again and drop that.'

function notAReport(bytes: Uint8Array): string {
  if (isPlainText(bytes)) {
    return 'This is plain text, whatever its name says. Export the report as PDF or DICOM SR and drop that.'
  }
  return 'This is neither a PDF nor a DICOM file. Export the report as PDF or DICOM SR and drop that.'
}

function isPlainText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096)
  // A character may be cut at the end of the sample, which streaming tolerates.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    // oxlint-disable-next-line no-control-regex
    return !/[\u0000-\u0008\u000E-\u001F]/u.test(decoder.decode(head, { stream: true }))
  } catch {
    return false
  }
}
