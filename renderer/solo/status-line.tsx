import {
  Ban,
  CalendarClock,
  CircleCheck,
  CircleHelp,
  Hourglass,
  LogIn,
  UserX,
  Video,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { SoloVisitView } from '../../shared/ipc/solo-calls.ts'
import { Glyph, type Tone } from '../ui/button.tsx'
import { words } from '../words.ts'

type Status = SoloVisitView['status']
type Look = { readonly icon: LucideIcon; readonly tone: Tone }

const looks: Readonly<Record<NonNullable<Status>['kind'], Look>> = {
  scheduled: { icon: CalendarClock, tone: 'calm' },
  waiting: { icon: Hourglass, tone: 'warn' },
  arrived: { icon: LogIn, tone: 'active' },
  'in-progress': { icon: Video, tone: 'active' },
  completed: { icon: CircleCheck, tone: 'good' },
  cancelled: { icon: Ban, tone: 'calm' },
  missed: { icon: UserX, tone: 'calm' },
  unknown: { icon: CircleHelp, tone: 'calm' },
}

/** What goes on in a visit, in words. */
export function statusInWords(status: Status): string {
  if (status === null) return words.solo.statusUnknown
  switch (status.kind) {
    case 'in-progress':
      return status.onCall ? words.solo.onCall : words.solo.inProgress
    case 'unknown':
      return status.text === '' ? words.solo.statusUnknown : words.solo.otherStatus({ text: status.text })
    case 'scheduled':
    case 'waiting':
    case 'arrived':
    case 'completed':
    case 'cancelled':
    case 'missed':
      return words.solo.status[status.kind]
  }
}

/** The status with icon and words; somebody who waits is not to be overlooked, and is spoken of. */
export function VisitStatus({ status }: { readonly status: Status }): ReactNode {
  const { icon, tone } = status === null ? looks.unknown : looks[status.kind]
  return (
    <p className="visit-status" role="status" data-waiting={status?.kind === 'waiting' ? '' : undefined}>
      <Glyph icon={icon} tone={tone} />
      {statusInWords(status)}
    </p>
  )
}
