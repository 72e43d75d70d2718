import { readField } from './field-values.ts'
import type { Found } from './field-values.ts'
import { cellsOf, labelOfCell, labelsIn } from './labels.ts'
import type { Field, SiteLabel } from './labels.ts'

/** The fields of a table's columns; null for a column that means nothing to us. */
export type TableHead = readonly (Field | null)[]

/**
 * The head of a table whose values stand in the line below: every cell is a label. One unknown cell is allowed
 * where labels stand next to each other; "Patient | Jane Doe | Sex | F" is a line of labels and values.
 */
export function tableHead(line: string, site: readonly SiteLabel[] = []): TableHead | null {
  const fields = cellsOf(line).map((cell) => labelOfCell(cell, site))
  if (fields.length < 2) return null
  const ours = fields.filter((field) => field !== null && field !== 'foreign').length
  const unknown = fields.filter((field) => field === null).length
  if (ours === 0) return null
  if (unknown === 0) return fields
  const neighbours = fields.some((field, index) => index > 0 && field !== null && fields[index - 1] !== null)
  return unknown === 1 &&
    neighbours &&
    fields.length >= 3 &&
    ours >= 2 &&
    fields[0] !== null &&
    fields[1] !== null
    ? fields
    : null
}

/** Columns that name a person: a second row below them is a second patient, which must show. */
const personal: ReadonlySet<Field> = new Set(['name', 'birthDate', 'patientId', 'surname'])

/**
 * The values below a table head. A row counts only with as many cells as the head has columns: where a cell is
 * empty nobody can tell which, and no value is better than a neighbour's.
 */
export function tableValues(
  head: TableHead,
  below: readonly string[],
  site: readonly SiteLabel[] = [],
): Found[] {
  const found: Found[] = []
  const rows = below.filter((line) => line.trim() !== '')
  for (const [index, row] of rows.entries()) {
    const cells = cellsOf(row)
    if (cells.length !== head.length || cells.some((cell) => labelOfCell(cell, site) !== null)) break
    const values = head.map((field, column) => cellValue(field, cells[column] ?? '', site))
    if (
      index > 0 &&
      !head.some((field, column) => field !== null && personal.has(field) && values[column]?.length)
    )
      break
    found.push(...values.flatMap((cell) => cell))
    if (!head.some((field) => field !== null && personal.has(field))) break
  }
  return found
}

function cellValue(field: Field | null, cell: string, site: readonly SiteLabel[]): Found[] {
  if (field === null || field === 'foreign' || labelsIn(cell, site).some((label) => label.marked)) return []
  const label = { field, trust: 'clear', words: '', start: 0, end: 0, marked: true, hint: '' } as const
  return readField(label, cell, { marked: true, follows: true, around: '' })
}
