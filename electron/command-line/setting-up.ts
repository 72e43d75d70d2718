import type { Settings } from '../../shared/settings.ts'
import { JournalDamaged, JournalTooNew } from '../journal/database.ts'
import { NothingYet, openFoundation, openFoundationToRead, type Foundation } from '../station/foundation.ts'
import { createPractices, type Practices } from '../station/practices.ts'
import { lockProfile, openProfile, ProfileUnusable } from '../station/profile.ts'
import { readSettings, SettingsUnusable } from '../station/settings-file.ts'
import { SealBroken } from '../vault/seal.ts'
import { VaultError } from '../vault/vault.ts'
import { CommandFailed, exitCode, usageError, type CommandContext } from './command.ts'

/** Opening a profile for a command, with every failure turned into "could not start" (exit code 4). */

export function settingsOf(context: CommandContext): Settings {
  return notStarted(() => readSettings(openProfile(context.profileFolder).settingsPath))
}

export function practicesOf(settings: Settings, context: CommandContext): Practices {
  return notStarted(() =>
    createPractices({ settings, vault: context.vault, now: context.now, random: context.random }),
  )
}

/** Whether a failure's code says that nothing was asked, because the secret for it is not stored or not to be had. */
export function isNoSecret(code: string | null): boolean {
  return code === 'no-credentials' || code === 'keychain'
}

/** Runs `work` as the one writer of the profile. */
export async function withProfile<T>(
  context: CommandContext,
  work: (foundation: Foundation) => Promise<T>,
): Promise<T> {
  const profile = notStarted(() => openProfile(context.profileFolder))
  const lock = notStarted(() => lockProfile(profile))
  try {
    const foundation = await openFoundation(profile, context.vault, context.now).catch(asNotStarted)
    if (foundation.setAside !== null) {
      context.output.say(
        `The key of this profile's journal is lost. Its journal and copies were set aside in ${foundation.setAside}; work goes on from the files in the drop folder.`,
      )
    }
    try {
      return await work(foundation)
    } finally {
      await foundation.close().catch(asNotStarted)
    }
  } finally {
    lock.release()
  }
}

/** Runs `work` on the profile as it is, beside whoever writes it; null when there is nothing yet. */
export async function withProfileToRead<T>(
  context: CommandContext,
  work: (foundation: Foundation) => Promise<T>,
): Promise<T | null> {
  const profile = notStarted(() => openProfile(context.profileFolder))
  let foundation: Foundation
  try {
    foundation = await openFoundationToRead(profile, context.vault, context.now)
  } catch (error) {
    if (error instanceof NothingYet) return null
    return asNotStarted(error)
  }
  try {
    return await work(foundation)
  } catch (error) {
    return asNotStarted(error)
  } finally {
    await foundation.close()
  }
}

function notStarted<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    return asNotStarted(error)
  }
}

/** @throws CommandFailed for what an administrator can mend; anything else as it is */
export function asNotStarted(error: unknown): never {
  const known =
    error instanceof SettingsUnusable ||
    error instanceof ProfileUnusable ||
    error instanceof VaultError ||
    error instanceof JournalDamaged ||
    error instanceof JournalTooNew
  if (known) throw new CommandFailed(exitCode.notStarted, error.message)
  if (error instanceof SealBroken) {
    throw new CommandFailed(exitCode.notStarted, 'The journal cannot be opened with the key in the keychain.')
  }
  throw error
}

/** The practice that a command is about: named by `--domain`, or the only one. */
export function domainOf(settings: Settings, named: string | undefined): string {
  const domains = settings.practices.map((practice) => practice.domain)
  if (named !== undefined) {
    if (domains.includes(named)) return named
    throw usageError(`There is no practice "${named}" in the settings. Known: ${domains.join(', ')}.`)
  }
  const [only, ...others] = domains
  if (only === undefined || others.length > 0) {
    throw usageError(`Several practices are set up (${domains.join(', ')}): say which one with --domain D.`)
  }
  return only
}
