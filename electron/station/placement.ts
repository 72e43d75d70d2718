import { stat } from 'node:fs/promises'
import { currentStamp, sameStamp } from '../intake/drop-folder.ts'
import { freePath, moveOriginal } from '../intake/originals.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord, Original } from '../journal/records.ts'
import { isFileError } from '../intake/file-error.ts'

/**
 * Brings the dropped originals to where their outcome says: delivered and duplicate to `Sent/`, held to `Held/`
 * (interfaces.md 3). The intention is journaled before the move and cleared after it, so a crash between loses
 * nothing; a file that cannot be moved now (held open on Windows, share gone) is tried again with the next pass.
 */
export async function placeOriginals(journal: Journal, root: string): Promise<void> {
  for (const record of journal.inStates(['delivered', 'duplicate', 'held', 'discarded'])) {
    const wanted = wantedPlace(record)
    const { original } = record
    if (original === null || wanted === null || original.place === wanted || original.place === 'gone')
      continue
    try {
      await place(journal, root, record, original, wanted)
    } catch (error) {
      if (!isFileError(error)) throw error
    }
  }
}

function wantedPlace(record: DeliveryRecord): 'sent' | 'held' | null {
  switch (record.state.state) {
    case 'delivered':
    case 'duplicate':
      return 'sent'
    case 'held':
      return 'held'
    // A discarded report stays with the held ones: the file is the user's own.
    case 'discarded':
      return record.original?.place === 'drop' ? 'held' : null
    case 'settling':
    case 'spooled':
    case 'queued':
    case 'sending':
    case 'waiting':
    case 'withdrawn':
      return null
  }
}

async function place(
  journal: Journal,
  root: string,
  record: DeliveryRecord,
  original: Original,
  wanted: 'sent' | 'held',
): Promise<void> {
  // A folder that is away says nothing about its files: this throws, and the next pass tries again.
  await stat(root)
  const begun = original.movingTo
  if (begun === null && !sameStamp(await currentStamp(root, original.path), original.stamp)) {
    // Taken away by somebody, or replaced by another file: not ours to move.
    setOriginal(journal, record.id, { ...original, place: 'gone' })
    return
  }
  const target = begun ?? {
    place: wanted,
    ...(await freePath(root, wanted, original.path, original.sidecarPath !== null)),
  }
  setOriginal(journal, record.id, { ...original, movingTo: target })
  // The sidecar goes first: a report without its sidecar is what the next look must never find in the drop folder.
  if (original.sidecarPath !== null && target.sidecarPath !== null) {
    const movedSidecar = await moveOriginal(root, original.sidecarPath, target.sidecarPath)
    if (movedSidecar === 'taken') {
      setOriginal(journal, record.id, { ...original, movingTo: null })
      return
    }
  }
  const moved = await moveOriginal(root, original.path, target.path)
  if (moved === 'taken') {
    setOriginal(journal, record.id, { ...original, movingTo: null })
    return
  }
  setOriginal(journal, record.id, {
    ...original,
    place: target.place,
    path: target.path,
    sidecarPath: target.sidecarPath,
    movingTo: null,
  })
}

function setOriginal(journal: Journal, id: string, original: Original): void {
  journal.update(id, (present) => ({ next: { ...present, original }, audit: [] }))
}
