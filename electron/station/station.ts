import { randomUUID } from 'node:crypto'
import { isEnded } from '../../shared/delivery.ts'
import { listDropFolder } from '../intake/drop-folder.ts'
import { watchFolder, type FolderWatcher } from '../intake/folder-watcher.ts'
import { isStorageFull } from '../journal/database.ts'
import { outboxDelayMs } from '../outbox/back-off.ts'
import { createWorklist, type Worklist } from '../worklist/worklist.ts'
import type { PassResult } from './folder-intake.ts'
import { createHappenings } from './happenings.ts'
import { createLease, isKnownHolder, RENEW_EVERY_MS, type LeaseHolder } from './lease.ts'
import { LedgerKeyDamaged, openLedger, type Ledger } from './ledger.ts'
import { placeOriginals } from './placement.ts'
import { createResting, isStorageTrouble } from './resting.ts'
import { applyRetention } from './retention.ts'
import type { Sending } from './sending.ts'
import type { StationParts } from './station-parts.ts'
import { createWork, type Work } from './work.ts'
import { createWorklistKeeper } from './worklist-keeper.ts'
import { isFileError } from '../intake/file-error.ts'

/**
 * The application without a desktop (design.md 5): one drop folder, its practices, one journal. Hosts give it what
 * differs between them and listen to its events.
 */

export type { Parser } from './station-parts.ts'

export type StationEnd =
  | { readonly kind: 'done'; readonly unresolved: number }
  | { readonly kind: 'not-started'; readonly message: string }

export type Station = {
  /** Works until nothing more can be done by itself within a minute (`--once`), or until {@link Station.stop}. */
  run(mode: 'once' | 'stay'): Promise<StationEnd>
  stop(): void
  /** Looks at the folder and at everything due now, instead of with the next scan. */
  wake(): void
  /** One pass of every practice's worklist now. */
  refresh(): Promise<void>
  /** Somebody looks at the worklist: what is older than its usual pace is read now. */
  freshen(): void
  condition(): StationCondition
  readonly worklist: Worklist
}

/** What keeps the whole station from working, apart from servers. */
export type StationCondition = {
  /** The drop folder (or the disk of the profile) cannot be used. */
  readonly folderLost: boolean
  /** Another station holds the folder: the sentence that names it. */
  readonly standby: string | null
}

const SCAN_EVERY_MS = 30_000
/** `--once` waits for tries that are due within this time (interfaces.md 6). */
const ONCE_PATIENCE_MS = 60_000
const AUDIT_HEAD_EVERY_MS = 1_000
/** After so many looks, a second apart, at a lease that cannot be read it is broken, and said as it is. */
const UNKNOWN_HOLDER_LOOKS = 3
/** A station that stays does not wait longer than this for the first lists before it takes files. */
const FIRST_LIST_MS = 5_000
/** How often a folder that cannot be reached is looked for. */
const FOLDER_LOST_MS = 2_000
const RETENTION_EVERY_MS = 3_600_000
/** Deliveries that need a fresh worklist, or may change it. */
const onTheWay = ['settling', 'spooled', 'queued', 'sending', 'waiting'] as const

export function createStation(parts: StationParts): Station {
  const { settings, foundation } = parts
  const { journal } = foundation
  const root = settings.dropFolder.path
  const delayMs = (attempt: number, floorMs: number | null): number =>
    outboxDelayMs(attempt, floorMs, parts.random)
  const at = (): string => new Date(parts.now()).toISOString()

  /** Ends reads of the worklist that would outlast the run. */
  const ending = new AbortController()
  const worklist = createWorklist(
    new Map(
      [...parts.practices.clients].map(([domain, client]) => [
        domain,
        () => client.listAllPending({ signal: ending.signal }),
      ]),
    ),
    parts.now,
    new Map(
      [...parts.practices.clients].map(([domain, client]) => [
        domain,
        (siteName: string) => client.getSite(siteName, { signal: ending.signal }),
      ]),
    ),
  )
  const lease = createLease({
    root,
    stationId: foundation.profile.stationId,
    session: randomUUID(),
    host: parts.host,
    processId: process.pid,
    monotonicMs: parts.monotonicMs,
  })
  const happenings = createHappenings({
    journal,
    now: parts.now,
    emit(event) {
      parts.emit(event)
      // What was dropped is matched against a list as fresh as if somebody had been looking all the time.
      if (event.event === 'seen') keeper.freshen()
    },
  })
  const resting = createResting(happenings, parts.now)

  const stopped = Promise.withResolvers<void>()
  const ends = { stopping: false }
  let woken = false
  let wakeUp: (() => void) | null = null
  let folderLost = false
  let leaseLost = false
  let standby: string | null = null
  let worklistChanged = false
  /** Sentences of the first pass of `--once`, until it is clear that they are not the reason why it ends. */
  let unsaid: string[] | null = null

  function wake(): void {
    woken = true
    wakeUp?.()
  }

  async function sleepUntilWoken(timeMs: number): Promise<void> {
    if (!woken && !ends.stopping) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, timeMs))
        wakeUp = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    wakeUp = null
    woken = false
  }

  const keeper = createWorklistKeeper({
    worklist,
    domains: settings.practices.map((practice) => practice.domain),
    refreshSeconds: settings.worklist.refreshSeconds,
    isCalm: () => parts.isWatched?.() === false && journal.inStates(onTheWay).length === 0,
    now: parts.now,
    random: parts.random,
    delayMs,
    emit: parts.emit,
    notice: (sentence) => {
      if (unsaid === null) parts.notice(sentence)
      else unsaid.push(sentence)
    },
    onChange: () => {
      worklistChanged = true
      wake()
    },
  })

  /** Waits for the work, but no longer than so many milliseconds, and not beyond a stop. */
  async function waitAtMost(timeMs: number, work: Promise<unknown>): Promise<void> {
    const time = Promise.withResolvers<void>()
    const timer = setTimeout(time.resolve, timeMs)
    await Promise.race([work, time.promise, stopped.promise])
    clearTimeout(timer)
  }

  function loseLease(): void {
    leaseLost = true
    wake()
  }

  function beginWork(ledger: Ledger): Work {
    return createWork({
      ...parts,
      lease,
      ledger,
      worklist,
      happenings,
      resting,
      delayMs,
      isStopping: () => ends.stopping,
      takeWorklistChange() {
        const changed = worklistChanged
        worklistChanged = false
        return changed
      },
      lookAtFolder,
      wake,
      onLeaseLost: loseLease,
    })
  }

  async function lookAtFolder(pass: () => Promise<PassResult>): Promise<PassResult | null> {
    try {
      const result = await pass()
      if (folderLost) {
        parts.emit({ at: at(), event: 'online' })
        goOnAfterStorage()
      }
      folderLost = false
      return result
    } catch (error) {
      if (!isStorageTrouble(error)) throw error
      if (!folderLost) {
        const full = isStorageFull(error)
        parts.emit({ at: at(), event: 'offline', reason: full ? 'storage' : 'folder' })
        parts.notice(
          full
            ? 'There is no room for the journal. Free space on the disk of the profile; Radpost waits, and nothing is lost.'
            : 'The drop folder cannot be reached. Radpost waits for it; nothing is lost.',
        )
      }
      folderLost = true
      return null
    }
  }

  /** What waited for the folder need not wait any longer. */
  function goOnAfterStorage(): void {
    for (const { id, state, contentSha256 } of journal.inStates(['waiting'])) {
      if (state.state !== 'waiting' || state.reason !== 'storage' || contentSha256 === null) continue
      happenings.apply(id, { type: 'due' })
    }
  }

  // ---------------------------------------------------------------- the run

  async function run(mode: 'once' | 'stay'): Promise<StationEnd> {
    if (mode === 'once' && !(await isReachable())) {
      return {
        kind: 'not-started',
        message: folderMissing(root),
      }
    }
    const taken = await takeLease(mode)
    if (taken !== null) return taken
    if (ends.stopping) return ended()
    // From the first moment: a slow answer of a server must not look like the death of this station.
    const renewing = setInterval(() => void renewLease(), RENEW_EVERY_MS)
    try {
      const ledger = await openLedger(root)
      unsaid = mode === 'once' ? [] : null
      const first = keeper.refreshAll()
      if (mode === 'once') {
        const failures = [...(await first).values()]
        if (failures.every((failure) => failure !== null)) {
          return {
            kind: 'not-started',
            message: [...new Set(failures.map(({ message }) => message))].join(' '),
          }
        }
        for (const sentence of unsaid ?? []) parts.notice(sentence)
        unsaid = null
      } else {
        // What is dropped is taken and kept even while no server can be reached.
        await waitAtMost(FIRST_LIST_MS, first)
      }
      parts.emit({ at: at(), event: 'started' })
      void first.then(() => keeper.start())
      await workUntilDone(mode, ledger)
      return ended()
    } catch (error) {
      if (error instanceof LedgerKeyDamaged) return { kind: 'not-started', message: error.message }
      throw error
    } finally {
      clearInterval(renewing)
      ending.abort()
      keeper.stop()
      await foundation.keepAuditHead()
      await lease.release().catch(() => undefined)
    }
  }

  async function renewLease(): Promise<void> {
    if (!(await lease.renew().catch(() => true))) loseLease()
  }

  async function isReachable(): Promise<boolean> {
    return listDropFolder({ root, recursive: false }).then(
      () => true,
      () => false,
    )
  }

  async function takeLease(mode: 'once' | 'stay'): Promise<StationEnd | null> {
    let told = false
    let looks = 0
    while (!ends.stopping) {
      try {
        const answer = await lease.tryTake()
        if (answer.kind === 'taken') {
          standby = null
          return null
        }
        if (mode === 'once' && answer.moving) return { kind: 'not-started', message: heldBy(answer.holder) }
        looks += 1
        // Two stations that start at once: who won can be read a moment later.
        if (!told && mode === 'stay' && (isKnownHolder(answer.holder) || looks > UNKNOWN_HOLDER_LOOKS)) {
          standby = heldBy(answer.holder)
          parts.emit({ at: at(), event: 'standby', reason: heldBy(answer.holder) })
          parts.notice(heldBy(answer.holder))
          told = true
        }
      } catch (error) {
        if (!isFileError(error)) throw error
        await lookAtFolder(() => Promise.reject(error))
        if (mode === 'once') return { kind: 'not-started', message: folderMissing(root) }
      }
      await sleepUntilWoken(1_000)
    }
    return null
  }

  async function workUntilDone(mode: 'once' | 'stay', ledger: Ledger): Promise<void> {
    let work = beginWork(ledger)
    let watcher = startWatching()
    const keeping = setInterval(() => void foundation.keepAuditHead().catch(parts.onBug), AUDIT_HEAD_EVERY_MS)
    let saidIdle = false
    let retentionDueMs = Number.NEGATIVE_INFINITY

    try {
      while (!ends.stopping) {
        if (leaseLost) {
          await work.end()
          const over = await takeLease(mode)
          if (over !== null || ends.stopping) break
          leaseLost = false
          work = beginWork(await openLedger(root))
        }
        const pass = await work.cycle()
        if (pass === null) {
          // A watcher of a folder that went away stays deaf when the folder comes back.
          await watcher?.close()
          watcher = null
        } else watcher ??= startWatching()
        if (parts.monotonicMs() >= retentionDueMs) {
          await retain()
          retentionDueMs = parts.monotonicMs() + RETENTION_EVERY_MS
        }
        const busy = isBusy(pass, work.sending)
        if (!busy && !saidIdle) parts.emit({ at: at(), event: 'idle' })
        saidIdle = !busy
        if (mode === 'once' && !busy && (pass !== null || folderLost)) break
        await sleepUntilWoken(pauseMs(pass))
      }
    } finally {
      clearInterval(keeping)
      await watcher?.close()
      await work.end()
      await placeOriginals(journal, root).catch(parts.onBug)
    }

    function startWatching(): FolderWatcher | null {
      const started: FolderWatcher = watchFolder({
        root,
        recursive: settings.dropFolder.recursive,
        polling: parts.polling,
        onHint: wake,
        onError: () => {
          if (watcher !== started) return
          watcher = null
          void started.close().catch(() => undefined)
          wake()
        },
      })
      return started
    }
  }

  async function retain(): Promise<void> {
    await applyRetention({
      journal,
      spool: foundation.spool,
      root,
      spoolDays: settings.retention.spoolDays,
      auditDays: settings.retention.auditDays,
      deleteSentAfterDays: settings.dropFolder.deleteSentAfterDays,
      now: parts.now,
    })
  }

  /** Whether something will still happen by itself within a minute. */
  function isBusy(pass: PassResult | null, sending: Sending): boolean {
    if (sending.active() > 0 || (pass !== null && pass.lookAgainAfterMs !== null)) return true
    if (journal.idsIn('spooled').some((id) => !resting.has(id))) return true
    return journal
      .inStates(['waiting'])
      .some(({ state }) => state.state === 'waiting' && state.nextTryAtMs - parts.now() <= ONCE_PATIENCE_MS)
  }

  function pauseMs(pass: PassResult | null): number {
    if (pass === null) return FOLDER_LOST_MS
    const waits = journal
      .inStates(['waiting'])
      .map(({ state }) => (state.state === 'waiting' ? state.nextTryAtMs - parts.now() : SCAN_EVERY_MS))
    return Math.max(10, Math.min(SCAN_EVERY_MS, pass?.lookAgainAfterMs ?? SCAN_EVERY_MS, ...waits))
  }

  function ended(): StationEnd {
    const unresolved = journal.all().filter((record) => !isEnded(record.state)).length
    return { kind: 'done', unresolved }
  }

  return {
    run,
    wake,
    refresh: async () => {
      await keeper.refreshAll()
    },
    freshen: () => keeper.freshen(),
    condition: () => ({ folderLost, standby }),
    worklist,
    stop() {
      ends.stopping = true
      stopped.resolve()
      wake()
    },
  }
}

function heldBy(holder: LeaseHolder): string {
  return `Another station holds this drop folder: ${holder.stationId} on ${holder.host} (process ${holder.processId}).`
}

function folderMissing(root: string): string {
  return `The drop folder ${root} cannot be reached. Create it, or correct "dropFolder.path" in the settings.`
}
