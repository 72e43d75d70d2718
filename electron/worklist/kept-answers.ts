import type { Result } from '../http/outcome.ts'

/** Answers that hardly ever change, each asked for once and again when it is old. */
export type KeptAnswers<T> = {
  /**
   * The kept answer. One that was never asked for is waited for; one that is too old is renewed meanwhile. null: it
   * could not be read yet. Never rejects.
   */
  read(key: string, ask: () => Promise<Result<T>>): Promise<T | null>
  /** What is known now, without asking. */
  peek(key: string): T | null
}

export type KeptTimes = {
  /** Milliseconds after which an answer is read again. */
  readonly renewAfterMs: number
  /** Milliseconds after which something that could not be read is asked for again. */
  readonly failedAfterMs: number
}

type Entry<T> = { readonly value: T | null; readonly askAgainAtMs: number }

/** @param now milliseconds since 1970 */
export function createKeptAnswers<T>(times: KeptTimes, now: () => number): KeptAnswers<T> {
  const entries = new Map<string, Entry<T>>()
  const underWay = new Map<string, Promise<void>>()

  async function renew(key: string, ask: () => Promise<Result<T>>): Promise<void> {
    const result = await ask().catch(() => null)
    const isKnown = result !== null && result.ok
    entries.set(key, {
      // A former answer is better than none while the server is in trouble.
      value: isKnown ? result.value : (entries.get(key)?.value ?? null),
      askAgainAtMs: now() + (isKnown ? times.renewAfterMs : times.failedAfterMs),
    })
    underWay.delete(key)
  }

  return {
    async read(key, ask) {
      const entry = entries.get(key)
      if (entry === undefined || now() >= entry.askAgainAtMs) {
        const asking = underWay.get(key) ?? renew(key, ask)
        underWay.set(key, asking)
        if (entry === undefined) await asking
      }
      return entries.get(key)?.value ?? null
    },
    peek: (key) => entries.get(key)?.value ?? null,
  }
}
