import type { Settings } from '../../../shared/settings.ts'
import type { StartParserProcess } from '../../intake/parser-process/transport.ts'
import type { ResolveProxy } from '../../http/proxy.ts'
import { createFileBytes, type FileBytes } from '../../station/file-bytes.ts'
import { openFoundation, type Foundation } from '../../station/foundation.ts'
import { createLog } from '../../station/log.ts'
import { createPractices, type Practices } from '../../station/practices.ts'
import { lockProfile, openProfile } from '../../station/profile.ts'
import { runStation } from '../../station/run-station.ts'
import type { Parser, Station } from '../../station/station.ts'
import type { Vault } from '../../vault/vault.ts'
import { createDeliveryBook, type DeliveryBook, type DeliveryChange } from './delivery-book.ts'

/** One run of the station inside the desktop, from opened settings to its orderly end. */
export type StationSession = {
  readonly settings: Settings
  readonly foundation: Foundation
  readonly practices: Practices
  readonly book: DeliveryBook
  readonly station: Station
  readonly parser: Parser
  readonly fileBytes: FileBytes
  /** What the station said last about itself. */
  notice(): string | null
  /** Ends the station (what is under way is finished first) and closes everything. */
  end(): Promise<void>
}

export type StationSessionParts = {
  readonly profileFolder: string
  readonly settings: Settings
  readonly vault: Vault
  readonly now: () => number
  readonly random: () => number
  readonly startParserProcess: StartParserProcess | undefined
  readonly resolveProxy: ResolveProxy | undefined
  readonly mayBegin: () => boolean
  /** Something about the station as a whole changed. */
  readonly onChange: () => void
  readonly onDeliveries: (changes: readonly DeliveryChange[]) => void
  /** A complete pass of a practice's worklist ended, well or not. */
  readonly onWorklistPass: () => void
  /** The run ended without having been asked to; `problem` is a sentence. */
  readonly onEnded: (problem: string) => void
}

const ownMistake = 'Radpost made a mistake of its own and starts again in a minute; the log says more.'

/**
 * Opens the profile as its one writer and starts the station.
 * @throws ProfileUnusable, VaultError, SettingsUnusable, JournalDamaged, JournalTooNew, SealBroken
 */
export async function startSession(parts: StationSessionParts): Promise<StationSession> {
  const { settings, vault, now, random } = parts
  const profile = openProfile(parts.profileFolder)
  const log = createLog(profile.logPath, now)
  const closing: (() => void | Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const step of closing.toReversed()) {
      await Promise.resolve()
        .then(step)
        .catch((error: unknown) => log.error('closing', error))
    }
  }
  try {
    const lock = lockProfile(profile)
    closing.push(() => lock.release())
    const opened = await openFoundation(profile, vault, now)
    closing.push(async () => {
      await opened.keepAuditHead()
      await opened.close()
    })
    const book = createDeliveryBook({
      journal: opened.journal,
      now,
      onChange: parts.onDeliveries,
      onBug: (error) => log.error('book', error),
    })
    closing.push(() => book.close())
    const foundation: Foundation = { ...opened, journal: book.journal }
    const made = createPractices({ settings, vault, now, random, resolveProxy: parts.resolveProxy })
    closing.push(() => made.close())
    const practices = tellingPasses(made, parts.onWorklistPass)

    const stop = new AbortController()
    const ready = Promise.withResolvers<{ station: Station; parser: Parser }>()
    let notice: string | null = null
    const run = runStation(
      {
        settings,
        foundation,
        practices,
        now,
        random,
        emit: parts.onChange,
        notice: (sentence) => {
          notice = sentence
        },
        signal: stop.signal,
        startParserProcess: parts.startParserProcess,
        mayBegin: parts.mayBegin,
        onReady: ready.resolve,
      },
      'stay',
    ).then(
      (end) => (end.kind === 'not-started' ? end.message : null),
      (error: unknown) => {
        log.error('station', error)
        ready.reject(error)
        return ownMistake
      },
    )
    const { station, parser } = await ready.promise
    void tellUnlessAsked(run, stop.signal, parts.onEnded)
    return {
      settings,
      foundation,
      practices,
      book,
      station,
      parser,
      fileBytes: createFileBytes(foundation.spool, settings.dropFolder.path, (bytes) => parser.read(bytes)),
      notice: () => notice,
      async end() {
        stop.abort()
        await run
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The run is to go on until it is asked to end; anything else is told. */
async function tellUnlessAsked(
  run: Promise<string | null>,
  asked: AbortSignal,
  tell: (problem: string) => void,
): Promise<void> {
  const problem = await run
  if (!asked.aborted) tell(problem ?? ownMistake)
}

/** The same practices, with a word after every pass, told once the worklist has taken it in. */
function tellingPasses(practices: Practices, tell: () => void): Practices {
  return {
    ...practices,
    clients: new Map(
      [...practices.clients].map(([domain, client]) => [
        domain,
        {
          ...client,
          listAllPending: async (options) => {
            const result = await client.listAllPending(options)
            setImmediate(tell)
            return result
          },
        },
      ]),
    ),
  }
}
