import { constants, type Stats } from 'node:fs'
import { lstat, open, readdir, statfs, type FileHandle } from 'node:fs/promises'
import { join, posix, sep } from 'node:path'
import type { FileStamp } from '../journal/records.ts'
import { codeOf } from './file-error.ts'

/** What lies in the drop folder, and which of it is taken (interfaces.md 3). The scan is the truth; events are hints. */

export const ownFolders = { sent: 'Sent', held: 'Held', station: '.radpost' } as const
const statusFolders = ['Final', 'Preliminary'] as const
export type StatusFolder = (typeof statusFolders)[number]

const temporaryEndings = ['.tmp', '.part', '.partial', '.crdownload']
const systemNames = new Set(['thumbs.db', 'desktop.ini'])
export const sidecarEnding = '.json'

/** Names that are never looked at: files being written by others, and the system's own. */
export function isIgnoredName(name: string): boolean {
  const lower = name.toLowerCase()
  return (
    name.startsWith('.') ||
    name.startsWith('~$') ||
    systemNames.has(lower) ||
    temporaryEndings.some((ending) => lower.endsWith(ending))
  )
}

/** `report.pdf.json` belongs to `report.pdf`; null for a name that is no sidecar's. */
export function reportOfSidecar(path: string): string | null {
  return path.toLowerCase().endsWith(sidecarEnding) ? path.slice(0, -sidecarEnding.length) : null
}

/** `Final` or `Preliminary` when the file lies directly in one of them. */
export function statusFolderOf(path: string): StatusFolder | null {
  const [first, ...rest] = path.split('/')
  return rest.length === 1 ? (statusFolders.find((name) => name === first) ?? null) : null
}

export type FolderListing = {
  /** Regular files to be looked at, relative to the folder, with `/`, in a stable order. */
  readonly files: ReadonlyMap<string, FileStamp>
  /** Links and special files: refused, to be reported once each. */
  readonly refused: readonly string[]
}

export type FolderOptions = { readonly root: string; readonly recursive: boolean }

/**
 * Lists what may be taken. Throws the file system's error when the folder itself cannot be read: a folder that is
 * gone is not an empty folder.
 */
export async function listDropFolder({ root, recursive }: FolderOptions): Promise<FolderListing> {
  const files = new Map<string, FileStamp>()
  const refused: string[] = []

  async function visit(folder: string): Promise<void> {
    const entries = await readdir(join(root, ...folder.split('/').filter(Boolean)), { withFileTypes: true })
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      if (isIgnoredName(entry.name)) continue
      const path = folder === '' ? entry.name : posix.join(folder, entry.name)
      if (entry.isDirectory()) {
        if (isOpenedFolder(path, recursive)) await visit(path).catch(ignoreVanished)
        continue
      }
      const stats = await lstat(absolutePath(root, path)).catch(() => null)
      if (stats === null) continue
      if (stats.isFile()) files.set(path, stampOf(stats))
      else refused.push(path)
    }
  }

  await visit('')
  return { files, refused }
}

function isOpenedFolder(path: string, recursive: boolean): boolean {
  if (path === ownFolders.sent || path === ownFolders.held || path === ownFolders.station) return false
  return recursive || statusFolders.some((name) => name === path)
}

function ignoreVanished(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error
}

/** A path below the drop folder as the operating system wants it. */
export function absolutePath(root: string, path: string): string {
  return join(root, path.split('/').join(sep))
}

export function stampOf(stats: Pick<Stats, 'size' | 'mtimeMs'>): FileStamp {
  return { sizeBytes: stats.size, mtimeMs: Math.trunc(stats.mtimeMs) }
}

export function sameStamp(a: FileStamp | null, b: FileStamp | null): boolean {
  return a === null || b === null ? a === b : a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs
}

/** The present stamp, or null when the file is not there (or is no regular file any more). */
export async function currentStamp(root: string, path: string): Promise<FileStamp | null> {
  const stats = await lstat(absolutePath(root, path)).catch(() => null)
  return stats?.isFile() === true ? stampOf(stats) : null
}

/** Opens for reading without following a link that was put in the file's place meanwhile. */
export async function openDropped(root: string, path: string): Promise<FileHandle> {
  return open(absolutePath(root, path), constants.O_RDONLY | constants.O_NOFOLLOW)
}

/** A dropped file larger than this is not read into memory; no report comes near it (the limit to send is 2 MiB). */
export const MAX_READ_BYTES = 64 * 1_048_576

/**
 * Reads a whole dropped file and its stamp from one handle. Of a file over {@link MAX_READ_BYTES} only the first
 * 4 KiB are returned, which is enough to say what it is.
 */
export async function readDropped(
  root: string,
  path: string,
): Promise<{ bytes: Uint8Array; stamp: FileStamp; cut: boolean }> {
  const handle = await openDropped(root, path)
  try {
    const stamp = stampOf(await handle.stat())
    if (stamp.sizeBytes <= MAX_READ_BYTES) return { bytes: await handle.readFile(), stamp, cut: false }
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
    return { bytes: buffer.subarray(0, bytesRead), stamp, cut: true }
  } finally {
    await handle.close()
  }
}

/** File system types (statfs `type`) that are network shares: NFS, SMB, SMB2, CIFS, AFS, 9p, Ceph. */
const networkTypes = new Set([0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x5346414f, 0x01021997, 0x00c36400])

/** Whether the folder lies on a network share, where a writer is seen later and less exactly. */
export async function isNetworkFolder(root: string): Promise<boolean> {
  if (process.platform === 'win32') return root.startsWith('\\\\') || root.startsWith('//')
  const { type } = await statfs(root)
  return networkTypes.has(type >>> 0)
}

/** `settleMs: "auto"` (interfaces.md 2). */
export function settleTimeMs(setting: number | 'auto', onNetwork: boolean): number {
  return setting === 'auto' ? (onNetwork ? 2_000 : 300) : setting
}
