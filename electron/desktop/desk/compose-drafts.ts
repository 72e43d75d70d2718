import { randomUUID } from 'node:crypto'
import type { CallResult } from '../../../shared/ipc.ts'
import { patientOf } from '../../../shared/composed-report.ts'
import { sameAppointment, type AppointmentKey, type PendingAppointment } from '../../../shared/worklist.ts'
import { DraftChanged, type Draft, type DraftBody } from '../../drafts/draft-store.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import { CallFailed } from './call-failed.ts'
import type { StationSession } from './station-session.ts'

/** The reports that a person is writing, as the window asks for them. */

export type Listed = CallResult<'compose.open'>['listed']
export type Writing = AppointmentKey & { readonly id: string }

/** What the worklist showed last of an appointment that it no longer has. */
export type LastKnown = (key: AppointmentKey) => PendingAppointment | undefined

/** The appointment, and whether QUBS still lists it; unknown while its practice's list is not whole. */
export function appointmentNow(
  session: StationSession,
  key: AppointmentKey,
  lastKnown: LastKnown,
): { readonly appointment: PendingAppointment | null; readonly listed: Listed } {
  const list = session.station.worklist.lists().find(({ domain }) => domain === key.domain)
  const pending = list?.appointments.find((row) => sameAppointment(row, key))
  if (pending !== undefined) return { appointment: pending, listed: 'pending' }
  const isWhole = list !== undefined && list.completeAtMs !== null && list.failure === null
  return { appointment: lastKnown(key) ?? null, listed: isWhole ? 'gone' : 'unknown' }
}

/** The delivery that a draft has become; null while it is still its writer's. */
export function deliveryOf(session: StationSession, id: string): DeliveryRecord | null {
  return session.book.get(id)
}

/** The draft of an appointment, or an empty one with the site's clinician, which is kept once it is changed. */
export function draftOf(session: StationSession, key: AppointmentKey): CallResult<'compose.open'>['draft'] {
  const kept = session.drafts.get(key)
  if (kept !== null) return draftView(kept)
  const { status, text, clinician, attachments } = newDraft(session, key, () => undefined)
  return { id: randomUUID(), status, text, clinician, attachments, savedAt: null }
}

function draftView({ id, status, text, clinician, attachments, savedAtMs }: Draft) {
  return { id, status, text, clinician, attachments, savedAt: new Date(savedAtMs).toISOString() }
}

export function draftList(session: StationSession, lastKnown: LastKnown): CallResult<'compose.drafts'> {
  return session.drafts.all().map((draft) => ({
    domain: draft.domain,
    appointmentId: draft.appointmentId,
    savedAt: new Date(draft.savedAtMs).toISOString(),
    listed: appointmentNow(session, draft, lastKnown).listed,
    patient: draft.patient,
    studyDescription: draft.studyDescription,
    isSent: deliveryOf(session, draft.id) !== null,
  }))
}

/** Refuses to touch what has been handed over, or another writing. @throws CallFailed */
export function mustBeOpen(session: StationSession, writing: Writing): void {
  if (deliveryOf(session, writing.id) !== null) throw alreadySent()
  const present = session.drafts.get(writing)
  if (present !== null && present.id !== writing.id) throw changedMeanwhile()
}

/**
 * Changes a draft as it is kept by then, so that a text and a file that come together do not undo each other.
 * @throws CallFailed
 */
export function changeWriting(
  session: StationSession,
  writing: Writing,
  lastKnown: LastKnown,
  change: (draft: DraftBody) => Partial<DraftBody>,
): Promise<Draft> {
  return orSaid(
    session.drafts.change(writing, (present) => {
      mustBeOpen(session, writing)
      const draft = present ?? newDraft(session, writing, lastKnown)
      return { ...draft, ...change(draft) }
    }),
  )
}

function newDraft(session: StationSession, key: AppointmentKey, lastKnown: LastKnown): DraftBody {
  const { appointment } = appointmentNow(session, key, lastKnown)
  return {
    status: 'preliminary',
    text: '',
    clinician: { ...session.settings.clinician },
    attachments: [],
    patient: appointment === null ? null : patientOf(appointment),
    studyDescription: appointment?.studyDescription ?? null,
  }
}

/** The store's own words for the window. @throws CallFailed */
export async function orSaid<T>(change: Promise<T>): Promise<T> {
  try {
    return await change
  } catch (error) {
    throw error instanceof DraftChanged ? changedMeanwhile() : error
  }
}

function alreadySent(): CallFailed {
  return new CallFailed(
    'refused',
    'This report has been handed over already; its text is not changed any more.',
  )
}

function changedMeanwhile(): CallFailed {
  return new CallFailed('refused', 'This draft was discarded or replaced meanwhile. Open the study again.')
}
