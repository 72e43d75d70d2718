import { join } from 'node:path'
import type { Settings } from '../../../shared/settings.ts'
import { openDraftStore, type DraftStore } from '../../drafts/draft-store.ts'
import { createSpool } from '../../intake/spool.ts'
import type { StartParserProcess } from '../../intake/parser-process/transport.ts'
import type { ResolveProxy } from '../../http/proxy.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import type { Invites } from '../../qualiphy/invites.ts'
import { createFileBytes, type FileBytes } from '../../station/file-bytes.ts'
import { openFoundation, type Foundation } from '../../station/foundation.ts'
import { createLog } from '../../station/log.ts'
import { createPractices, type Practices } from '../../station/practices.ts'
import { lockProfile, openProfile } from '../../station/profile.ts'
import { runStation } from '../../station/run-station.ts'
import type { Parser, Station } from '../../station/station.ts'
import type { Vault } from '../../vault/vault.ts'
import { createDeliveryBook, type DeliveryBook, type DeliveryChange } from './delivery-book.ts'
import { openSessionInvites } from './session-invites.ts'

/** One run of the station inside the desktop, from opened settings to its orderly end. */
export type StationSession = {
  readonly settings: Settings
  readonly foundation: Foundation
  readonly practices: Practices
  readonly book: DeliveryBook
  readonly station: Station
  readonly parser: Parser
  readonly fileBytes: FileBytes
  /** Reports that a person is writing. */
  readonly drafts: DraftStore
  /** Exam invites of Qualiphy. */
  readonly invites: Invites
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
  /** Whether the window is in sight. */
  readonly isWatched: () => boolean
  /** Something about the station as a whole changed. */
  readonly onChange: () => void
  readonly onDeliveries: (changes: readonly DeliveryChange[]) => void
  /** A pass of a practice's worklist ended, well or not, or a zone of its sites came. */
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
    const { seal } = opened
    const drafts = await openDraftStore({
      spool: createSpool(join(profile.folder, 'drafts'), seal),
      seal,
      now,
    })
    closing.push(() => drafts.close())
    const settle = (record: DeliveryRecord): Promise<void> =>
      drafts.settle(record).catch((error: unknown) => log.error('drafts', error))
    // What ended while nobody watched: a crash may lie between a delivery and its draft.
    for (const draft of drafts.all()) {
      const delivery = opened.journal.get(draft.id)
      if (delivery !== null) await settle(delivery)
    }
    const book = createDeliveryBook({
      journal: opened.journal,
      now,
      onChange(changes) {
        for (const { after } of changes) void settle(after)
        parts.onDeliveries(changes)
      },
      onBug: (error) => log.error('book', error),
    })
    closing.push(() => book.close())
    const foundation: Foundation = { ...opened, journal: book.journal }
    const made = createPractices({ settings, vault, now, random, resolveProxy: parts.resolveProxy })
    closing.push(() => made.close())
    const qualiphy = openSessionInvites({
      settings,
      foundation,
      http: made.http,
      now,
      random,
      onBug: (error) => log.error('invites', error),
    })
    closing.push(() => qualiphy.close())
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
        isWatched: parts.isWatched,
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
      drafts,
      invites: qualiphy.invites,
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

/** The same practices, with a word after every pass and every zone, told once the worklist has taken it in. */
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
          // The zone of a site that is seen for the first time comes after its list.
          getSite: async (siteName, options) => {
            const result = await client.getSite(siteName, options)
            setImmediate(tell)
            return result
          },
        },
      ]),
    ),
  }
}
