import type { DeliveryRecord } from '../journal/records.ts'
import type { Worklist } from '../worklist/worklist.ts'
import { createConsiderer } from './consider.ts'
import { createFileBytes } from './file-bytes.ts'
import { createFolderIntake, type PassResult } from './folder-intake.ts'
import type { Happenings } from './happenings.ts'
import type { Lease } from './lease.ts'
import type { Ledger } from './ledger.ts'
import { placeOriginals } from './placement.ts'
import { isStorageTrouble, type Resting } from './resting.ts'
import { createSending, LeaseLost, type Sending } from './sending.ts'
import type { StationParts } from './station-parts.ts'

/** The work of one active period: from taking the lease to losing it, or to the end of the run. */
export type Work = {
  /** Looks at the folder, decides what can be decided, and begins what may be sent; null: no folder to look at. */
  readonly cycle: () => Promise<PassResult | null>
  readonly sending: Sending
  /** Resolves when nothing is in hand any more. */
  readonly end: () => Promise<void>
}

export type WorkParts = StationParts & {
  readonly lease: Lease
  readonly ledger: Ledger
  readonly worklist: Worklist
  readonly happenings: Happenings
  readonly resting: Resting
  readonly delayMs: (attempt: number, floorMs: number | null) => number
  readonly isStopping: () => boolean
  /** Whether the worklist has changed since the last time this was asked. */
  readonly takeWorklistChange: () => boolean
  readonly lookAtFolder: (pass: () => Promise<PassResult>) => Promise<PassResult | null>
  readonly wake: () => void
  readonly onLeaseLost: () => void
}

/** A plan that waits for a practice's list is looked at again at once when the list comes; this is the fallback. */
const WORKLIST_WAIT_MS = 120_000

const matchReasons = new Set([
  'no-match',
  'study-unnamed',
  'ambiguous-match',
  'identity-unverified',
  'identity-mismatch',
])

export function createWork(parts: WorkParts): Work {
  const { settings, foundation, ledger, lease, worklist, happenings, resting } = parts
  const { isStopping, takeWorklistChange, lookAtFolder, wake, delayMs } = parts
  const { journal } = foundation
  const root = settings.dropFolder.path
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
    resting,
    servers: parts.practices.clients,
    finalDiffers: settings.reports.finalDiffers,
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
    onLeaseLost: parts.onLeaseLost,
    onBug: parts.onBug,
    mayBegin: () => !isStopping() && (parts.mayBegin?.() ?? true),
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
      if (isDue(record, parts.now())) happenings.apply(record.id, { type: 'due' })
    const changed = takeWorklistChange()
    for (const record of journal.inStates(['held', 'waiting'])) {
      if (isStopping()) break
      if (isOpenQuestion(record, changed)) await carefully(record, () => considerer.reconsider(record))
    }
    for (const record of journal.inStates(['spooled'])) {
      if (isStopping()) break
      if (!resting.has(record.id)) await carefully(record, () => considerer.consider(record))
    }
    looking = false
    sending.advance()
    await placeOriginals(journal, root)
    return pass
  }

  /** One report that cannot be worked on must not stop the others, nor be tried without a pause. */
  async function carefully(record: DeliveryRecord, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      resting.rest(record.id)
      if (isStorageTrouble(error)) resting.waitForStorage(record.id)
      else parts.onBug(error)
    }
  }

  return { cycle, sending, end: () => sending.settled() }
}

/** Whether the worklist, or another delivery of the same content, may answer what holds this one up. */
function isOpenQuestion({ state, person, plan, contentSha256 }: DeliveryRecord, changed: boolean): boolean {
  if (state.state === 'waiting') return changed && plan === null && contentSha256 !== null
  if (state.state !== 'held') return false
  if (state.reason === 'outcome-unknown') return plan === null
  return changed && matchReasons.has(state.reason) && (person?.appointment ?? null) === null
}

function isDue(record: DeliveryRecord, nowMs: number): boolean {
  const { state } = record
  // A file that was never copied is the intake's to try again.
  return state.state === 'waiting' && state.nextTryAtMs <= nowMs && record.contentSha256 !== null
}
