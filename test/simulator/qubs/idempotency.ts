import { createHash } from 'node:crypto'
import type { Answer } from '../core/answer.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import type { Switches } from '../switches.ts'
import { invalid, ProblemError } from './problem.ts'

/** The endpoints that take an Idempotency-Key, with how long they keep it (contract 1.6). */
export const retentionMs = {
  'comment-create': 86_400_000,
  report: 86_400_000,
  'upload-urls': 900_000,
} as const
export type IdempotentEndpoint = keyof typeof retentionMs

type Kept = {
  readonly fingerprint: string
  readonly answer: Answer | null
  /** What the first request comes to, while it runs. */
  readonly running: Promise<Answer> | null
  readonly sinceMs: number
}

export type Idempotency = {
  /**
   * Answers as the first time where the key is known with the same bytes, else does the work and keeps its answer.
   * @throws ProblemError 400 for a key outside `^[\x21-\x7E]{1,128}$`, 409 for another payload or target under the
   * same key, and for a second request while the first is being worked on.
   */
  once(endpoint: IdempotentEndpoint, request: ReceivedRequest, work: () => Promise<Answer>): Promise<Answer>
  clear(): void
}

/**
 * @param problemOf turns a refusal into its answer: needed where refusals are kept too (switch `replayErrors`).
 */
export function createIdempotency(
  switches: Switches,
  now: () => number,
  problemOf: (problem: ProblemError) => Answer,
): Idempotency {
  const kept = new Map<string, Kept>()
  return {
    async once(endpoint, request, work) {
      const key = request.headers['idempotency-key']
      if (key === undefined) return work()
      if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
        throw invalid('Idempotency-Key', 'Must be 1 to 128 visible ASCII characters without spaces.')
      }
      const place = `${endpoint} ${key}`
      const fingerprint = createHash('sha256').update(`${request.path}\n`).update(request.body).digest('hex')
      const known = kept.get(place)
      if (known !== undefined && now() - known.sinceMs < retentionMs[endpoint]) {
        if (known.fingerprint !== fingerprint) {
          throw new ProblemError(409, 'The Idempotency-Key was already used with a different payload.')
        }
        if (known.answer === null && known.running !== null && !switches.conflictWhileRunning) {
          return known.running
        }
        if (known.answer === null) {
          throw new ProblemError(409, 'The first request with this Idempotency-Key is still being processed.')
        }
        return known.answer
      }
      const running = work()
      kept.set(place, { fingerprint, answer: null, running, sinceMs: now() })
      try {
        const answer = await running
        kept.set(place, { fingerprint, answer, running: null, sinceMs: now() })
        return answer
      } catch (error) {
        if (!switches.replayErrors || !(error instanceof ProblemError)) {
          kept.delete(place)
          throw error
        }
        const answer = problemOf(error)
        kept.set(place, { fingerprint, answer, running: null, sinceMs: now() })
        return answer
      }
    },
    clear: () => kept.clear(),
  }
}
