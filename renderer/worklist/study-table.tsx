import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import {
  Cell,
  Column,
  Row as TableRow,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
} from 'react-aria-components'
import type { CallResult } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { patientName } from '../format/person-name.ts'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'
import { Due } from './due.tsx'
import { isSortColumn, rowId, type Sort, type SortColumn } from './order.ts'
import { ModalityCell, PatientCell, PriorityCell, TextCell } from './study-cells.tsx'
import type { Row } from './steady-rows.ts'

type Pending = CallResult<'worklist.get'>
type Extras = {
  readonly siteZones: NonNullable<Pending['siteZones']>
  readonly alerts: NonNullable<Pending['alerts']>
}

const columns: readonly {
  readonly id: SortColumn
  readonly width: number | `${number}fr`
  readonly min: number
}[] = [
  { id: 'due', width: 166, min: 166 },
  { id: 'patient', width: '1.4fr', min: 176 },
  { id: 'modality', width: 62, min: 62 },
  { id: 'study', width: '1.3fr', min: 160 },
  { id: 'doctor', width: '0.8fr', min: 108 },
  { id: 'priority', width: 112, min: 112 },
  { id: 'id', width: 108, min: 108 },
]

/** The component library moves through rows by arrow keys; j and k are other names of the same keys. */
function press(table: HTMLElement | null, key: 'ArrowDown' | 'ArrowUp'): void {
  if (table === null) return
  const focused = document.activeElement
  if (focused !== null && table.contains(focused) && focused.closest('[role="row"]') !== null) {
    focused.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    return
  }
  table.querySelector<HTMLElement>('[role="row"][data-key]')?.focus()
}

/** The rows of the worklist. Only the rows in sight are in the page, so a long list stays quick. */
export function StudyTable({
  rows,
  sort,
  onSort,
  onOpen,
  siteZones,
  alerts,
}: Extras & {
  readonly rows: readonly Row[]
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
  /** Called with the row id of order.ts. */
  readonly onOpen: (id: string) => void
}): ReactNode {
  const table = useRef<HTMLDivElement>(null)
  const nowMs = useNowMs()
  useShortcuts({ j: () => press(table.current, 'ArrowDown'), k: () => press(table.current, 'ArrowUp') })
  const zones = new Map(
    siteZones.map((site) => [JSON.stringify([site.domain, site.scheduledSite]), site.timeZone]),
  )
  const alerted = new Set(alerts.map(rowId))
  return (
    <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: 52, headingHeight: 34 }}>
      <Table
        ref={table}
        className="study-table"
        aria-label={words.worklist.table}
        sortDescriptor={sort}
        onSortChange={({ column, direction }) => {
          const name = String(column)
          if (isSortColumn(name)) onSort({ column: name, direction })
        }}
        onRowAction={(key) => onOpen(String(key))}
      >
        <TableHeader columns={columns}>
          {(column) => (
            <Column
              id={column.id}
              className={column.id === 'due' ? 'table-column table-first' : 'table-column'}
              allowsSorting
              isRowHeader={column.id === 'patient'}
              width={column.width}
              minWidth={column.min}
            >
              {({ sortDirection }) => (
                <>
                  <span>{words.worklist.columns[column.id]}</span>
                  {sortDirection === undefined ? null : (
                    <Glyph icon={sortDirection === 'ascending' ? ArrowUp : ArrowDown} />
                  )}
                </>
              )}
            </Column>
          )}
        </TableHeader>
        <TableBody items={rows} dependencies={[nowMs, siteZones, alerts]}>
          {(row) => (
            <TableRow
              id={row.id}
              className="table-row"
              textValue={patientName(row.appointment)}
              data-gone={row.isGone ? '' : undefined}
            >
              <Cell className="table-cell table-first">
                <Due
                  neededBy={row.appointment.reportNeededBy}
                  nowMs={nowMs}
                  isGone={row.isGone}
                  timeZone={zones.get(
                    JSON.stringify([row.appointment.domain, row.appointment.scheduledSite]),
                  )}
                />
              </Cell>
              <Cell className="table-cell">
                <PatientCell appointment={row.appointment} hasAlert={alerted.has(row.id)} />
              </Cell>
              <Cell className="table-cell">
                <ModalityCell modality={row.appointment.modality} />
              </Cell>
              <Cell className="table-cell">
                <TextCell first={row.appointment.studyDescription} second={row.appointment.scheduledSite} />
              </Cell>
              <Cell className="table-cell">
                <TextCell first={row.appointment.doctorName} second={row.appointment.clinicName} />
              </Cell>
              <Cell className="table-cell">
                <PriorityCell priority={row.appointment.priority} />
              </Cell>
              <Cell className="table-cell">
                <span className="mono truncate">{row.appointment.appointmentId}</span>
              </Cell>
            </TableRow>
          )}
        </TableBody>
      </Table>
    </Virtualizer>
  )
}
