import { createHash } from 'node:crypto'

export type StoredObject = {
  readonly bytes: Buffer
  readonly contentType: string
  /** Lower-case hex. */
  readonly sha256: string
  /** With its quotation marks, as the header has it. */
  readonly etag: string
  /** Successful PUTs so far: a presigned URL can be used again until it expires, and overwrites. */
  readonly putCount: number
  readonly lastModifiedMs: number
}

/** What lies in the store, by key. */
export type StoredObjects = {
  get(key: string): StoredObject | undefined
  /** Stores or overwrites. `counted` false: seed data, which nobody has uploaded. */
  put(key: string, bytes: Buffer, contentType: string, counted?: boolean): StoredObject
  clear(): void
}

export function createStoredObjects(now: () => number): StoredObjects {
  const objects = new Map<string, StoredObject>()
  return {
    get: (key) => objects.get(key),
    put(key, bytes, contentType, counted = true) {
      const stored: StoredObject = {
        bytes,
        contentType,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
        putCount: (objects.get(key)?.putCount ?? 0) + (counted ? 1 : 0),
        lastModifiedMs: now(),
      }
      objects.set(key, stored)
      return stored
    },
    clear: () => objects.clear(),
  }
}
