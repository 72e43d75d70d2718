import type { Settings } from '../../../shared/settings.ts'
import { JournalDamaged, JournalTooNew } from '../../journal/database.ts'
import { createLog } from '../../station/log.ts'
import { pathsIn, ProfileUnusable } from '../../station/profile.ts'
import { SettingsUnusable } from '../../station/settings-file.ts'
import { readSettingsIfAny } from '../../station/settings-store.ts'
import { SealBroken } from '../../vault/seal.ts'
import { VaultError, type Vault } from '../../vault/vault.ts'
import { CallFailed } from './call-failed.ts'
import { startSession, type StationSession, type StationSessionParts } from './station-session.ts'

/** Why no station runs although one should. `message` is a sentence, paths in it as they are. */
export type SessionProblem = {
  readonly kind: 'settings' | 'profile-in-use' | 'keychain' | 'broken'
  readonly message: string
}

/**
 * Keeps at most one session running: starts it, ends it, starts it anew after a change of the settings, one after
 * the other. A start that fails is said, and tried again where time can mend it.
 */
export type SessionKeeper = {
  /** null: nothing is set up, or see {@link SessionKeeper.problem}. */
  session(): StationSession | null
  /** Waits for a start that is under way. @throws CallFailed */
  ready(): Promise<StationSession>
  settings(): Settings | null
  problem(): SessionProblem | null
  /** Ends what runs and starts with what settings and vault are now. */
  restart(): Promise<void>
  end(): Promise<void>
}

export type SessionKeeperParts = Omit<StationSessionParts, 'settings' | 'vault' | 'onEnded'> & {
  readonly vault: () => Vault
}

/** Another process may let go of the profile; a mistake of ours may not come again. */
const AGAIN_MS = { 'profile-in-use': 15_000, broken: 60_000 } as const

export function createSessionKeeper(parts: SessionKeeperParts): SessionKeeper {
  const { settingsPath, logPath } = pathsIn(parts.profileFolder)
  const log = createLog(logPath, parts.now)
  let session: StationSession | null = null
  let problem: SessionProblem | null = null
  // Known from the first moment: a start that waits for a keychain must not look like a first run.
  let settings: Settings | null = settingsNow()
  let row: Promise<void> = Promise.resolve()
  let again: NodeJS.Timeout | undefined
  let ended = false

  function settingsNow(): Settings | null {
    try {
      return readSettingsIfAny(settingsPath)
    } catch (error) {
      problem = problemOf(error)
      return null
    }
  }

  /** One start or end after the other, whatever became of the one before. */
  function inOrder(task: () => Promise<void>): Promise<void> {
    row = row.then(task).catch((error: unknown) => log.error('session', error))
    return row
  }

  async function endSession(): Promise<void> {
    clearTimeout(again)
    const former = session
    session = null
    await former?.end()
  }

  async function begin(): Promise<void> {
    problem = null
    if (ended) return
    try {
      settings = readSettingsIfAny(settingsPath)
      if (settings === null) return
      const started: StationSession = await startSession({
        ...parts,
        settings,
        vault: parts.vault(),
        onEnded: (message) => void inOrder(() => endedByItself(started, message)),
      })
      session = started
    } catch (error) {
      const found = problemOf(error)
      fail(found)
      if (found.kind === 'broken') log.error('start', error)
    } finally {
      parts.onChange()
    }
  }

  async function endedByItself(which: StationSession, message: string): Promise<void> {
    if (session !== which) return
    await endSession()
    fail({ kind: 'broken', message })
    parts.onChange()
  }

  function fail(what: SessionProblem): void {
    problem = what
    if (what.kind !== 'profile-in-use' && what.kind !== 'broken') return
    again = setTimeout(() => void restart(), AGAIN_MS[what.kind])
    again.unref()
  }

  function restart(): Promise<void> {
    return inOrder(async () => {
      await endSession()
      await begin()
    })
  }

  return {
    session: () => session,
    async ready() {
      await row
      if (session !== null) return session
      throw new CallFailed(
        problem?.kind === 'keychain' ? 'keychain' : 'not-set-up',
        problem?.message ?? 'Radpost is not set up yet; connect a practice first.',
      )
    },
    settings: () => settings,
    problem: () => problem,
    restart,
    end() {
      ended = true
      return inOrder(endSession)
    },
  }
}

function problemOf(error: unknown): SessionProblem {
  if (error instanceof SettingsUnusable) return { kind: 'settings', message: error.message }
  if (error instanceof ProfileUnusable) return { kind: 'profile-in-use', message: error.message }
  if (error instanceof VaultError) return { kind: 'keychain', message: error.message }
  if (error instanceof JournalDamaged || error instanceof JournalTooNew) {
    return { kind: 'broken', message: error.message }
  }
  if (error instanceof SealBroken) {
    return { kind: 'broken', message: 'The journal cannot be opened with the key in the keychain.' }
  }
  return { kind: 'broken', message: 'Radpost made a mistake of its own; the log says more.' }
}
