import {
  CalendarX,
  ChevronLeft,
  ChevronRight,
  CloudOff,
  Hourglass,
  LogIn,
  MapPinOff,
  RefreshCw,
} from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import type { CallResult, StationStatus } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { CallFailed, useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { writeMoment } from '../format/dates.ts'
import { Button, Glyph, IconButton, Key } from '../ui/button.tsx'
import { Empty, Loading, LoadFailed } from '../ui/empty.tsx'
import { words } from '../words.ts'
import { Picker } from './picker.tsx'
import { SiteTable } from './site-table.tsx'
import { appointmentsOf, dayAfter, todayAt, waiting, writeWholeDay } from './times.ts'

type Day = CallResult<'schedule.get'>

/** How often the present day is read again while it is in sight. */
const REFRESH_MS = 60_000

/** What a reporting site sees coming: the appointments of a day, with what happened to them so far. */
export function Schedule({ status }: { readonly status: StationStatus }): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null)
  const practice = status.practices.find(({ domain }) => domain === chosen) ?? status.practices[0]
  if (practice === undefined) {
    return (
      <Empty icon={CalendarX} title={words.schedule.noPractice} detail={words.schedule.noPracticeDetail} />
    )
  }
  const picker =
    status.practices.length < 2 ? null : (
      <Picker
        label={words.schedule.practice}
        value={practice.domain}
        options={status.practices.map(({ domain, name }) => [domain, name])}
        onChange={setChosen}
      />
    )
  return <PracticeSchedule key={practice.domain} domain={practice.domain} practicePicker={picker} />
}

function PracticeSchedule({
  domain,
  practicePicker,
}: {
  readonly domain: string
  readonly practicePicker: ReactNode
}): ReactNode {
  const nowMs = useNowMs()
  const [site, setSite] = useState<string | null>(null)
  /** null: today, whatever day that is at the site. */
  const [chosenDay, setChosenDay] = useState<string | null>(null)
  const [siteZone, setSiteZone] = useState<string | null>(null)
  const today = todayAt(siteZone, nowMs)
  const date = chosenDay ?? today
  const day = useCall(
    'schedule.get',
    { domain, date, site },
    { keepsFormer: true, ...(date === today ? { refetchEveryMs: REFRESH_MS } : {}) },
  )
  const tables = useRef<HTMLDivElement>(null)
  const goToDay = (next: string) => setChosenDay(next === today ? null : next)
  const refresh = () => void day.refetch()
  useShortcuts({
    p: () => goToDay(dayAfter(date, -1)),
    n: () => goToDay(dayAfter(date, 1)),
    t: () => setChosenDay(null),
    r: refresh,
    j: () => moveFocus(tables.current, 1),
    k: () => moveFocus(tables.current, -1),
  })
  const sites = day.data?.sites ?? []
  const shown = day.isPlaceholderData ? undefined : day.data
  return (
    <>
      <header className="view-head">
        <div className="view-title">
          <h1>{words.schedule.title}</h1>
          <Summary day={shown} date={date} isToday={date === today} isStale={day.isError} />
        </div>
        <p className="keys key-help caption faint">
          <Key>p</Key>
          <Key>n</Key> {words.schedule.keys.day}
          <Key>t</Key> {words.schedule.keys.today}
          <Key>j</Key>
          <Key>k</Key> {words.schedule.keys.move}
        </p>
        {practicePicker}
        <Picker
          label={words.schedule.site}
          value={site ?? ''}
          options={[['', words.schedule.allSites], ...siteOptions(sites, site)]}
          onChange={(name) => {
            setSite(name === '' ? null : name)
            setSiteZone(sites.find(({ siteName }) => siteName === name)?.timeZone ?? null)
          }}
        />
        <div className="schedule-days">
          <IconButton
            icon={ChevronLeft}
            name={words.schedule.previousDay}
            onPress={() => goToDay(dayAfter(date, -1))}
          />
          <input
            type="date"
            className="input"
            aria-label={words.schedule.date}
            value={date}
            required
            onChange={(event) => {
              if (event.target.value !== '') goToDay(event.target.value)
            }}
          />
          <IconButton
            icon={ChevronRight}
            name={words.schedule.nextDay}
            onPress={() => goToDay(dayAfter(date, 1))}
          />
          <Button size="small" isDisabled={date === today} onPress={() => setChosenDay(null)}>
            {words.schedule.today}
          </Button>
        </div>
        <IconButton
          icon={RefreshCw}
          name={words.schedule.refresh}
          isBusy={day.isFetching}
          onPress={refresh}
        />
      </header>
      {shown === undefined ? (
        day.isError ? (
          <Failed error={day.error} onRetry={refresh} />
        ) : (
          <Loading />
        )
      ) : shown.schedule.length === 0 ? (
        <Nothing day={shown} />
      ) : (
        <div className="schedule" ref={tables}>
          {shown.schedule.map((ofSite) => (
            <SiteTable
              key={ofSite.siteName}
              domain={domain}
              ofSite={ofSite}
              date={date}
              isToday={date === todayAt(ofSite.timeZone, nowMs)}
            />
          ))}
        </div>
      )}
    </>
  )
}

/** A site that has gone stays in the list for as long as it is chosen. */
function siteOptions(
  sites: Day['sites'],
  chosen: string | null,
): readonly (readonly [value: string, name: string])[] {
  const known = sites.map(({ siteName }) => [siteName, siteName] as const)
  const isKnown = chosen === null || sites.some(({ siteName }) => siteName === chosen)
  return isKnown ? known : [...known, [chosen, words.schedule.unknownSite({ site: chosen })]]
}

/** Through the studies that can be opened; from nowhere to the first. */
function moveFocus(within: HTMLElement | null, step: 1 | -1): void {
  const all = [...(within?.querySelectorAll<HTMLElement>('.schedule-open') ?? [])]
  const present = all.findIndex((button) => button === document.activeElement)
  all[present === -1 ? 0 : Math.min(all.length - 1, Math.max(0, present + step))]?.focus()
}

/** Which day, how many, who waits, and how old it is. Always one line high. */
function Summary({
  day,
  date,
  isToday,
  isStale,
}: {
  readonly day: Day | undefined
  readonly date: string
  readonly isToday: boolean
  readonly isStale: boolean
}): ReactNode {
  const nowMs = useNowMs()
  const all = appointmentsOf(day?.schedule ?? [])
  const waitingNow = all.filter((item) => waiting(item, isToday, nowMs)?.isNow === true).length
  return (
    <p className="view-sub">
      <span>{writeWholeDay(date)}</span>
      {day === undefined ? null : (
        <>
          <span>{words.schedule.total({ number: all.length })}</span>
          {waitingNow === 0 ? null : (
            <span>
              <Glyph icon={Hourglass} tone="warn" />
              {words.schedule.waitingNow({ number: waitingNow })}
            </span>
          )}
          {day.unreadable === 0 ? null : <span>{words.schedule.unreadable({ number: day.unreadable })}</span>}
          <Freshness at={day.at} isStale={isStale} />
        </>
      )}
    </p>
  )
}

function Freshness({ at, isStale }: { readonly at: string; readonly isStale: boolean }): ReactNode {
  const time = writeMoment(at, useNowMs())
  if (!isStale) return <span>{words.schedule.readAt({ time })}</span>
  return (
    <span role="status" title={words.schedule.stale({ time })}>
      <Glyph icon={CloudOff} tone="bad" />
      {words.schedule.staleShort({ time })}
    </span>
  )
}

function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }): ReactNode {
  const code = error instanceof CallFailed ? error.code : ''
  const isOffline = ['network', 'server', 'throttled'].includes(code)
  if (!isOffline && code !== 'auth' && code !== 'scope') return <LoadFailed error={error} onRetry={onRetry} />
  return (
    <div role="alert">
      <Empty
        icon={isOffline ? CloudOff : LogIn}
        title={isOffline ? words.schedule.offline : words.schedule.signedOut}
        detail={error.message}
      >
        <Button icon={RefreshCw} onPress={onRetry}>
          {words.shell.tryAgain}
        </Button>
      </Empty>
    </div>
  )
}

function Nothing({ day }: { readonly day: Day }): ReactNode {
  return day.isSiteKnown ? (
    <Empty icon={CalendarX} title={words.schedule.empty} detail={words.schedule.emptyDetail} />
  ) : (
    <Empty icon={MapPinOff} title={words.schedule.unknown} detail={words.schedule.unknownDetail} />
  )
}
