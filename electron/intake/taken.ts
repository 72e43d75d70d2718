import { moveOriginal, numberedName } from './originals.ts'

/** Folder inside an inbox for bodies of webhooks that were taken in. */
const TAKEN_FOLDER = 'Taken'

/** Moves a file of an inbox aside, keeping its name, never overwriting another. Throws the file system's error. */
export async function moveToTaken(folder: string, file: string): Promise<void> {
  for (let number = 1; ; number += 1) {
    const moved = await moveOriginal(folder, file, `${TAKEN_FOLDER}/${numberedName(file, number)}`)
    if (moved !== 'taken') return
  }
}
