import type { CallArgs } from '../../shared/ipc.ts'
import { answerProblems, type AnswerProblem, type TypedAnswer } from '../needs-you/discrepancy-check.ts'

export const criticalAnswers = ['told', 'open', 'withdrawn'] as const

/** An entry about a critical result, as it is being filled in. */
export type TypedCritical = Omit<TypedAnswer, 'answer'> & {
  readonly answer: (typeof criticalAnswers)[number] | null
  readonly readBack: 'yes' | 'no' | null
}

export const noTypedCritical: TypedCritical = { answer: null, whom: '', at: '', how: null, readBack: null }

export function criticalAnswerOf(text: string): TypedCritical['answer'] {
  return criticalAnswers.find((answer) => answer === text) ?? null
}

export type CriticalProblem = AnswerProblem | 'read-back'

/** What is missing or wrong; the telling is asked for only where there was one. */
export function criticalProblems(typed: TypedCritical, nowMs: number): readonly CriticalProblem[] {
  if (typed.answer === null) return ['answer']
  if (typed.answer !== 'told') return []
  const problems = answerProblems({ ...typed, answer: 'told' }, nowMs)
  return typed.readBack === null ? [...problems, 'read-back'] : problems
}

type Told = CallArgs<'deliveries.markCritical'>['told']

/** Only for an entry without problems; null: nobody was told. */
export function criticalToldOf({ answer, whom, at, how, readBack }: TypedCritical): Told {
  if (answer !== 'told' || how === null || readBack === null) return null
  return { whom: whom.trim(), at: new Date(at).toISOString(), how, readBack: readBack === 'yes' }
}
