import { chmod, mkdir, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { absolutePath } from './drop-folder.ts'
import { codeOf, isFileError } from './file-error.ts'

/**
 * The folders that Radpost makes inside the drop folder. They are the site's own: whoever may use the drop folder may
 * use them, although everything else that Radpost writes is for its own account alone (its umask).
 */

/** Not recursive: a drop folder that has gone must never be created anew. */
export async function makeOwnFolder(root: string, name: string): Promise<void> {
  const path = absolutePath(root, name)
  try {
    await mkdir(path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    throw error
  }
  await chmod(path, (await stat(root)).mode & 0o777).catch(ignoreUnsupported)
}

/** Gives a file of `.radpost/` the drop folder's rights, so that a station under another account can take over. */
export async function shareLikeFolder(root: string, handle: FileHandle): Promise<void> {
  await handle.chmod((await stat(root)).mode & 0o666).catch(ignoreUnsupported)
}

/** Shares that know no rights of this kind refuse; then theirs hold. */
function ignoreUnsupported(error: unknown): void {
  if (!isFileError(error)) throw error
}
