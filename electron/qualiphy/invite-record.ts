import { MAX_RESENDS, type ExamOutcome, type InviteView } from '../../shared/qualiphy.ts'
import type { InvitedExam } from './answers.ts'

/**
 * The states of an invite and everything that can happen to it. Pure: {@link invitePasses} is the only place where a
 * state changes. An invite is written down before its request leaves, and no state leads back to `sending`: one
 * confirmation, one request (docs/adr/0019).
 */

/** What became of one request for a resend. It counts unless it surely did not go out. */
export type Resend = {
  readonly atMs: number
  readonly state: 'sending' | 'sent' | 'not-sent' | 'may-have-been-sent'
}

export type ExamResult = {
  readonly atMs: number
  readonly outcome: ExamOutcome
  /** The vendor's own word for the outcome. */
  readonly said: string
}

export type ExamRecord = InvitedExam & {
  readonly resends: readonly Resend[]
  readonly results: readonly ExamResult[]
}

export type InviteState =
  | { readonly state: 'sending' }
  | {
      readonly state: 'sent'
      readonly link: string
      readonly meetingUuid: string
      readonly exams: readonly ExamRecord[]
    }
  | { readonly state: 'not-sent'; readonly code: string; readonly message: string }
  | { readonly state: 'may-have-been-sent'; readonly message: string }
  /** Long over: the link and all that came of it are gone. The row stays, so that no old confirmation sends again. */
  | { readonly state: 'forgotten' }

/** What is kept of an invite; sealed on disk. Nothing typed into the form is in it. */
export type InviteRecord = {
  readonly id: string
  readonly domain: string
  readonly appointmentId: string
  /** Keyed hash of the patient's name and birth date. */
  readonly patientDigest: string
  readonly examIds: readonly number[]
  /** Keyed hash of the token in `additional_data`, by which a result proves that it is about this invite. */
  readonly tokenHash: string
  readonly confirmedAtMs: number
  readonly changedAtMs: number
  readonly state: InviteState
}

export type InviteHappening =
  | {
      readonly type: 'accepted'
      readonly link: string
      readonly meetingUuid: string
      readonly exams: readonly InvitedExam[]
    }
  | { readonly type: 'not-sent'; readonly code: string; readonly message: string }
  /** No word whether it was taken: no answer, a 500, a crash, an answer that proves nothing. */
  | { readonly type: 'lost'; readonly message: string }
  | { readonly type: 'resending'; readonly patientExamId: string }
  | {
      readonly type: 'resent'
      readonly patientExamId: string
      readonly as: Exclude<Resend['state'], 'sending'>
    }
  | { readonly type: 'result'; readonly patientExamId: string; readonly result: Omit<ExamResult, 'atMs'> }
  | { readonly type: 'forgotten' }

/** A happening that the present state does not allow: a bug of ours, never a consequence of input. */
export class ImpossibleForInvite extends Error {}

/** @throws ImpossibleForInvite */
export function invitePasses(record: InviteRecord, happening: InviteHappening, atMs: number): InviteRecord {
  const to = (state: InviteState): InviteRecord => ({ ...record, changedAtMs: atMs, state })
  const { state } = record
  switch (happening.type) {
    case 'accepted': {
      mustBe(state.state === 'sending', happening, record)
      const { link, meetingUuid } = happening
      const exams = happening.exams.map((exam) => ({ ...exam, resends: [], results: [] }))
      return to({ state: 'sent', link, meetingUuid, exams })
    }
    case 'not-sent':
      mustBe(state.state === 'sending', happening, record)
      return to({ state: 'not-sent', code: happening.code, message: happening.message })
    case 'lost':
      mustBe(state.state === 'sending', happening, record)
      return to({ state: 'may-have-been-sent', message: happening.message })
    case 'resending':
      return ofExam(record, happening, atMs, (exam) => {
        mustBe(mayResend(exam), happening, record)
        return { ...exam, resends: [...exam.resends, { atMs, state: 'sending' }] }
      })
    case 'resent':
      return ofExam(record, happening, atMs, (exam) => {
        const last = exam.resends.at(-1)
        mustBe(last?.state === 'sending', happening, record)
        const ended: Resend = { atMs: last?.atMs ?? atMs, state: happening.as }
        return { ...exam, resends: [...exam.resends.slice(0, -1), ended] }
      })
    case 'result':
      return ofExam(record, happening, atMs, (exam) => ({
        ...exam,
        results: [...exam.results, { atMs, ...happening.result }],
      }))
    case 'forgotten':
      mustBe(state.state !== 'sending', happening, record)
      return to({ state: 'forgotten' })
  }
}

function mustBe(allowed: boolean, { type }: InviteHappening, { state }: InviteRecord): void {
  if (!allowed) throw new ImpossibleForInvite(`${type} cannot follow ${state.state}`)
}

function ofExam(
  record: InviteRecord,
  happening: InviteHappening & { readonly patientExamId: string },
  atMs: number,
  change: (exam: ExamRecord) => ExamRecord,
): InviteRecord {
  const { state } = record
  if (state.state !== 'sent' || examOf(record, happening.patientExamId) === null) {
    throw new ImpossibleForInvite(`${happening.type} needs an exam of an invite that was sent`)
  }
  const exams = state.exams.map((exam) =>
    exam.patientExamId === happening.patientExamId ? change(exam) : exam,
  )
  return { ...record, changedAtMs: atMs, state: { ...state, exams } }
}

/** An exam of a sent invite, by its patient exam id. */
export function examOf({ state }: InviteRecord, patientExamId: string): ExamRecord | null {
  if (state.state !== 'sent') return null
  return state.exams.find((exam) => exam.patientExamId === patientExamId) ?? null
}

/** Resends that went out or may have (contract 5.2 allows {@link MAX_RESENDS}). */
export function resendsOf({ resends }: ExamRecord): number {
  return resends.filter(({ state }) => state !== 'not-sent').length
}

/** Pending exams only, one at a time, and no more than the vendor allows (contract 5.2). */
export function mayResend(exam: ExamRecord): boolean {
  const isUnderWay = exam.resends.at(-1)?.state === 'sending'
  return !isUnderWay && exam.results.length === 0 && resendsOf(exam) < MAX_RESENDS
}

/** What to do about an invite of which nobody knows whether it went out. */
export const whatToDo =
  'The invite may have been sent: ask the patient whether it arrived, or look in the Qualiphy portal, before you send another.'

/** What the end of a program means for what was under way: nobody will ever hear the answer. */
export function interrupted(record: InviteRecord, atMs: number): InviteRecord {
  if (record.state.state === 'sending') {
    const message = `Radpost ended before Qualiphy answered. ${whatToDo}`
    return invitePasses(record, { type: 'lost', message }, atMs)
  }
  const under = record.state.state === 'sent' ? record.state.exams : []
  return under
    .filter((exam) => exam.resends.at(-1)?.state === 'sending')
    .reduce(
      (present, { patientExamId }) =>
        invitePasses(present, { type: 'resent', patientExamId, as: 'may-have-been-sent' }, atMs),
      record,
    )
}

/** An invite as a person sees it; null for one that was forgotten. */
export function inviteViewOf(record: InviteRecord): InviteView | null {
  const { id, domain, appointmentId, examIds, state } = record
  if (state.state === 'forgotten') return null
  const isSent = state.state === 'sent'
  return {
    id,
    domain,
    appointmentId,
    at: new Date(record.confirmedAtMs).toISOString(),
    state: state.state,
    message: 'message' in state ? state.message : null,
    code: state.state === 'not-sent' ? state.code : null,
    examIds: [...examIds],
    link: isSent ? state.link : null,
    meetingUuid: isSent ? state.meetingUuid : null,
    exams: isSent ? state.exams.map(examViewOf) : [],
  }
}

function examViewOf(exam: ExamRecord): InviteView['exams'][number] {
  const { patientExamId, examId, title, resends, results } = exam
  return {
    patientExamId,
    examId,
    title,
    resends: resendsOf(exam),
    lastResend: resends.at(-1)?.state ?? null,
    mayResend: mayResend(exam),
    results: results.map(({ atMs, outcome, said }) => ({ at: new Date(atMs).toISOString(), outcome, said })),
  }
}
