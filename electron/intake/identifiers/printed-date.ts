import type { PrintedDate } from '../../../shared/document.ts'

/** Day and month as the document itself says they are ordered: `Date of birth (DD/MM/YYYY)`. */
export type DateOrder = 'dmy' | 'mdy' | 'unknown'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthWord =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const weekday = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s+)?'
const end = '(?![\\p{L}\\p{N}]|[/.-]\\p{N})'

type Reader = {
  readonly pattern: RegExp
  readonly read: (parts: readonly string[], order: DateOrder) => string[]
}

const readers: readonly Reader[] = [
  {
    // A time may follow (1988-04-03T00:00:00).
    pattern: new RegExp(`^(\\d{4})\\s?([-/.])\\s?(\\d{1,2})\\s?\\2\\s?(\\d{1,2})(?:(?=T\\d)|${end})`, 'iu'),
    read: ([year = '', , month = '', day = '']) => existing(year, month, day),
  },
  {
    pattern: new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${end}`, 'iu'),
    read: ([year = '', month = '', day = '']) => existing(year, month, day),
  },
  {
    pattern: new RegExp(`^(\\d{1,2})\\s?([-/.]|\\s)\\s?(\\d{1,2})\\s?\\2\\s?(\\d{4})${end}`, 'iu'),
    read: ([first = '', , second = '', year = ''], order) => {
      const dayFirst = order === 'mdy' ? [] : existing(year, second, first)
      const monthFirst = order === 'dmy' ? [] : existing(year, first, second)
      return [...new Set([...dayFirst, ...monthFirst])]
    },
  },
  {
    pattern: new RegExp(
      `^${weekday}(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?[\\s.,/-]*${monthWord}[\\s.,/-]*(\\d{4})${end}`,
      'iu',
    ),
    read: ([day = '', month = '', year = '']) => existing(year, monthNumber(month), day),
  },
  {
    pattern: new RegExp(
      `^${weekday}${monthWord}[\\s.,/-]*(\\d{1,2})(?:st|nd|rd|th)?(?:[.,/-]\\s*|\\s+)(\\d{4})${end}`,
      'iu',
    ),
    read: ([month = '', day = '', year = '']) => existing(year, monthNumber(month), day),
  },
  {
    pattern: new RegExp(`^(\\d{4})[\\s.,/-]*${monthWord}[\\s.,/-]*(\\d{1,2})${end}`, 'iu'),
    read: ([year = '', month = '', day = '']) => existing(year, monthNumber(month), day),
  },
]

/**
 * The date at the very start of `text`, with every day it can mean: 03/04/1988 has two readings (day first, then
 * month first) unless `order` says which. null where no date with a four-digit year stands there or the day does not
 * exist: two digits of a year leave the century open, so such a date is not compared at all.
 */
export function dateAtStart(text: string, order: DateOrder = 'unknown'): PrintedDate | null {
  for (const { pattern, read } of readers) {
    const match = pattern.exec(text)
    if (match === null) continue
    const readings = read(match.slice(1), order)
    if (readings.length > 0) return { printed: match[0].trim(), readings }
  }
  return null
}

/**
 * Whether `text` begins with something date-like, be it with two digits of a year, or with a time of day. Digits
 * alone are not: 20000101 is as good a number as any.
 */
export function looksLikeDateOrTime(text: string): boolean {
  if (/^\d+(?![\d/.:-])/u.test(text) && !/^\d{1,2}(?:st|nd|rd|th)?\s?[\p{L}/.:-]/u.test(text)) return false
  const numeric = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)|^\d{1,2}[:h.]\d{2}(?!\d)|^\d{1,2}\s?[ap]\.?m\b/iu
  return numeric.test(text) || dateAtStart(text) !== null
}

function monthNumber(word: string): string {
  return String(months.indexOf(word.slice(0, 3).toLowerCase()) + 1)
}

/** The ISO day in a list, or an empty list where there is no such day or nobody alive can be born then. */
function existing(year: string, month: string, day: string): string[] {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const moment = new Date(`${iso}T00:00:00Z`)
  const real = !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === iso
  return real && Number(year) >= 1850 && Number(year) <= 2150 ? [iso] : []
}
