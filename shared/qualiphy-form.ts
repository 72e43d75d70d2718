import { inviteFieldNames, inviteSchema, type Exam, type Invite, type InviteField } from './qualiphy.ts'
import type { PendingAppointment } from './worklist.ts'

/** What the form of an invite does before anything is sent: fill in, check, show. Pure. */

/** What is wrong with a form. `field` is null for what belongs to no documented field. Never repeats a value. */
export type FieldProblem = { readonly field: InviteField | null; readonly message: string }

export type CheckedInvite =
  | { readonly ok: true; readonly invite: Invite }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] }

/**
 * Checks a form as a whole. Blank fields count as left out, and white space around a text is dropped.
 * @param input what was typed or piped in
 * @param today `yyyy-MM-dd` here and now: nobody is born later
 * @param exams the clinic's list, or null where it is not available and ids were typed by hand; then the rules that
 * depend on an exam's kind are left to Qualiphy
 */
export function checkInvite(input: unknown, today: string, exams: readonly Exam[] | null): CheckedInvite {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ field: null, message: 'The invite must be one JSON object.' }] }
  }
  const tidied = tidy(input)
  const draft: { -readonly [Field in InviteField]?: unknown } = {}
  const problems: FieldProblem[] = []
  for (const field of inviteFieldNames) {
    const read = inviteSchema.shape[field].safeParse(tidied[field])
    const issue = read.error?.issues[0]
    if (issue !== undefined) problems.push({ field, message: issue.message })
    else draft[field] = read.data
  }
  if (Object.keys(tidied).some((name) => !inviteFieldNames.some((known) => known === name))) {
    const message = `The invite has a field that Qualiphy does not document; it knows ${inviteFieldNames.join(', ')}.`
    problems.push({ field: null, message })
  }
  const told = new Set(problems.map(({ field }) => field))
  for (const problem of [...betweenFields(draft, today), ...ofExams(draft, exams)]) {
    if (!told.has(problem.field)) problems.push(problem)
    told.add(problem.field)
  }
  const whole = inviteSchema.safeParse(tidied)
  return whole.success && problems.length === 0
    ? { ok: true, invite: whole.data }
    : { ok: false, problems: inOrder(problems) }
}

type Draft = Readonly<Partial<Record<InviteField, unknown>>>

function tidy(input: object): Record<string, unknown> {
  const trimmed = Object.entries(input).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? value.trim() : value,
  ])
  return Object.fromEntries(
    trimmed.filter(([, value]) => value !== '' && value !== null && value !== undefined),
  )
}

const home = ['address_line_1', 'city', 'state', 'zip_code'] as const
const shipping = ['shipping_address_line_1', 'shipping_city', 'shipping_state', 'shipping_zip_code'] as const

function betweenFields(draft: Draft, today: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (typeof draft.dob === 'string' && draft.dob > today)
    problems.push({ field: 'dob', message: 'The birth date lies in the future.' })
  problems.push(...unfinished(draft, home, 'address_line_2', 'address'))
  problems.push(...unfinished(draft, shipping, 'shipping_address_line_2', 'shipping address'))
  for (const field of ['webhook_url', 'additional_data', ...redirects] as const) {
    if (namesThePatient(draft[field], draft)) {
      const message =
        'This is passed on to others: leave e-mail address, phone number and birth date out of it.'
      problems.push({ field, message })
    }
  }
  return problems
}

const redirects = ['redirect_approve', 'redirect_reject', 'redirect_na', 'redirect_missed'] as const

/** An address is given whole or not at all; its second line is nobody's duty. */
function unfinished(
  draft: Draft,
  needed: readonly InviteField[],
  second: InviteField,
  what: string,
): FieldProblem[] {
  if (![...needed, second].some((field) => draft[field] !== undefined)) return []
  return needed
    .filter((field) => draft[field] === undefined)
    .map((field) => ({ field, message: `This part of the ${what} is missing: give all of it, or none.` }))
}

function namesThePatient(value: unknown, { email, phone_number: phone, dob }: Draft): boolean {
  if (typeof value !== 'string') return false
  const low = value.toLowerCase()
  const own = [email, typeof phone === 'string' ? phone.slice(-10) : undefined, dob]
  return own.some((text) => typeof text === 'string' && low.includes(text.toLowerCase()))
}

/** The rules that depend on what kind of exams were chosen (contract 5.1). */
function ofExams(draft: Draft, exams: readonly Exam[] | null): FieldProblem[] {
  const { pharmacy_id: pharmacy, exam_pos_id: treatment, patient_address_prefill: prefill } = draft
  const together = 'Pharmacy and treatment package belong together: give both, or none.'
  const problems: FieldProblem[] = []
  if (pharmacy === undefined && treatment !== undefined)
    problems.push({ field: 'pharmacy_id', message: together })
  if (pharmacy !== undefined && treatment === undefined)
    problems.push({ field: 'exam_pos_id', message: together })
  if (!Array.isArray(draft.exams)) return problems
  const chosen = draft.exams.map((id: unknown) => exams?.find((exam) => exam.id === id))
  if (exams !== null && chosen.includes(undefined)) {
    const message = 'An exam is not in the clinic’s list; choose from the list, or load it again.'
    problems.push({ field: 'exams', message })
  }
  // Without the list, or where it cannot be read, only Qualiphy knows.
  if (exams === null || chosen.some((exam) => exam === undefined || exam.rxType === null)) return problems
  const kinds = chosen.map((exam) => exam?.rxType ?? 0)
  const prescriptive = kinds.filter((kind) => kind > 0).length
  if (prescriptive > 1) {
    const message =
      'Only one prescriptive exam can be done at a time; send the others in an invite of their own.'
    problems.push({ field: 'exams', message })
  }
  return [
    ...problems,
    ...ofPharmacy(kinds, pharmacy, treatment),
    ...ofAddresses(draft, prescriptive, prefill),
  ]
}

function ofPharmacy(kinds: readonly number[], pharmacy: unknown, treatment: unknown): FieldProblem[] {
  const isWanted = kinds.includes(2)
  const wanted = 'An exam of RX type 2 needs the pharmacy and the treatment package.'
  const unwanted = 'Only an exam of RX type 2 takes a pharmacy and a treatment package; leave this empty.'
  const message = isWanted ? wanted : unwanted
  const found: FieldProblem[] = []
  if ((pharmacy !== undefined) !== isWanted) found.push({ field: 'pharmacy_id', message })
  if ((treatment !== undefined) !== isWanted) found.push({ field: 'exam_pos_id', message })
  return found
}

function ofAddresses(draft: Draft, prescriptive: number, prefill: unknown): FieldProblem[] {
  const field = 'patient_address_prefill'
  if (prescriptive === 0) {
    if (prefill === undefined) return []
    return [{ field, message: 'Only a prescriptive exam asks for addresses; leave this empty.' }]
  }
  if (prefill === undefined) {
    const message = 'A prescriptive exam needs the addresses: say whether the patient enters them.'
    return [{ field, message }]
  }
  if (prefill !== 1) return []
  const message = 'The patient is not asked for addresses, so home and shipping address are needed here.'
  return [...home, ...shipping]
    .filter((part) => draft[part] === undefined)
    .map((part) => ({ field: part, message }))
}

function inOrder(problems: readonly FieldProblem[]): readonly FieldProblem[] {
  const place = ({ field }: FieldProblem): number => (field === null ? -1 : inviteFieldNames.indexOf(field))
  return problems.toSorted((a, b) => place(a) - place(b))
}

type Prefilled = Partial<Pick<Invite, 'first_name' | 'last_name' | 'dob' | 'gender' | 'webhook_url'>>

/**
 * What the form starts with: name, birth date and sex of the study's patient, and the site's own webhook address.
 * What is not certain stays empty.
 */
export function prefillInvite(
  appointment: Pick<PendingAppointment, 'patientName' | 'firstName' | 'lastName' | 'dateOfBirth' | 'gender'>,
  settings: { readonly webhookUrl?: string | undefined },
): Prefilled {
  const { firstName, lastName, patientName, dateOfBirth, gender } = appointment
  const [family, given] = splitName(patientName ?? '')
  const first = (firstName ?? '').trim() === '' ? given : firstName?.trim()
  const last = (lastName ?? '').trim() === '' ? family : lastName?.trim()
  const sex = sexCode(gender ?? '')
  return {
    ...(first === undefined ? {} : { first_name: first }),
    ...(last === undefined ? {} : { last_name: last }),
    // A date in any other order than the vendor's is for a person to type.
    ...(isIsoDate(dateOfBirth) ? { dob: dateOfBirth } : {}),
    ...(sex === undefined ? {} : { gender: sex }),
    ...(settings.webhookUrl === undefined ? {} : { webhook_url: settings.webhookUrl }),
  }
}

function isIsoDate(text: string | null): text is string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? '')
}

/** Family and given name of `Family^Given`, `Family, Given` or two plain words; anything longer is not guessed at. */
function splitName(name: string): readonly (string | undefined)[] {
  const marked = /^([^,^]+)[,^]([^,^]+)/.exec(name)
  if (marked !== null) return [marked[1]?.trim(), marked[2]?.trim()]
  const words = name.trim().split(/\s+/)
  return words.length === 2 ? [words[1], words[0]] : []
}

function sexCode(gender: string): 1 | 2 | undefined {
  if (/^(m|male)$/i.test(gender.trim())) return 1
  return /^(f|female)$/i.test(gender.trim()) ? 2 : undefined
}

export type InviteBody = Readonly<
  Partial<Record<InviteField, string | number | readonly number[] | undefined>>
>

/**
 * The body of the request but for the key, in the vendor's order. Ids of pharmacy and package go as numbers where
 * they are all digits, as in the vendor's sample (contract 5.1).
 * @param additionalData what goes out as `additional_data`
 */
export function bodyOfInvite(invite: Invite, additionalData: string): InviteBody {
  const values: InviteBody = {
    ...invite,
    additional_data: additionalData,
    pharmacy_id: asNumber(invite.pharmacy_id),
    exam_pos_id: asNumber(invite.exam_pos_id),
  }
  return Object.fromEntries(
    inviteFieldNames.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  )
}

function asNumber(id: string | undefined): string | number | undefined {
  return id !== undefined && /^(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id
}

/** What will be sent, line by line, for a last look. The key is not in it; the token of `additional_data` is new each time. */
export function previewInvite(
  invite: Invite,
): readonly { readonly field: InviteField; readonly value: string }[] {
  const token = '(a random code of this invite)'
  const own = invite.additional_data
  const body = bodyOfInvite(invite, own === undefined ? token : `${token} ${own}`)
  return inviteFieldNames.flatMap((field) => {
    const value = body[field]
    if (value === undefined) return []
    return [{ field, value: typeof value === 'object' ? value.join(', ') : String(value) }]
  })
}
