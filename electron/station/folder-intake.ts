import { createHash, randomUUID } from 'node:crypto'
import { isEnded } from '../../shared/delivery.ts'
import { refused } from '../../shared/document.ts'
import {
  currentStamp,
  listDropFolder,
  readDropped,
  reportOfSidecar,
  sameStamp,
  sidecarEnding,
  type FolderListing,
} from '../intake/drop-folder.ts'
import { judge, observe, type Rest, type SettlingTimes } from '../intake/settling.ts'
import type { Spool } from '../intake/spool.ts'
import { isStorageFull } from '../journal/database.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord, DocumentRecord, FileStamp } from '../journal/records.ts'
import { noPayload } from './document-record.ts'
import type { Happenings } from './happenings.ts'
import { codeOf, isFileError } from '../intake/file-error.ts'

/**
 * From the drop folder to the spool: notices files, lets them settle, takes sealed copies (interfaces.md 3). One
 * pass at a time; each is a complete look at the folder, so nothing depends on an event that was missed.
 */

export type FolderIntakeParts = {
  readonly root: string
  readonly recursive: boolean
  readonly sidecars: 'optional' | 'required' | 'none'
  readonly times: SettlingTimes
  readonly journal: Journal
  readonly spool: Spool
  readonly happenings: Happenings
  readonly complete: (bytes: Uint8Array) => Promise<'complete' | 'incomplete' | 'no-signature'>
  readonly now: () => number
  readonly monotonicMs: () => number
  /** A link or special file in the folder, said once each. */
  readonly onRefused: (path: string) => void
}

export type PassResult = {
  /** When to look again at what has not settled, in milliseconds; null when everything has. */
  readonly lookAgainAfterMs: number | null
  /** Files that only wait for a sidecar that is required. */
  readonly awaitingSidecar: number
}

/** A file that cannot be opened is tried again after this long; whoever holds it open may let go. */
const UNREADABLE_RETRY_MS = 120_000

export type FolderIntake = {
  /** Throws the file system's error when the folder itself cannot be read. */
  pass(): Promise<PassResult>
}

type Tracked = { readonly id: string; rest: Rest | null }

export function createFolderIntake(parts: FolderIntakeParts): FolderIntake {
  const tracked = new Map<string, Tracked>()
  const orphans = new Map<string, Rest>()
  const reported = new Set<string>()
  for (const record of parts.journal.inStates(['settling', 'waiting'])) {
    if (record.contentSha256 === null) tracked.set(record.file, { id: record.id, rest: null })
  }

  async function pass(): Promise<PassResult> {
    const listing = await listDropFolder(parts)
    for (const path of listing.refused) {
      if (!reported.has(path)) parts.onRefused(path)
      reported.add(path)
    }
    withdrawVanished(listing)
    const waits: number[] = []
    let awaitingSidecar = 0
    for (const [path, stamp] of listing.files) {
      if (reportOfSidecar(path) !== null) {
        const waitMs = lookAtSidecar(path, stamp, listing)
        if (waitMs !== null) waits.push(waitMs)
        continue
      }
      if (!isNew(path, stamp)) continue
      const step = await lookAt(path, stamp, listing)
      if (step === 'awaits-sidecar') awaitingSidecar += 1
      else if (step !== null) waits.push(step)
    }
    return { lookAgainAfterMs: waits.length === 0 ? null : Math.min(...waits), awaitingSidecar }
  }

  /** False for an original that already has a delivery under way or only waits to be moved. */
  function isNew(path: string, stamp: FileStamp): boolean {
    if (tracked.has(path)) return true
    const holder = parts.journal
      .byPath(path)
      .findLast((record) => record.original?.place === 'drop' && record.state.state !== 'withdrawn')
    if (holder?.original === undefined || holder.original === null) return true
    if (sameStamp(holder.original.stamp, stamp)) return false
    // Overwritten after its copy was taken: that copy goes its way, and this is another drop.
    parts.happenings.originalReplaced(holder.id)
    return true
  }

  function withdrawVanished(listing: FolderListing): void {
    for (const [path, { id }] of tracked) {
      if (listing.files.has(path)) continue
      tracked.delete(path)
      parts.happenings.apply(id, { type: 'withdrawn' })
    }
    for (const path of orphans.keys()) if (!listing.files.has(path)) orphans.delete(path)
  }

  /** @returns milliseconds until the next look, or null when the file is done with for now. */
  async function lookAt(
    path: string,
    stamp: FileStamp,
    listing: FolderListing,
  ): Promise<number | 'awaits-sidecar' | null> {
    const entry = tracked.get(path) ?? begin(path)
    const sidecarPath = `${path}${sidecarEnding}`
    const sidecar = parts.sidecars === 'none' ? null : (listing.files.get(sidecarPath) ?? null)
    const nowMs = parts.monotonicMs()
    entry.rest = observe(entry.rest, { stamp, sidecar }, nowMs)
    const verdict = judge(entry.rest, nowMs, parts.times)
    switch (verdict.kind) {
      case 'look-again':
        return verdict.afterMs
      case 'examine':
      case 'give-up':
        if (parts.sidecars === 'required' && sidecar === null) return waitForSidecar(entry.rest, nowMs)
        if (isWaitingForItsTime(entry.id)) return null
        return take(path, entry, verdict.kind === 'give-up')
    }
  }

  /** A writer may bring the sidecar a moment later; after `giveUpMs` the file waits without keeping anybody up. */
  function waitForSidecar(rest: Rest, nowMs: number): number | 'awaits-sidecar' {
    const leftMs = parts.times.giveUpMs - (nowMs - rest.sinceMs)
    return leftMs > 0 ? Math.min(leftMs, parts.times.settleMs) : 'awaits-sidecar'
  }

  function begin(path: string): Tracked {
    const record = parts.happenings.seen({ id: randomUUID(), file: path, kind: null })
    const entry: Tracked = { id: record.id, rest: null }
    tracked.set(path, entry)
    return entry
  }

  function isWaitingForItsTime(id: string): boolean {
    const state = parts.journal.get(id)?.state
    if (state?.state !== 'waiting') return false
    if (state.nextTryAtMs > parts.now()) return true
    parts.happenings.apply(id, { type: 'due' })
    return false
  }

  async function take(path: string, entry: Tracked, givenUp: boolean): Promise<number | null> {
    const rest = entry.rest
    if (rest === null) return 0
    let dropped: Awaited<ReturnType<typeof readDropped>>
    try {
      dropped = await readDropped(parts.root, path)
    } catch (error) {
      return unreadable(entry, error, givenUp)
    }
    if (!sameStamp(dropped.stamp, rest.look.stamp)) return startAnew(entry)

    if (!dropped.cut && !givenUp && (await parts.complete(dropped.bytes)) !== 'complete') {
      entry.rest = { ...rest, incomplete: true }
      return Math.min(parts.times.settleMs, parts.times.giveUpMs)
    }
    return spoolIt(path, entry, rest, dropped, givenUp)
  }

  async function spoolIt(
    path: string,
    entry: Tracked,
    rest: Rest,
    dropped: Awaited<ReturnType<typeof readDropped>>,
    givenUp: boolean,
  ): Promise<number | null> {
    const hasSidecar = rest.look.sidecar !== null
    const sidecarPath = hasSidecar ? `${path}${sidecarEnding}` : null
    try {
      await parts.spool.save(entry.id, 'original', dropped.bytes)
      if (sidecarPath !== null) {
        const sidecar = await readDropped(parts.root, sidecarPath)
        await parts.spool.save(entry.id, 'sidecar', sidecar.bytes)
      }
      // The original is looked at again after the copy: a writer that went on meanwhile must not leave half a copy.
      const [after, sidecarAfter] = await Promise.all([
        readDropped(parts.root, path),
        sidecarPath === null ? null : currentStamp(parts.root, sidecarPath),
      ])
      const untouched =
        sameStamp(after.stamp, rest.look.stamp) &&
        sameStamp(sidecarAfter, rest.look.sidecar) &&
        Buffer.compare(after.bytes, dropped.bytes) === 0
      if (!untouched) {
        await parts.spool.remove(entry.id)
        return startAnew(entry)
      }
    } catch (error) {
      await parts.spool.remove(entry.id).catch(() => undefined)
      if (isStorageFull(error)) return storageFull(entry.id)
      if (isFileError(error)) return unreadable(entry, error, givenUp)
      throw error
    }
    settle(path, entry, rest, dropped, givenUp, sidecarPath)
    return null
  }

  function settle(
    path: string,
    entry: Tracked,
    rest: Rest,
    dropped: Awaited<ReturnType<typeof readDropped>>,
    givenUp: boolean,
    sidecarPath: string | null,
  ): void {
    const contentSha256 = createHash('sha256').update(dropped.bytes).digest('hex')
    parts.journal.transaction(() => {
      closeFormer(contentSha256, entry.id)
      parts.happenings.apply(entry.id, {
        type: 'settled',
        stamp: rest.look.stamp,
        sidecarPath,
        atMs: parts.now(),
        contentSha256,
      })
      const decided = givenUp
        ? givenUpDocument(dropped.bytes)
        : dropped.cut
          ? tooLargeDocument(dropped)
          : null
      if (decided !== null) {
        parts.journal.saveDocument(entry.id, decided)
        parts.happenings.apply(entry.id, { type: 'recognised', kind: decided.reading.kind })
      }
    })
    tracked.delete(path)
  }

  /** A held report that is dropped again is looked at anew; its former decision stays in the audit. */
  function closeFormer(contentSha256: string, id: string): void {
    const seenAtMs = parts.journal.get(id)?.seenAtMs ?? 0
    for (const former of parts.journal.byContent(contentSha256)) {
      const { state } = former
      // An unknown outcome stays a question until a person answers it.
      const wasHeld =
        state.state === 'held' && state.reason !== 'outcome-unknown' && former.original?.place !== 'drop'
      if (wasHeld && (former.settledAtMs ?? 0) < seenAtMs) {
        parts.happenings.apply(former.id, { type: 'discarded', by: 'radpost', reason: 'dropped again' })
      }
    }
  }

  function unreadable(entry: Tracked, error: unknown, givenUp: boolean): number | null {
    if (codeOf(error) === 'ENOENT') return startAnew(entry)
    const rest = entry.rest
    if (!givenUp && rest !== null) {
      entry.rest = { ...rest, incomplete: true }
      return Math.min(parts.times.settleMs, parts.times.giveUpMs)
    }
    const nextTryAtMs = parts.now() + UNREADABLE_RETRY_MS
    parts.happenings.apply(entry.id, {
      type: 'waiting',
      reason: 'storage',
      message: `The file cannot be opened (${codeOf(error) ?? 'unknown error'}). Another program may hold it, or its rights do not allow reading.`,
      nextTryAtMs,
    })
    return null
  }

  function storageFull(id: string): null {
    parts.happenings.apply(id, {
      type: 'waiting',
      reason: 'storage',
      message:
        'There is no room to keep a copy of the file. Free space on the disk of the profile; the file stays where it is.',
      nextTryAtMs: parts.now() + UNREADABLE_RETRY_MS,
    })
    return null
  }

  function startAnew(entry: Tracked): number {
    entry.rest = null
    return parts.times.settleMs
  }

  /** A sidecar that belongs to no file which still settles is an orphan once it has rested for `giveUpMs`. */
  function lookAtSidecar(path: string, stamp: FileStamp, listing: FolderListing): number | null {
    if (parts.sidecars === 'none') return null
    const report = reportOfSidecar(path) ?? path
    const belongs = tracked.has(report) || (listing.files.has(report) && travelsWith(report, path))
    if (belongs || isKnownOrphan(path, stamp)) {
      orphans.delete(path)
      return null
    }
    const nowMs = parts.monotonicMs()
    const rest = observe(orphans.get(path) ?? null, { stamp, sidecar: null }, nowMs)
    orphans.set(path, rest)
    const restedMs = nowMs - rest.sinceMs
    if (restedMs < parts.times.giveUpMs) return Math.max(parts.times.giveUpMs - restedMs, 1)
    orphans.delete(path)
    holdOrphan(path, stamp)
    return null
  }

  function travelsWith(report: string, sidecarPath: string): boolean {
    const holder = parts.journal.byPath(report).findLast((record) => record.original?.place === 'drop')
    return holder === undefined || holder.original?.sidecarPath === sidecarPath
  }

  function isKnownOrphan(path: string, stamp: FileStamp): boolean {
    return parts.journal
      .byPath(path)
      .some(
        (record: DeliveryRecord) =>
          !isEnded(record.state) &&
          record.original?.place === 'drop' &&
          sameStamp(record.original.stamp, stamp),
      )
  }

  function holdOrphan(path: string, stamp: FileStamp): void {
    const record = parts.happenings.seen({ id: randomUUID(), file: path, kind: null, stamp })
    parts.happenings.apply(record.id, {
      type: 'held',
      reason: 'sidecar-orphan',
      message:
        'This sidecar has no report beside it, or came after its report had been taken. Drop report and sidecar together, the sidecar first.',
    })
  }

  return { pass }
}

/** Incomplete and untouched for `giveUpMs` (interfaces.md 3): what it is shows in its first bytes. */
function givenUpDocument(bytes: Uint8Array): DocumentRecord {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  const isPdf = head.includes('%PDF-')
  const isDicom = head.slice(128, 132) === 'DICM'
  if (bytes.length > 0 && !isPdf && !isDicom) {
    return documentOf(
      'not-a-report',
      'This is neither a PDF nor a DICOM file, whatever its name says. Export the report as PDF or DICOM SR.',
    )
  }
  return documentOf(
    'damaged',
    bytes.length === 0
      ? 'The file is empty (0 bytes). Export the report again.'
      : 'The file ends before it is complete. Export the report again.',
    isPdf ? 'pdf' : null,
  )
}

function tooLargeDocument({ bytes, stamp }: { bytes: Uint8Array; stamp: FileStamp }): DocumentRecord {
  const recognised = givenUpDocument(bytes)
  if (recognised.reading.problem === 'not-a-report') return recognised
  return documentOf('too-large', `The file has ${stamp.sizeBytes} bytes; a report has 2,097,152 at most.`)
}

function documentOf(
  problem: 'not-a-report' | 'damaged' | 'too-large',
  message: string,
  kind: 'pdf' | null = null,
): DocumentRecord {
  const { innerPdf: _, ...reading } = refused(problem, message, kind)
  return { reading, sidecar: null, sidecarProblem: '', payload: noPayload }
}
