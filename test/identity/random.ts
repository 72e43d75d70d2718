/** A repeatable source of chance: the same seed gives the same documents on every machine. */
export type Random = {
  /** A whole number from 0 to `below` - 1. */
  readonly below: (below: number) => number
  readonly chance: (percent: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
}

/** Marsaglia's 32-bit xorshift; good enough to choose from lists, useless for secrets. */
export function seededRandom(seed: number): Random {
  // Neighbouring seeds must not begin alike, and zero would stay zero for ever.
  let state = (Math.imul(seed, 0x9e37_79b1) ^ 0x5bd1_e995) >>> 0 || 1
  const below = (limit: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (from) => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('There is nothing to pick from.')
      return picked
    },
  }
}
