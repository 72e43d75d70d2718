import { asciiValue, sequence, textValue, type DicomItem } from './data-set.ts'
import { plainLine } from './plain-text.ts'

/** Coded entries (PS3.3 8.8): concept names, codes as values, units, qualifiers. */

export type CodedEntry = {
  /** Short (0008,0100), long (0008,0119) or URN code value (0008,0120); empty where there is none. */
  readonly value: string
  /** Coding Scheme Designator (0008,0102), for example `DCM`. */
  readonly scheme: string
  /** Code Meaning (0008,0104), in one line; the code value where a meaning is missing. */
  readonly meaning: string
  readonly doubtful: boolean
}

/** First item of a code sequence, or null where it is missing, empty or without any content. */
export function codedEntry(parent: DicomItem, tag: string): CodedEntry | null {
  const [item] = sequence(parent, tag)
  if (item === undefined) return null
  const code =
    textValue(item, 'x00080100', 'SH') ??
    textValue(item, 'x00080119', 'UC') ??
    textValue(item, 'x00080120', 'UC')
  const meaning = textValue(item, 'x00080104', 'LO')
  const value = plainLine(code?.text ?? '')
  const shown = plainLine(meaning?.text ?? '')
  if (value === '' && shown === '') return null
  return {
    value,
    scheme: asciiValue(item, 'x00080102') ?? '',
    meaning: shown === '' ? value : shown,
    doubtful: meaning?.doubtful ?? false,
  }
}
