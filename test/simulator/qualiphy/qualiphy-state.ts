import type { InviteFields, QualiphyExam } from './invite-fields.ts'

/** One exam of an invite. */
export type QualiphyPatientExam = {
  readonly patientExamId: number
  readonly exam: QualiphyExam
  resends: number
  /** `exam_status` of its result; null while it is pending. */
  status: string | null
}

/** An invite that went out: the patient has been texted and mailed. */
export type QualiphyInvite = {
  readonly meetingUuid: string
  readonly meetingUrl: string
  readonly sentAtMs: number
  /** As received, without the key. */
  readonly fields: InviteFields
  readonly patientExams: readonly QualiphyPatientExam[]
}

export type QualiphyState = {
  readonly exams: QualiphyExam[]
  readonly invites: QualiphyInvite[]
  /** Why requests were answered "Invalid Request.", in order: the vendor does not tell. */
  readonly refusals: string[]
  /** Times of the calls of the last minute, in milliseconds. */
  calls: number[]
  nextPatientExamId: number
}

/** The clinic's exams: one plain, one of each prescriptive type, and a second one of type 1. */
export const sampleExams: readonly QualiphyExam[] = [
  { id: 800, title: 'GFE Test', rxType: null },
  { id: 801, title: 'Imaging follow-up', rxType: null },
  { id: 900, title: 'Contrast premedication', rxType: 1 },
  { id: 901, title: 'Travel medication', rxType: 1 },
  { id: 902, title: 'Weight management', rxType: 2 },
]

const firstPatientExamId = 4844

export function createQualiphyState(): QualiphyState {
  return {
    exams: [...sampleExams],
    invites: [],
    refusals: [],
    calls: [],
    nextPatientExamId: firstPatientExamId,
  }
}

/** @returns undefined when no invite has such an exam. */
export function patientExamOf(
  state: QualiphyState,
  patientExamId: number,
): { invite: QualiphyInvite; patientExam: QualiphyPatientExam } | undefined {
  for (const invite of state.invites) {
    const patientExam = invite.patientExams.find((candidate) => candidate.patientExamId === patientExamId)
    if (patientExam !== undefined) return { invite, patientExam }
  }
  return undefined
}
