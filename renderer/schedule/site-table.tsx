import { Hourglass } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ScheduledItem, SiteScheduleItem } from '../../shared/ipc/schedule-calls.ts'
import { useNowMs } from '../data/clock.ts'
import { useNavigation } from '../data/navigation.tsx'
import { writeClock, writeMoment } from '../format/dates.ts'
import { writeMinutes } from '../format/deadline.ts'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'
import { isViewersZone, siteMoment, waiting, type SiteMoment } from './times.ts'

const columns = ['time', 'appointment', 'study', 'room', 'arrived', 'scan', 'waiting'] as const

/** A site's day, by status. Times are of the site; on hover, of the viewer. */
export function SiteTable({
  domain,
  ofSite: { siteName, timeZone, statuses },
  date,
  isToday,
}: {
  readonly domain: string
  readonly ofSite: SiteScheduleItem
  /** `yyyy-MM-dd` of the site. */
  readonly date: string
  readonly isToday: boolean
}): ReactNode {
  const name = siteName === '' ? words.schedule.noSite : siteName
  const number = statuses.reduce((sum, { appointments }) => sum + appointments.length, 0)
  return (
    <section aria-label={name} className="schedule-site">
      <header>
        <h2>{name}</h2>
        <span className="small soft">{words.schedule.total({ number })}</span>
        <span className="small faint">
          {timeZone === null ? words.schedule.siteTimeUnknown : words.schedule.siteTime({ zone: timeZone })}
        </span>
      </header>
      <table className="schedule-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {words.schedule.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        {statuses.map(({ status, appointments }) => (
          <tbody key={status}>
            <tr className="schedule-status">
              <th colSpan={columns.length} scope="rowgroup">
                {words.schedule.status({ status, number: appointments.length })}
              </th>
            </tr>
            {appointments.map((item) => (
              <Row
                key={item.appointmentId}
                domain={domain}
                item={item}
                timeZone={timeZone}
                date={date}
                isToday={isToday}
              />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  )
}

function Row({
  domain,
  item,
  timeZone,
  date,
  isToday,
}: {
  readonly domain: string
  readonly item: ScheduledItem
  readonly timeZone: string | null
  readonly date: string
  readonly isToday: boolean
}): ReactNode {
  const nowMs = useNowMs()
  const moment = (instant: string | null) => siteMoment(instant, timeZone, date, nowMs)
  return (
    <tr>
      <td>
        <StartTime item={item} timeZone={timeZone} date={date} />
      </td>
      <td>
        <AppointmentId domain={domain} item={item} />
      </td>
      <td>
        <span className="schedule-study">
          {item.modality === null ? null : <span className="modality">{item.modality}</span>}
          <span className="two-lines">
            <span>{item.study ?? item.exams.join(', ')}</span>
            {item.study === null || item.exams.every((exam) => exam === item.study) ? null : (
              <span className="second-line">{item.exams.join(', ')}</span>
            )}
          </span>
        </span>
      </td>
      <td>{item.room}</td>
      <td>
        <Moment moment={moment(item.arrivedAt)} />
      </td>
      <td>
        <Scan from={moment(item.scanStartedAt)} until={moment(item.scanEndedAt)} />
      </td>
      <td>
        <Waiting item={item} isToday={isToday} />
      </td>
    </tr>
  )
}

function StartTime({
  item: { date: ownDate, startTime, endTime, startsAt },
  timeZone,
  date,
}: {
  readonly item: ScheduledItem
  readonly timeZone: string | null
  readonly date: string
}): ReactNode {
  const nowMs = useNowMs()
  if (startTime === null) return <span className="faint">{words.schedule.noTime}</span>
  const from = writeClock(startTime)
  const title =
    startsAt === null || isViewersZone(timeZone)
      ? undefined
      : words.schedule.yourTime({ time: writeMoment(startsAt, nowMs) })
  return (
    <span className="two-lines">
      <span className="strong" title={title}>
        {endTime === null ? from : words.schedule.from({ from, until: writeClock(endTime) })}
      </span>
      {ownDate === date ? null : <span className="second-line">{ownDate}</span>}
    </span>
  )
}

function AppointmentId({
  domain,
  item: { appointmentId, priority, isPending },
}: {
  readonly domain: string
  readonly item: ScheduledItem
}): ReactNode {
  const { go } = useNavigation()
  return (
    <span className="two-lines">
      {isPending ? (
        <button
          type="button"
          className="schedule-open mono"
          aria-label={words.schedule.openStudy({ id: appointmentId })}
          onClick={() => go({ view: 'study', study: { domain, appointmentId } })}
        >
          {appointmentId}
        </button>
      ) : (
        <span className="mono">{appointmentId}</span>
      )}
      {priority === null ? null : <span className="second-line">{priority}</span>}
    </span>
  )
}

function Moment({ moment }: { readonly moment: SiteMoment | null }): ReactNode {
  if (moment === null) return null
  const { text, onViewersClock } = moment
  return (
    <span title={onViewersClock === null ? undefined : words.schedule.yourTime({ time: onViewersClock })}>
      {text}
    </span>
  )
}

function Scan({
  from,
  until,
}: {
  readonly from: SiteMoment | null
  readonly until: SiteMoment | null
}): ReactNode {
  if (from === null) return <Moment moment={until} />
  const text =
    until === null
      ? words.schedule.since({ time: from.text })
      : words.schedule.from({ from: from.text, until: until.text })
  return <Moment moment={{ ...from, text }} />
}

function Waiting({ item, isToday }: { readonly item: ScheduledItem; readonly isToday: boolean }): ReactNode {
  const waited = waiting(item, isToday, useNowMs())
  if (waited !== null) {
    return (
      <span className={waited.isNow ? 'schedule-waiting' : undefined}>
        {waited.isNow ? <Glyph icon={Hourglass} tone="warn" /> : null}
        {writeMinutes(waited.minutes)}
      </span>
    )
  }
  if (item.waitingTotal === null) return null
  return (
    <span className="faint" title={words.schedule.waitedAsCountedDetail}>
      {words.schedule.waitedAsCounted({ number: item.waitingTotal })}
    </span>
  )
}
