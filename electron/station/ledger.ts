import { createHmac, randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { reportStatuses } from '../../shared/delivery.ts'
import { ownFolders } from '../intake/drop-folder.ts'
import { shareLikeFolder } from '../intake/own-folders.ts'
import { createSeal } from '../vault/seal.ts'
import { codeOf } from '../intake/file-error.ts'

/**
 * What was sent from this drop folder, for a station that takes over from another (interfaces.md 3): sealed lines
 * in `.radpost/ledger`, appended and flushed. The key lies beside it, because a successor has no other way to it;
 * sealing keeps the ledger meaningless by itself (in a backup, in a search index), the folder's rights protect both.
 *
 * From the same key come the Idempotency-Keys: two stations that ever send the same report send it under the same
 * key with the same bytes, and the server gives the second the first one's answer.
 */

const ledgerLine = z.object({
  /** `intent` is written before the report is submitted, `delivered` after. */
  what: z.enum(['intent', 'delivered', 'not-delivered']),
  domain: z.string(),
  appointmentId: z.string(),
  status: z.enum(reportStatuses),
  reportedAtUtc: z.string(),
  contentSha256: z.string(),
  deliveryId: z.string(),
  /** When the line was written: a key is not repeated past its retention (contract 1.6). */
  at: z.iso.datetime(),
})
export type LedgerLine = z.infer<typeof ledgerLine>

export type Ledger = {
  append(line: LedgerLine): Promise<void>
  /** Everything that was delivered, oldest first. */
  delivered(): LedgerLine[]
  /** Lines about one dropped content, whichever appointment it went to. */
  ofContent(sha256: string): LedgerLine[]
  /** A UUID that depends on nothing but its arguments and the folder's key. */
  idempotencyKey(parts: readonly string[]): string
}

/** Opens or creates key and ledger; call it while holding the lease. A torn last line is left out. */
export async function openLedger(root: string): Promise<Ledger> {
  const folder = join(root, ownFolders.station)
  const key = await loadFolderKey(root, join(folder, 'folder-key'))
  const path = join(folder, 'ledger')
  const seal = createSeal(key)
  const context = 'ledger'
  const lines: LedgerLine[] = []

  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  })
  for (const encoded of text.split('\n')) {
    if (encoded === '') continue
    try {
      const plain = seal.open(Buffer.from(encoded, 'base64'), context)
      lines.push(ledgerLine.parse(JSON.parse(Buffer.from(plain).toString('utf8'))))
    } catch {
      // A line cut short by a crash was never relied on: it is flushed before anything follows from it.
    }
  }
  let needsNewLine = text !== '' && !text.endsWith('\n')

  return {
    async append(line) {
      const sealed = Buffer.from(seal.seal(Buffer.from(JSON.stringify(line)), context)).toString('base64')
      const handle = await open(path, 'a', 0o600)
      try {
        await shareLikeFolder(root, handle)
        await handle.writeFile(`${needsNewLine ? '\n' : ''}${sealed}\n`)
        await handle.sync()
      } finally {
        await handle.close()
      }
      needsNewLine = false
      lines.push(line)
    },
    delivered: () => lines.filter((line) => line.what === 'delivered'),
    ofContent: (sha256) => lines.filter((line) => line.contentSha256 === sha256),
    idempotencyKey(parts) {
      const digest = createHmac('sha256', key).update(JSON.stringify(parts)).digest()
      return uuidOf(digest)
    },
  }
}

async function loadFolderKey(root: string, path: string): Promise<Uint8Array> {
  const present = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  if (present !== null) {
    const key = Buffer.from(present, 'base64')
    if (key.length !== 32)
      throw new LedgerKeyDamaged('The file .radpost/folder-key in the drop folder is damaged.')
    return key
  }
  // Whole or not at all: a crash must not leave half a key. The lease keeps other stations out meanwhile.
  const key = randomBytes(32)
  const handle = await open(`${path}.new`, 'w', 0o600)
  try {
    await shareLikeFolder(root, handle)
    await handle.writeFile(key.toString('base64'))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.new`, path)
  return key
}

/** Without its key the ledger's promises about duplicates cannot be kept; a person must look. */
export class LedgerKeyDamaged extends Error {}

/** RFC 9562 version 8 (custom) from 16 bytes of a digest. */
function uuidOf(digest: Uint8Array): string {
  const bytes = Buffer.from(digest.subarray(0, 16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
