import type { CallResult, EventName, EventPayload } from '../../../shared/ipc.ts'
import type { AppointmentKey, PendingAppointment } from '../../../shared/worklist.ts'
import type { Rows } from '../../qubs/schemas.ts'
import { createAlertBook, type KnownAlerts } from '../../worklist/alerts.ts'
import { byDeadline } from '../../worklist/deadline.ts'
import type { PracticeList } from '../../worklist/worklist.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { Handlers } from './handlers.ts'
import type { SessionKeeper } from './session-keeper.ts'

/** The worklist as the window has it: the lists of all practices, what is known of alerts, and what is news. */
export type WorklistBook = {
  /** A pass of a practice ended, or a zone came: tells the window where something changed. */
  passed(): void
  /** The row that the worklist had last, for a study that is no longer pending. */
  lastKnown(key: AppointmentKey): PendingAppointment | undefined
  /** A pending study that was read by itself, with its comments. */
  noteStudy(row: PendingAppointment, comments: Rows<{ readonly isAlert: boolean }>): void
  alerts(): KnownAlerts
  /** The window came in sight, or went out of it. */
  watch(isWatched: boolean): void
  stop(): void
}

/** Studies that left the list and are still known, the newest: what a person may have on screen. */
const KEPT_GONE = 500

export function createWorklistBook(parts: {
  /** Asked when it is needed: the keeper tells of passes, so neither can come first. */
  readonly keeper: () => SessionKeeper
  readonly now: () => number
  readonly push: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void
}): WorklistBook {
  /** In the order in which they were on the list last. */
  const known = new Map<string, PendingAppointment>()
  let told: readonly PracticeList[] = []
  let toldZones = '[]'
  const alerts = createAlertBook({
    now: parts.now,
    async read({ domain, appointmentId }, signal) {
      const client = parts.keeper().session()?.practices.clients.get(domain)
      return client === undefined ? null : client.listComments(appointmentId, { signal })
    },
    onChange: () => parts.push('alerts.changed', crossing(alerts.known())),
  })

  return {
    passed() {
      const engine = parts.keeper().session()?.station.worklist
      const lists = engine?.lists() ?? []
      const zones = JSON.stringify(engine?.siteZones() ?? [])
      if (zones === toldZones && isSame(lists, told)) return
      told = lists
      toldZones = zones
      const rows = lists.flatMap((list) => list.appointments).toSorted(byDeadline)
      for (const row of rows) {
        known.delete(nameOf(row))
        known.set(nameOf(row), row)
      }
      for (const name of [...known.keys()].slice(0, -(rows.length + KEPT_GONE))) known.delete(name)
      alerts.follow(rows)
      parts.push('worklist.changed', {})
    },
    lastKnown: (key) => known.get(nameOf(key)),
    noteStudy(row, comments) {
      known.set(nameOf(row), row)
      alerts.note(row, comments)
    },
    alerts: () => alerts.known(),
    watch: (isWatched) => alerts.watch(isWatched),
    stop: () => alerts.stop(),
  }
}

/** Whether nothing in any list changed: an engine that read the same rows keeps its former list. */
function isSame(lists: readonly PracticeList[], told: readonly PracticeList[]): boolean {
  return (
    lists.length === told.length &&
    lists.every((list, index) => {
      const other = told[index]
      return list.appointments === other?.appointments && list.unreadable.length === other.unreadable.length
    })
  )
}

function nameOf({ domain, appointmentId }: AppointmentKey): string {
  return JSON.stringify([domain, appointmentId])
}

function crossing({ alerts, noAlerts }: KnownAlerts): EventPayload<'alerts.changed'> {
  return { alerts: [...alerts], noAlerts: [...noAlerts] }
}

export function createWorklistHandlers({
  keeper,
  now,
  worklist,
}: Pick<HandlerParts, 'keeper' | 'now' | 'worklist'>): Pick<
  Handlers,
  'worklist.get' | 'worklist.refresh' | 'worklist.look'
> {
  return {
    'worklist.get': async () => {
      const engine = (await keeper.ready()).station.worklist
      const lists = engine.lists()
      const unseen = engine.unseen()
      const oldestMs = Math.min(now(), ...lists.flatMap((list) => list.completeAtMs ?? []))
      const answer: CallResult<'worklist.get'> = {
        at: new Date(oldestMs).toISOString(),
        appointments: lists.flatMap((list) => [...list.appointments]),
        unreadable: lists.reduce((sum, list) => sum + list.unreadable.length, 0),
        siteZones: [...engine.siteZones()],
        ...crossing(worklist.alerts()),
        unseen: { added: [...unseen.added], changed: [...unseen.changed], gone: [...unseen.gone] },
      }
      return answer
    },
    'worklist.refresh': async () => {
      // A station that could not start (a locked keychain, a profile in use) gets another chance.
      if (keeper.session() === null) await keeper.restart()
      const { station } = await keeper.ready()
      await station.refresh()
      return {}
    },
    'worklist.look': async ({ studies }) => {
      const { station } = await keeper.ready()
      station.worklist.look(studies)
      return {}
    },
  }
}
