import { z } from 'zod'
import { isCalendarDate } from '../core/dates.ts'
import { bodyObject } from '../core/json-request.ts'
import type { Switches } from '../switches.ts'

/** The fields of an exam invite and the rules that tie them to each other (contract 5.1). */

/** An exam of the clinic. `rxType` 1 and 2 are prescriptive; null is not. */
export type QualiphyExam = {
  readonly id: number
  readonly title: string
  readonly rxType: 1 | 2 | null
}

const text = z.string()
const requiredText = text.refine((value) => value.trim() !== '', { error: 'Must not be blank.' })
const address = z.url({ protocol: /^https?$/ })
const state = text.regex(/^[A-Z]{2}$/, { error: 'Must be two capital letters.' })
const optional = <T extends z.ZodType>(schema: T) => schema.exactOptional()

function fields(switches: Switches) {
  const pharmacy = {
    number: z.int(),
    text: requiredText,
    both: z.union([z.int(), requiredText]),
  }[switches.qualiphyPharmacyIds]
  return {
    api_key: text,
    exams: z.array(z.int()).min(1, { error: 'At least one exam is required.' }),
    first_name: requiredText,
    last_name: requiredText,
    email: z.email(),
    dob: text.refine(isCalendarDate, { error: 'Must be a date as YYYY-MM-DD.' }),
    phone_number: text.regex(/^(\+1)?\d{10}$/, { error: 'Must be +1 and ten digits, or ten digits.' }),
    webhook_url: optional(address),
    additional_data: optional(text),
    redirect_approve: optional(address),
    redirect_reject: optional(address),
    redirect_na: optional(address),
    redirect_missed: optional(address),
    dmv_license_number: optional(text),
    address_line_1: optional(text),
    address_line_2: optional(text),
    city: optional(text),
    state: optional(state),
    zip_code: optional(text),
    shipping_address_line_1: optional(text),
    shipping_address_line_2: optional(text),
    shipping_city: optional(text),
    shipping_state: optional(state),
    shipping_zip_code: optional(text),
    patient_address_prefill: optional(z.literal([1, 2])),
    gender: optional(z.literal([1, 2, 3])),
    tele_state: switches.qualiphyTeleStateRequired ? state : optional(state),
    pharmacy_id: optional(pharmacy),
    exam_pos_id: optional(pharmacy),
  }
}

/** What was accepted, without the key. */
export type InviteFields = Omit<z.infer<z.ZodObject<ReturnType<typeof fields>>>, 'api_key'>

/** The invite with its exams, or the reason why it is none: the vendor does not tell it, but a test may ask. */
export type ReadInvite =
  | { readonly kind: 'invite'; readonly fields: InviteFields; readonly exams: readonly QualiphyExam[] }
  | { readonly kind: 'refused'; readonly reason: string }

export function readInvite(body: unknown, known: readonly QualiphyExam[], switches: Switches): ReadInvite {
  const parsed = bodyObject(fields(switches), switches.refuseUnknownFields).safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { kind: 'refused', reason: `${issue?.path.join('.')}: ${issue?.message}` }
  }
  const { api_key: _key, ...invite } = parsed.data
  const exams = invite.exams.flatMap((id) => known.find((exam) => exam.id === id) ?? [])
  const reason =
    exams.length < invite.exams.length ? 'exams: An exam is not known.' : brokenRule(invite, exams)
  return reason === null ? { kind: 'invite', fields: invite, exams } : { kind: 'refused', reason }
}

function brokenRule(invite: InviteFields, exams: readonly QualiphyExam[]): string | null {
  const prescriptive = exams.filter(({ rxType }) => rxType !== null)
  if (prescriptive.length > 1) return 'exams: Only one prescriptive exam at a time.'
  if (prescriptive.length > 0 && invite.patient_address_prefill === undefined) {
    return 'patient_address_prefill: Required with a prescriptive exam.'
  }
  const needsPharmacy = prescriptive.some(({ rxType }) => rxType === 2)
  for (const field of ['pharmacy_id', 'exam_pos_id'] as const) {
    if (needsPharmacy && invite[field] === undefined) return `${field}: Required with an exam of RX type 2.`
    if (!needsPharmacy && invite[field] !== undefined) return `${field}: Only with an exam of RX type 2.`
  }
  return null
}
