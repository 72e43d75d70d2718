import { z } from 'zod'
import { isAllowedUrl } from '../../shared/settings.ts'
import type { Exam } from '../../shared/qualiphy.ts'
import { cleanDetail } from '../http/problem.ts'

/** The answers of Qualiphy, read leniently where nothing hangs on it and strictly where a success is claimed. Pure. */

/** An id of the vendor; kept as text, because invites have numbers and webhooks texts (contract 5.3). */
export const vendorId = z.union([z.int().transform(String), z.string().trim().min(1).max(200)])

const title = z.string().max(500).catch('')

const invited = z.object({
  http_code: z.literal(200),
  meeting_url: z.string().max(2_000).refine(isAllowedUrl),
  meeting_uuid: z.string().trim().min(1).max(200),
  patient_exams: z
    .array(z.object({ patient_exam_id: vendorId, exam_title: title, exam_id: vendorId }))
    .min(1),
})

export type InvitedExam = {
  readonly patientExamId: string
  readonly examId: string
  readonly title: string
}
/** The proof that an invite went out. */
export type Invited = {
  readonly link: string
  readonly meetingUuid: string
  readonly exams: readonly InvitedExam[]
}

/** null: this is no success. It takes `http_code` 200 and link, uuid and exams together (contract 5.1). */
export function readInvited(json: unknown): Invited | null {
  const read = invited.safeParse(json)
  if (!read.success) return null
  const { meeting_url: link, meeting_uuid: meetingUuid, patient_exams: exams } = read.data
  return {
    link,
    meetingUuid,
    exams: exams.map((exam) => ({
      patientExamId: exam.patient_exam_id,
      examId: exam.exam_id,
      title: exam.exam_title,
    })),
  }
}

/** True for the answer of a resend that went out. */
export function isResent(json: unknown): boolean {
  return z.object({ http_code: z.literal(200) }).safeParse(json).success
}

const wholeNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
])
const listedExam = z.object({
  id: wholeNumber.refine((id) => id > 0),
  title,
  // Only prescriptive exams carry a type.
  rx_type: wholeNumber
    .nullish()
    .transform((type) => type ?? 0)
    .nullable()
    .catch(null),
})

export type ExamList = {
  readonly exams: readonly Exam[]
  /** Rows that could not be read: they cannot be chosen, and whoever looks must know. */
  readonly unreadable: number
}

/** The clinic's exams, each row on its own; a bare list is taken too (contract 5.2). null: this is no list. */
export function readExamList(json: unknown): ExamList | null {
  const rows = z.union([z.array(z.unknown()), z.object({ exams: z.array(z.unknown()) })]).safeParse(json)
  if (!rows.success) return null
  const list = Array.isArray(rows.data) ? rows.data : rows.data.exams
  const exams = list.flatMap((row) => {
    const read = listedExam.safeParse(row)
    return read.success ? [{ id: read.data.id, title: read.data.title, rxType: read.data.rx_type }] : []
  })
  return { exams, unreadable: list.length - exams.length }
}

/** The refusals that Qualiphy documents (contract 5.1), and `refused` for a 401 in other words. */
export const refusals = [
  'invalid-request',
  'unauthorized',
  'provider-missing',
  'contract',
  'prescriptive-contract',
  'refused',
  'server-error',
] as const
export type Refusal = (typeof refusals)[number]

const worded: readonly (readonly [words: string, refusal: Refusal])[] = [
  ['unauthorized access', 'unauthorized'],
  ['need to add patient care provider via qualiphy portal', 'provider-missing'],
  ['need to sign contract', 'contract'],
  ['need to sign prescriptive services contract via qualiphy portal', 'prescriptive-contract'],
]

/** Status and words of a refusal, which decide together: one status has several meanings (contract 5.1). */
export function refusalOf(status: number, json: unknown): Refusal | null {
  if (status >= 500) return 'server-error'
  if (status === 400) return 'invalid-request'
  if (status !== 401) return null
  // The vendor breaks one of its sentences over two lines, so white space does not count.
  const said = messageOf(json)
    .replace(/\s+/g, ' ')
    .replace(/[.!\s]+$/, '')
    .trim()
    .toLowerCase()
  return worded.find(([words]) => words === said)?.[1] ?? 'refused'
}

/** The sentence of each refusal: what it means, and who must do what. */
export const refusalSentences: Readonly<Record<Refusal, string>> = {
  'invalid-request':
    'Qualiphy did not accept the request and does not say why (400). Nothing was sent: check the exams and every field, then send it again.',
  unauthorized:
    'Qualiphy refused the API key (401). Nothing was sent: an administrator must enter the key of the clinic from the Qualiphy portal anew.',
  'provider-missing':
    'Qualiphy has no patient care provider for the clinic (401). Nothing was sent: the clinic’s administrator must add one in the Qualiphy portal; the key is fine.',
  contract:
    'The clinic has not signed all its contracts with Qualiphy (401). Nothing was sent: whoever signs for the clinic must sign the one that came by DocuSign, and the one for prescriptions; the key is fine.',
  'prescriptive-contract':
    'The clinic has not signed the Prescriptive Services Contract (401). Nothing was sent: whoever signs for the clinic must sign it in the Qualiphy portal; the key is fine.',
  refused:
    'Qualiphy refused the request (401) for a reason that Radpost does not know. Nothing was sent: an administrator must look in the Qualiphy portal or ask Qualiphy.',
  'server-error': 'Qualiphy had a problem of its own before it said whether it took the request.',
}

function messageOf(json: unknown): string {
  const read = z.object({ error_message: z.string() }).safeParse(json)
  return read.success ? read.data.error_message.slice(0, 500) : ''
}

/** `http_code` of the body, where there is one. */
export function httpCodeOf(json: unknown): number | null {
  const read = z.object({ http_code: z.int() }).safeParse(json)
  return read.success ? read.data.http_code : null
}

/** A word of the vendor for a person, on one line. */
export function vendorWord(value: string): string {
  return cleanDetail(value).slice(0, 80)
}
