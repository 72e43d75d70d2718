import { memo, type ReactNode } from 'react'
import type { ColumnChoice } from '../../shared/preferences.ts'
import { StudyCell, type RowFacts } from './study-cells.tsx'
import type { StudyRow } from './study-row.ts'

type RowProps = RowFacts & {
  readonly row: StudyRow
  readonly columns: readonly ColumnChoice[]
  /** Its place in the list, from 0. */
  readonly index: number
  readonly topPx: number
  /** The one row that Tab reaches. */
  readonly isCurrent: boolean
}

/** One study. Drawn anew only when something in it changes: a list that scrolls has no time for more. */
export const StudyTableRow = memo(function StudyTableRow({
  row,
  columns,
  index,
  topPx,
  isCurrent,
  ...facts
}: RowProps): ReactNode {
  return (
    <div
      role="row"
      className="table-row"
      data-key={row.id}
      data-gone={facts.isGone ? '' : undefined}
      data-mark={facts.mark ?? undefined}
      // The head is the first row.
      aria-rowindex={index + 2}
      tabIndex={isCurrent ? 0 : -1}
      data-current={isCurrent ? '' : undefined}
      style={{ transform: `translateY(${topPx}px)` }}
    >
      {columns.map(({ id }) => (
        <div key={id} role={id === 'patient' ? 'rowheader' : 'gridcell'} className="table-cell">
          <StudyCell column={id} row={row} facts={facts} />
        </div>
      ))}
    </div>
  )
})
