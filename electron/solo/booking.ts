import type { Failure, Result } from '../http/outcome.ts'
import type { CallOptions } from './caller.ts'
import type { UnixSeconds } from './dates.ts'
import { findVisit, visitForWork, type FindTools, type Visit, type WorkTools } from './find-visit.ts'
import type { NewPatient, PatientFields } from './patient-requests.ts'
import { done, refused } from './results.ts'
import { isOver } from './visit-status.ts'
import {
  missingFields,
  comparePatient,
  missingForSolo,
  patientFieldsOf,
  type Study,
} from './study-patient.ts'

/**
 * Booking a visit for a study: the patient first, then the appointment, each step with its own outcome. Before every
 * write Solo is asked what it has, so that a second call after an unknown outcome finds what the first one made.
 */

/** What a booking would send about the patient; shown before it is sent. */
export type PatientPreview =
  | { readonly kind: 'create'; readonly patient: NewPatient }
  | { readonly kind: 'update'; readonly patientId: string; readonly fields: PatientFields }
  | { readonly kind: 'unchanged'; readonly patientId: string }

export type Booking = {
  /** Its name. */
  readonly waitingRoom: string
  readonly date: UnixSeconds
  /** Seconds; left out: the waiting room's own. */
  readonly duration?: number | undefined
  readonly reasons?: readonly string[] | undefined
}

export type BookingOutcome =
  | { readonly kind: 'booked'; readonly externalId: string; readonly id: string }
  /** Nothing was sent: the study has a visit that is not over. */
  | { readonly kind: 'has-visit'; readonly visit: Visit }
  /** Refused at this step, with nothing done by it. */
  | { readonly kind: 'refused'; readonly step: BookingStep; readonly failure: Failure }
  /** Nobody knows whether this step was done: look (findVisit, previewPatient) before booking again. */
  | { readonly kind: 'unknown'; readonly step: BookingStep; readonly failure: Failure }
export type BookingStep = 'look' | 'patient' | 'appointment'

/** What Solo has of the patient, and what would be changed. */
export async function previewPatient(
  { client }: Pick<FindTools, 'client'>,
  study: Study,
  options: CallOptions = {},
): Promise<Result<PatientPreview>> {
  const missing = missingForSolo(study)
  const id = study.patientId
  if (missing.length > 0 || id === null) {
    return refused(
      'patient-incomplete',
      `The study lacks ${missing.join(', ')}, which Solo needs of a patient; complete it in QUBS.`,
    )
  }
  const found = await client.getPatient(id, options)
  if (!found.ok) {
    if (found.failure.kind !== 'gone') return found
    const patient = { id, mrn: id, ...patientFieldsOf(study) }
    return done({ kind: 'create', patient })
  }
  // Practices number their patients on their own: the same number may be somebody else in Solo.
  if (comparePatient(found.value, study) === 'contradicts') {
    return refused(
      'other-patient',
      "Solo has a patient with another name or date of birth under the study's patient id; nothing was sent. Compare the two and correct the wrong one.",
    )
  }
  const fields = missingFields(found.value, study)
  return {
    ...found,
    value:
      Object.keys(fields).length === 0
        ? { kind: 'unchanged', patientId: id }
        : { kind: 'update', patientId: id, fields },
  }
}

/** Books a visit for a study that has none, or whose last one was cancelled or missed. */
export async function bookVisit(
  tools: FindTools,
  study: Study,
  booking: Booking,
  options: CallOptions = {},
): Promise<BookingOutcome> {
  const { client, memory } = tools
  const found = await findVisit(tools, study, options)
  if (!found.ok) return notDone('look', found.failure)
  const { visit, bookAs } = found.value
  if (visit !== null && !isOver(visit.status)) return { kind: 'has-visit', visit }
  if (bookAs === null) {
    const { failure } = refused(
      'too-many-visits',
      'Too many visits of this study were cancelled or missed; book this one in Solo itself.',
    )
    return notDone('look', failure)
  }

  const preview = await previewPatient(tools, study, options)
  if (!preview.ok) return notDone('look', preview.failure)
  const patient = await writePatient(tools, preview.value, options)
  if (!patient.ok) return notDone('patient', patient.failure)

  const { waitingRoom, date, duration, reasons } = booking
  const made = await client.createAppointment(
    patient.value,
    {
      waitingRoom,
      date,
      externalId: bookAs,
      ...(duration === undefined ? {} : { duration }),
      ...(reasons === undefined ? {} : { reasons: [...reasons] }),
    },
    options,
  )
  if (!made.ok) return notDone('appointment', made.failure)
  await memory.remember(bookAs, made.value.id)
  return { kind: 'booked', externalId: bookAs, id: made.value.id }
}

/** The patient id under which the appointment is to be made. */
async function writePatient(
  { client }: FindTools,
  preview: PatientPreview,
  options: CallOptions,
): Promise<Result<string>> {
  switch (preview.kind) {
    case 'unchanged':
      return done(preview.patientId)
    case 'create': {
      const made = await client.createPatient(preview.patient, options)
      return made.ok ? done(preview.patient.id) : made
    }
    case 'update': {
      const changed = await client.updatePatient(preview.patientId, preview.fields, options)
      return changed.ok ? done(preview.patientId) : changed
    }
  }
}

function notDone(step: BookingStep, failure: Failure): BookingOutcome {
  return { kind: failure.outcomeKnown ? 'refused' : 'unknown', step, failure }
}

/** Moves a visit; what is left out stays. */
export async function rescheduleVisit(
  tools: WorkTools,
  study: Study,
  id: string,
  to: { readonly date: UnixSeconds; readonly duration?: number | undefined },
  options: CallOptions = {},
): Promise<Result<null>> {
  const visit = await visitForWork(tools, study, id, options)
  if (!visit.ok) return visit
  const { date, duration } = to
  const moved = await tools.client.updateAppointment(
    id,
    { date, ...(duration === undefined ? {} : { duration }) },
    options,
  )
  return moved.ok ? { ...moved, value: null } : moved
}

export async function cancelVisit(
  tools: WorkTools,
  study: Study,
  id: string,
  options: CallOptions = {},
): Promise<Result<null>> {
  const visit = await visitForWork(tools, study, id, options)
  if (!visit.ok) return visit
  const cancelled = await tools.client.updateAppointment(id, { status: 'cancelled' }, options)
  return cancelled.ok ? { ...cancelled, value: null } : cancelled
}
