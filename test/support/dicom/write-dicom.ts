import {
  encodeFile,
  sequenceOf,
  text,
  uint32,
  utf8,
  type Encoding,
  type TestElement,
} from './encode-dicom.ts'

/** Sample DICOM SR and Encapsulated PDF files for tests, made field by field. */

export type SamplePatient = {
  /** DICOM form, `Family^Given`. */
  readonly name?: string
  readonly id?: string
  /** DA, `yyyymmdd`. */
  readonly birthDate?: string
  readonly sex?: string
}

type SampleHeader = {
  readonly patient?: SamplePatient
  readonly studyInstanceUid?: string
  readonly accessionNumber?: string
  /** DA, TM and `+hhmm`. */
  readonly contentDate?: string
  readonly contentTime?: string
  readonly utcOffset?: string
  /** SOP class, where it should be another than the usual. */
  readonly sopClassUid?: string
  /** SOP class of the file meta information, where it should differ; null leaves it out. */
  readonly metaSopClassUid?: string | null
  readonly encoding?: Encoding
  readonly undefinedLengths?: boolean
  readonly transferSyntaxUid?: string
  readonly preamble?: Uint8Array
  /** (0008,0005), default `ISO_IR 192`; null leaves it out. */
  readonly characterSet?: string | null
  /** How text becomes bytes, default UTF-8; has to fit `characterSet`, or not, on purpose. */
  readonly encodeText?: (value: string) => Uint8Array
  /** Further elements of the data set; one with the same tag replaces ours. */
  readonly extra?: readonly TestElement[]
}

export type SrSample = SampleHeader & {
  readonly flags?: {
    readonly preliminary?: string
    readonly completion?: string
    readonly verification?: string
  }
  /** `verifiedAt` is a DT. */
  readonly verifyingObserver?: {
    readonly name: string
    readonly organisation?: string
    readonly verifiedAt?: string
  }
  /** Root concept: document title. */
  readonly title?: { readonly code: string; readonly scheme: string; readonly meaning: string }
  readonly sections?: readonly { readonly heading: string; readonly text: string }[]
  /** Content items after the sections, see {@link contentItem}. */
  readonly items?: readonly (readonly TestElement[])[]
  /** `SEPARATE` unless said otherwise. */
  readonly continuity?: 'SEPARATE' | 'CONTINUOUS'
}

export type EncapsulatedPdfSample = SampleHeader & {
  readonly pdf: Uint8Array
  readonly documentTitle?: string
  /** Default `application/pdf`. */
  readonly mimeType?: string
  /** (0042,0015), default the length of `pdf`; null leaves it out. */
  readonly documentLength?: number | null
}

const COMPREHENSIVE_SR = '1.2.840.10008.5.1.4.1.1.88.33'
const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1'

type Encode = (value: string) => Uint8Array

/** Items of a code sequence, ready for `sequenceOf`. */
export function codeItem(
  code: string,
  scheme: string,
  meaning: string,
  encode: Encode = utf8,
): TestElement[] {
  return [
    text('00080100', 'SH', code),
    text('00080102', 'SH', scheme),
    text('00080104', 'LO', meaning, encode),
  ]
}

/** One content item; `value` are the elements that its value type needs, `children` its own content items. */
export function contentItem(
  relationship: string,
  valueType: string,
  concept: { readonly code?: string; readonly scheme?: string; readonly meaning: string } | null,
  value: readonly TestElement[] = [],
  children: readonly (readonly TestElement[])[] = [],
  encode: Encode = utf8,
): TestElement[] {
  const name =
    concept === null
      ? []
      : codeItem(concept.code ?? 'C1', concept.scheme ?? '99TEST', concept.meaning, encode)
  return [
    text('0040a010', 'CS', relationship),
    ...(valueType === '' ? [] : [text('0040a040', 'CS', valueType)]),
    ...(name.length === 0 ? [] : [sequenceOf('0040a043', name)]),
    ...value,
    ...(children.length === 0 ? [] : [sequenceOf('0040a730', ...children)]),
  ]
}

/** A TEXT item under CONTAINS. */
export function textItem(heading: string, value: string, encode: Encode = utf8): TestElement[] {
  return contentItem(
    'CONTAINS',
    'TEXT',
    { meaning: heading },
    [text('0040a160', 'UT', value, encode)],
    [],
    encode,
  )
}

function header(sample: SampleHeader, sopClassUid: string, modality: string): TestElement[] {
  const encode = sample.encodeText ?? utf8
  const { patient = {}, characterSet = 'ISO_IR 192' } = sample
  const optional = (tag: string, vr: string, value: string | undefined): TestElement[] =>
    value === undefined ? [] : [text(tag, vr, value, encode)]
  return [
    ...(characterSet === null ? [] : [text('00080005', 'CS', characterSet)]),
    text('00080016', 'UI', sopClassUid),
    text('00080018', 'UI', '1.2.276.0.99.1'),
    text('00080060', 'CS', modality),
    text('00080050', 'SH', sample.accessionNumber ?? ''),
    text('00100010', 'PN', patient.name ?? '', encode),
    text('00100020', 'LO', patient.id ?? '', encode),
    text('00100030', 'DA', patient.birthDate ?? ''),
    text('00100040', 'CS', patient.sex ?? ''),
    text('0020000d', 'UI', sample.studyInstanceUid ?? '1.2.276.0.99.3'),
    text('0020000e', 'UI', '1.2.276.0.99.4'),
    ...optional('00080023', 'DA', sample.contentDate),
    ...optional('00080033', 'TM', sample.contentTime),
    ...optional('00080201', 'SH', sample.utcOffset),
  ]
}

function fileOf(sample: SampleHeader, sopClassUid: string, elements: readonly TestElement[]): Uint8Array {
  const extra = sample.extra ?? []
  const replaced = new Set(extra.map((element) => element.tag))
  return encodeFile([...elements.filter((element) => !replaced.has(element.tag)), ...extra], {
    metaSopClassUid: sample.metaSopClassUid === undefined ? sopClassUid : sample.metaSopClassUid,
    ...(sample.encoding === undefined ? {} : { encoding: sample.encoding }),
    ...(sample.undefinedLengths === undefined ? {} : { undefinedLengths: sample.undefinedLengths }),
    ...(sample.transferSyntaxUid === undefined ? {} : { transferSyntaxUid: sample.transferSyntaxUid }),
    ...(sample.preamble === undefined ? {} : { preamble: sample.preamble }),
  })
}

/** A DICOM SR file. Without anything said: COMPLETE, UNVERIFIED, a radiology report with the given sections. */
export function writeSrFile(sample: SrSample): Uint8Array {
  const encode = sample.encodeText ?? utf8
  const sopClassUid = sample.sopClassUid ?? COMPREHENSIVE_SR
  const title = sample.title ?? { code: '18748-4', scheme: 'LN', meaning: 'Diagnostic Imaging Report' }
  const { flags = {}, verifyingObserver } = sample
  const sections = (sample.sections ?? []).map((section) => textItem(section.heading, section.text, encode))
  const content = [...sections, ...(sample.items ?? [])]
  return fileOf(sample, sopClassUid, [
    ...header(sample, sopClassUid, 'SR'),
    text('0040a040', 'CS', 'CONTAINER'),
    sequenceOf('0040a043', codeItem(title.code, title.scheme, title.meaning, encode)),
    text('0040a050', 'CS', sample.continuity ?? 'SEPARATE'),
    text('0040a491', 'CS', flags.completion ?? 'COMPLETE'),
    text('0040a493', 'CS', flags.verification ?? 'UNVERIFIED'),
    ...(flags.preliminary === undefined ? [] : [text('0040a496', 'CS', flags.preliminary)]),
    ...(verifyingObserver === undefined
      ? []
      : [
          sequenceOf('0040a073', [
            text('0040a027', 'LO', verifyingObserver.organisation ?? '', encode),
            text('0040a030', 'DT', verifyingObserver.verifiedAt ?? ''),
            text('0040a075', 'PN', verifyingObserver.name, encode),
          ]),
        ]),
    ...(content.length === 0 ? [] : [sequenceOf('0040a730', ...content)]),
  ])
}

/** A DICOM Encapsulated PDF file; an odd-length PDF is padded, as PS3.5 wants it. */
export function writeEncapsulatedPdf(sample: EncapsulatedPdfSample): Uint8Array {
  const sopClassUid = sample.sopClassUid ?? ENCAPSULATED_PDF
  const { pdf, documentLength = pdf.length } = sample
  const padded = pdf.length % 2 === 0 ? pdf : Buffer.concat([pdf, Buffer.alloc(1)])
  const bigEndian = sample.encoding === 'big-endian'
  return fileOf(sample, sopClassUid, [
    ...header(sample, sopClassUid, 'DOC'),
    text('00420010', 'ST', sample.documentTitle ?? 'Radiology Report', sample.encodeText ?? utf8),
    { tag: '00420011', vr: 'OB', value: padded },
    text('00420012', 'LO', sample.mimeType ?? 'application/pdf'),
    ...(documentLength === null
      ? []
      : [{ tag: '00420015', vr: 'UL', value: uint32(documentLength, bigEndian) }]),
  ])
}
