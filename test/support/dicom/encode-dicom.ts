import { deflateRawSync } from 'node:zlib'

/** A small DICOM encoder for tests: what real writers do, and on request what bad writers do. */

export type TestElement =
  | { readonly tag: string; readonly vr: string; readonly value: Uint8Array }
  | { readonly tag: string; readonly vr: 'SQ' | 'UN'; readonly items: readonly (readonly TestElement[])[] }

export type Encoding = 'explicit' | 'implicit' | 'deflated' | 'big-endian'

export type FileOptions = {
  readonly encoding?: Encoding
  /** Sequences and items of undefined length, closed by delimiters. */
  readonly undefinedLengths?: boolean
  readonly transferSyntaxUid?: string
  /** Media Storage SOP Class UID (0002,0002); null leaves it out. */
  readonly metaSopClassUid: string | null
  readonly preamble?: Uint8Array
}

const transferSyntaxes: Readonly<Record<Encoding, string>> = {
  explicit: '1.2.840.10008.1.2.1',
  implicit: '1.2.840.10008.1.2',
  deflated: '1.2.840.10008.1.2.1.99',
  'big-endian': '1.2.840.10008.1.2.2',
}

const longVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT'])
const UNDEFINED_LENGTH = 0xffff_ffff

type Style = { readonly explicit: boolean; readonly bigEndian: boolean; readonly undefinedLengths: boolean }

/** `tag` as eight hexadecimal digits. Text is padded to even length: UI with a zero byte, others with a space. */
export function text(
  tag: string,
  vr: string,
  value: string,
  encode: (value: string) => Uint8Array = utf8,
): TestElement {
  const bytes = encode(value)
  const pad = vr === 'UI' ? 0 : 0x20
  return { tag, vr, value: bytes.length % 2 === 0 ? bytes : Uint8Array.of(...bytes, pad) }
}

export function utf8(value: string): Uint8Array {
  return new TextEncoder().encode(value)
}

export function latin1(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.codePointAt(0) ?? 0)
}

export function sequenceOf(tag: string, ...items: readonly (readonly TestElement[])[]): TestElement {
  return { tag, vr: 'SQ', items }
}

/** Elements in tag order, as PS3.5 7.1 wants them. */
export function encodeDataSet(elements: readonly TestElement[], style: Style): Uint8Array {
  const ordered = elements.toSorted((a, b) => a.tag.localeCompare(b.tag))
  return Buffer.concat(ordered.map((element) => encodeElement(element, style)))
}

function encodeElement(element: TestElement, style: Style): Uint8Array {
  if ('items' in element) {
    // UN content is always Implicit VR Little Endian (PS3.5 6.2.2).
    const inner = element.vr === 'UN' ? { explicit: false, bigEndian: false, undefinedLengths: false } : style
    const items = Buffer.concat(element.items.map((item) => encodeItem(item, inner)))
    if (!inner.undefinedLengths) return Buffer.concat([header(element, items.length, style), items])
    return Buffer.concat([header(element, UNDEFINED_LENGTH, style), items, delimiter('fffee0dd', 0, style)])
  }
  return Buffer.concat([header(element, element.value.length, style), element.value])
}

function encodeItem(elements: readonly TestElement[], style: Style): Uint8Array {
  const content = encodeDataSet(elements, style)
  return style.undefinedLengths
    ? Buffer.concat([
        delimiter('fffee000', UNDEFINED_LENGTH, style),
        content,
        delimiter('fffee00d', 0, style),
      ])
    : Buffer.concat([delimiter('fffee000', content.length, style), content])
}

function header(
  element: { readonly tag: string; readonly vr: string },
  length: number,
  style: Style,
): Uint8Array {
  const tag = tagBytes(element.tag, style)
  if (!style.explicit) return Buffer.concat([tag, uint32(length, style.bigEndian)])
  const vr = Buffer.from(element.vr, 'latin1')
  return longVrs.has(element.vr)
    ? Buffer.concat([tag, vr, Buffer.alloc(2), uint32(length, style.bigEndian)])
    : Buffer.concat([tag, vr, uint16(length, style.bigEndian)])
}

function delimiter(tag: string, length: number, style: Style): Uint8Array {
  return Buffer.concat([tagBytes(tag, style), uint32(length, style.bigEndian)])
}

function tagBytes(tag: string, style: Style): Uint8Array {
  const group = Number.parseInt(tag.slice(0, 4), 16)
  const element = Number.parseInt(tag.slice(4), 16)
  return Buffer.concat([uint16(group, style.bigEndian), uint16(element, style.bigEndian)])
}

function uint16(value: number, bigEndian: boolean): Uint8Array {
  const bytes = Buffer.alloc(2)
  if (bigEndian) bytes.writeUInt16BE(value)
  else bytes.writeUInt16LE(value)
  return bytes
}

export function uint32(value: number, bigEndian: boolean): Uint8Array {
  const bytes = Buffer.alloc(4)
  if (bigEndian) bytes.writeUInt32BE(value)
  else bytes.writeUInt32LE(value)
  return bytes
}

/** A whole Part 10 file: preamble, signature, file meta information, data set. */
export function encodeFile(elements: readonly TestElement[], options: FileOptions): Uint8Array {
  const encoding = options.encoding ?? 'explicit'
  const style = {
    explicit: encoding !== 'implicit',
    bigEndian: encoding === 'big-endian',
    undefinedLengths: options.undefinedLengths ?? false,
  }
  const metaStyle = { explicit: true, bigEndian: false, undefinedLengths: false }
  const meta = encodeDataSet(
    [
      { tag: '00020001', vr: 'OB', value: Uint8Array.of(0, 1) },
      ...(options.metaSopClassUid === null ? [] : [text('00020002', 'UI', options.metaSopClassUid)]),
      text('00020003', 'UI', '1.2.276.0.99.1'),
      text('00020010', 'UI', options.transferSyntaxUid ?? transferSyntaxes[encoding]),
      text('00020012', 'UI', '1.2.276.0.99.2'),
    ],
    metaStyle,
  )
  const groupLength = encodeDataSet(
    [{ tag: '00020000', vr: 'UL', value: uint32(meta.length, false) }],
    metaStyle,
  )
  const plain = encodeDataSet(elements, style)
  const dataSet = encoding === 'deflated' ? deflateRawSync(plain) : plain
  const preamble = new Uint8Array(128)
  preamble.set((options.preamble ?? new Uint8Array()).subarray(0, 128))
  return new Uint8Array(Buffer.concat([preamble, utf8('DICM'), groupLength, meta, dataSet]))
}
