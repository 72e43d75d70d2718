import { ChevronsUp, CircleDot, PencilLine, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ColumnId } from '../../shared/preferences.ts'
import { ageInYears, writeClock, writeDay } from '../format/dates.ts'
import { Badge } from '../ui/badge.tsx'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'
import { Due } from './due.tsx'
import type { StudyRow } from './study-row.ts'

/** What the row shows beside the study itself. Plain values, so that a row is drawn anew only when one changes. */
export type RowFacts = {
  readonly nowMs: number
  readonly timeZone: string | undefined
  /** 0: none that is known. */
  readonly alertCount: number
  readonly mark: 'added' | 'changed' | null
  readonly practiceName: string
  readonly isGone: boolean
  /** The site has a column of its own, so no other cell repeats it; and so for the clinic. */
  readonly hasSiteColumn: boolean
  readonly hasClinicColumn: boolean
  readonly hasAlertsColumn: boolean
}

/** One cell of a row. */
export function StudyCell({
  column,
  row,
  facts,
}: {
  readonly column: ColumnId
  readonly row: StudyRow
  readonly facts: RowFacts
}): ReactNode {
  const { appointment } = row
  switch (column) {
    case 'due':
      return (
        <Due
          neededBy={appointment.reportNeededBy}
          nowMs={facts.nowMs}
          timeZone={facts.timeZone}
          isGone={facts.isGone}
        />
      )
    case 'patient':
      return <PatientCell row={row} facts={facts} />
    case 'age':
      return <Text>{sexAndAge(row, facts.nowMs)}</Text>
    case 'modality':
      return appointment.modality === null ? null : <span className="modality">{appointment.modality}</span>
    case 'study':
      return (
        <TwoLines
          first={appointment.studyDescription}
          second={facts.hasSiteColumn ? null : appointment.scheduledSite}
        />
      )
    case 'site':
      return <Text>{appointment.scheduledSite}</Text>
    case 'practice':
      return <Text>{facts.practiceName}</Text>
    case 'doctor':
      return (
        <TwoLines
          first={appointment.doctorName}
          second={facts.hasClinicColumn ? null : appointment.clinicName}
        />
      )
    case 'clinic':
      return <Text>{appointment.clinicName}</Text>
    case 'assigned':
      return row.assignedTo === '' ? (
        <span className="faint truncate">{words.worklist.nobody}</span>
      ) : (
        <span className="truncate" title={row.assignedTo}>
          {row.assignedTo}
        </span>
      )
    case 'scheduled':
      return <TwoLines first={writeDay(appointment.appointmentDate)} second={times(row)} />
    case 'priority':
      return <PriorityCell row={row} />
    case 'alerts':
      return facts.alertCount === 0 ? null : <AlertBadge count={facts.alertCount} />
    case 'id':
      return (
        <span className="mono truncate" title={appointment.appointmentId}>
          {appointment.appointmentId}
        </span>
      )
  }
}

/** Name, and below it the two identifiers that tell people of one name apart. */
function PatientCell({ row, facts }: { readonly row: StudyRow; readonly facts: RowFacts }): ReactNode {
  const { dateOfBirth, patientId } = row.appointment
  const second = [writeDay(dateOfBirth), patientId ?? ''].filter((part) => part !== '').join(' · ')
  return (
    <span className="two-lines">
      <span className="first-line">
        <span className="truncate strong" title={row.name}>
          {row.name === '' ? words.worklist.noName : row.name}
        </span>
        {facts.mark === null ? null : (
          <Badge tone="active" icon={facts.mark === 'added' ? CircleDot : PencilLine}>
            {words.worklist.marks[facts.mark]}
          </Badge>
        )}
        {facts.alertCount > 0 && !facts.hasAlertsColumn ? <AlertBadge count={facts.alertCount} /> : null}
      </span>
      <span className="second-line truncate" title={second}>
        {second}
      </span>
    </span>
  )
}

function AlertBadge({ count }: { readonly count: number }): ReactNode {
  return (
    <Badge tone="warn" icon={TriangleAlert}>
      {words.worklist.alerts({ number: count })}
    </Badge>
  )
}

function Text({ children }: { readonly children: string | null }): ReactNode {
  return (
    <span className="truncate" title={children ?? undefined}>
      {children}
    </span>
  )
}

/** Two plain lines; the second only where there is one. */
function TwoLines({
  first,
  second,
}: {
  readonly first: string | null
  readonly second: string | null
}): ReactNode {
  return (
    <span className="two-lines" title={[first, second].filter(Boolean).join('\n')}>
      <span className="truncate">{first ?? ''}</span>
      {second === null || second === '' ? null : <span className="second-line truncate">{second}</span>}
    </span>
  )
}

function sexAndAge({ appointment }: StudyRow, nowMs: number): string {
  const years = ageInYears(appointment.dateOfBirth, nowMs)
  return [appointment.gender ?? '', years === null ? '' : words.worklist.years({ years })]
    .filter((part) => part !== '')
    .join(' · ')
}

/** The site's wall clock, as QUBS gives it. */
function times({ appointment }: StudyRow): string {
  return [writeClock(appointment.startTime), writeClock(appointment.endTime)].filter(Boolean).join('–')
}

/** The raw word of QUBS; only what is known to be urgent stands out. */
function PriorityCell({ row }: { readonly row: StudyRow }): ReactNode {
  const { priority } = row.appointment
  if (priority === null) return null
  if (row.priorityRank >= 3) return <span className="truncate soft">{priority}</span>
  return (
    <span className="priority truncate" data-rank={row.priorityRank}>
      <Glyph icon={ChevronsUp} tone={row.priorityRank === 0 ? 'bad' : 'warn'} />
      {priority}
    </span>
  )
}
