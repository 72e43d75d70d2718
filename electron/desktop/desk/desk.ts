import { join } from 'node:path'
import type { EventName, EventPayload, StationStatus } from '../../../shared/ipc.ts'
import type { AppointmentKey, PendingAppointment } from '../../../shared/worklist.ts'
import type { ResolveProxy } from '../../http/proxy.ts'
import type { StartParserProcess } from '../../intake/parser-process/transport.ts'
import type { Vault } from '../../vault/vault.ts'
import type { PracticeList } from '../../worklist/worklist.ts'
import { cleanSentence, folderLabel } from './clean-sentence.ts'
import { createHandlers } from './desk-handlers.ts'
import type { DeliveryChange } from './delivery-book.ts'
import { openDesktopSettings, type DesktopSettings, type DesktopSettingsStore } from './desktop-settings.ts'
import type { Handlers } from './handlers.ts'
import { createRecent, type RecentItem } from './recent.ts'
import { createSessionKeeper } from './session-keeper.ts'
import { connectionOf, countDeliveries, dayStartMs, overallState } from './station-status.ts'

/**
 * The application behind window and tray, without Electron: answers every call of shared/ipc.ts on the station, pushes
 * what changed, and knows the desktop's own wishes (pause, theme, start at login).
 */
export type Desk = {
  readonly handlers: Handlers
  readonly desktop: DesktopSettingsStore
  status(): StationStatus
  /** States and times for the tray, newest first; nothing of a patient, and file names are of patients. */
  recent(): readonly RecentItem[]
  /** @param minutes null: until a person resumes */
  pause(minutes: number | null): void
  resume(): void
  openFolder(): Promise<void>
  /** The machine goes to sleep: nothing new begins. */
  readonly suspend: () => void
  /** The machine is awake again: folder and worklist are looked at at once. */
  readonly wakeFromSleep: () => void
  /** A sentence without paths. */
  clean(text: string): string
  start(): Promise<void>
  /** Finishes what is under way, then closes everything. */
  stop(): Promise<void>
}

/** What only a desktop can do; paths go to it and never to the window. */
export type DeskHost = {
  /** The folder that the person chose, or null. */
  chooseFolder(startingAt: string | null): Promise<string | null>
  openFolder(path: string): Promise<void>
  /** Theme, start at login, …: called with every change. */
  applyDesktopSettings(settings: DesktopSettings): void
}

export type DeskParts = {
  readonly profileFolder: string
  /** The account's keychain, or what stands for it. */
  readonly vault: Vault
  readonly host: DeskHost
  readonly version: string
  readonly platform: string
  readonly hostKind: 'electron' | 'stand-in'
  readonly now: () => number
  readonly random: () => number
  readonly startParserProcess?: StartParserProcess | undefined
  readonly resolveProxy?: ResolveProxy | undefined
  readonly push: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void
  readonly onStatus: (status: StationStatus) => void
  readonly onDeliveries: (changes: readonly DeliveryChange[]) => void
}

/** Changes within this time are told together. */
const GATHER_MS = 100
/** What changes without a word (a pause that ends, midnight, a folder that comes back) is seen within this time. */
const LOOK_MS = 5_000

export function createDesk(parts: DeskParts): Desk {
  const { now } = parts
  const desktop = openDesktopSettings(join(parts.profileFolder, 'desktop.json'))
  const recent = createRecent(now)
  const lastKnown = new Map<string, PendingAppointment>()
  let vault = parts.vault
  let chosenFolder: string | null = null
  let suspended = false
  let told = ''
  let toldWorklist = ''
  let gathering: NodeJS.Timeout | undefined
  let looking: NodeJS.Timeout | undefined

  const keeper = createSessionKeeper({
    profileFolder: parts.profileFolder,
    vault: () => vault,
    now,
    random: parts.random,
    startParserProcess: parts.startParserProcess,
    resolveProxy: parts.resolveProxy,
    mayBegin: () => !suspended && !isPaused(),
    onChange: changed,
    onDeliveries(changes) {
      recent.add(changes)
      parts.push('deliveries.changed', { ids: changes.map(({ after }) => after.id) })
      parts.onDeliveries(changes)
      changed()
    },
    onWorklistPass() {
      tellWorklist()
      changed()
    },
  })

  function isPaused(): boolean {
    const { paused } = desktop.get()
    return paused !== null && (paused.untilMs === null || now() < paused.untilMs)
  }

  function clean(text: string): string {
    const folder = keeper.settings()?.dropFolder.path
    return cleanSentence(text, [
      parts.profileFolder,
      ...(folder === undefined ? [] : [folder]),
      ...(chosenFolder === null ? [] : [chosenFolder]),
    ])
  }

  // ---------------------------------------------------------------- status

  function sentenceOf(list: PracticeList | undefined): string | null {
    const failure = list?.failure ?? null
    return failure === null ? null : clean(failure.message)
  }

  function status(): StationStatus {
    const settings = keeper.settings()
    const session = keeper.session()
    const problem = keeper.problem()
    const lists = new Map((session?.station.worklist.lists() ?? []).map((list) => [list.domain, list]))
    const condition = session?.station.condition() ?? { folderLost: false, standby: null }
    const practices = (settings?.practices ?? []).map(({ domain, name }) => {
      const list = lists.get(domain)
      return {
        domain,
        name,
        connection: connectionOf(list),
        message: sentenceOf(list),
        completeAt: completeAtOf(list),
        pending: list?.appointments.length ?? 0,
        unreadable: list?.unreadable.length ?? 0,
      }
    })
    const counts = countDeliveries(
      session?.book.all() ?? [],
      (id) => session?.book.deliveredAtMs(id) ?? 0,
      dayStartMs(now()),
    )
    const sentence =
      problem?.message ?? condition.standby ?? (condition.folderLost ? (session?.notice() ?? null) : null)
    const secrets =
      problem?.kind === 'keychain' ? 'unavailable' : vault.kind === 'memory' ? 'session' : 'keychain'
    const folder = settings?.dropFolder.path ?? chosenFolder
    return {
      overall: overallState({
        setUp: settings !== null && problem?.kind !== 'settings',
        problem: sentence,
        profileInUse: problem?.kind === 'profile-in-use',
        folderLost: condition.folderLost,
        standby: condition.standby !== null,
        paused: isPaused(),
        secrets,
        connections: practices.map((practice) => practice.connection),
        counts,
      }),
      problem: sentence === null ? null : clean(sentence),
      paused: isPaused(),
      ...counts,
      folderLabel: folder === null ? null : folderLabel(folder),
      practices,
      secrets,
    }
  }

  function changed(): void {
    gathering ??= setTimeout(() => {
      gathering = undefined
      tellStatus()
    }, GATHER_MS)
  }

  function tellStatus(): void {
    const present = status()
    const text = JSON.stringify(present)
    if (text === told) return
    told = text
    parts.push('station.changed', present)
    parts.onStatus(present)
  }

  function tellWorklist(): void {
    const rows = (keeper.session()?.station.worklist.lists() ?? []).flatMap((list) => list.appointments)
    for (const row of rows) lastKnown.set(keyOf(row), row)
    const text = JSON.stringify(rows)
    if (text === toldWorklist) return
    toldWorklist = text
    parts.push('worklist.changed', {})
  }

  // ---------------------------------------------------------------- pause and sleep

  function pause(minutes: number | null): void {
    desktop.change({ paused: { untilMs: minutes === null ? null : now() + minutes * 60_000 } })
    changed()
  }

  function resume(): void {
    desktop.change({ paused: null })
    keeper.session()?.station.wake()
    changed()
  }

  function look(): void {
    if (desktop.get().paused !== null && !isPaused()) resume()
    tellStatus()
  }

  async function openFolder(): Promise<void> {
    const path = keeper.settings()?.dropFolder.path ?? chosenFolder
    if (path !== null) await parts.host.openFolder(path)
  }

  return {
    handlers: createHandlers({
      ...parts,
      keeper,
      desktop,
      clean,
      status,
      pause,
      resume,
      openFolder,
      isPaused,
      lastKnown: (key) => lastKnown.get(keyOf(key)),
      vault: () => vault,
      useVault: (next) => {
        vault = next
      },
      chosenFolder: () => chosenFolder,
      chooseFolder: (path) => {
        chosenFolder = path
      },
      changed,
    }),
    desktop,
    status,
    recent: recent.items,
    pause,
    resume,
    openFolder,
    suspend() {
      suspended = true
    },
    wakeFromSleep() {
      suspended = false
      const station = keeper.session()?.station
      if (station === undefined && keeper.problem() !== null) void keeper.restart()
      station?.wake()
      void station?.refresh()
    },
    clean,
    async start() {
      parts.host.applyDesktopSettings(desktop.get())
      looking = setInterval(look, LOOK_MS)
      await keeper.restart()
    },
    async stop() {
      clearInterval(looking)
      await keeper.end()
      clearTimeout(gathering)
    },
  }
}

function completeAtOf(list: PracticeList | undefined): string | null {
  const ms = list?.completeAtMs ?? null
  return ms === null ? null : new Date(ms).toISOString()
}

function keyOf({ domain, appointmentId }: AppointmentKey): string {
  return JSON.stringify([domain, appointmentId])
}
