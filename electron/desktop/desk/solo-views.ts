import type { SoloChange, SoloPatientPreview, SoloVisitView } from '../../../shared/ipc/solo-calls.ts'
import type { Result } from '../../http/outcome.ts'
import type { VisitNote } from '../../solo/answers.ts'
import type { PatientPreview } from '../../solo/booking.ts'
import type { Visit } from '../../solo/find-visit.ts'
import type { CallResult } from '../../../shared/ipc.ts'

/** What the visits of Solo look like in the window. */

/** Seconds since 1970 as Solo has them, as UTC ISO 8601; null: not given, or no moment. */
export function isoOfSeconds(seconds: number | null): string | null {
  const date = new Date((seconds ?? Number.NaN) * 1000)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

export function visitView({ id, status, date, duration, reasons, providers, patient }: Visit): SoloVisitView {
  return {
    id,
    status,
    at: isoOfSeconds(date),
    durationSeconds: duration,
    reasons: [...reasons],
    providers: providers.map(providerName).filter((name) => name !== ''),
    patient,
  }
}

function providerName({ firstName, lastName, email }: Visit['providers'][number]): string {
  const name = [firstName, lastName].filter((part) => (part ?? '') !== '').join(' ')
  return name === '' ? (email ?? '') : name
}

/** Field by field, as it would be sent. */
export function previewView(preview: PatientPreview): SoloPatientPreview {
  if (preview.kind === 'unchanged') return { kind: preview.kind, fields: [] }
  const { name, birthDate, gender } = preview.kind === 'create' ? preview.patient : preview.fields
  const given = {
    patientId: preview.kind === 'create' ? preview.patient.id : undefined,
    firstName: name?.[0]?.firstName,
    lastName: name?.[0]?.lastName,
    birthDate,
    gender,
  }
  const fields = (['patientId', 'firstName', 'lastName', 'birthDate', 'gender'] as const).flatMap((field) => {
    const value = given[field]
    return value === undefined || value === '' ? [] : [{ field, value }]
  })
  return { kind: preview.kind, fields }
}

export function noteView({ template, comments, responses }: VisitNote): NoteView {
  return {
    template: template?.name ?? null,
    comments: comments.flatMap(({ message, postedAt, author }) =>
      message === null ? [] : [{ text: message, at: isoOfSeconds(postedAt), by: author?.username ?? null }],
    ),
    answers: responses.map(({ question, response }) => ({
      question: question.join(' '),
      answer: response.join(', '),
    })),
  }
}
type NoteView = CallResult<'solo.note'>['notes'][number]

/** How a write ended. `unknown`: nobody knows, and nothing is repeated by itself. */
export function changeOf(result: Result<unknown>): SoloChange {
  if (result.ok) return { kind: 'done' }
  const { outcomeKnown, message } = result.failure
  return { kind: outcomeKnown ? 'refused' : 'unknown', message }
}
