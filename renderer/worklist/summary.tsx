import { CircleAlert, Clock, CloudOff, FileWarning, LogIn } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CallResult, StationStatus } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { useWorklistDesk } from '../data/worklist-desk.tsx'
import { writeMoment } from '../format/dates.ts'
import { remaining } from '../format/deadline.ts'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'

/** The line under the title: how many, how pressing, how true. Always one line high, so that no row moves. */
export function WorklistSummary({
  status,
  pending,
}: {
  readonly status: StationStatus
  readonly pending: CallResult<'worklist.get'> | undefined
}): ReactNode {
  const nowMs = useNowMs()
  const { shown, search } = useWorklistDesk()
  if (pending === undefined) return <p className="view-sub" />
  const all = pending.appointments.length
  const urgencies = pending.appointments.map(
    (appointment) => remaining(appointment.reportNeededBy, nowMs).urgency,
  )
  const late = urgencies.filter((urgency) => urgency === 'late').length
  const soon = urgencies.filter((urgency) => urgency === 'soon').length
  return (
    <p className="view-sub">
      <span>
        {search === ''
          ? words.worklist.pending({ number: all })
          : words.worklist.shown({ number: shown.length, total: all })}
      </span>
      {late > 0 ? (
        <span>
          <Glyph icon={CircleAlert} tone="bad" />
          {words.worklist.late({ number: late })}
        </span>
      ) : null}
      {soon > 0 ? (
        <span>
          <Glyph icon={Clock} tone="warn" />
          {words.worklist.soon({ number: soon })}
        </span>
      ) : null}
      <Truth status={status} unreadable={pending.unreadable} />
    </p>
  )
}

function Truth({
  status,
  unreadable,
}: {
  readonly status: StationStatus
  readonly unreadable: number
}): ReactNode {
  const nowMs = useNowMs()
  const signedOut = status.practices.some((practice) => practice.connection === 'signed-out')
  const offline = status.practices.find(
    (practice) => practice.connection === 'offline' && practice.completeAt !== null,
  )
  if (signedOut) {
    return (
      <span title={words.worklist.signedOut}>
        <Glyph icon={LogIn} tone="bad" />
        {words.worklist.signedOutShort}
      </span>
    )
  }
  if (offline !== undefined) {
    const time = writeMoment(offline.completeAt, nowMs)
    return (
      <span title={words.worklist.stale({ time })}>
        <Glyph icon={CloudOff} tone="bad" />
        {words.worklist.staleShort({ time })}
      </span>
    )
  }
  if (unreadable === 0) return null
  return (
    <span title={words.worklist.unreadable({ number: unreadable })}>
      <Glyph icon={FileWarning} tone="warn" />
      {words.worklist.unreadableShort({ number: unreadable })}
    </span>
  )
}
