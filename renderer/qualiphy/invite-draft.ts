import type { TypedInvite } from '../../shared/ipc/qualiphy-calls.ts'
import { checkInvite, prefillInvite, type FieldProblem } from '../../shared/qualiphy-form.ts'
import { inviteFieldNames, type Exam, type InviteField } from '../../shared/qualiphy.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { dayIn } from '../format/dates.ts'

/** Every field but the exams: what a person types, or `none` where nothing of a few is chosen. */
export type TypedField = Exclude<InviteField, 'exams'>

/** The form as it is being filled in. */
export type InviteDraft = {
  /** Chosen from the clinic's list. */
  readonly exams: readonly number[]
  /** Typed by hand, where there is no list. */
  readonly typedExams: string
  readonly values: Readonly<Record<TypedField, string>>
}

/** Fields that are folded away until they are wanted or wrong. */
export const rareFields: ReadonlySet<InviteField | null> = new Set([
  'webhook_url',
  'additional_data',
  'redirect_approve',
  'redirect_reject',
  'redirect_na',
  'redirect_missed',
  'dmv_license_number',
  'address_line_1',
  'address_line_2',
  'city',
  'state',
  'zip_code',
  'shipping_address_line_1',
  'shipping_address_line_2',
  'shipping_city',
  'shipping_state',
  'shipping_zip_code',
  'patient_address_prefill',
  'pharmacy_id',
  'exam_pos_id',
])

/** What the study knows of the patient; everything else is blank. */
export function draftFor(appointment: PendingAppointment): InviteDraft {
  const known = prefillInvite(appointment, {})
  const typed = inviteFieldNames.filter((field) => field !== 'exams')
  const values: Partial<Record<TypedField, string>> = {}
  for (const field of typed) values[field] = isChoice(field) ? 'none' : ''
  for (const field of ['first_name', 'last_name', 'dob', 'gender'] as const) {
    const value = known[field]
    if (value !== undefined) values[field] = String(value)
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the loop has set every field
  return { exams: [], typedExams: '', values: values as Record<TypedField, string> }
}

/** @param isListed exams are chosen from the clinic's list, not typed by hand */
export function formOf({ exams, typedExams, values }: InviteDraft, isListed: boolean): TypedInvite {
  const given = Object.entries(values).filter(
    ([field, value]) => value.trim() !== '' && !(isChoice(field) && value === 'none'),
  )
  const byHand = typedExams.split(/[\s,;]+/u).filter((id) => id !== '')
  return { ...Object.fromEntries(given), exams: isListed ? [...exams] : byHand }
}

function isChoice(field: string): boolean {
  return field === 'gender' || field === 'patient_address_prefill'
}

/** What is wrong with the form, as far as the window can tell. */
export function problemsOf(
  form: TypedInvite,
  nowMs: number,
  exams: readonly Exam[] | null,
): readonly FieldProblem[] {
  const checked = checkInvite(form, dayIn(new Date(nowMs), undefined), exams)
  return checked.ok ? [] : checked.problems
}

/** Whether a prescription is among the chosen exams: then some of the rare fields are wanted. */
export function needsRareFields({ exams }: InviteDraft, listed: readonly Exam[] | null): boolean {
  return listed?.some(({ id, rxType }) => exams.includes(id) && (rxType ?? 0) > 0) ?? false
}
