import type { CallResult } from '../../../shared/ipc.ts'
import type { AppointmentKey } from '../../../shared/worklist.ts'
import { unixSecondsOf } from '../../solo/dates.ts'
import type { BookingOutcome } from '../../solo/booking.ts'
import type { LinkChoice } from '../../solo/visits.ts'
import { readSoloCredentials } from '../../vault/credentials.ts'
import { CallFailed, valueOf } from './call-failed.ts'
import type { Handlers } from './handlers.ts'
import { createOneAtATime } from './one-at-a-time.ts'
import { attachDelivered, reportsOf } from './solo-reports.ts'
import type { SoloParts, SoloSession } from './solo-sessions.ts'
import { changeOf, isoOfSeconds, noteView, previewView, visitView } from './solo-views.ts'
import { appointmentOf, clientOf } from './study.ts'

type VisitCalls = `solo.${
  | 'visit'
  | 'waitingRooms'
  | 'slots'
  | 'previewPatient'
  | 'book'
  | 'adopt'
  | 'reschedule'
  | 'cancel'
  | 'openLink'
  | 'copyLink'
  | 'note'
  | 'attachments'
  | 'reports'
  | 'attachReport'}`

/** The Solo panel of a study: its visit, what is done with it, and the report that goes there (docs/solo.md). */
export function createSoloVisitHandlers(
  { vault, host, worklist }: SoloParts,
  opened: () => Promise<SoloSession>,
): Pick<Handlers, VisitCalls> {
  const oneAtATime = createOneAtATime(
    'Something is still under way for the visit of this study; wait for its outcome.',
  )

  /** As QUBS has it now: before anything is sent for a patient. @throws CallFailed */
  const studyNow = async ({ session }: SoloSession, key: AppointmentKey) =>
    (await appointmentOf(session, key, worklist)).appointment

  /** As the worklist had it last: the panel asks again and again. @throws CallFailed */
  const studyOf = async (solo: SoloSession, key: AppointmentKey) => {
    // A practice that is no longer in the settings is nobody's any more.
    clientOf(solo.session, key.domain)
    return worklist.lastKnown(key) ?? (await studyNow(solo, key))
  }

  const write = <T>({ domain, appointmentId }: AppointmentKey, work: () => Promise<T>): Promise<T> =>
    oneAtATime(JSON.stringify([domain, appointmentId]), work)

  /** The link of this very moment, on a host of the list; it goes no further than browser and clipboard. */
  async function linkOf(solo: SoloSession, key: AppointmentKey, choice: LinkChoice): Promise<string> {
    const study = await studyOf(solo, key)
    const { visit } = valueOf(await solo.visits.find(study))
    if (visit === null) throw new CallFailed('gone', 'Solo has no visit for this study any more; look again.')
    return valueOf(await solo.visits.link(study, visit, choice))
  }

  return {
    'solo.visit': async (key) => {
      const solo = await opened()
      if ((await readSoloCredentials(vault())) === null)
        return { isConfigured: false, visit: null, canBook: false, links: [] }
      const study = await studyOf(solo, key)
      const [found, links] = await Promise.all([solo.visits.find(study), solo.visits.linkChoices()])
      const { visit, bookAs } = valueOf(found)
      return {
        isConfigured: true,
        visit: visit === null ? null : visitView(visit),
        canBook: bookAs !== null,
        links: [...links],
      }
    },
    'solo.waitingRooms': async () => {
      const { client } = await opened()
      const rooms = valueOf(await client.listWaitingRooms())
      return {
        rooms: rooms.map(({ name, serviceLine, serviceType }) => ({
          name,
          service: [serviceLine, serviceType].filter((part) => (part ?? '') !== '').join(' · '),
        })),
      }
    },
    'solo.slots': async ({ waitingRoom, after, before, durationSeconds }) => {
      const { client } = await opened()
      const slots = valueOf(
        await client.listSlots({
          waitingRoom,
          after: unixSecondsOf(Date.parse(after)),
          before: unixSecondsOf(Date.parse(before)),
          ...(durationSeconds === null ? {} : { duration: durationSeconds }),
        }),
      )
      return {
        slots: slots.flatMap(({ date, duration }) => {
          const at = isoOfSeconds(date)
          return at === null ? [] : [{ at, durationSeconds: duration }]
        }),
      }
    },
    'solo.previewPatient': async (key) => {
      const solo = await opened()
      return previewView(valueOf(await solo.visits.previewPatient(await studyNow(solo, key))))
    },
    'solo.book': ({ waitingRoom, at, durationSeconds, reasons, shown, ...key }) =>
      write(key, async () => {
        const solo = await opened()
        const study = await studyNow(solo, key)
        const preview = await solo.visits.previewPatient(study)
        if (!preview.ok) return { kind: 'refused', step: 'look', message: preview.failure.message }
        if (JSON.stringify(previewView(preview.value)) !== JSON.stringify(shown)) return { kind: 'changed' }
        return bookingView(
          await solo.visits.book(study, {
            waitingRoom,
            date: unixSecondsOf(Date.parse(at)),
            ...(durationSeconds === null ? {} : { duration: durationSeconds }),
            ...(reasons.length === 0 ? {} : { reasons }),
          }),
        )
      }),
    'solo.adopt': async ({ visit, ...key }) => {
      const solo = await opened()
      valueOf(await solo.visits.adopt(await studyOf(solo, key), visit))
      return {}
    },
    'solo.reschedule': ({ visit, at, durationSeconds, ...key }) =>
      write(key, async () => {
        const solo = await opened()
        const to = {
          date: unixSecondsOf(Date.parse(at)),
          ...(durationSeconds === null ? {} : { duration: durationSeconds }),
        }
        return changeOf(await solo.visits.reschedule(await studyOf(solo, key), visit, to))
      }),
    'solo.cancel': ({ visit, ...key }) =>
      write(key, async () => {
        const solo = await opened()
        return changeOf(await solo.visits.cancel(await studyOf(solo, key), visit))
      }),
    'solo.openLink': async ({ link, ...key }) => {
      await host.openAddress(await linkOf(await opened(), key, link))
      return {}
    },
    'solo.copyLink': async ({ link, ...key }) => {
      await host.clipboard.copyText(await linkOf(await opened(), key, link), { sensitive: true })
      return {}
    },
    'solo.note': async ({ visit, ...key }) => {
      const solo = await opened()
      const notes = valueOf(await solo.visits.note(await studyOf(solo, key), visit))
      return { notes: notes.map(noteView) }
    },
    'solo.attachments': async ({ visit, ...key }) => {
      const solo = await opened()
      const attachments = valueOf(await solo.visits.attachments(await studyOf(solo, key), visit))
      return {
        attachments: attachments.map(({ id, title, size, uploadedAt }) => ({
          id,
          title,
          sizeBytes: size,
          uploadedAt,
        })),
      }
    },
    'solo.reports': async (key) => reportsOf((await opened()).session, key),
    'solo.attachReport': ({ visit, delivery, index, ...key }) =>
      write(key, async () => {
        const solo = await opened()
        return attachDelivered(solo, await studyNow(solo, key), { visit, delivery, index })
      }),
  }
}

function bookingView(outcome: BookingOutcome): CallResult<'solo.book'> {
  switch (outcome.kind) {
    case 'booked':
    case 'has-visit':
      return { kind: outcome.kind }
    case 'refused':
    case 'unknown':
      return { kind: outcome.kind, step: outcome.step, message: outcome.failure.message }
  }
}
