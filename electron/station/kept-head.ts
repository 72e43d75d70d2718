import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { AuditHead } from '../journal/audit.ts'
import { readAuditHead, writeAuditHead } from '../vault/audit-head.ts'
import type { Seal } from '../vault/seal.ts'
import type { Vault } from '../vault/vault.ts'
import type { Profile } from './profile.ts'

/**
 * What the keychain remembers of the journal (interfaces.md 8): the audit's last entry, so that a cut tail shows,
 * and, while nobody writes, the fingerprint of the whole file, so that any flipped byte shows.
 */

const keptHead = z.object({ seq: z.int(), mac: z.string(), journalSha256: z.string().nullable() })
export type KeptHead = AuditHead & { readonly journalSha256: string | null }

export type HeadKeeper = {
  /** null: nothing was ever kept, or what was kept cannot be trusted. */
  read(): Promise<KeptHead | null>
  /** Cheap when it is what was written last. */
  write(head: KeptHead): Promise<void>
}

export function createHeadKeeper(profile: Profile, vault: Vault, seal: Seal): HeadKeeper {
  const headFile = join(profile.folder, 'audit-head')
  let last = ''

  return {
    async read() {
      const answer = await readAuditHead(vault, profile.profileId)
      const text = answer.kept ? answer.head : sealedHead()
      const parsed = text === null ? null : keptHead.safeParse(parseJson(text))
      return parsed?.success === true ? parsed.data : null
    },
    async write(head) {
      const text = JSON.stringify(head)
      if (text === last) return
      const answer = await writeAuditHead(vault, profile.profileId, text)
      // A service without a keychain of its own: sealed in the profile, which shows a cut, though not one that was
      // made together with an exchange of this file for an older one.
      if (!answer.kept) {
        const sealed = seal.seal(Buffer.from(text), 'audit-head')
        writeFileSync(`${headFile}.new`, sealed, { mode: 0o600, flush: true })
        renameSync(`${headFile}.new`, headFile)
      }
      last = text
    },
  }

  function sealedHead(): string | null {
    if (!existsSync(headFile)) return null
    try {
      return Buffer.from(seal.open(readFileSync(headFile), 'audit-head')).toString('utf8')
    } catch {
      return null
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** SHA-256 of the journal file; null while a write-ahead log beside it says that the file alone is not all. */
export function journalFingerprint(journalPath: string): string | null {
  const log = `${journalPath}-wal`
  if (existsSync(log) && statSync(log).size > 0) return null
  return createHash('sha256').update(readFileSync(journalPath)).digest('hex')
}

/** Null when the file is the one that was closed; a sentence when it was changed since. */
export function fingerprintFault(kept: KeptHead | null, head: AuditHead, journalPath: string): string | null {
  // A station that is at work, or was killed, has gone on since: then the rows speak for themselves.
  if (kept === null || kept.journalSha256 === null || kept.seq !== head.seq) return null
  const present = journalFingerprint(journalPath)
  if (present === null || present === kept.journalSha256) return null
  return 'The journal file was changed since Radpost closed it.'
}
