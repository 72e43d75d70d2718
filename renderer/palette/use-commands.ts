import {
  Contrast,
  FileSearch,
  FolderOpen,
  Keyboard,
  ListRestart,
  Lock,
  Moon,
  Pause,
  Play,
  RefreshCw,
  ScanLine,
  Sun,
  Rows3,
  Rows4,
} from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import type { StationStatus } from '../../shared/ipc.ts'
import { useNavigation } from '../data/navigation.tsx'
import { usePreferences } from '../data/preferences.ts'
import { call, useCall } from '../data/radpost.ts'
import { canRetry } from '../deliveries/filter.ts'
import { writeDay } from '../format/dates.ts'
import { patientName } from '../format/person-name.ts'
import { useLockNow } from '../lock/lock-button.tsx'
import { views } from '../shell/side-navigation.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import type { Command } from './command.ts'

/** Deliveries that are looked through for what waits. */
const MOST_DELIVERIES = 5_000

export type CommandsAround = {
  readonly status: StationStatus
  readonly showKeys: () => void
  readonly checkFile: () => void
}

/** Everything that the palette can do now. Studies are those of the worklist at hand; none is asked for elsewhere. */
export function useCommands(around: CommandsAround): readonly Command[] {
  return [...useStudies(), ...useViews(), ...useActions(around), ...useLooks()]
}

function useStudies(): readonly Command[] {
  const { go } = useNavigation()
  const list = useCall('worklist.get', {})
  return (list.data?.appointments ?? []).map((appointment): Command => {
    const { domain, appointmentId, patientId, dateOfBirth, studyDescription } = appointment
    return {
      id: `study ${domain}/${appointmentId}`,
      group: 'studies',
      icon: ScanLine,
      name: patientName(appointment),
      detail: [writeDay(dateOfBirth), studyDescription ?? '', patientId ?? '', appointmentId]
        .filter((part) => part !== '')
        .join(' · '),
      run: () => go({ view: 'study', study: { domain, appointmentId } }),
    }
  })
}

function useViews(): readonly Command[] {
  const { go } = useNavigation()
  return views.map(({ route, name, icon }, index): Command => ({
    id: `go ${route.view}`,
    group: 'go',
    icon,
    name,
    key: `mod+${index + 1}`,
    run: () => go(route),
  }))
}

function action(id: string, icon: Command['icon'], name: string, run: () => void, key?: string): Command {
  return { id, group: 'actions', icon, name, run, ...(key === undefined ? {} : { key }) }
}

function useActions({ status, showKeys, checkFile }: CommandsAround): readonly Command[] {
  const announce = useAnnounce()
  const act = (work: () => Promise<string | null>) => () => {
    const carryOut = async () => {
      const done = await work()
      if (done !== null) announce.done(done)
    }
    carryOut().catch(announce.failed)
  }
  const pause = (minutes: number | null) =>
    act(async () => {
      await call('station.pause', { minutes })
      return words.shell.paused
    })
  return [
    action('refresh', RefreshCw, words.palette.refresh, act(refreshWorklist)),
    ...(status.paused
      ? [action('resume', Play, words.palette.resume, act(resume))]
      : [
          action('pause-hour', Pause, words.palette.pauseHour, pause(60)),
          action('pause', Pause, words.palette.pause, pause(null)),
        ]),
    action('retry-all', ListRestart, words.palette.retryAll, act(retryAll)),
    action('open-folder', FolderOpen, words.palette.openFolder, act(openFolder)),
    action('check-file', FileSearch, words.inspect.checkFile, checkFile),
    action('keys', Keyboard, words.palette.keys, showKeys, '?'),
    ...useLock(),
  ]
}

/** Only where the window can be covered. */
function useLock(): readonly Command[] {
  const lock = useCall('lock.get', {})
  const run = useLockNow()
  if (lock.data === undefined || lock.data.minutes === null) return []
  return [{ id: 'lock', group: 'actions', icon: Lock, name: words.lock.lockNow, key: 'mod+l', run }]
}

async function refreshWorklist(): Promise<string> {
  await call('worklist.refresh', {})
  return words.palette.refreshed
}

async function resume(): Promise<string> {
  await call('station.resume', {})
  return words.shell.resumed
}

async function openFolder(): Promise<null> {
  await call('station.openFolder', {})
  return null
}

async function retryAll(): Promise<string> {
  const waiting = (await call('deliveries.list', { limit: MOST_DELIVERIES })).filter(canRetry)
  const { retried } = await call('deliveries.retryAll', { ids: waiting.map(({ id }) => id) })
  return words.palette.retried({ number: retried })
}

function useLooks(): readonly Command[] {
  const client = useQueryClient()
  const announce = useAnnounce()
  const settings = useCall('settings.get', {})
  const { preferences, change } = usePreferences()
  const themes = { system: Contrast, light: Sun, dark: Moon } as const
  const densities = { comfortable: Rows3, compact: Rows4 } as const
  const dress = (theme: keyof typeof themes) => {
    call('settings.save', { theme }).then(
      (saved) => client.setQueryData(['settings.get', {}], saved),
      announce.failed,
    )
  }
  return [
    ...(['system', 'light', 'dark'] as const)
      .filter((theme) => theme !== settings.data?.theme)
      .map((theme): Command => ({
        id: `theme ${theme}`,
        group: 'actions',
        icon: themes[theme],
        name: words.palette.themes[theme],
        run: () => dress(theme),
      })),
    ...(['comfortable', 'compact'] as const)
      .filter((density) => density !== preferences.density)
      .map((density): Command => ({
        id: `density ${density}`,
        group: 'actions',
        icon: densities[density],
        name: words.palette.densities[density],
        run: () => change({ density }),
      })),
  ]
}
