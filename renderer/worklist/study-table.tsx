import { useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from 'react'
import type { ColumnChoice, ColumnId, Sort } from '../../shared/preferences.ts'
import { useNowMs } from '../data/clock.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { words } from '../words.ts'
import { gridTemplate, minWidthPx } from './columns.ts'
import type { Facts } from './facts.ts'
import { useRowWindow } from './row-window.ts'
import { RowMenu, type RowAction } from './row-menu.tsx'
import type { Row } from './steady-rows.ts'
import { StudyTableRow } from './study-table-row.tsx'
import { TableHead } from './table-head.tsx'

/** Also the heights of `.table-row` and `.table-head` in worklist.css, which read them from here. */
const ROW_HEIGHT_PX = { comfortable: 52, compact: 34 }
const HEAD_HEIGHT_PX = 34

/** Where the person was in the list; it outlives the table. */
export type Place = { currentId: string | null; topPx: number }

export type StudyTableProps = {
  readonly rows: readonly Row[]
  readonly facts: Facts
  readonly columns: readonly ColumnChoice[]
  readonly density: keyof typeof ROW_HEIGHT_PX
  readonly sort: Sort
  /** What the person asked for; when it changes the list begins at its top again. */
  readonly basis: string
  readonly place: Place
  readonly onSort: (sort: Sort) => void
  readonly onResize: (id: ColumnId, widthPx: number | null) => void
  readonly onMoveColumn: (id: ColumnId, by: -1 | 1) => void
  readonly onAct: (action: RowAction, row: Row) => void
}

/** The rows of the worklist as an ARIA grid. Only the rows in sight are in the page, so a long list stays quick. */
export function StudyTable({
  rows,
  facts,
  columns,
  density,
  sort,
  basis,
  place,
  onSort,
  onResize,
  onMoveColumn,
  onAct,
}: StudyTableProps): ReactNode {
  const nowMs = useNowMs()
  const rowHeightPx = ROW_HEIGHT_PX[density]
  const list = useRowWindow(rows.length, rowHeightPx, HEAD_HEIGHT_PX, place.topPx, basis)
  const [currentId, setCurrentId] = useState(place.currentId)
  const [menuAt, setMenuAt] = useState<{ readonly row: Row; readonly x: number; readonly y: number } | null>(
    null,
  )
  const wantsFocus = useRef(false)

  const found = currentId === null ? -1 : rows.findIndex(({ study }) => study.id === currentId)
  const current = Math.max(0, found)

  const goTo = (index: number) => {
    const to = Math.min(rows.length - 1, Math.max(0, index))
    const row = rows[to]
    if (row === undefined) return
    list.reveal(to)
    setCurrentId(row.study.id)
    place.currentId = row.study.id
    wantsFocus.current = true
  }
  useLayoutEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    list.scroller.current?.querySelector<HTMLElement>('[data-current]')?.focus({ preventScroll: true })
  })

  const step = (by: -1 | 1) => goTo(found < 0 || !isInside(list.scroller.current) ? current : current + by)
  const act = (action: RowAction) => {
    const row = rows[found]
    if (row !== undefined) onAct(action, row)
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    c: () => act('comment'),
    r: () => act('report'),
  })
  const openMenu = (index: number, x?: number, y?: number) => {
    const row = rows[index]
    const element = list.scroller.current?.querySelector('[data-current]')?.getBoundingClientRect()
    if (row === undefined) return
    setMenuAt({ row, x: x ?? (element?.left ?? 0) + 24, y: y ?? element?.bottom ?? 0 })
  }
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => goTo(current + 1),
    ArrowUp: () => goTo(current - 1),
    PageDown: () => goTo(current + list.pageSize()),
    PageUp: () => goTo(current - list.pageSize()),
    Home: () => goTo(0),
    End: () => goTo(rows.length - 1),
    Enter: () => act('open'),
    ContextMenu: () => openMenu(current),
  }

  const shown = useMemo(() => inPage(list.first, list.end, found), [list.first, list.end, found])
  const style = useMemo(() => tableStyle(columns, density), [columns, density])
  const has = (id: ColumnId) => columns.some((column) => column.id === id)
  const [hasSiteColumn, hasClinicColumn, hasAlertsColumn] = [has('site'), has('clinic'), has('alerts')]
  const indexAt = (target: EventTarget): number => {
    const key =
      target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset['key'] : undefined
    return key === undefined ? -1 : rows.findIndex(({ study }) => study.id === key)
  }

  return (
    <div
      ref={list.scroller}
      role="grid"
      className="study-table"
      aria-label={words.worklist.table}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      style={style}
      onScroll={() => {
        list.onScroll()
        place.topPx = list.scroller.current?.scrollTop ?? 0
      }}
    >
      <div className="table-width">
        <TableHead
          columns={columns}
          sort={sort}
          onSort={onSort}
          onPreview={(id, widthPx) => {
            const previewed = columns.map((column) => (column.id === id ? { ...column, widthPx } : column))
            for (const [name, value] of Object.entries(tableStyle(previewed, density))) {
              list.scroller.current?.style.setProperty(name, value)
            }
          }}
          onResize={onResize}
          onMove={onMoveColumn}
          onLeave={() => goTo(current)}
        />
        <div
          role="rowgroup"
          className="table-body"
          style={{ height: rows.length * rowHeightPx }}
          onClick={(event) => {
            const row = rows[indexAt(event.target)]
            if (row !== undefined) onAct('open', row)
          }}
          onContextMenu={(event) => {
            const index = indexAt(event.target)
            if (index < 0) return
            event.preventDefault()
            goTo(index)
            openMenu(index, event.clientX, event.clientY)
          }}
          onKeyDown={(event) => {
            const key = event.shiftKey && event.key === 'F10' ? 'ContextMenu' : event.key
            if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, key)) return
            event.preventDefault()
            keys[key]?.()
          }}
          onFocus={(event) => {
            const row = rows[indexAt(event.target)]
            if (row === undefined) return
            setCurrentId(row.study.id)
            place.currentId = row.study.id
          }}
        >
          {shown.map((index) => {
            const row = rows[index]
            if (row === undefined) return null
            const { study, isGone } = row
            return (
              <StudyTableRow
                key={study.id}
                row={study}
                columns={columns}
                index={index}
                topPx={index * rowHeightPx}
                isCurrent={index === current}
                isGone={isGone}
                nowMs={nowMs}
                timeZone={facts.timeZoneOf(study)}
                alertCount={facts.alertCounts.get(study.id) ?? 0}
                mark={facts.marks.get(study.id) ?? null}
                practiceName={facts.practiceNames.get(study.appointment.domain) ?? study.appointment.domain}
                hasSiteColumn={hasSiteColumn}
                hasClinicColumn={hasClinicColumn}
                hasAlertsColumn={hasAlertsColumn}
              />
            )
          })}
        </div>
      </div>
      {menuAt === null ? null : (
        <RowMenu
          row={menuAt.row}
          x={menuAt.x}
          y={menuAt.y}
          isNew={facts.marks.has(menuAt.row.study.id)}
          onAct={(action) => onAct(action, menuAt.row)}
          onClose={() => {
            setMenuAt(null)
            wantsFocus.current = true
          }}
        />
      )}
    </div>
  )
}

function isInside(list: HTMLElement | null): boolean {
  return list?.querySelector('.table-body')?.contains(document.activeElement) ?? false
}

/** Places of the rows in the page. The current one stays there out of sight too, or the keyboard would lose its place. */
function inPage(first: number, end: number, current: number): readonly number[] {
  const shown = Array.from({ length: end - first }, (_, offset) => first + offset)
  if (current < 0 || (current >= first && current < end)) return shown
  return current < first ? [current, ...shown] : [...shown, current]
}

function tableStyle(
  columns: readonly ColumnChoice[],
  density: keyof typeof ROW_HEIGHT_PX,
): CSSProperties & Record<string, string> {
  const widthPx = columns.reduce((sum, column) => sum + (column.widthPx ?? minWidthPx(column.id, density)), 0)
  return {
    '--columns': gridTemplate(columns, density),
    '--table-width': `${widthPx}px`,
    '--row-height': `${ROW_HEIGHT_PX[density]}px`,
    '--head-height': `${HEAD_HEIGHT_PX}px`,
  }
}
