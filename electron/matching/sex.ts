import type { Comparison } from '../../shared/matching.ts'
import { foldIdentifier } from './folding.ts'

const meanings: ReadonlyMap<string, 'F' | 'M'> = new Map([
  ['f', 'F'],
  ['female', 'F'],
  ['woman', 'F'],
  ['m', 'M'],
  ['male', 'M'],
  ['man', 'M'],
])

/**
 * Compares a document's sex with an appointment's free-text gender. Only female against male contradicts; other and
 * unknown values are not compared. Agreement is shown as evidence but never counts (interfaces.md 4).
 */
export function compareSex(sex: 'F' | 'M' | 'O', gender: string | null): Comparison {
  const expected = meanings.get(foldIdentifier(gender ?? ''))
  if (sex === 'O' || expected === undefined) return 'not-compared'
  return sex === expected ? 'agrees' : 'contradicts'
}
