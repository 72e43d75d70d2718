/** Randomness that depends on a seed alone, so that a run can be repeated exactly. */

/** Numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  // A xorshift never leaves zero, so a zero is never its state.
  let state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4_294_967_296
  }
}

/** UUIDs of version 4 in form, from the given numbers. */
export function seededIds(random: () => number): () => string {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
  return () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
}

/** Bytes from the given numbers, for what a real server would draw at random. */
export function seededBytes(random: () => number): (size: number) => Buffer {
  return (size) => Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256)))
}
