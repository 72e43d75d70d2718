import type { StationStatus } from '../../../shared/ipc.ts'
import { isEnded } from '../../../shared/delivery.ts'
import type { AppointmentKey, PendingAppointment } from '../../../shared/worklist.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import { discardDelivery, retryDelivery } from '../../outbox/person-actions.ts'
import type { Vault } from '../../vault/vault.ts'
import { createActs } from './acts.ts'
import type { DeskParts } from './desk.ts'
import type { DesktopSettingsStore } from './desktop-settings.ts'
import type { Handlers } from './handlers.ts'
import { heldDetail, heldDocument, heldWeigh, recordOf, resolveHeld } from './held.ts'
import type { SessionKeeper } from './session-keeper.ts'
import { createSetUpHandlers } from './set-up-handlers.ts'
import { addComment, attachmentOf, studyOf } from './study.ts'

/** What the handlers need of the desk. */
export type HandlerParts = Pick<
  DeskParts,
  'profileFolder' | 'version' | 'platform' | 'hostKind' | 'host' | 'now' | 'random' | 'resolveProxy'
> & {
  readonly keeper: SessionKeeper
  readonly desktop: DesktopSettingsStore
  readonly clean: (text: string) => string
  readonly status: () => StationStatus
  readonly pause: (minutes: number | null) => void
  readonly resume: () => void
  readonly openFolder: () => Promise<void>
  readonly isPaused: () => boolean
  readonly lastKnown: (key: AppointmentKey) => PendingAppointment | undefined
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

  return {
    ...createSetUpHandlers(parts),
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

    'worklist.get': async () => {
      const lists = (await keeper.ready()).station.worklist.lists()
      const oldestMs = Math.min(now(), ...lists.flatMap((list) => list.completeAtMs ?? []))
      return {
        at: new Date(oldestMs).toISOString(),
        appointments: lists.flatMap((list) => [...list.appointments]),
        unreadable: lists.reduce((sum, list) => sum + list.unreadable.length, 0),
      }
    },
    'worklist.refresh': async () => {
      // A station that could not start (a locked keychain, a profile in use) gets another chance.
      if (keeper.session() === null) await keeper.restart()
      const { station } = await keeper.ready()
      await station.refresh()
      return {}
    },

    'study.get': async (key) => {
      const study = await studyOf(await keeper.ready(), key, parts.lastKnown(key))
      return { ...study, deliveries: study.deliveries.map(itemOf) }
    },
    'study.addComment': async ({ domain, appointmentId, type, text }) => {
      const session = await keeper.ready()
      const added = await addComment(session, { domain, appointmentId }, { type, text }, parts)
      session.station.wake()
      const isSettled = ({ state }: DeliveryRecord): boolean =>
        parts.isPaused() || (state.state !== 'queued' && state.state !== 'sending')
      return itemOf((await session.book.waitFor(added.id, isSettled, COMMENT_PATIENCE_MS)) ?? added)
    },
    'study.attachment': async ({ domain, appointmentId, guid }) =>
      attachmentOf(await keeper.ready(), { domain, appointmentId }, guid),

    'deliveries.list': async ({ limit }) => {
      const { book } = await keeper.ready()
      return newestFirst(book.all(), limit).map(itemOf)
    },
    'deliveries.retry': ({ id }) => act((_session, actions) => retryDelivery(actions, id)),
    'deliveries.discard': ({ id, by, reason }) =>
      act((_session, actions) => discardDelivery(actions, id, by, reason)),

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
    'held.resolve': (args) => act((session, actions) => resolveHeld(session, actions, args)),
  }
}

/** What is open is never left out; of the ended ones, the newest as far as the limit goes. */
function newestFirst(records: readonly DeliveryRecord[], limit: number): DeliveryRecord[] {
  const shown = records.filter((record) => record.state.state !== 'withdrawn').toReversed()
  let room = limit - shown.filter((record) => !isEnded(record.state)).length
  return shown.filter((record) => !isEnded(record.state) || room-- > 0)
}
