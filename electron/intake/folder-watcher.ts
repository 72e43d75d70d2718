import { watch } from 'chokidar'
import { basename } from 'node:path'
import { isIgnoredName, ownFolders } from './drop-folder.ts'

/**
 * Hints that something happened in the drop folder. Nothing is learnt from them but "look now": events get lost,
 * come twice, and die with a network share, so the station scans anyway (design.md 3).
 */
export type FolderWatcher = { close(): Promise<void> }

export type FolderWatcherOptions = {
  readonly root: string
  readonly recursive: boolean
  readonly polling: boolean
  readonly onHint: () => void
  /** The watcher is of no more use; scan, and start another one later. */
  readonly onError: () => void
}

export function watchFolder({
  root,
  recursive,
  polling,
  onHint,
  onError,
}: FolderWatcherOptions): FolderWatcher {
  const skipped = new Set<string>([ownFolders.sent, ownFolders.held])
  const watcher = watch(root, {
    ignoreInitial: true,
    // Two levels hold everything that is taken: the folder itself and Final/ or Preliminary/.
    ...(recursive ? {} : { depth: 1 }),
    ...(polling ? { usePolling: true, interval: 1_000 } : {}),
    ignored: (path) => path !== root && (isIgnoredName(basename(path)) || skipped.has(basename(path))),
  })
  watcher.on('all', () => onHint())
  // What came while the watcher was still getting ready gave no event of its own.
  watcher.on('ready', () => onHint())
  watcher.on('error', () => onError())
  return { close: () => watcher.close() }
}
