import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ownFolders } from '../intake/drop-folder.ts'
import { makeOwnFolder, shareLikeFolder } from '../intake/own-folders.ts'
import { codeOf } from '../intake/file-error.ts'

/**
 * One active station per drop folder (interfaces.md 3). The holder renews a counter in `.radpost/lease`; others
 * judge by their own monotonic clock whether it still moves, so no two clocks need to agree. Creating the file is
 * exclusive, and whoever finds a foreign session in it has lost it.
 */

const leaseContent = z.object({
  stationId: z.string(),
  /** New at every start, so that a copied profile does not pass for the holder. */
  session: z.string(),
  host: z.string(),
  processId: z.int(),
  counter: z.int(),
})
export type LeaseContent = z.infer<typeof leaseContent>

export const RENEW_EVERY_MS = 3_000
export const STALE_AFTER_MS = 30_000
/** A holder that could not renew for so long (suspended, share gone) no longer trusts its lease by itself. */
const TRUST_FOR_MS = 20_000

export type LeaseHolder = { readonly stationId: string; readonly host: string; readonly processId: number }

export type LeaseParts = {
  readonly root: string
  readonly stationId: string
  readonly session: string
  readonly host: string
  readonly processId: number
  readonly monotonicMs: () => number
}

export type Lease = {
  /**
   * One try. `watching`: somebody else holds it; call again, it is taken over once it has not moved for
   * {@link STALE_AFTER_MS}. `moving` tells that the holder was seen alive since the first look.
   */
  tryTake(): Promise<{ kind: 'taken' } | { kind: 'watching'; holder: LeaseHolder; moving: boolean }>
  /** Moves the counter. False: the lease is lost. */
  renew(): Promise<boolean>
  /** Asked before every write to a server. */
  isHeld(): Promise<boolean>
  release(): Promise<void>
}

export function createLease(parts: LeaseParts): Lease {
  const folder = join(parts.root, ownFolders.station)
  const path = join(folder, 'lease')
  let counter = 0
  let renewedAtMs = Number.NEGATIVE_INFINITY
  let watched: { content: string; sinceMs: number; changes: number } | null = null

  const own = (): LeaseContent => ({
    stationId: parts.stationId,
    session: parts.session,
    host: parts.host,
    processId: parts.processId,
    counter,
  })

  async function read(): Promise<{ raw: string; content: LeaseContent | null } | null> {
    const raw = await readFile(path, 'utf8').catch(nullIfMissing)
    return raw === null ? null : { raw, content: parse(raw) }
  }

  async function create(): Promise<boolean> {
    // Never recursive: the drop folder itself must exist.
    await makeOwnFolder(parts.root, ownFolders.station)
    const beganAtMs = parts.monotonicMs()
    if (!(await writeNew(JSON.stringify(own())))) return false
    renewedAtMs = beganAtMs
    return true
  }

  /** Takes the judged lease away by an atomic rename, which only one of several stations can win. */
  async function remove(judged: string): Promise<boolean> {
    const aside = `${path}.${parts.session}`
    try {
      await rename(path, aside)
    } catch {
      return false
    }
    const moved = await readFile(aside, 'utf8').catch(() => '')
    // Another station was faster, and this is its new lease: give it back, unless a third has one by now.
    if (moved !== judged) await writeNew(moved)
    await rm(aside, { force: true })
    return moved === judged
  }

  /** Exclusively: false when there is a lease. */
  async function writeNew(content: string): Promise<boolean> {
    try {
      const handle = await open(path, 'wx', 0o600)
      try {
        await shareLikeFolder(parts.root, handle)
        await handle.writeFile(content)
      } finally {
        await handle.close()
      }
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    }
  }

  async function ownsFile(): Promise<boolean> {
    const present = await read()
    return present?.content?.session === parts.session
  }

  return {
    async tryTake() {
      const present = await read()
      if (present === null) {
        if (await create()) return { kind: 'taken' }
        return { kind: 'watching', holder: unknownHolder, moving: false }
      }
      const nowMs = parts.monotonicMs()
      if (watched?.content !== present.raw) {
        watched = { content: present.raw, sinceMs: nowMs, changes: (watched?.changes ?? -1) + 1 }
      }
      // The profile's own lock says that no other process of this station lives: it is our own, from before a crash.
      // A copy of the profile on another machine is another station, whatever it calls itself.
      const ours = present.content?.stationId === parts.stationId && present.content.host === parts.host
      if (ours || nowMs - watched.sinceMs >= STALE_AFTER_MS) {
        if ((await remove(present.raw)) && (await create())) return { kind: 'taken' }
      }
      return { kind: 'watching', holder: present.content ?? unknownHolder, moving: watched.changes > 0 }
    },
    async renew() {
      // Read and written through one handle: what was taken away meanwhile is then written where nobody looks, and
      // never over the lease of its new holder.
      const beganAtMs = parts.monotonicMs()
      const handle = await open(path, 'r+').catch(nullIfMissing)
      if (handle === null) return false
      try {
        if (parse(await handle.readFile('utf8'))?.session !== parts.session) return false
        counter += 1
        await handle.write(JSON.stringify(own()), 0)
      } finally {
        await handle.close()
      }
      renewedAtMs = beganAtMs
      return true
    },
    async isHeld() {
      if (parts.monotonicMs() - renewedAtMs > TRUST_FOR_MS) return false
      return ownsFile().catch(() => false)
    },
    async release() {
      if (await ownsFile().catch(() => false)) await rm(path, { force: true })
    },
  }
}

/** null: being written, or broken; as good as a holder that does not move. */
function parse(raw: string): LeaseContent | null {
  try {
    return leaseContent.parse(JSON.parse(raw))
  } catch {
    return null
  }
}

function nullIfMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}

/** False while the holder's file is just being written, and for a broken one. */
export function isKnownHolder(holder: LeaseHolder): boolean {
  return holder !== unknownHolder
}

const unknownHolder: LeaseHolder = { stationId: 'unknown', host: 'an unknown host', processId: 0 }
