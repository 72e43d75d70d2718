import type { CallResult, EventName, EventPayload } from '../../../shared/ipc.ts'
import type { SoloHint } from '../../../shared/ipc/solo-calls.ts'
import { watchFolder, type FolderWatcher } from '../../intake/folder-watcher.ts'
import type { Result } from '../../http/outcome.ts'
import type { Appointment } from '../../solo/answers.ts'
import { externalIdsOf } from '../../solo/find-visit.ts'
import { createSoloInbox } from '../../solo/inbox.ts'
import { visitStatusOf } from '../../solo/visit-status.ts'
import { readWebhookKeys } from '../../solo/webhook-keys.ts'
import type { WebhookHint } from '../../solo/webhook-payload.ts'
import type { SoloParts, SoloSession } from './solo-sessions.ts'

/**
 * The inbox of webhooks while somebody looks: what arrives there is taken in as a hint, and Solo is asked about it
 * (contract 3.8). Nothing that a webhook says is shown as true.
 */
export type SoloInboxBook = {
  /** Takes in what lies there. @throws CallFailed, VaultError */
  readonly look: () => Promise<CallResult<'solo.inbox'>>
  /** Watches the folder that the settings name now, while the window is in sight. */
  readonly follow: () => Promise<void>
  /** The window came in sight, or went out of it. */
  readonly watch: (isWatched: boolean) => void
  readonly stop: () => Promise<void>
}

/** Hints that are kept for showing; they end with the app. */
const KEPT_HINTS = 20

export function createSoloInboxBook(
  parts: Pick<SoloParts, 'keeper' | 'vault' | 'now'> & {
    readonly push: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void
  },
  opened: () => Promise<SoloSession>,
): SoloInboxBook {
  const { keeper, vault, now } = parts
  const lookInInbox = createSoloInbox()
  let hints: readonly SoloHint[] = []
  let isWatched = false
  let watched: { readonly folder: string; readonly watcher: FolderWatcher } | null = null
  let looking: Promise<CallResult<'solo.inbox'>> | null = null

  async function takeIn(): Promise<CallResult<'solo.inbox'>> {
    const solo = await opened()
    await follow()
    const { inbox } = solo.solo
    const found = await lookInInbox(inbox, inbox === undefined ? {} : await readWebhookKeys(vault()))
    if (found.hints.length > 0) {
      const fresh = await readAgain(solo, found.hints.slice(-KEPT_HINTS))
      hints = [...fresh.toReversed(), ...hints].slice(0, KEPT_HINTS)
      parts.push('solo.changed', {})
    }
    const problems = [
      ...found.problems.map(({ message }) => message),
      ...(found.fault === null ? [] : [found.fault]),
    ]
    return { hints: [...hints], problems: [...new Set(problems)] }
  }

  /** Each visit once, however often it was told of. */
  async function readAgain(solo: SoloSession, told: readonly WebhookHint[]): Promise<readonly SoloHint[]> {
    const read = new Map<string, Result<Appointment>>()
    for (const hint of told) {
      if (!('appointmentId' in hint)) continue
      const id = String(hint.appointmentId)
      if (read.has(id)) continue
      const answer = await solo.client.getAppointment(id)
      read.set(id, answer)
      if (answer.ok) await remember(solo, answer.value)
    }
    const at = new Date(now()).toISOString()
    return told.map((hint) => {
      const visit = 'appointmentId' in hint ? String(hint.appointmentId) : null
      const answer = visit === null ? undefined : read.get(visit)
      return {
        event: hint.event,
        visit,
        at,
        status: answer?.ok === true ? visitStatusOf(answer.value) : null,
        message: answer?.ok === false ? answer.failure.message : null,
      }
    })
  }

  function look(): Promise<CallResult<'solo.inbox'>> {
    looking ??= takeIn().finally(() => {
      looking = null
    })
    return looking
  }

  async function follow(): Promise<void> {
    const settings = keeper.session()?.settings
    const folder = isWatched ? settings?.solo.inbox : undefined
    if (watched?.folder === folder) return
    const former = watched
    watched = null
    if (folder !== undefined) {
      const lookSoon = (): void => {
        look().catch(saidByTheNextCall)
      }
      const polling = settings?.dropFolder.polling === 'on'
      const watcher = watchFolder({
        root: folder,
        recursive: false,
        polling,
        onHint: lookSoon,
        onError: () => void end(watcher).catch(saidByTheNextCall),
      })
      watched = { folder, watcher }
    }
    await former?.watcher.close()
  }

  async function end(watcher: FolderWatcher): Promise<void> {
    if (watched?.watcher === watcher) watched = null
    await watcher.close()
  }

  return {
    look,
    follow,
    watch(present) {
      isWatched = present
      follow().catch(saidByTheNextCall)
    },
    async stop() {
      isWatched = false
      await follow()
    },
  }
}

/** Nobody waits for this one; the window asks again and again, and learns then what is wrong. */
function saidByTheNextCall(): void {}

/** A visit that was booked elsewhere has a status from now on, where it is of a study of the worklist. */
async function remember({ session, visits, solo }: SoloSession, visit: Appointment): Promise<void> {
  const { externalId } = visit
  if (externalId === null) return
  const study = session.station.worklist
    .lists()
    .flatMap(({ appointments }) => appointments)
    .find((row) => externalIdsOf(row, solo.visitId).includes(externalId))
  if (study !== undefined) await visits.adopt(study, visit.id)
}
