import type { HeldReason, ReportStatus } from '../../shared/delivery.ts'
import type { IdentityVerdict } from '../../shared/matching.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'

/** What a held report asks of a person (interfaces.md 6, table of reasons). */
export type CaseKind =
  'choose' | 'mismatch' | 'text' | 'status' | 'release' | 'settle' | 'retry' | 'dropAgain'

export function caseKind(reason: HeldReason): CaseKind {
  switch (reason) {
    case 'no-match':
    case 'study-unnamed':
    case 'ambiguous-match':
    case 'identity-unverified':
      return 'choose'
    case 'identity-mismatch':
      return 'mismatch'
    case 'no-text':
      return 'text'
    case 'status-unclear':
      return 'status'
    case 'superseded':
    case 'already-final':
    case 'correction':
      return 'release'
    case 'outcome-unknown':
      return 'settle'
    case 'gone':
    case 'rejected':
      return 'retry'
    case 'not-a-report':
    case 'encrypted':
    case 'damaged':
    case 'too-large':
    case 'active-content':
    case 'unsupported':
    case 'sidecar-invalid':
    case 'sidecar-orphan':
    case 'other-subject':
      return 'dropAgain'
  }
}

/** Kinds that end in `held.resolve`; the others are mended by another try, or by discarding. */
export type ResolvableKind = Exclude<CaseKind, 'retry' | 'dropAgain'>

/** What the person has filled in so far. */
export type Answer = {
  readonly study: AppointmentKey | null
  /** What the evidence of the chosen study comes to; null while none is chosen. */
  readonly identity: IdentityVerdict | null
  readonly birthDate: string
  readonly text: string
  readonly status: ReportStatus | null
  readonly settled: 'delivered' | 'not-delivered' | null
}

export const noAnswer: Answer = {
  study: null,
  identity: null,
  birthDate: '',
  text: '',
  status: null,
  settled: null,
}

export type Question = 'study' | 'birthDate' | 'text' | 'status' | 'settled'

/**
 * The questions of a case, in the order of the form. A study is asked of a typed scan only where none is known yet; a
 * birth date wherever the chosen study contradicts the document, whatever the report was held for.
 */
export function questions(
  kind: ResolvableKind,
  answer: Pick<Answer, 'study' | 'identity'>,
  isStudyKnown: boolean,
): readonly Question[] {
  const contradicted: readonly Question[] = answer.identity === 'mismatch' ? ['birthDate'] : []
  switch (kind) {
    case 'choose':
      return ['study', ...contradicted]
    case 'mismatch':
      return ['study', 'birthDate']
    case 'text':
      return isStudyKnown ? ['text'] : ['text', 'study', ...contradicted]
    case 'status':
      return ['status']
    case 'release':
      return []
    case 'settle':
      return ['settled']
  }
}

/** Whether the text is a real day written `yyyy-MM-dd`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** The questions that are not answered yet. */
export function unanswered(asked: readonly Question[], answer: Answer): readonly Question[] {
  return asked.filter((question) => {
    switch (question) {
      case 'study':
        return answer.study === null
      case 'birthDate':
        return !isDay(answer.birthDate.trim())
      case 'text':
        return answer.text.trim() === ''
      case 'status':
        return answer.status === null
      case 'settled':
        return answer.settled === null
    }
  })
}

/** The arguments of `held.resolve` beside id and person: only what was asked, everything else null. */
export function resolution(kind: ResolvableKind, asked: readonly Question[], answer: Answer) {
  const given = <Value>(question: Question, value: Value): Value | null =>
    asked.includes(question) ? value : null
  return {
    appointment: given('study', answer.study),
    birthDate: given('birthDate', answer.birthDate.trim()),
    text: given('text', answer.text),
    status: given('status', answer.status),
    settled: given('settled', answer.settled),
    release: kind === 'release',
  }
}
