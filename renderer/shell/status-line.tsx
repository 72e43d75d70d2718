import {
  CircleCheck,
  CirclePause,
  CircleUserRound,
  CloudOff,
  FolderOpen,
  FolderX,
  Hourglass,
  KeyRound,
  LoaderCircle,
  LogIn,
  Pause,
  Play,
  Settings2,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { StationStatus } from '../../shared/ipc.ts'
import { DraftsButton } from '../compose/drafts.tsx'
import { useNowMs } from '../data/clock.ts'
import { useAction } from '../data/radpost.ts'
import { writeMoment } from '../format/dates.ts'
import { Button, Glyph, type Tone } from '../ui/button.tsx'
import { LastDone, useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

type Overall = StationStatus['overall']

const looks: Readonly<Record<Overall, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  idle: { icon: CircleCheck, tone: 'good' },
  working: { icon: LoaderCircle, tone: 'active' },
  'needs-you': { icon: CircleUserRound, tone: 'warn' },
  paused: { icon: CirclePause, tone: 'warn' },
  offline: { icon: CloudOff, tone: 'bad' },
  'folder-unreachable': { icon: FolderX, tone: 'bad' },
  'signed-out': { icon: LogIn, tone: 'bad' },
  standby: { icon: Hourglass, tone: 'calm' },
  'not-set-up': { icon: Settings2, tone: 'calm' },
}

/** The station in one line: what it does, how fresh its lists are, and the way to pause it. */
export function StatusLine({ status }: { readonly status: StationStatus }): ReactNode {
  const look = looks[status.overall]
  return (
    <footer className="status-line" aria-label={words.shell.statusLine}>
      <p className="status-overall" role="status" title={words.shell.overallDetail[status.overall]}>
        <Glyph icon={look.icon} tone={look.tone} isSpinning={status.overall === 'working'} />
        <span>{words.shell.overall[status.overall]}</span>
      </p>
      <LastDone otherwise={<Facts status={status} />} />
      <DraftsButton />
      <OpenFolder />
      <PauseControl isPaused={status.paused} />
    </footer>
  )
}

/** Counts on the left; on the right what a person should know about keys and lists. */
function Facts({ status }: { readonly status: StationStatus }): ReactNode {
  return (
    <>
      <Counts status={status} />
      <span className="status-gap" />
      {status.secrets === 'session' ? (
        <p className="status-item">
          <Glyph icon={KeyRound} tone="warn" />
          {words.shell.sessionSecrets}
        </p>
      ) : null}
      <Freshness practices={status.practices} />
    </>
  )
}

function Counts({ status }: { readonly status: StationStatus }): ReactNode {
  const parts = (['inProgress', 'waiting', 'deliveredToday'] as const).filter((name) => status[name] > 0)
  return (
    <>
      {parts.map((name) => (
        <p key={name} className="status-item">
          {words.shell.counts[name]({ number: status[name] })}
        </p>
      ))}
    </>
  )
}

function Freshness({ practices }: { readonly practices: StationStatus['practices'] }): ReactNode {
  const nowMs = useNowMs()
  // There is room for three: what is away must not be the one that is left out.
  const worstFirst = practices.toSorted((a, b) => Number(isAway(b)) - Number(isAway(a)))
  return worstFirst.slice(0, 3).map((practice) => {
    const time = practice.completeAt === null ? null : writeMoment(practice.completeAt, nowMs)
    return (
      <p key={practice.domain} className="status-item truncate" title={practice.message ?? undefined}>
        {isAway(practice) ? (
          <Glyph icon={practice.connection === 'offline' ? CloudOff : LogIn} tone="bad" />
        ) : null}
        {practices.length > 1 && practice.connection !== 'signed-out' ? <span>{practice.name}:</span> : null}
        {freshness(practice.connection, practice.name, time)}
      </p>
    )
  })
}

function isAway({ connection }: StationStatus['practices'][number]): boolean {
  return connection === 'offline' || connection === 'signed-out'
}

function freshness(
  connection: StationStatus['practices'][number]['connection'],
  name: string,
  time: string | null,
): string {
  if (connection === 'signed-out') return words.shell.signedOutOf({ practice: name })
  if (time === null) return words.shell.neverComplete
  return connection === 'offline' ? words.shell.offlineSince({ time }) : words.shell.completeAt({ time })
}

function OpenFolder(): ReactNode {
  const open = useAction('station.openFolder')
  const announce = useAnnounce()
  return (
    <Button
      kind="quiet"
      size="small"
      icon={FolderOpen}
      onPress={() => open.mutate({}, { onError: announce.failed })}
    >
      {words.shell.openFolder}
    </Button>
  )
}

function PauseControl({ isPaused }: { readonly isPaused: boolean }): ReactNode {
  const pause = useAction('station.pause')
  const resume = useAction('station.resume')
  const announce = useAnnounce()
  if (isPaused) {
    return (
      <Button
        size="small"
        icon={Play}
        isBusy={resume.isPending}
        onPress={() =>
          resume.mutate({}, { onSuccess: () => announce.done(words.shell.resumed), onError: announce.failed })
        }
      >
        {words.shell.resume}
      </Button>
    )
  }
  const pauseFor = (minutes: number | null) =>
    pause.mutate(
      { minutes },
      { onSuccess: () => announce.done(words.shell.paused), onError: announce.failed },
    )
  return (
    <MenuTrigger>
      <Button kind="quiet" size="small" icon={Pause} isBusy={pause.isPending}>
        {words.shell.pause}
      </Button>
      <Popover className="popover" placement="top end">
        <Menu
          className="menu"
          aria-label={words.shell.pauseMenu}
          onAction={(key) => pauseFor(key === 'hour' ? 60 : null)}
        >
          <MenuItem id="hour" className="menu-item">
            {words.shell.pauseHour}
          </MenuItem>
          <MenuItem id="resume" className="menu-item">
            {words.shell.pauseUntilResume}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
