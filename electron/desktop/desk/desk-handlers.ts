import type { StationStatus } from '../../../shared/ipc.ts'
import { isEnded } from '../../../shared/delivery.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import { answerDiscrepancy } from '../../outbox/answer-discrepancy.ts'
import { ActionRefused, discardDelivery, retryDelivery } from '../../outbox/person-actions.ts'
import type { Vault } from '../../vault/vault.ts'
import { createAboutHandlers } from './about.ts'
import { createActs } from './acts.ts'
import { attachmentOf, saveAttachment } from './attachments.ts'
import { createComposeHandlers } from './compose-handlers.ts'
import { createCriticalHandlers } from './critical-result.ts'
import type { DeskParts } from './desk.ts'
import type { DesktopSettingsStore } from './desktop-settings.ts'
import type { Handlers } from './handlers.ts'
import { heldDetail, heldDocument, heldWeigh, recordOf, resolveHeld, suggestionAfter } from './held.ts'
import { createHistoryHandlers } from './history.ts'
import { inspectFile, tryTemplates } from './inspect.ts'
import type { IdleLock } from './idle-lock-keeper.ts'
import { createScheduleHandlers } from './schedule.ts'
import { createPreferencesHandlers } from './preferences.ts'
import { createQualiphyHandlers } from './qualiphy.ts'
import { createQualiphySettingsHandlers } from './qualiphy-settings.ts'
import { createOneAtATime } from './one-at-a-time.ts'
import type { SessionKeeper } from './session-keeper.ts'
import type { SoloDesk } from './solo-desk.ts'
import { createSetUpHandlers } from './set-up-handlers.ts'
import { addComment, studyOf } from './study.ts'
import { createWorklistHandlers, type WorklistBook } from './worklist.ts'

/** What the handlers need of the desk. */
export type HandlerParts = Pick<
  DeskParts,
  | 'profileFolder'
  | 'version'
  | 'platform'
  | 'hostKind'
  | 'host'
  | 'now'
  | 'random'
  | 'resolveProxy'
  | 'startParserProcess'
> & {
  readonly keeper: SessionKeeper
  readonly desktop: DesktopSettingsStore
  readonly lock: IdleLock
  readonly clean: (text: string) => string
  readonly status: () => StationStatus
  readonly pause: (minutes: number | null) => void
  readonly resume: () => void
  readonly openFolder: () => Promise<void>
  readonly isPaused: () => boolean
  readonly lastKnown: WorklistBook['lastKnown']
  readonly worklist: WorklistBook
  readonly solo: SoloDesk
  readonly vault: () => Vault
  readonly useVault: (vault: Vault) => void
  readonly chosenFolder: () => string | null
  readonly chooseFolder: (path: string) => void
  readonly changed: () => void
}

/** How long a comment's call waits for its outcome before it says that the comment is on its way. */
const COMMENT_PATIENCE_MS = 15_000

export function createHandlers(parts: HandlerParts): Handlers {
  const { keeper, now } = parts
  const { itemOf, act } = createActs(parts)
  const commenting = createOneAtATime('This comment is on its way already; wait for its outcome.')

  return {
    ...createSetUpHandlers(parts),
    ...createAboutHandlers(parts),
    ...createPreferencesHandlers(parts.desktop, parts.host),
    ...createWorklistHandlers(parts),
    ...createScheduleHandlers(parts),
    ...createComposeHandlers(parts, { itemOf }),
    ...createQualiphyHandlers(parts, { itemOf }),
    ...createQualiphySettingsHandlers(parts),
    ...parts.lock.handlers,
    ...parts.solo.handlers,
    ...createHistoryHandlers(parts, { itemOf }),
    ...createCriticalHandlers({ itemOf, act }),
    'desk.copy': async ({ text }) => {
      await parts.host.clipboard.copyText(text, { sensitive: true })
      return {}
    },
    'app.info': () => ({ version: parts.version, platform: parts.platform, host: parts.hostKind }),
    'station.status': () => parts.status(),
    'station.pause': ({ minutes }) => {
      parts.pause(minutes)
      return {}
    },
    'station.resume': () => {
      parts.resume()
      return {}
    },
    'station.openFolder': async () => {
      await parts.openFolder()
      return {}
    },

    'study.get': async (key) => {
      const study = await studyOf(await keeper.ready(), key, parts.worklist)
      return { ...study, deliveries: study.deliveries.map(itemOf) }
    },
    'study.addComment': ({ domain, appointmentId, type, text }) =>
      commenting(JSON.stringify([domain, appointmentId, type, text]), async () => {
        const session = await keeper.ready()
        const added = await addComment(session, { domain, appointmentId }, { type, text }, parts)
        session.station.wake()
        const isSettled = ({ state }: DeliveryRecord): boolean =>
          parts.isPaused() || (state.state !== 'queued' && state.state !== 'sending')
        return itemOf((await session.book.waitFor(added.id, isSettled, COMMENT_PATIENCE_MS)) ?? added)
      }),
    'study.attachment': async (named) => attachmentOf(await keeper.ready(), named),
    'study.saveAttachment': async (named) => ({
      saved: await saveAttachment(await keeper.ready(), named, parts.host),
    }),

    'deliveries.list': async ({ limit }) => {
      const { book } = await keeper.ready()
      return newestFirst(book.all(), limit).map(itemOf)
    },
    'deliveries.retry': ({ id }) => act((_session, actions) => retryDelivery(actions, id)),
    'deliveries.retryAll': async ({ ids }) => {
      let retried = 0
      for (const id of new Set(ids)) {
        const isRetried = await act((_session, actions) => retryDelivery(actions, id)).then(
          () => true,
          (error: unknown) => {
            if (error instanceof ActionRefused) return false
            throw error
          },
        )
        if (isRetried) retried += 1
      }
      return { retried, left: ids.length - retried }
    },
    'deliveries.discard': ({ id, by, reason }) =>
      act((_session, actions) => discardDelivery(actions, id, by, reason)),
    'deliveries.answerDiscrepancy': ({ id, by, reason, told }) =>
      act((_session, actions) =>
        answerDiscrepancy(actions, id, {
          by,
          reason,
          told: told === null ? null : { whom: told.whom, atMs: Date.parse(told.at), how: told.how },
        }),
      ),

    'held.detail': async ({ id }) => {
      const session = await keeper.ready()
      const record = recordOf(session, id)
      return { item: itemOf(record), ...heldDetail(session, record) }
    },
    'held.document': async ({ id }) => {
      const session = await keeper.ready()
      return { bytes: await heldDocument(session, recordOf(session, id)) }
    },
    'held.weigh': async ({ id, domain, appointmentId }) => {
      const session = await keeper.ready()
      return heldWeigh(session, recordOf(session, id), { domain, appointmentId })
    },
    'held.resolve': async (args) => {
      const session = await keeper.ready()
      const held = recordOf(session, args.id)
      const item = await act((present, actions) => resolveHeld(present, actions, args))
      return { ...item, suggestedTemplate: suggestionAfter(session, held, args.appointment) }
    },

    'inspect.file': async (args) => inspectFile(await keeper.ready(), args, now),
    'inspect.templates': (args) => tryTemplates(args, parts.startParserProcess),
  }
}

/** What is open is never left out; of the ended ones, the newest as far as the limit goes. */
function newestFirst(records: readonly DeliveryRecord[], limit: number): DeliveryRecord[] {
  const shown = records.filter((record) => record.state.state !== 'withdrawn').toReversed()
  let room = limit - shown.filter(isOpen).length
  return shown.filter((record) => isOpen(record) || room-- > 0)
}

/** Something is owed: by the station, or by a person who has not answered yet. */
function isOpen({ state, discrepancy }: DeliveryRecord): boolean {
  return !isEnded(state) || discrepancy?.state === 'asked'
}
