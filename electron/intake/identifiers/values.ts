import type { PrintedDate } from '../../../shared/document.ts'
import { dateAtStart, looksLikeDateOrTime } from './printed-date.ts'
import type { DateOrder } from './printed-date.ts'

/** Readers of what stands behind a label. Each takes the text up to the next label and gives null where the value is not of its kind. */

/** Text of the first cell: a tab or a wide gap ends it. */
export function firstCell(text: string): string {
  return (
    text
      .replace(/^[\s|;,]+/u, '')
      .split(/\t| {3,}|\n|\s\|\s?/u)[0]
      ?.trim() ?? ''
  )
}

/** The order of day and month that a label's hint fixes (`DD/MM/YYYY`). */
export function orderFromHint(hint: string): DateOrder {
  if (/^\s*d{1,2}\W*m/iu.test(hint)) return 'dmy'
  return /^\s*m{1,3}\W*d/iu.test(hint) ? 'mdy' : 'unknown'
}

/** A date of birth: the date at the start; what follows it (age, sex) does not matter. */
export function readDate(text: string, hint: string): PrintedDate | null {
  return dateAtStart(firstCell(text).replace(/^[(\s]+/u, ''), orderFromHint(hint))
}

const sexOfWord: ReadonlyMap<string, 'F' | 'M' | 'O'> = new Map([
  ['f', 'F'],
  ['female', 'F'],
  ['m', 'M'],
  ['male', 'M'],
  ['o', 'O'],
  ['other', 'O'],
])

/** `F`, `M` or `O` where the value says so in a word or letter, alone or after an age; null for anything else. */
export function readSex(text: string): 'F' | 'M' | 'O' | null {
  const cell = firstCell(text)
  const match =
    /^(?:\d{1,3}\s*(?:y(?:(?:ea)?rs?|\/?o)?|m(?:on)?ths?)?\.?(?:\s*old)?\s*[/,-]?\s*)?\(?(female|male|other|f|m|o)(?![\p{L}\p{N}])(?!\s*['’.]\p{L})/iu.exec(
      cell,
    )
  return sexOfWord.get(match?.[1]?.toLowerCase() ?? '') ?? null
}

/** Date and sex in any order behind a combined label (`DOB/Sex: 03/04/1988 F`). */
export function readDateAndSex(
  text: string,
  hint: string,
): { readonly date: PrintedDate | null; readonly sex: 'F' | 'M' | 'O' | null } {
  const cell = text.replace(/[\t|]+/gu, ' ').trim()
  for (let at = 0; at < Math.min(cell.length, 40); at++) {
    if (at > 0 && /[\p{L}\p{N}]/u.test(cell[at - 1] ?? '')) continue
    const date = dateAtStart(cell.slice(at), orderFromHint(hint))
    if (date === null) continue
    const behind = cell.slice(at + date.printed.length).replace(/^[\s,/;()-]+/u, '')
    return { date, sex: readSex(cell.slice(0, at)) ?? readSex(behind) }
  }
  return { date: null, sex: readSex(cell) }
}

/**
 * A number or code: letters and digits in one word with at least one digit; groups of digits (`220 000`) are one
 * number. Dates and times are none.
 */
export function readCode(text: string): string | null {
  const cell = firstCell(text).replace(/^[#№(\s]+/u, '')
  if (looksLikeDateOrTime(cell)) return null
  const groups = /^\d{1,4}(?: \d{2,4}){1,4}(?=$|\s*[,;|)(])/u.exec(cell)
  if (groups !== null) return groups[0].replaceAll(' ', '')
  const word = /^[\p{L}\p{N}](?:[\p{L}\p{N}._/^*-]{0,62}[\p{L}\p{N}])?(?![\p{L}\p{N}])/u.exec(cell)?.[0]
  return word !== undefined && /\p{N}/u.test(word) ? word : null
}

/** An appointment id: a code; behind a label that says "id" or "number", letters alone will do. */
export function readAppointment(text: string, explicit: boolean): string | null {
  const code = readCode(text)
  if (code !== null) return code
  const word = /^[A-Z][A-Z-]{3,62}(?=$|[\s,;|)])/u.exec(firstCell(text))?.[0]
  return explicit && word !== undefined ? word : null
}

/** A DICOM UID (PS3.5 9.1): digits and dots, at most 64 characters. */
export function readUid(text: string): string | null {
  const uid = /^[0-9](?:[0-9.]{2,62})[0-9](?![0-9.]*\p{L})/u.exec(firstCell(text))?.[0]
  return uid !== undefined && /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){3,}$/u.test(uid) ? uid : null
}
