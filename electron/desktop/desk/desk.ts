import { join } from 'node:path'
import type { EventName, EventPayload, StationStatus } from '../../../shared/ipc.ts'
import type { ResolveProxy } from '../../http/proxy.ts'
import type { StartParserProcess } from '../../intake/parser-process/transport.ts'
import type { Vault } from '../../vault/vault.ts'
import type { PracticeList } from '../../worklist/worklist.ts'
import { cleanSentence, folderLabel } from './clean-sentence.ts'
import type { Clipboard } from './clipboard.ts'
import { createIdleLock, type IdleLock, type OsUser } from './idle-lock-keeper.ts'
import { createHandlers } from './desk-handlers.ts'
import type { DeliveryChange } from './delivery-book.ts'
import { openDesktopSettings, type DesktopSettings, type DesktopSettingsStore } from './desktop-settings.ts'
import type { Handlers } from './handlers.ts'
import { createRecent, type RecentItem } from './recent.ts'
import { createSessionKeeper } from './session-keeper.ts'
import { connectionOf, countDeliveries, dayStartMs, overallState } from './station-status.ts'
import { createSoloDesk } from './solo-desk.ts'
import { createWorklistBook } from './worklist.ts'

/**
 * The application behind window and tray, without Electron: answers every call of shared/ipc.ts on the station, pushes
 * what changed, and knows the desktop's own wishes (pause, theme, start at login).
 */
export type Desk = {
  readonly handlers: Handlers
  readonly desktop: DesktopSettingsStore
  /** The cover over a window that nobody sits at. */
  readonly lock: Pick<IdleLock, 'isLocked' | 'sessionLocked' | 'sessionUnlocked'>
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
  /** The window came in sight, or went out of it: what nobody looks at is read more seldom. */
  watch(isWatched: boolean): void
  /** A sentence without paths. */
  clean(text: string): string
  start(): Promise<void>
  /** Finishes what is under way, then closes everything. */
  stop(): Promise<void>
}

/** What only a desktop can do; paths go to it and never to the window. */
export type DeskHost = {
  /** The folder that the person chose, or null. */
  chooseFolder(startingAt: string | null, use: 'reports' | 'inbox'): Promise<string | null>
  /** The files that the person chose, to go with a report or to trust; none: they thought better of it. */
  chooseFiles(use: 'attachments' | 'certificates'): Promise<readonly string[]>
  openFolder(path: string): Promise<void>
  /** Opens a link in the browser; its host has been held against a list. */
  openAddress(address: string): Promise<void>
  /**
   * Where the person wants a file to be, or null.
   * @param name what is proposed, with its extension
   */
  chooseSavePath(name: string, extension: string): Promise<string | null>
  readonly clipboard: Clipboard
  readonly osUser: OsUser
  /** Milliseconds since anybody touched this computer; null where the system does not say. */
  systemIdleMs(): number | null
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
  let vault = parts.vault
  let chosenFolder: string | null = null
  let suspended = false
  let watched = false
  let told = ''
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
    isWatched: () => watched,
    onChange: changed,
    onDeliveries(changes) {
      recent.add(changes)
      push('deliveries.changed', { ids: changes.map(({ after }) => after.id) })
      parts.onDeliveries(changes)
      changed()
    },
    onWorklistPass() {
      worklist.passed()
      changed()
    },
  })
  const lock = createIdleLock({
    desktop,
    osUser: parts.host.osUser,
    systemIdleMs: () => parts.host.systemIdleMs(),
    now,
    push: parts.push,
    onLocked: () => void parts.host.clipboard.clear().catch(() => undefined),
  })
  /** News of studies and deliveries: a window that is uncovered asks for everything anew. */
  const push: DeskParts['push'] = (name, payload) => {
    if (!lock.isLocked()) parts.push(name, payload)
  }
  const worklist = createWorklistBook({ keeper: () => keeper, now, push })
  const solo = createSoloDesk({ ...parts, push, keeper, worklist, vault: () => vault })

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
    lock.look()
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
      lock,
      solo,
      clean,
      status,
      pause,
      resume,
      openFolder,
      isPaused,
      worklist,
      lastKnown: (key) => worklist.lastKnown(key),
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
    lock,
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
    watch(isWatched) {
      watched = isWatched
      worklist.watch(isWatched)
      solo.watch(isWatched)
      if (isWatched) keeper.session()?.station.freshen()
    },
    clean,
    async start() {
      parts.host.applyDesktopSettings(desktop.get())
      looking = setInterval(look, LOOK_MS)
      await keeper.restart()
    },
    async stop() {
      clearInterval(looking)
      worklist.stop()
      await solo.stop()
      await keeper.end()
      clearTimeout(gathering)
    },
  }
}

function completeAtOf(list: PracticeList | undefined): string | null {
  const ms = list?.completeAtMs ?? null
  return ms === null ? null : new Date(ms).toISOString()
}
