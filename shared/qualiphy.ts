import { z } from 'zod'

/**
 * The exam invite of Qualiphy, field by field as documented (contract 5.1), for the form of the window, the command
 * line and the client alike. Names of fields are the vendor's own, so that what is written is what is sent.
 */

/** Every documented field but `api_key`, in the vendor's order. */
export const inviteFieldNames = [
  'exams',
  'first_name',
  'last_name',
  'email',
  'dob',
  'phone_number',
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
  'gender',
  'tele_state',
  'pharmacy_id',
  'exam_pos_id',
] as const
export type InviteField = (typeof inviteFieldNames)[number]

/** Most exams of one invite: far above any real one, so that a slip of a script is noticed. */
export const MAX_EXAMS = 20
/** Hours within which the same patient and exam are asked about before another invite goes out. */
export const ASK_AGAIN_HOURS = 24
/** Most resends of one exam's invite (contract 5.2). */
export const MAX_RESENDS = 3

const statesOfTheUs = new Set(
  (
    'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK ' +
    'OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI'
  ).split(' '),
)

/** One line of text. Control characters and half characters would not arrive as they were typed. */
function line(what: string, maxCharacters: number) {
  return z
    .string({
      error: ({ input }) => (input === undefined ? `${what} is missing.` : `${what} must be a text.`),
    })
    .max(maxCharacters, { error: `${what} may have at most ${maxCharacters} characters.` })
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
      error: `${what} must not have line breaks, control or broken characters.`,
    })
}

function shaped(what: string, maxCharacters: number, fits: (text: string) => boolean, error: string) {
  return line(what, maxCharacters).refine(fits, { error, abort: true })
}

function state(what: string) {
  const error = `${what} must be the two capital letters of a US state, such as NY.`
  return shaped(what, 200, (text) => statesOfTheUs.has(text), error)
}

function zip(what: string) {
  return shaped(
    what,
    200,
    (text) => /^\d{5}(-\d{4})?$/.test(text),
    `${what} must be five digits, or five, a hyphen and four, such as 10001.`,
  )
}

function isSecureAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return protocol === 'https:' && username === '' && password === ''
}

function address(what: string) {
  const error = `${what} must be an https:// address without a user name in it.`
  return shaped(what, 2_000, isSecureAddress, error)
}

/** A number of a short list, also as its digit: the form of the window has texts only. */
function choice(values: readonly number[], error: string) {
  return z
    .union([z.int(), z.string().regex(/^\d$/).transform(Number)], { error })
    .refine((value) => values.includes(value), { error })
}

/** An id of the vendor: typed as a text in the documentation, a number in its samples (contract 5.1). */
function id(what: string) {
  const error = `${what} must be an id of up to 64 letters, digits, hyphens or underscores.`
  return z.union([z.int().positive().transform(String), z.string().regex(/^[\w-]{1,64}$/)], { error })
}

const examId = z.union(
  [
    z.int().positive(),
    z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .transform(Number),
  ],
  { error: 'An exam id must be a whole number above 0.' },
)

/** What each field takes by itself; {@link inviteFieldNames} has them all. Rules between fields: qualiphy-form.ts. */
export const inviteSchema = z.strictObject({
  exams: z
    .array(examId, { error: 'Choose at least one exam.' })
    .min(1, { error: 'Choose at least one exam.' })
    .max(MAX_EXAMS, { error: `An invite takes at most ${MAX_EXAMS} exams.` })
    .refine((ids) => new Set(ids).size === ids.length, { error: 'An exam is chosen twice.' }),
  first_name: line('The first name', 100),
  last_name: line('The last name', 100),
  email: shaped(
    'The e-mail address',
    254,
    (text) => z.email().safeParse(text).success,
    'The e-mail address must be like name@example.com.',
  ),
  dob: shaped(
    'The birth date',
    200,
    (text) => z.iso.date().safeParse(text).success && text >= '1880',
    'The birth date must be a date such as 1990-06-30 (year, month, day).',
  ),
  phone_number: shaped(
    'The phone number',
    200,
    (text) => /^(\+1)?\d{10}$/.test(text),
    'The phone number must be +1 and ten digits, such as +15552223232, or ten digits alone.',
  ),
  webhook_url: address('The webhook address').optional(),
  additional_data: line('The additional data', 1_000).optional(),
  redirect_approve: address('The page after an approval').optional(),
  redirect_reject: address('The page after a rejection').optional(),
  redirect_na: address('The page after “not available”').optional(),
  redirect_missed: address('The page after a missed call').optional(),
  dmv_license_number: line('The driver’s licence number', 50).optional(),
  address_line_1: line('The first address line', 200).optional(),
  address_line_2: line('The second address line', 200).optional(),
  city: line('The city', 100).optional(),
  state: state('The state').optional(),
  zip_code: zip('The ZIP code').optional(),
  shipping_address_line_1: line('The first line of the shipping address', 200).optional(),
  shipping_address_line_2: line('The second line of the shipping address', 200).optional(),
  shipping_city: line('The city of the shipping address', 100).optional(),
  shipping_state: state('The state of the shipping address').optional(),
  shipping_zip_code: zip('The ZIP code of the shipping address').optional(),
  patient_address_prefill: choice(
    [1, 2],
    'Whether the patient enters the addresses must be 1 (not asked) or 2 (asked before the exam).',
  ).optional(),
  gender: choice([1, 2, 3], 'The sex must be 1 (male), 2 (female) or 3 (prefer not to say).').optional(),
  /** Optional in the list, required in the prose and on the vendor's newer page: required here (contract 5.1). */
  tele_state: state('The state in which the exam takes place'),
  pharmacy_id: id('The pharmacy').optional(),
  exam_pos_id: id('The treatment package').optional(),
})
export type Invite = z.infer<typeof inviteSchema>

/** One exam of the clinic's list (contract 5.2). */
export const examSchema = z.object({
  id: z.int().positive(),
  title: z.string(),
  /** 0: not prescriptive; 2: with pharmacy and treatment package; null: what the list says cannot be read. */
  rxType: z.int().nullable(),
})
export type Exam = z.infer<typeof examSchema>

/** How an exam ended. Only documented words have a meaning; everything else is `unknown`, never approved (contract 5.3). */
export const examOutcomes = ['approved', 'deferred', 'not-available', 'unknown'] as const
export type ExamOutcome = (typeof examOutcomes)[number]

export const inviteStates = ['sending', 'sent', 'not-sent', 'may-have-been-sent'] as const

/** An invite as a person sees it: how it stands, its link, its exams with what became of them. */
export const inviteView = z.object({
  id: z.string(),
  domain: z.string(),
  appointmentId: z.string(),
  /** When a person confirmed it. */
  at: z.iso.datetime(),
  state: z.enum(inviteStates),
  /** What happened and what to do; null while sending and when sent. */
  message: z.string().nullable(),
  /** Why it was not sent, as a code (docs/qualiphy.md); null in every other state. */
  code: z.string().nullable(),
  examIds: z.array(z.int()),
  /** The meeting link of a sent invite: whoever has it can enter. */
  link: z.string().nullable(),
  meetingUuid: z.string().nullable(),
  exams: z.array(
    z.object({
      patientExamId: z.string(),
      examId: z.string(),
      title: z.string(),
      /** Resends that went out or may have. */
      resends: z.int(),
      /** What became of the last resend; null before the first. */
      lastResend: z.enum(['sending', 'sent', 'not-sent', 'may-have-been-sent']).nullable(),
      /** false: {@link MAX_RESENDS} are used up, one is under way, or a result has come. */
      mayResend: z.boolean(),
      /** Oldest first; `said` is the vendor's own word. */
      results: z.array(z.object({ at: z.iso.datetime(), outcome: z.enum(examOutcomes), said: z.string() })),
    }),
  ),
})
export type InviteView = z.infer<typeof inviteView>
