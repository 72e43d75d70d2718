import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/**
 * Which number Solo gave to which of our visits. Solo can be asked by externalId for links only, so without this a
 * visit booked yesterday has no status (contract 3.3). Ids only, no patient data.
 */
export type VisitMemory = {
  readonly idOf: (externalId: string) => string | null
  readonly remember: (externalId: string, id: string) => Promise<void>
  readonly forget: (externalId: string) => Promise<void>
}

/** How many visits are remembered; the oldest are dropped. */
const MAX_REMEMBERED = 5_000

const entries = z.array(z.tuple([z.string(), z.string()]))

/** Kept until the program ends. */
export function sessionVisitMemory(): VisitMemory {
  const known = new Map<string, string>()
  return {
    idOf: (externalId) => known.get(externalId) ?? null,
    remember: (externalId, id) => {
      known.set(externalId, id)
      return Promise.resolve()
    },
    forget: (externalId) => {
      known.delete(externalId)
      return Promise.resolve()
    },
  }
}

/**
 * Kept in a file, written beside and renamed into place. A file that cannot be read or written costs only the status of
 * visits from before: nothing here ever stops a visit.
 */
export function visitMemoryIn(path: string): VisitMemory {
  const known = new Map(readEntries(path))
  let writing = Promise.resolve()
  const writeAfter = async (previous: Promise<void>): Promise<void> => {
    await previous
    try {
      const kept = [...known].slice(-MAX_REMEMBERED)
      await writeFile(`${path}.new`, JSON.stringify(kept), { mode: 0o600, flush: true })
      await rename(`${path}.new`, path)
    } catch {
      // It is still remembered until the program ends.
    }
  }
  const write = (): Promise<void> => {
    writing = writeAfter(writing)
    return writing
  }
  return {
    idOf: (externalId) => known.get(externalId) ?? null,
    remember: (externalId, id) => {
      if (known.get(externalId) === id) return Promise.resolve()
      // Last again, so that the oldest come first.
      known.delete(externalId)
      known.set(externalId, id)
      return write()
    },
    forget: (externalId) => (known.delete(externalId) ? write() : Promise.resolve()),
  }
}

function readEntries(path: string): readonly (readonly [string, string])[] {
  try {
    return entries.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return []
  }
}
