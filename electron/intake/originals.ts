import { access, open, rename, stat, unlink } from 'node:fs/promises'
import { posix } from 'node:path'
import { absolutePath, currentStamp, ownFolders } from './drop-folder.ts'
import { makeOwnFolder } from './own-folders.ts'
import { codeOf } from './file-error.ts'

/**
 * Moving the dropped originals to `Sent/` and `Held/`: keeping the name, never overwriting, and finishable after a
 * crash at any point (interfaces.md 3).
 */

/** `scan.pdf` → `scan (2).pdf`; the number goes before the last ending. */
export function numberedName(name: string, number: number): string {
  if (number === 1) return name
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? `${name} (${number})` : `${name.slice(0, dot)} (${number})${name.slice(dot)}`
}

/**
 * A path in `Sent/` or `Held/` that is free for the file and, when it has one, its sidecar. Nothing is reserved: the
 * caller journals the choice, and {@link moveOriginal} refuses when somebody took it meanwhile.
 */
export async function freePath(
  root: string,
  place: 'sent' | 'held',
  path: string,
  withSidecar: boolean,
): Promise<{ path: string; sidecarPath: string | null }> {
  for (let number = 1; ; number += 1) {
    const target = posix.join(ownFolders[place], numberedName(posix.basename(path), number))
    const sidecar = `${target}.json`
    if (!(await exists(root, target)) && !(withSidecar && (await exists(root, sidecar)))) {
      return { path: target, sidecarPath: withSidecar ? sidecar : null }
    }
  }
}

async function exists(root: string, path: string): Promise<boolean> {
  return access(absolutePath(root, path)).then(
    () => true,
    () => false,
  )
}

/**
 * Moves one file without ever overwriting another: the new name is reserved by an exclusive, empty file, which the
 * rename then replaces. Works on shares that know no hard links. An empty file left by a crash between the two is
 * taken over, because only we reserve names there.
 * @returns `moved`, `missing` (nothing to move), or `taken` (the target is another file: choose a new name).
 */
export async function moveOriginal(
  root: string,
  from: string,
  to: string,
): Promise<'moved' | 'missing' | 'taken'> {
  if ((await currentStamp(root, from)) === null) return 'missing'
  const target = absolutePath(root, to)
  await makeOwnFolder(root, posix.dirname(to))
  try {
    await (await open(target, 'wx')).close()
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    if ((await stat(target)).size > 0) return 'taken'
  }
  try {
    await rename(absolutePath(root, from), target)
    return 'moved'
  } catch (error) {
    await unlink(target).catch(() => undefined)
    throw error
  }
}
