import { ChevronsUp, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { writeDay } from '../format/dates.ts'
import { patientName } from '../format/person-name.ts'
import { Badge } from '../ui/badge.tsx'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'
import { priorityRank } from './order.ts'

/** Name, and below it the two identifiers that tell people of one name apart. */
export function PatientCell({
  appointment,
  hasAlert,
}: {
  readonly appointment: PendingAppointment
  readonly hasAlert: boolean
}): ReactNode {
  const name = patientName(appointment)
  const second = [writeDay(appointment.dateOfBirth), appointment.patientId ?? ''].filter(
    (part) => part !== '',
  )
  return (
    <span className="two-lines">
      <span className="first-line">
        <span className="truncate strong">{name === '' ? words.worklist.noName : name}</span>
        {hasAlert ? (
          <Badge tone="warn" icon={TriangleAlert}>
            {words.worklist.alert}
          </Badge>
        ) : null}
      </span>
      <span className="second-line truncate">{second.join(' · ')}</span>
    </span>
  )
}

export function ModalityCell({ modality }: { readonly modality: string | null }): ReactNode {
  return modality === null ? null : <span className="modality">{modality}</span>
}

/** Two plain lines; the second only where there is one. */
export function TextCell({
  first,
  second,
}: {
  readonly first: string | null
  readonly second: string | null
}): ReactNode {
  return (
    <span className="two-lines">
      <span className="truncate">{first ?? ''}</span>
      {second === null ? null : <span className="second-line truncate">{second}</span>}
    </span>
  )
}

/** The raw word of QUBS; only what is known to be urgent stands out. */
export function PriorityCell({ priority }: { readonly priority: string | null }): ReactNode {
  if (priority === null) return null
  const rank = priorityRank(priority)
  if (rank >= 3) return <span className="truncate soft">{priority}</span>
  return (
    <span className="priority truncate" data-rank={rank}>
      <Glyph icon={ChevronsUp} tone={rank === 0 ? 'bad' : 'warn'} />
      {priority}
    </span>
  )
}
