import { CircleAlert, Clock } from 'lucide-react'
import type { ReactNode } from 'react'
import { writeMoment } from '../format/dates.ts'
import { remaining, writeMinutes, type Remaining } from '../format/deadline.ts'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'

/** What is left until a deadline, and below it the deadline in the site's own time; both zones when it is pointed at. */
export function Due({
  neededBy,
  nowMs,
  timeZone,
  isGone = false,
}: {
  readonly neededBy: string | null
  readonly nowMs: number
  readonly timeZone: string | undefined
  readonly isGone?: boolean
}): ReactNode {
  const left = remaining(neededBy, nowMs)
  if (left.urgency === 'none') {
    return <span className="due faint">{isGone ? words.worklist.gone : words.worklist.noDeadline}</span>
  }
  return (
    <span
      className="due"
      data-urgency={isGone ? 'gone' : left.urgency}
      // Written when it is pointed at: a list that scrolls has no time to write what nobody reads.
      onPointerEnter={(event) => {
        event.currentTarget.title = bothTimes(neededBy, nowMs, timeZone)
      }}
    >
      <span className="due-left">
        {left.urgency === 'late' && !isGone ? <Glyph icon={CircleAlert} tone="bad" /> : null}
        {left.urgency === 'soon' && !isGone ? <Glyph icon={Clock} tone="warn" /> : null}
        {isGone ? words.worklist.gone : leftInWords(left)}
      </span>
      <span className="second-line due-time">
        {writeMoment(neededBy, nowMs, { timeZone, nameZone: true, isCompact: true })}
      </span>
    </span>
  )
}

function bothTimes(neededBy: string | null, nowMs: number, timeZone: string | undefined): string {
  const here = writeMoment(neededBy, nowMs)
  if (timeZone === undefined) return words.worklist.dueHere({ here })
  return words.worklist.dueAtSite({ site: writeMoment(neededBy, nowMs, { timeZone, nameZone: true }), here })
}

function leftInWords({ urgency, minutes }: Remaining): string {
  const time = writeMinutes(minutes)
  return urgency === 'late' ? words.worklist.lateBy({ time }) : words.worklist.left({ time })
}
