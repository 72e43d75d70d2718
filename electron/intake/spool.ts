import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Seal } from '../vault/seal.ts'
import { codeOf } from './file-error.ts'

/**
 * Sealed, immutable copies of what was dropped: everything after settling works from here (design.md 3). One folder
 * a delivery; names are ours, so nothing of a patient stands in them.
 */
export type Spool = {
  /** Durable when it resolves: written beside, flushed, renamed, folder flushed. */
  save(id: string, name: string, bytes: Uint8Array): Promise<void>
  /** null when it is not there. Throws SealBroken when it cannot be opened with this key. */
  load(id: string, name: string): Promise<Uint8Array | null>
  remove(id: string): Promise<void>
  /** Ids that have a folder. */
  list(): Promise<string[]>
}

export function createSpool(folder: string, seal: Seal): Spool {
  return {
    async save(id, name, bytes) {
      const own = join(folder, id)
      await mkdir(own, { recursive: true, mode: 0o700 })
      const target = join(own, name)
      const handle = await open(`${target}.new`, 'w', 0o600)
      try {
        await handle.writeFile(seal.seal(bytes, context(id, name)))
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(`${target}.new`, target)
      await flushFolder(own)
      await flushFolder(folder)
    },
    async load(id, name) {
      const sealed = await readFile(join(folder, id, name)).catch(nullIfMissing)
      return sealed === null ? null : seal.open(sealed, context(id, name))
    },
    remove: (id) => rm(join(folder, id), { recursive: true, force: true }),
    list: async () => (await readdir(folder).catch(nullIfMissing)) ?? [],
  }
}

/** What binds a sealed copy to its place. */
function context(id: string, name: string): string {
  return `spool|${id}|${name}`
}

function nullIfMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}

/** A rename is durable only when its folder is flushed; Windows has no such call and needs none. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
