import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSpool, type Spool } from '../intake/spool.ts'
import { createAuditTrail } from '../journal/audit.ts'
import { openDatabase } from '../journal/database.ts'
import { createJournal, type Journal } from '../journal/journal.ts'
import { decodeKey, loadOrCreateKey } from '../vault/keys.ts'
import { createSeal, type Seal } from '../vault/seal.ts'
import type { Vault } from '../vault/vault.ts'
import { createHeadKeeper, fingerprintFault, journalFingerprint, type HeadKeeper } from './kept-head.ts'
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
  /** null when journal and audit are whole; else one sentence that says where they break. */
  fault(): Promise<string | null>
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
  const heads = createHeadKeeper(profile, vault, seal)
  const kept = await heads.read()
  // From here on the file changes: its fingerprint must not stand as proof against a crash.
  if (kept !== null && setAside === null) await heads.write({ ...kept, journalSha256: null })
  mkdirSync(profile.spoolPath, { recursive: true, mode: 0o700 })
  const database = openDatabase(profile.journalPath, 'write')
  const audit = createAuditTrail(database, auditKey)
  const journal = createJournal({ database, seal, audit, now })
  if (setAside !== null) audit.append({ at: new Date(now()).toISOString(), what: 'journal-set-aside' })
  if (kept === null || setAside !== null) await heads.write({ ...audit.head(), journalSha256: null })
  return foundationOf({ profile, vault, seal, journal, heads, setAside, writes: true })
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
  const heads = createHeadKeeper(profile, vault, seal)
  const journal = createJournal({ database, seal, audit, now })
  return foundationOf({ profile, vault, seal, journal, heads, setAside: null, writes: false })
}

type Opened = {
  readonly profile: Profile
  readonly vault: Vault
  readonly seal: Seal
  readonly journal: Journal
  readonly heads: HeadKeeper
  readonly setAside: string | null
  readonly writes: boolean
}

function foundationOf({ profile, vault, seal, journal, heads, setAside, writes }: Opened): Foundation {
  return {
    profile,
    vault,
    seal,
    journal,
    spool: createSpool(profile.spoolPath, seal),
    setAside,
    keepAuditHead: () => heads.write({ ...journal.audit.head(), journalSha256: null }),
    async fault() {
      const kept = await heads.read()
      return journal.fault(kept) ?? fingerprintFault(kept, journal.audit.head(), profile.journalPath)
    },
    async close() {
      const head = journal.audit.head()
      journal.close()
      if (writes) await heads.write({ ...head, journalSha256: journalFingerprint(profile.journalPath) })
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
      'drafts',
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
