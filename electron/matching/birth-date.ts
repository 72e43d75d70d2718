import { z } from 'zod'
import type { PrintedDate } from '../../shared/document.ts'
import type { Comparison } from '../../shared/matching.ts'

/** How a practice's country writes 03/04/1988; undefined where its settings do not say. */
export type DateOrder = 'dmy' | 'mdy' | undefined

/** An appointment's date of birth as `yyyy-MM-dd`, or null where it is missing or no such date (older generation). */
export function isoBirthDate(dateOfBirth: string | null): string | null {
  const text = dateOfBirth?.trim() ?? ''
  return z.iso.date().safeParse(text).success ? text : null
}

/** The reading that the order chooses, or null where the printed text does not show which of the two it is. */
function readingInOrder(date: PrintedDate, order: 'dmy' | 'mdy'): string | null {
  const numbers = (date.printed.normalize('NFKC').match(/\d+/gu) ?? []).map(Number)
  const day = order === 'dmy' ? numbers[0] : numbers[1]
  const month = order === 'dmy' ? numbers[1] : numbers[0]
  const chosen = date.readings.filter(
    (iso) => Number(iso.slice(5, 7)) === month && Number(iso.slice(8)) === day,
  )
  return chosen.length === 1 ? (chosen[0] ?? null) : null
}

/**
 * Compares a printed birth date with an appointment's (interfaces.md 4 "Birth dates"): exact. With two different
 * readings the practice's order decides, and a date that then differs contradicts, swapped or not; without an order
 * the date is not compared, unless neither reading agrees.
 */
export function compareBirthDate(
  date: PrintedDate,
  dateOfBirth: string | null,
  order: DateOrder,
): Comparison {
  const expected = isoBirthDate(dateOfBirth)
  const readings = [...new Set(date.readings)]
  if (expected === null || readings.length === 0) return 'not-compared'
  if (!readings.includes(expected)) return 'contradicts'
  if (readings.length === 1) return 'agrees'
  const chosen = order === undefined ? null : readingInOrder(date, order)
  if (chosen === null) return 'not-compared'
  return chosen === expected ? 'agrees' : 'contradicts'
}
