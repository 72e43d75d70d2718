import dicomParser, { type DataSet, type Element } from 'dicom-parser'
import { decodeText, normaliseCharacterSet, type DecodedText, type TextVr } from './character-set.ts'
import { checkStructure } from './structure.ts'

/**
 * Typed access to a parsed data set. The expected VR comes from the caller (PS3.6), never from the file: Implicit
 * VR has none, and UN says nothing.
 */

/** A data set or a sequence item, with the character set that holds in it (PS3.3 C.12.1.1.2). */
export type DicomItem = { readonly dataSet: DataSet; readonly characterSet: string }

/** The top level of a file. */
export function rootItem(dataSet: DataSet): DicomItem {
  return itemWith(dataSet, '')
}

/** An item uses its own (0008,0005) where it has one, even an empty one, and else that of its parent. */
function itemWith(dataSet: DataSet, inherited: string): DicomItem {
  const own = dataSet.elements['x00080005']
  if (own === undefined) return { dataSet, characterSet: inherited }
  const values = asciiBytes(dataSet, own).split('\\')
  return { dataSet, characterSet: normaliseCharacterSet(values) }
}

/** A sequence that is there but cannot be taken apart: its items must not be lost in silence. */
export class UnreadableSequence extends Error {}

/**
 * Items of a sequence; none where the sequence is missing or empty.
 * Throws {@link UnreadableSequence} where there are bytes that do not read as items.
 */
export function sequence(parent: DicomItem, tag: string): readonly DicomItem[] {
  const element = parent.dataSet.elements[tag]
  if (element === undefined || (element.items === undefined && element.length === 0)) return []
  const items = element.items ?? itemsOfUnknown(parent.dataSet, element)
  return items.flatMap((item) =>
    item.dataSet === undefined ? [] : [itemWith(item.dataSet, parent.characterSet)],
  )
}

/** A sequence that went through software without a dictionary is UN, its items Implicit VR LE (PS3.5 6.2.2). */
function itemsOfUnknown(dataSet: DataSet, element: Element): readonly Element[] {
  if (element.vr !== 'UN' || element.length < 8) throw new UnreadableSequence(element.tag)
  const value = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length)
  const parsed: Element = { tag: element.tag, length: value.length, dataOffset: 0 }
  const warnings: string[] = []
  try {
    const stream = new dicomParser.ByteStream(dicomParser.littleEndianByteArrayParser, value, 0)
    dicomParser.readSequenceItemsImplicit(stream, parsed)
    warnings.push(...stream.warnings)
  } catch {
    throw new UnreadableSequence(element.tag)
  }
  const verdict = checkStructure({ byteArray: value, elements: { [element.tag]: parsed }, warnings })
  if (verdict !== 'sound' || parsed.items === undefined) throw new UnreadableSequence(element.tag)
  return parsed.items
}

/** true where the element is there with at least one byte. */
export function hasValue(item: DicomItem, tag: string): boolean {
  return (item.dataSet.elements[tag]?.length ?? 0) > 0
}

/** The bytes of a value as a view, or null where the element is missing or empty. */
export function valueBytes(item: DicomItem, tag: string): Uint8Array | null {
  const element = item.dataSet.elements[tag]
  if (element === undefined || element.length === 0 || element.items !== undefined) return null
  const bytes = item.dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length)
  return bytes.length === 0 ? null : bytes
}

/** One value of a text VR, padding cut, or null where there is none. PN and text may hold any character. */
export function textValue(item: DicomItem, tag: string, vr: TextVr): DecodedText | null {
  const bytes = valueBytes(item, tag)
  if (bytes === null) return null
  const { text, doubtful } = decodeText(item.characterSet, bytes, vr)
  const trimmed = text.replace(/[\0 ]+$/, '')
  return trimmed === '' ? null : { text: trimmed, doubtful }
}

/** First value of a VR limited to ASCII (CS, DA, TM, DT, UI, DS), trimmed; null where there is none. */
export function asciiValue(item: DicomItem, tag: string): string | null {
  const element = item.dataSet.elements[tag]
  if (element === undefined) return null
  const [first] = asciiBytes(item.dataSet, element).split('\\')
  return first === undefined || first === '' ? null : first
}

/** All values of an unsigned 32-bit VR (UL). */
export function unsignedValues(item: DicomItem, tag: string): readonly number[] {
  const element = item.dataSet.elements[tag]
  if (element === undefined || element.length === 0 || element.length % 4 !== 0) return []
  // UN content is always little endian (PS3.5 6.2.2), which is what its own view gives.
  const view = new DataView(item.dataSet.byteArray.buffer, item.dataSet.byteArray.byteOffset)
  const bigEndian =
    element.vr !== 'UN' && item.dataSet.byteArrayParser === dicomParser.bigEndianByteArrayParser
  return Array.from({ length: element.length / 4 }, (_, index) =>
    view.getUint32(element.dataOffset + index * 4, !bigEndian),
  )
}

function asciiBytes(dataSet: DataSet, element: Element): string {
  if (element.items !== undefined) return ''
  const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length)
  return Buffer.from(bytes)
    .toString('latin1')
    .split('\\')
    .map((value) => value.replaceAll('\0', '').trim())
    .join('\\')
}
