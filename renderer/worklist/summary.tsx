import {
  CircleAlert,
  CircleCheck,
  CircleDot,
  Clock,
  CloudOff,
  FileWarning,
  Hourglass,
  LogIn,
  type LucideIcon,
} from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import type { StationStatus } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { writeMoment } from '../format/dates.ts'
import { remaining, type Urgency } from '../format/deadline.ts'
import { Glyph, type Tone } from '../ui/button.tsx'
import { words } from '../words.ts'
import { worstFirst, type PracticeTruth, type Truth } from './freshness.ts'
import type { StudyRow } from './study-row.ts'

/** The line under the title: how many, how pressing, how true. Always one line high, so that no row moves. */
export function WorklistSummary({
  practices,
  rows,
  shown,
  news,
}: {
  readonly practices: StationStatus['practices']
  /** All pending studies, whatever is left out of sight. */
  readonly rows: readonly StudyRow[]
  /** How many of them pass search and filters. */
  readonly shown: number
  readonly news: number
}): ReactNode {
  const nowMs = useNowMs()
  const { late, soon } = useMemo(() => {
    const urgencies = rows.map((row) => remaining(row.appointment.reportNeededBy, nowMs).urgency)
    const numberOf = (wanted: Urgency) => urgencies.filter((urgency) => urgency === wanted).length
    return { late: numberOf('late'), soon: numberOf('soon') }
  }, [rows, nowMs])
  return (
    <p className="view-sub">
      <span>
        {shown === rows.length
          ? words.worklist.pending({ number: rows.length })
          : words.worklist.shown({ number: shown, total: rows.length })}
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
      {news > 0 ? (
        <span>
          <Glyph icon={CircleDot} tone="active" />
          {words.worklist.unseen({ number: news })}
        </span>
      ) : null}
      <Freshness practices={practices} />
    </p>
  )
}

const looks: Readonly<Record<Truth, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  'signed-out': { icon: LogIn, tone: 'bad' },
  never: { icon: Hourglass, tone: 'warn' },
  offline: { icon: CloudOff, tone: 'bad' },
  partial: { icon: FileWarning, tone: 'warn' },
  complete: { icon: CircleCheck, tone: 'good' },
}

/** How true the whole list is: as true as its least true practice. Every practice by itself when it is pointed at. */
function Freshness({ practices }: { readonly practices: StationStatus['practices'] }): ReactNode {
  const nowMs = useNowMs()
  const all = worstFirst(practices)
  const worst = all[0]
  if (worst === undefined) return null
  const look = looks[worst.truth]
  const short = inShort(worst, nowMs)
  return (
    <span data-truth={worst.truth} title={all.map((one) => named(one, inFull(one, nowMs))).join('\n')}>
      <Glyph icon={look.icon} tone={look.tone} />
      {all.length > 1 && worst.truth !== 'complete' ? named(worst, short) : short}
    </span>
  )
}

function named({ practice }: PracticeTruth, truth: string): string {
  return words.worklist.truthOfPractice({ practice: practice.name, truth })
}

function inShort({ practice, truth }: PracticeTruth, nowMs: number): string {
  const say = words.worklist.truth
  const time = writeMoment(practice.completeAt, nowMs)
  switch (truth) {
    case 'signed-out':
      return say['signed-out']
    case 'never':
      return say.never
    case 'offline':
      return say.offline({ time })
    case 'partial':
      return say.partial({ time, number: practice.unreadable })
    case 'complete':
      return say.complete({ time })
  }
}

function inFull({ practice, truth }: PracticeTruth, nowMs: number): string {
  const say = words.worklist.truthInFull
  const time = writeMoment(practice.completeAt, nowMs)
  switch (truth) {
    case 'signed-out':
      return say['signed-out']
    case 'never':
      return say.never
    case 'offline':
      return practice.message === null
        ? say.offline({ time })
        : say.offlineBecause({ time, reason: practice.message })
    case 'partial':
      return say.partial({ time, number: practice.unreadable })
    case 'complete':
      return say.complete({ time })
  }
}
