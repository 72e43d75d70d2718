import type { DiscrepancyChannel } from '../../shared/delivery.ts'
import type { CallArgs } from '../../shared/ipc.ts'

/** The answer about a final that differs from its preliminary, as it is being filled in. */
export type TypedAnswer = {
  readonly answer: 'none' | 'told' | null
  readonly whom: string
  /** Local day and time, `yyyy-MM-ddThh:mm`. */
  readonly at: string
  readonly how: DiscrepancyChannel | null
}

export const noTypedAnswer: TypedAnswer = { answer: null, whom: '', at: '', how: null }

export type AnswerProblem = 'answer' | 'whom' | 'at' | 'future' | 'how'

/** What is missing or wrong; the telling is asked for only where the difference matters. */
export function answerProblems(
  { answer, whom, at, how }: TypedAnswer,
  nowMs: number,
): readonly AnswerProblem[] {
  if (answer === null) return ['answer']
  if (answer === 'none') return []
  const atMs = Date.parse(at)
  return [
    ...(whom.trim() === '' ? (['whom'] as const) : []),
    ...(Number.isNaN(atMs) ? (['at'] as const) : atMs > nowMs ? (['future'] as const) : []),
    ...(how === null ? (['how'] as const) : []),
  ]
}

/** What is kept; null: the difference does not matter. Only for an answer without problems. */
export function toldOf({
  answer,
  whom,
  at,
  how,
}: TypedAnswer): CallArgs<'deliveries.answerDiscrepancy'>['told'] {
  if (answer !== 'told' || how === null) return null
  return { whom: whom.trim(), at: new Date(at).toISOString(), how }
}
