import { randomUUID } from 'node:crypto'
import { isEnded } from '../../shared/delivery.ts'
import type { Reading } from '../../shared/document.ts'
import type { Settings } from '../../shared/settings.ts'
import type { StationEvent } from '../../shared/station-event.ts'
import { listDropFolder } from '../intake/drop-folder.ts'
import { watchFolder, type FolderWatcher } from '../intake/folder-watcher.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { outboxDelayMs } from '../outbox/back-off.ts'
import { createWorklist, type Worklist } from '../worklist/worklist.ts'
import { createConsiderer } from './consider.ts'
import { createFileBytes } from './file-bytes.ts'
import { createFolderIntake, type PassResult } from './folder-intake.ts'
import type { Foundation } from './foundation.ts'
import { createHappenings } from './happenings.ts'
import { createLease, RENEW_EVERY_MS, type LeaseHolder } from './lease.ts'
import { openLedger, type Ledger } from './ledger.ts'
import { placeOriginals } from './placement.ts'
import type { Practices } from './practices.ts'
import { applyRetention } from './retention.ts'
import { createSending, LeaseLost, type Sending } from './sending.ts'
import { createWorklistKeeper } from './worklist-keeper.ts'

/**
 * The application without a desktop (design.md 5): one drop folder, its practices, one journal. Hosts give it what
 * differs between them and listen to its events.
 */

export type Parser = {
  read(bytes: Uint8Array): Promise<Reading>
  complete(bytes: Uint8Array): Promise<'complete' | 'incomplete' | 'no-signature'>
}

export type StationParts = {
  readonly settings: Settings
  readonly foundation: Foundation
  readonly practices: Practices
  readonly parser: Parser
  readonly host: string
  readonly settleMs: number
  readonly polling: boolean
  readonly now: () => number
  readonly monotonicMs: () => number
  readonly random: () => number
  readonly machineZone: string
  readonly emit: (event: StationEvent) => void
  /** A sentence for people, beside the events. */
  readonly notice: (sentence: string) => void
  readonly onBug: (error: unknown) => void
}

export type StationEnd =
  | { readonly kind: 'done'; readonly unresolved: number }
  | { readonly kind: 'not-started'; readonly message: string }

export type Station = {
  /** Works until nothing more can be done by itself within a minute (`--once`), or until {@link Station.stop}. */
  run(mode: 'once' | 'stay'): Promise<StationEnd>
  stop(): void
  readonly worklist: Worklist
}

const SCAN_EVERY_MS = 30_000
/** `--once` waits for tries that are due within this time (interfaces.md 6). */
const ONCE_PATIENCE_MS = 60_000
/** A plan that waits for a practice's list is looked at again at once when the list comes; this is the fallback. */
const WORKLIST_WAIT_MS = 120_000
const AUDIT_HEAD_EVERY_MS = 1_000
const RETENTION_EVERY_MS = 3_600_000

const matchReasons = new Set([
  'no-match',
  'study-unnamed',
  'ambiguous-match',
  'identity-unverified',
  'identity-mismatch',
])

export function createStation(parts: StationParts): Station {
  const { settings, foundation } = parts
  const { journal } = foundation
  const root = settings.dropFolder.path
  const delayMs = (attempt: number, floorMs: number | null): number =>
    outboxDelayMs(attempt, floorMs, parts.random)
  const at = (): string => new Date(parts.now()).toISOString()

  const worklist = createWorklist(
    new Map([...parts.practices.clients].map(([domain, client]) => [domain, () => client.listAllPending()])),
    parts.now,
  )
  const lease = createLease({
    root,
    stationId: foundation.profile.stationId,
    session: randomUUID(),
    host: parts.host,
    processId: process.pid,
    monotonicMs: parts.monotonicMs,
  })
  const happenings = createHappenings({ journal, now: parts.now, emit: parts.emit })

  let stopping = false
  let woken = false
  let wakeUp: (() => void) | null = null
  let folderLost = false

  function wake(): void {
    woken = true
    wakeUp?.()
  }

  async function sleepUntilWoken(timeMs: number): Promise<void> {
    if (!woken && !stopping) {
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
    now: parts.now,
    random: parts.random,
    delayMs,
    emit: parts.emit,
    notice: parts.notice,
    onChange: () => {
      reconsiderMatches()
      wake()
    },
  })

  function reconsiderMatches(): void {
    for (const record of journal.inStates(['held', 'waiting'])) {
      const { state } = record
      const byMatch = state.state === 'held' && matchReasons.has(state.reason) && record.person === null
      const byWait = state.state === 'waiting' && record.plan === null && record.contentSha256 !== null
      if (byMatch || byWait) happenings.apply(record.id, { type: 'reconsidered' })
    }
  }

  // ---------------------------------------------------------------- one active period

  type Work = {
    readonly cycle: () => Promise<PassResult | null>
    readonly sending: Sending
    readonly end: () => Promise<void>
  }

  function beginWork(ledger: Ledger): Work {
    const files = createFileBytes(foundation.spool, root, (bytes) => parts.parser.read(bytes))
    const considerer = createConsiderer({
      journal,
      spool: foundation.spool,
      happenings,
      settings,
      ledger,
      read: (bytes) => parts.parser.read(bytes),
      bytesOf: (record) => files.original(record),
      worklist: () => worklist.view(parts.now() + WORKLIST_WAIT_MS),
      now: parts.now,
      machineZone: parts.machineZone,
    })
    let looking = true
    const sending = createSending({
      journal,
      ledger,
      happenings,
      servers: parts.practices.clients,
      now: parts.now,
      mustHoldLease: async () => {
        if (!(await lease.isHeld())) throw new LeaseLost()
      },
      recheck: (record, plan, fresh) => considerer.recheck(record, plan, fresh),
      fileBytes: (record, plan, index) => files.planned(record, plan, index),
      delayMs,
      onProgress: () => {
        if (!looking) sending.advance()
        wake()
      },
      onBug: parts.onBug,
      mayBegin: () => !stopping,
    })
    const intake = createFolderIntake({
      root,
      recursive: settings.dropFolder.recursive,
      sidecars: settings.dropFolder.sidecar,
      times: { settleMs: parts.settleMs, giveUpMs: settings.dropFolder.giveUpMs },
      journal,
      spool: foundation.spool,
      happenings,
      complete: (bytes) => parts.parser.complete(bytes),
      now: parts.now,
      monotonicMs: parts.monotonicMs,
      onRefused: (path) => parts.notice(`Not taken, because it is a link or a special file: ${path}`),
    })

    async function cycle(): Promise<PassResult | null> {
      looking = true
      await placeOriginals(journal, root)
      const pass = await lookAtFolder(() => intake.pass())
      for (const record of journal.inStates(['waiting']))
        if (isDue(record)) happenings.apply(record.id, { type: 'due' })
      for (const record of journal.inStates(['spooled'])) {
        if (stopping) break
        await considerer.consider(record)
      }
      looking = false
      sending.advance()
      await placeOriginals(journal, root)
      return pass
    }

    return { cycle, sending, end: () => sending.settled() }
  }

  function isDue(record: DeliveryRecord): boolean {
    const { state } = record
    // A file that was never copied is the intake's to try again.
    return state.state === 'waiting' && state.nextTryAtMs <= parts.now() && record.contentSha256 !== null
  }

  async function lookAtFolder(pass: () => Promise<PassResult>): Promise<PassResult | null> {
    try {
      const result = await pass()
      if (folderLost) parts.emit({ at: at(), event: 'online' })
      folderLost = false
      return result
    } catch (error) {
      if (typeof (error as { syscall?: unknown }).syscall !== 'string') throw error
      if (!folderLost) {
        parts.emit({ at: at(), event: 'offline', reason: 'folder' })
        parts.notice('The drop folder cannot be reached. Radpost waits for it; nothing is lost.')
      }
      folderLost = true
      return null
    }
  }

  // ---------------------------------------------------------------- the run

  async function run(mode: 'once' | 'stay'): Promise<StationEnd> {
    if (mode === 'once' && !(await isReachable())) {
      return {
        kind: 'not-started',
        message: `The drop folder ${root} cannot be reached. Create it, or correct "dropFolder.path" in the settings.`,
      }
    }
    const taken = await takeLease(mode)
    if (taken !== null) return taken
    if (stopping) return ended()
    try {
      const failures = await keeper.refreshAll()
      if (mode === 'once' && [...failures.values()].every((failure) => failure !== null)) {
        const messages = [...failures.values()].flatMap((failure) =>
          failure === null ? [] : [failure.message],
        )
        return { kind: 'not-started', message: [...new Set(messages)].join(' ') }
      }
      parts.emit({ at: at(), event: 'started' })
      keeper.start()
      await workUntilDone(mode)
      return ended()
    } finally {
      keeper.stop()
      await foundation.keepAuditHead()
      await lease.release().catch(() => undefined)
    }
  }

  async function isReachable(): Promise<boolean> {
    return listDropFolder({ root, recursive: false }).then(
      () => true,
      () => false,
    )
  }

  async function takeLease(mode: 'once' | 'stay'): Promise<StationEnd | null> {
    let told = false
    while (!stopping) {
      try {
        const answer = await lease.tryTake()
        if (answer.kind === 'taken') return null
        if (mode === 'once' && answer.moving) return { kind: 'not-started', message: heldBy(answer.holder) }
        if (!told && mode === 'stay') {
          parts.emit({ at: at(), event: 'standby', reason: heldBy(answer.holder) })
          parts.notice(heldBy(answer.holder))
          told = true
        }
      } catch (error) {
        if (typeof (error as { syscall?: unknown }).syscall !== 'string') throw error
        await lookAtFolder(() => Promise.reject(error as Error))
      }
      await sleepUntilWoken(1_000)
    }
    return null
  }

  async function workUntilDone(mode: 'once' | 'stay'): Promise<void> {
    let work = beginWork(await openLedger(root))
    let watcher = startWatching()
    const timers = [
      setInterval(() => void renewLease(), RENEW_EVERY_MS),
      setInterval(() => void foundation.keepAuditHead().catch(parts.onBug), AUDIT_HEAD_EVERY_MS),
    ]
    let leaseLost = false
    let saidIdle = false
    let retentionDueMs = Number.NEGATIVE_INFINITY

    async function renewLease(): Promise<void> {
      const kept = await lease.renew().catch(() => true)
      if (!kept) {
        leaseLost = true
        wake()
      }
    }

    try {
      while (!stopping) {
        if (leaseLost) {
          await work.end()
          const over = await takeLease('stay')
          if (over !== null || stopping) break
          leaseLost = false
          work = beginWork(await openLedger(root))
        }
        const pass = await work.cycle()
        if (watcher === null && pass !== null) watcher = startWatching()
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
      for (const timer of timers) clearInterval(timer)
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
      deleteSentAfterDays: settings.dropFolder.deleteSentAfterDays,
      now: parts.now,
    })
  }

  /** Whether something will still happen by itself within a minute. */
  function isBusy(pass: PassResult | null, sending: Sending): boolean {
    if (sending.active() > 0 || (pass !== null && pass.lookAgainAfterMs !== null)) return true
    if (journal.idsIn('spooled').length > 0) return true
    return journal
      .inStates(['waiting'])
      .some(({ state }) => state.state === 'waiting' && state.nextTryAtMs - parts.now() <= ONCE_PATIENCE_MS)
  }

  function pauseMs(pass: PassResult | null): number {
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
    worklist,
    stop() {
      stopping = true
      wake()
    },
  }
}

function heldBy(holder: LeaseHolder): string {
  return `Another station holds this drop folder: ${holder.stationId} on ${holder.host} (process ${holder.processId}).`
}
