import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSpool, type Spool } from '../intake/spool.ts'
import { createAuditTrail, type AuditHead } from '../journal/audit.ts'
import { openDatabase } from '../journal/database.ts'
import { createJournal, type Journal } from '../journal/journal.ts'
import { readAuditHead, writeAuditHead } from '../vault/audit-head.ts'
import { decodeKey, loadOrCreateKey } from '../vault/keys.ts'
import { createSeal, type Seal } from '../vault/seal.ts'
import type { Vault } from '../vault/vault.ts'
import type { Profile } from './profile.ts'

/** Keys, journal and spool of one profile: what every command stands on. */
export type Foundation = {
  readonly profile: Profile
  readonly vault: Vault
  readonly seal: Seal
  readonly journal: Journal
  readonly spool: Spool
  /** Set when the seal key was lost: where the unreadable journal and spool were put. */
  readonly setAside: string | null
  /** Copies the audit's head to the keychain, where a cut tail will show. Cheap when nothing was added. */
  keepAuditHead(): Promise<void>
  keptAuditHead(): Promise<AuditHead | null>
  close(): Promise<void>
}

/** There is no journal yet: nothing has been dropped in this profile. */
export class NothingYet extends Error {}

/**
 * Opens a profile for writing (one process at a time; the caller holds the lock). Where the seal key does not fit
 * what lies there, journal and spool are set aside and work begins anew from the originals (interfaces.md 8).
 */
export async function openFoundation(profile: Profile, vault: Vault, now: () => number): Promise<Foundation> {
  const seal = createSeal(await loadOrCreateKey(vault, `seal:${profile.profileId}`))
  const auditKey = await loadOrCreateKey(vault, `audit:${profile.profileId}`)
  const setAside = setAsideIfKeyLost(profile, seal, now)
  mkdirSync(profile.spoolPath, { recursive: true, mode: 0o700 })
  const database = openDatabase(profile.journalPath, 'write')
  const audit = createAuditTrail(database, auditKey)
  const journal = createJournal({ database, seal, audit, now })
  if (setAside !== null) audit.append({ at: new Date(now()).toISOString(), what: 'journal-set-aside' })
  return foundationOf(profile, vault, seal, journal, setAside)
}

/**
 * Opens a profile to look at it, beside a running station.
 * @throws NothingYet
 */
export async function openFoundationToRead(
  profile: Profile,
  vault: Vault,
  now: () => number,
): Promise<Foundation> {
  const [sealText, auditText] = [
    await vault.get(`seal:${profile.profileId}`),
    await vault.get(`audit:${profile.profileId}`),
  ]
  if (sealText === null || auditText === null || !existsSync(profile.journalPath)) throw new NothingYet()
  const seal = createSeal(decodeKey(`seal:${profile.profileId}`, sealText))
  const database = openDatabase(profile.journalPath, 'read')
  const audit = createAuditTrail(database, decodeKey(`audit:${profile.profileId}`, auditText))
  return foundationOf(profile, vault, seal, createJournal({ database, seal, audit, now }), null)
}

function foundationOf(
  profile: Profile,
  vault: Vault,
  seal: Seal,
  journal: Journal,
  setAside: string | null,
): Foundation {
  const headFile = join(profile.folder, 'audit-head')
  let kept = ''

  async function keepAuditHead(): Promise<void> {
    const text = JSON.stringify(journal.audit.head())
    if (text === kept) return
    const answer = await writeAuditHead(vault, profile.profileId, text)
    // A service without a keychain of its own: sealed in the profile, which shows a cut, though not one that was
    // made together with an exchange of this file for an older one.
    if (!answer.kept) {
      const sealed = Buffer.from(seal.seal(Buffer.from(text), 'audit-head'))
      writeFileSync(`${headFile}.new`, sealed, { mode: 0o600, flush: true })
      renameSync(`${headFile}.new`, headFile)
    }
    kept = text
  }

  async function keptAuditHead(): Promise<AuditHead | null> {
    const answer = await readAuditHead(vault, profile.profileId)
    if (answer.kept) return answer.head === null ? null : (JSON.parse(answer.head) as AuditHead)
    if (!existsSync(headFile)) return null
    try {
      return JSON.parse(
        Buffer.from(seal.open(readFileSync(headFile), 'audit-head')).toString('utf8'),
      ) as AuditHead
    } catch {
      return null
    }
  }

  return {
    profile,
    vault,
    seal,
    journal,
    spool: createSpool(profile.spoolPath, seal),
    setAside,
    keepAuditHead,
    keptAuditHead,
    close: async () => {
      journal.close()
    },
  }
}

/** The seal's own mark in the profile tells a lost key from a damaged row. */
function setAsideIfKeyLost(profile: Profile, seal: Seal, now: () => number): string | null {
  const markPath = join(profile.folder, 'seal-mark')
  const mark = seal.keyedHash('seal-mark', profile.profileId)
  const known = existsSync(markPath) ? readFileSync(markPath, 'utf8').trim() : null
  let folder: string | null = null
  if (known !== null && known !== mark && existsSync(profile.journalPath)) {
    folder = join(profile.folder, `set-aside-${new Date(now()).toISOString().replaceAll(/[:.]/gu, '-')}`)
    mkdirSync(folder, { mode: 0o700 })
    for (const name of [
      'journal.sqlite',
      'journal.sqlite-wal',
      'journal.sqlite-shm',
      'spool',
      'audit-head',
    ]) {
      const path = join(profile.folder, name)
      if (existsSync(path)) renameSync(path, join(folder, name))
    }
  }
  if (known !== mark) {
    writeFileSync(`${markPath}.new`, `${mark}\n`, { mode: 0o600, flush: true })
    rmSync(markPath, { force: true })
    renameSync(`${markPath}.new`, markPath)
  }
  return folder
}
