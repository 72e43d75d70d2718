import type { Comparison } from '../../shared/matching.ts'
import { DEFAULT_VISIT_ID, visitIdOf, type VisitStatus } from '../../shared/solo.ts'
import type { Result } from '../http/outcome.ts'
import type { Appointment } from './answers.ts'
import type { CallOptions } from './caller.ts'
import type { SoloClient } from './client.ts'
import { done, refused } from './results.ts'
import { comparePatient, type Study } from './study-patient.ts'
import type { VisitMemory } from './visit-memory.ts'
import { isOver, visitStatusOf } from './visit-status.ts'

/** A study's visit as Solo has it. */
export type Visit = {
  readonly externalId: string
  /** Solo's number; null: known by its externalId only, so it has links but no status. */
  readonly id: string | null
  readonly status: VisitStatus | null
  /** Seconds since 1970. */
  readonly date: number | null
  /** Seconds. */
  readonly duration: number | null
  readonly reasons: readonly string[]
  readonly providers: Appointment['providers']
  /** Whether Solo's patient is the study's; after `contradicts` nothing may be done with the visit. */
  readonly patient: Comparison
}

/** What was found, and the externalId that the next booking of this study takes; null: the present visit stands. */
export type FoundVisit = { readonly visit: Visit | null; readonly bookAs: string | null }

export type FindTools = {
  readonly client: SoloClient
  readonly memory: VisitMemory
  /** `solo.visitId` of the settings. */
  readonly template?: string | undefined
}

/** What it takes to work on a visit whose number is known. */
export type WorkTools = Pick<FindTools, 'client' | 'template'>

/** A study may be booked again after a cancelled or missed visit, so often. */
const MAX_VISITS_OF_A_STUDY = 9

/** The externalIds of a study's visits: the template's for the first one, `…:2` for the one after it was cancelled. */
export function externalIdsOf(study: Study, template: string = DEFAULT_VISIT_ID): readonly string[] {
  const first = visitIdOf(template, study)
  return Array.from({ length: MAX_VISITS_OF_A_STUDY }, (_, n) => (n === 0 ? first : `${first}:${n + 1}`))
}

/** The visit of a study: the first that is not over, else the last one. */
export async function findVisit(
  tools: FindTools,
  study: Study,
  options: CallOptions = {},
): Promise<Result<FoundVisit>> {
  let last: Visit | null = null
  for (const externalId of externalIdsOf(study, tools.template)) {
    const found = await lookFor(tools, study, externalId, options)
    if (!found.ok) return found
    if (found.value === null) return { ...found, value: { visit: last, bookAs: externalId } }
    last = found.value
    if (!isOver(last.status)) return { ...found, value: { visit: last, bookAs: null } }
  }
  return done({ visit: last, bookAs: null })
}

async function lookFor(
  { client, memory }: FindTools,
  study: Study,
  externalId: string,
  options: CallOptions,
): Promise<Result<Visit | null>> {
  const id = memory.idOf(externalId)
  if (id !== null) {
    const known = await client.getAppointment(id, options)
    if (known.ok && known.value.externalId === externalId)
      return { ...known, value: visitOf(known.value, externalId, study) }
    if (!known.ok && known.failure.kind !== 'gone') return known
    // Solo has given the number to something else, or renamed the visit.
    await memory.forget(externalId)
  }
  const links = await client.getVideoCallLinks(externalId, options)
  if (links.ok) return { ...links, value: visitByLinks(externalId) }
  if (links.failure.kind !== 'gone') return links
  return done(null)
}

function visitOf(appointment: Appointment, externalId: string, study: Study): Visit {
  const demographics = appointment.patient?.demographics ?? null
  return {
    externalId,
    id: appointment.id,
    status: visitStatusOf(appointment),
    date: appointment.date,
    duration: appointment.duration,
    reasons: appointment.reasons,
    providers: appointment.providers,
    patient: demographics === null ? 'not-compared' : comparePatient(demographics, study),
  }
}

function visitByLinks(externalId: string): Visit {
  const nothing = { date: null, duration: null, reasons: [], providers: [] }
  return { externalId, id: null, status: null, ...nothing, patient: 'not-compared' }
}

/**
 * Takes a number that a person typed or a webhook named for the visit of a study, when Solo has it under the study's
 * externalId; remembered from then on.
 */
export async function adoptVisit(
  tools: FindTools,
  study: Study,
  id: string,
  options: CallOptions = {},
): Promise<Result<Visit>> {
  const found = await tools.client.getAppointment(id, options)
  if (!found.ok) return found
  const externalId = ownExternalId(tools, study, found.value)
  if (externalId === undefined) return otherVisit()
  await tools.memory.remember(externalId, found.value.id)
  return { ...found, value: visitOf(found.value, externalId, study) }
}

/** undefined: it is no visit of this study. */
function ownExternalId(
  { template }: Pick<FindTools, 'template'>,
  study: Study,
  { externalId }: Appointment,
): string | undefined {
  return externalIdsOf(study, template).find((own) => own === externalId)
}

function otherVisit(): ReturnType<typeof refused> {
  return refused('other-visit', 'Solo has this number for another visit; check the number in Solo.')
}

/**
 * The visit itself, read afresh, or a failure: before anything is sent for a patient, the visit must be this study's
 * and its patient not somebody else. Solo may have given the number away, or not say who the patient is.
 */
export async function visitForWork(
  tools: WorkTools,
  study: Study,
  id: string,
  options: CallOptions = {},
): Promise<Result<Appointment>> {
  const found = await tools.client.getAppointment(id, options)
  if (!found.ok) return found
  const demographics = found.value.patient?.demographics ?? null
  if (demographics !== null && comparePatient(demographics, study) === 'contradicts')
    return refused(
      'other-patient',
      "The visit in Solo is of a patient with another name or date of birth than the study's; nothing was sent. Compare the two and correct the wrong one.",
    )
  return ownExternalId(tools, study, found.value) === undefined ? otherVisit() : found
}
