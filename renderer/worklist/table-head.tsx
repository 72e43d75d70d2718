import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import type { ColumnChoice, ColumnId, Sort } from '../../shared/preferences.ts'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'
import { clampWidth } from './columns.ts'

/** How far one press of a key moves a column's edge. */
const KEY_STEP_PX = 16

type HeadProps = {
  readonly columns: readonly ColumnChoice[]
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
  /** Called while an edge is dragged: shows the width and keeps nothing. */
  readonly onPreview: (id: ColumnId, widthPx: number) => void
  /** `widthPx` null: back to what the column is made for. */
  readonly onResize: (id: ColumnId, widthPx: number | null) => void
  readonly onMove: (id: ColumnId, by: -1 | 1) => void
  readonly onLeave: () => void
}

/**
 * The head of the table. One stop of Tab; there the arrows move between columns, Enter orders, Shift with an arrow
 * resizes, Alt with an arrow moves the column.
 */
export function TableHead({
  columns,
  sort,
  onSort,
  onPreview,
  onResize,
  onMove,
  onLeave,
}: HeadProps): ReactNode {
  const [current, setCurrent] = useState<ColumnId>('patient')
  const head = useRef<HTMLDivElement>(null)
  const tabStop = columns.some(({ id }) => id === current) ? current : columns[0]?.id
  const cellOf = (id: ColumnId) => head.current?.querySelector<HTMLElement>(`[data-column="${id}"]`) ?? null
  const focus = (id: ColumnId | undefined) => {
    if (id === undefined) return
    setCurrent(id)
    cellOf(id)?.querySelector('button')?.focus()
  }
  const pressed = (event: KeyboardEvent, id: ColumnId) => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : null
    if (event.key === 'ArrowDown') onLeave()
    else if (by === null) return
    else if (event.shiftKey) {
      onResize(id, clampWidth((cellOf(id)?.offsetWidth ?? 0) + by * KEY_STEP_PX))
    } else if (event.altKey) onMove(id, by)
    else focus(columns[columns.findIndex((column) => column.id === id) + by]?.id)
    event.preventDefault()
  }
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="table-head-row" aria-rowindex={1} ref={head}>
        {columns.map(({ id }) => {
          const direction = sort.column === id ? sort.direction : undefined
          return (
            <div key={id} role="columnheader" className="table-column" data-column={id} aria-sort={direction}>
              <button
                type="button"
                className="column-sort"
                tabIndex={id === tabStop ? 0 : -1}
                title={words.worklist.columnKeys}
                onFocus={() => setCurrent(id)}
                onKeyDown={(event) => pressed(event, id)}
                onClick={() =>
                  onSort({ column: id, direction: direction === 'ascending' ? 'descending' : 'ascending' })
                }
              >
                <span className="truncate">{words.worklist.columns[id]}</span>
                {direction === undefined ? null : (
                  <Glyph icon={direction === 'ascending' ? ArrowUp : ArrowDown} />
                )}
              </button>
              <Edge
                widthOf={() => cellOf(id)?.offsetWidth ?? 0}
                onPreview={(widthPx) => onPreview(id, widthPx)}
                onResize={(widthPx) => onResize(id, widthPx)}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** The edge that a pointer drags; the keyboard resizes at the column's name. A double click gives the width back. */
function Edge({
  widthOf,
  onPreview,
  onResize,
}: {
  readonly widthOf: () => number
  readonly onPreview: (widthPx: number) => void
  readonly onResize: (widthPx: number | null) => void
}): ReactNode {
  const grip = useRef<{ readonly fromX: number; readonly widthPx: number } | null>(null)
  const widthAt = (event: PointerEvent): number | null =>
    grip.current === null ? null : clampWidth(grip.current.widthPx + event.clientX - grip.current.fromX)
  return (
    <span
      className="column-edge"
      aria-hidden="true"
      onPointerDown={(event) => {
        grip.current = { fromX: event.clientX, widthPx: widthOf() }
        event.currentTarget.setPointerCapture(event.pointerId)
        event.preventDefault()
      }}
      onPointerMove={(event) => {
        const widthPx = widthAt(event)
        if (widthPx !== null) onPreview(widthPx)
      }}
      onPointerUp={(event) => {
        const widthPx = widthAt(event)
        const hasMoved = grip.current !== null && grip.current.fromX !== event.clientX
        grip.current = null
        if (widthPx !== null && hasMoved) onResize(widthPx)
      }}
      onDoubleClick={() => onResize(null)}
    />
  )
}
