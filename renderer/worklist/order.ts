import { firstSort, type ColumnId, type Sort } from '../../shared/preferences.ts'
import type { StudyRow } from './study-row.ts'

/** What the order asks beside the rows: how many alerts a study is known to carry, and how a practice is called. */
export type OrderFacts = {
  readonly alertCounts: ReadonlyMap<string, number>
  readonly practiceNames: ReadonlyMap<string, string>
}

const noFacts: OrderFacts = { alertCounts: new Map(), practiceNames: new Map() }

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

/** Text that is missing comes last, whatever the direction. */
function compareText(a: string | null, b: string | null, sign: number): number {
  const [first, second] = [a ?? '', b ?? '']
  if (first === '' || second === '') return first === second ? 0 : first === '' ? 1 : -1
  return sign * collator.compare(first, second)
}

function compareDue(a: StudyRow, b: StudyRow, sign: number): number {
  if (a.dueMs === null || b.dueMs === null) return a.dueMs === b.dueMs ? 0 : a.dueMs === null ? 1 : -1
  return sign * (a.dueMs - b.dueMs)
}

type Compare = (a: StudyRow, b: StudyRow) => number

function comparing(column: ColumnId, sign: number, { alertCounts, practiceNames }: OrderFacts): Compare {
  const byText =
    (textOf: (row: StudyRow) => string | null): Compare =>
    (a, b) =>
      compareText(textOf(a), textOf(b), sign)
  switch (column) {
    case 'due':
      return (a, b) => compareDue(a, b, sign)
    case 'patient':
      return byText((row) => row.name)
    case 'age': {
      // An older patient was born earlier, and ISO days order like text.
      const older: Compare = (a, b) =>
        compareText(a.appointment.dateOfBirth, b.appointment.dateOfBirth, -sign)
      return older
    }
    case 'modality':
      return byText((row) => row.appointment.modality)
    case 'study':
      return byText((row) => row.appointment.studyDescription)
    case 'site':
      return byText((row) => row.appointment.scheduledSite)
    case 'practice':
      return byText((row) => practiceNames.get(row.appointment.domain) ?? row.appointment.domain)
    case 'doctor':
      return byText((row) => row.appointment.doctorName)
    case 'clinic':
      return byText((row) => row.appointment.clinicName)
    case 'assigned':
      return byText((row) => row.assignedTo)
    case 'scheduled':
      return byText((row) => row.scheduled)
    case 'priority':
      return (a, b) => sign * (a.priorityRank - b.priorityRank)
    case 'alerts':
      // Most first: nobody orders by alerts to see those without.
      return (a, b) => sign * ((alertCounts.get(b.id) ?? 0) - (alertCounts.get(a.id) ?? 0))
    case 'id':
      return byText((row) => row.appointment.appointmentId)
  }
}

/** A total order, whatever order the answer came in: equal rows by deadline, then by practice and id. */
export function sortRows(
  rows: readonly StudyRow[],
  sort: Sort,
  facts: OrderFacts = noFacts,
): readonly StudyRow[] {
  const wanted = comparing(sort.column, sort.direction === 'ascending' ? 1 : -1, facts)
  const byDeadline = comparing(firstSort.column, 1, facts)
  return rows.toSorted(
    (a, b) =>
      wanted(a, b) ||
      byDeadline(a, b) ||
      collator.compare(a.appointment.appointmentId, b.appointment.appointmentId) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
}
