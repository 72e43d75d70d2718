import { inflateRawSync } from 'node:zlib'
import dicomParser, { type DataSet } from 'dicom-parser'
import { checkStructure, type StructureVerdict } from './structure.ts'

/** DICOM Part 10 files (PS3.10 7): signature, preamble, transfer syntax, and whether the data set reads to its end. */

/** Bytes of inflated data set that a Deflated file may give (SR-5). */
export const MAX_INFLATED_BYTES = 32 * 1024 * 1024
/** Sequence items in a file, counted before anything is parsed; a real report has some hundreds. */
export const MAX_SEQUENCE_ITEMS = 200_000

const PREAMBLE_BYTES = 128
const IMPLICIT_LE = '1.2.840.10008.1.2'
const EXPLICIT_LE = '1.2.840.10008.1.2.1'
const DEFLATED_LE = '1.2.840.10008.1.2.1.99'
const EXPLICIT_BE = '1.2.840.10008.1.2.2'
/** Whole-file compression of the JPIP transfer syntaxes: no report is stored like that. */
const deflatedJpip = new Set(['1.2.840.10008.1.2.4.95', '1.2.840.10008.1.2.4.205'])

const uncompressed = new Set([IMPLICIT_LE, EXPLICIT_LE, DEFLATED_LE, EXPLICIT_BE])

export type Part10 =
  | { readonly kind: 'not-dicom' }
  /** `format` completes "a program file for …". */
  | { readonly kind: 'executable'; readonly format: string }
  /** The signature is there, the file meta information is not. */
  | { readonly kind: 'no-file-meta' }
  /** `message`: one sentence for a person. */
  | { readonly kind: 'unsupported'; readonly message: string }
  /** Ends before its data set does, or contradicts itself: still growing, or damaged. */
  | { readonly kind: 'incomplete' }
  | {
      readonly kind: 'parsed'
      /** With the file meta elements (group 0002) among the others. */
      readonly dataSet: DataSet
      /** false: one of the image compressions, which a report has no use for. */
      readonly usualTransferSyntax: boolean
    }

/** true where `DICM` stands at 128 (PS3.10 7.1). */
export function isDicom(bytes: Uint8Array): boolean {
  return (
    bytes.length >= PREAMBLE_BYTES + 4 &&
    bytes[128] === 0x44 &&
    bytes[129] === 0x49 &&
    bytes[130] === 0x43 &&
    bytes[131] === 0x4d
  )
}

/**
 * Reads a whole Part 10 file. Never throws. Explicit and Implicit VR Little Endian, Deflated and the retired Big
 * Endian are read; other standard transfer syntaxes compress pixel data only and are read as Explicit VR.
 */
export function parsePart10(bytes: Uint8Array): Part10 {
  if (!isDicom(bytes)) return { kind: 'not-dicom' }
  const format = executableFormat(bytes)
  if (format !== null) return { kind: 'executable', format }
  try {
    return parseChecked(bytes)
  } catch (error) {
    return parseFailure(error)
  }
}

function parseChecked(bytes: Uint8Array): Part10 {
  const meta = dicomParser.readPart10Header(bytes)
  const transferSyntax = meta.string('x00020010')
  if (transferSyntax === undefined || transferSyntax === '') {
    const reachedDataSet = metaEnd(meta) < bytes.length
    return reachedDataSet ? { kind: 'no-file-meta' } : { kind: 'incomplete' }
  }
  if (!transferSyntax.startsWith(IMPLICIT_LE) || deflatedJpip.has(transferSyntax)) {
    return {
      kind: 'unsupported',
      message:
        'This DICOM file uses a transfer syntax that Radpost does not read; export it as Explicit VR Little Endian and drop it again.',
    }
  }
  if (transferSyntax !== DEFLATED_LE) refuseTooManyItems(bytes, transferSyntax === EXPLICIT_BE)
  const dataSet = dicomParser.parseDicom(bytes, { inflater: inflate })
  return structureResult(checkStructure(dataSet), dataSet, uncompressed.has(transferSyntax))
}

function structureResult(verdict: StructureVerdict, dataSet: DataSet, usualTransferSyntax: boolean): Part10 {
  switch (verdict) {
    case 'sound':
      return { kind: 'parsed', dataSet, usualTransferSyntax }
    case 'too-deep':
      return { kind: 'unsupported', message: tooDeep }
    case 'broken':
      return { kind: 'incomplete' }
  }
}

const tooDeep =
  'This DICOM file nests its items deeper than the 64 levels that Radpost reads; export the report again in a simpler form.'

function metaEnd(meta: DataSet): number {
  const signatureEnd = PREAMBLE_BYTES + 4
  return Math.max(
    signatureEnd,
    ...Object.values(meta.elements).map((element) => element.dataOffset + element.length),
  )
}

/** The library's declared type for the callback says void; it uses the returned array (see its source). */
function inflate(bytes: Uint8Array, position: number): Uint8Array {
  const inflated = inflateRawSync(bytes.subarray(position), { maxOutputLength: MAX_INFLATED_BYTES })
  const whole = new Uint8Array(position + inflated.length)
  whole.set(bytes.subarray(0, position))
  whole.set(inflated, position)
  refuseTooManyItems(whole, false)
  return whole
}

class LimitExceeded extends Error {}

function refuseTooManyItems(bytes: Uint8Array, bigEndian: boolean): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const itemTag = bigEndian ? 'fffee000' : 'feff00e0'
  const needle = Buffer.from(itemTag, 'hex')
  let count = 0
  for (let at = view.indexOf(needle); at !== -1; at = view.indexOf(needle, at + 4)) {
    count += 1
    if (count > MAX_SEQUENCE_ITEMS) {
      throw new LimitExceeded(
        `This DICOM file has more than ${MAX_SEQUENCE_ITEMS} items, which no report needs; export the report again.`,
      )
    }
  }
}

/** dicom-parser throws strings, errors, and either of them wrapped with what it had read until then. */
function parseFailure(thrown: unknown): Part10 {
  const error =
    typeof thrown === 'object' && thrown !== null && 'exception' in thrown ? thrown.exception : thrown
  if (error instanceof LimitExceeded) return { kind: 'unsupported', message: error.message }
  if (error instanceof RangeError) {
    if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      return {
        kind: 'unsupported',
        message:
          'This deflated DICOM file unpacks to more than the 32 MiB that Radpost reads; export the report again without compression.',
      }
    }
    if (error.message.includes('call stack')) return { kind: 'unsupported', message: tooDeep }
  }
  return { kind: 'incomplete' }
}

/** A preamble may carry a program that runs when the file is opened (SR-4; CVE-2019-11687). */
function executableFormat(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, 4).toString('hex')
  if (start.startsWith('4d5a')) return 'Windows'
  if (start === '7f454c46') return 'Linux'
  const machO = [
    'feedface',
    'feedfacf',
    'cefaedfe',
    'cffaedfe',
    'cafebabe',
    'bebafeca',
    'cafebabf',
    'bfbafeca',
  ]
  return machO.includes(start) ? 'macOS' : null
}
