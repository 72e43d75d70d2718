import { codedEntry } from './coded-entry.ts'
import { asciiValue, hasValue, sequence, textValue, unsignedValues, type DicomItem } from './data-set.ts'
import { isoDateOfDicom, readableMoment } from './moment.ts'
import { formatPersonName } from './person-name.ts'
import { plainLine, plainText } from './plain-text.ts'

/** The value of one SR content item (PS3.3 C.17.3 and C.18), ready to print. */

export type ContentValue =
  | { readonly kind: 'container'; readonly continuous: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly doubtful: boolean }
  | { readonly kind: 'code'; readonly code: string; readonly text: string; readonly doubtful: boolean }
  /** `raw` is the DICOM form, for comparing. */
  | { readonly kind: 'name'; readonly text: string; readonly raw: string; readonly doubtful: boolean }
  /** `iso` only for a DATE that exists. */
  | { readonly kind: 'moment'; readonly text: string; readonly iso: string | null }
  | { readonly kind: 'number' | 'uid' | 'object'; readonly text: string }
  | { readonly kind: 'reference'; readonly path: readonly number[] }
  /** `why` names what is wrong with the item, free of patient data. */
  | { readonly kind: 'unreadable'; readonly why: string }

/** Reads the value by Value Type (0040,A040); what does not fit its type becomes `unreadable`, nothing is dropped. */
export function contentValue(item: DicomItem): ContentValue {
  const valueType = asciiValue(item, 'x0040a040') ?? ''
  switch (valueType) {
    case 'CONTAINER':
      return { kind: 'container', continuous: asciiValue(item, 'x0040a050') === 'CONTINUOUS' }
    case 'TEXT':
      return textItem(item)
    case 'CODE': {
      const entry = codedEntry(item, 'x0040a168')
      if (entry === null) return unreadable('a code without a value')
      return { kind: 'code', code: entry.value, text: entry.meaning, doubtful: entry.doubtful }
    }
    case 'NUM':
      return { kind: 'number', text: measuredValue(item) }
    case 'PNAME': {
      const name = textValue(item, 'x0040a123', 'PN')
      if (name === null) return unreadable('a name without a value')
      return { kind: 'name', text: formatPersonName(name.text), raw: name.text, doubtful: name.doubtful }
    }
    case 'DATE':
      return momentItem(asciiValue(item, 'x0040a121'), 'date')
    case 'TIME':
      return momentItem(asciiValue(item, 'x0040a122'), 'time')
    case 'DATETIME':
      return momentItem(asciiValue(item, 'x0040a120'), 'datetime')
    case 'UIDREF': {
      const uid = asciiValue(item, 'x0040a124')
      return uid === null ? unreadable('a UID without a value') : { kind: 'uid', text: plainLine(uid) }
    }
    case 'IMAGE':
      return objectItem(item, 'image')
    case 'COMPOSITE':
      return objectItem(item, 'object')
    case 'WAVEFORM':
      return objectItem(item, 'waveform')
    case 'SCOORD':
    case 'SCOORD3D':
    case 'TCOORD':
      return { kind: 'object', text: '[graphic]' }
    default:
      return withoutKnownType(item, valueType)
  }
}

function withoutKnownType(item: DicomItem, valueType: string): ContentValue {
  const path = unsignedValues(item, 'x0040db73')
  if (path.length > 0) return { kind: 'reference', path }
  if (valueType === '') return unreadable('no value type')
  // A value type is a code string: anything else in its place may be somebody's text and is not repeated.
  return unreadable(/^[A-Z0-9_]{1,16}$/.test(valueType) ? `value type ${valueType}` : 'unknown value type')
}

function unreadable(why: string): ContentValue {
  return { kind: 'unreadable', why }
}

function textItem(item: DicomItem): ContentValue {
  const value = textValue(item, 'x0040a160', 'UT')
  if (value === null) return unreadable('a text without a value')
  return { kind: 'text', text: plainText(value.text), doubtful: value.doubtful }
}

function momentItem(value: string | null, form: 'date' | 'time' | 'datetime'): ContentValue {
  if (value === null) return unreadable(`a ${form} without a value`)
  const iso = form === 'date' ? isoDateOfDicom(value) : null
  return { kind: 'moment', text: plainLine(readableMoment(value, form)), iso }
}

function objectItem(item: DicomItem, noun: string): ContentValue {
  const [reference] = sequence(item, 'x00081199')
  const named = reference !== undefined && hasValue(reference, 'x00081155')
  return named ? { kind: 'object', text: `[${noun} reference]` } : unreadable(`an empty ${noun} reference`)
}

/**
 * Number and unit code as they stand (PS3.3 C.18.1), never computed with: a rounded or a zero value would be a
 * finding of ours. Without a value: "not measured" with the qualifier (0040,A301) as the reason.
 */
function measuredValue(item: DicomItem): string {
  const qualifier = codedEntry(item, 'x0040a301')
  const [measured] = sequence(item, 'x0040a300')
  const number = measured === undefined ? null : asciiValue(measured, 'x0040a30a')
  if (measured === undefined || number === null) {
    return `not measured (${qualifier?.meaning ?? 'no reason given'})`
  }
  const unit = unitText(measured)
  const value = plainLine(unit === '' ? number : `${number} ${unit}`)
  return qualifier === null ? value : `${value} (${qualifier.meaning})`
}

/** The unit's code; code `1` means no unit (UCUM), where some writers still name one (`px`) in the meaning. */
function unitText(measured: DicomItem): string {
  const unit = codedEntry(measured, 'x004008ea')
  if (unit === null) return ''
  if (unit.value === '1') return /^(1|no units?|unity|unitless|none)$/i.test(unit.meaning) ? '' : unit.meaning
  if (unit.value === '') return unit.meaning
  const cryptic = /[[\]{}]/.test(unit.value) && unit.meaning !== unit.value
  return cryptic ? `${unit.value} (${unit.meaning})` : unit.value
}
