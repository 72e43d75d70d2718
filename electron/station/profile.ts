import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { takeProcessLock } from '../journal/database.ts'
import { codeOf } from '../intake/file-error.ts'

/** The folder that holds everything of one installation: settings, journal, spool, log (interfaces.md 1). */
export type Profile = {
  readonly folder: string
  /** Names the profile's keys in the keychain. */
  readonly profileId: string
  /** Names this station in the drop folder's lease. */
  readonly stationId: string
  readonly settingsPath: string
  readonly journalPath: string
  readonly spoolPath: string
  readonly logPath: string
}

const profileContent = z.object({ profileId: z.string().min(1), stationId: z.string().min(1) })

/** The profile could not be used; the message says what to do. */
export class ProfileUnusable extends Error {}

/** Where the profile is when nobody says otherwise (interfaces.md 1). On Windows it must not roam. */
export function defaultProfileFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Radpost')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Radpost')
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'radpost')
}

/**
 * Opens a profile, creating its folder and identity at the first use.
 * @throws ProfileUnusable
 */
export function openProfile(folder: string): Profile {
  const absolute = resolve(folder)
  try {
    mkdirSync(absolute, { recursive: true, mode: 0o700 })
    return { ...pathsIn(absolute), ...identityIn(absolute) }
  } catch (error) {
    if (error instanceof ProfileUnusable) throw error
    throw new ProfileUnusable(
      `The profile folder ${absolute} cannot be used (${codeOf(error) ?? 'unknown error'}).`,
    )
  }
}

/** The paths alone, for commands that must not create anything. */
export function pathsIn(folder: string): Omit<Profile, 'profileId' | 'stationId'> {
  return {
    folder,
    settingsPath: join(folder, 'settings.json'),
    journalPath: join(folder, 'journal.sqlite'),
    spoolPath: join(folder, 'spool'),
    logPath: join(folder, 'log', 'radpost.log'),
  }
}

function identityIn(folder: string): { profileId: string; stationId: string } {
  const path = join(folder, 'profile.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    const identity = { profileId: randomUUID(), stationId: randomUUID() }
    // Whole or not at all, and only if nobody was faster.
    const temporary = `${path}.${randomUUID()}`
    writeFileSync(temporary, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(temporary, path)
    return profileContent.parse(JSON.parse(readFileSync(path, 'utf8')))
  }
  const parsed = profileContent.safeParse(parseJson(text))
  if (!parsed.success) {
    throw new ProfileUnusable(
      `${path} is damaged. Restore it from a backup; its ids name the keys in the keychain.`,
    )
  }
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * One process writes a profile at a time. The operating system ends the lock with the process.
 * @throws ProfileUnusable naming the process that has it
 */
export function lockProfile(profile: Profile): { release(): void } {
  const lock = takeProcessLock(join(profile.folder, 'lock.sqlite'))
  const processIdPath = join(profile.folder, 'lock.pid')
  if (lock === null) {
    let holder = 'another process'
    try {
      holder = `process ${readFileSync(processIdPath, 'utf8').trim()}`
    } catch {
      // The holder has just started and not yet said who it is.
    }
    throw new ProfileUnusable(`The profile is in use by ${holder}. Stop it first, or use another --profile.`)
  }
  writeFileSync(processIdPath, `${process.pid}\n`, { mode: 0o600 })
  return lock
}
