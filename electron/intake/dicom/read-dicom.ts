import { refused, type ArtefactKind, type Reading } from '../../../shared/document.ts'
import { isCutOff } from './cut-off.ts'
import { asciiValue, rootItem } from './data-set.ts'
import { parsePart10, isDicom, type Part10 } from './part-10.ts'
import { readEncapsulatedPdf } from './read-encapsulated-pdf.ts'
import { readStructuredReport } from './read-sr.ts'
import { sopClassOf, type SopClass } from './sop-classes.ts'

/** Reading a dropped DICOM file (safety-and-standards 1, 2, 3, 5, 6). */

export { isDicom }

const damaged = 'This DICOM file ends before its data does or is damaged; export it again and drop it again.'

/**
 * Reads any bytes. Never throws and never rejects: what cannot be read comes back with its problem. `readPdf`
 * reads the PDF inside an Encapsulated PDF; a failure of it makes the file `damaged`.
 */
export async function readDicom(
  bytes: Uint8Array,
  readPdf: (bytes: Uint8Array) => Promise<Reading>,
): Promise<Reading> {
  try {
    const part10 = parsePart10(bytes)
    return part10.kind === 'parsed' ? await readParsed(part10, bytes.length, readPdf) : refusal(part10)
  } catch {
    return refused('damaged', damaged)
  }
}

function refusal(part10: Exclude<Part10, { kind: 'parsed' }>): Reading {
  switch (part10.kind) {
    case 'not-dicom':
      return refused(
        'not-a-report',
        'This file has no DICOM signature (DICM at byte 128); drop a PDF or a DICOM SR.',
      )
    case 'executable':
      return refused(
        'not-a-report',
        `This DICOM file begins like a program for ${part10.format} and may be harmful; do not open it, and ask whoever made it.`,
      )
    case 'no-file-meta':
      return refused(
        'not-a-report',
        'This file names no transfer syntax, so it is not a DICOM file as the standard wants it (Part 10); export it again.',
      )
    case 'unsupported':
      return refused('unsupported', part10.message)
    case 'incomplete':
      return refused('damaged', damaged)
  }
}

async function readParsed(
  part10: Extract<Part10, { kind: 'parsed' }>,
  fileBytes: number,
  readPdf: (bytes: Uint8Array) => Promise<Reading>,
): Promise<Reading> {
  const root = rootItem(part10.dataSet)
  const sopClass = sopClassOf(root)
  if (isCutOff(root, sopClass)) return refused('damaged', damaged, kindOf(sopClass))
  switch (sopClass.kind) {
    case 'not-a-report':
    case 'unknown':
      return refused(
        'not-a-report',
        `This DICOM file is ${sopClass.name}, not a report; drop a PDF or a DICOM SR.`,
      )
    case 'structured-data':
      return refused(
        'not-a-report',
        `This DICOM file is ${sopClass.name}: structured data, not a diagnostic report; drop the report itself.`,
      )
    case 'unsupported':
      return refused(
        'unsupported',
        `This DICOM file is ${sopClass.name}, which Radpost does not read; export the report as PDF or DICOM SR.`,
      )
    case 'report':
    case 'encapsulated-pdf':
      break
  }
  const announced = asciiValue(root, 'x00020002')
  if (announced !== null && announced !== asciiValue(root, 'x00080016')) {
    // Which of the two claims is the wrong one cannot be known, and receivers differ in which they believe.
    return refused(
      'unsupported',
      'This DICOM file says two different things about what it is; export the report again.',
    )
  }
  const reading =
    sopClass.kind === 'report'
      ? readStructuredReport(root, fileBytes)
      : await readEncapsulatedPdf(root, readPdf)
  return part10.usualTransferSyntax ? reading : withWarning(reading)
}

function kindOf({ kind }: SopClass): ArtefactKind | null {
  if (kind === 'report') return 'sr'
  return kind === 'encapsulated-pdf' ? kind : null
}

function withWarning(reading: Reading): Reading {
  const warning = 'This DICOM file declares an image compression, which is unusual for a report.'
  return { ...reading, warnings: [warning, ...reading.warnings].slice(0, 100) }
}
