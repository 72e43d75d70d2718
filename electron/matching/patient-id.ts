import type { Comparison } from '../../shared/matching.ts'
import { foldIdentifier } from './folding.ts'

/** `qubs`: documents print the QUBS patient id. `local`: they print the site's own number (interfaces.md 2). */
export type PatientIdMeaning = 'qubs' | 'local'

/** Equal ids agree, others contradict; a missing id, or the site's own number, is not compared (interfaces.md 2, 4). */
export function comparePatientId(
  printed: string,
  patientId: string | null,
  meaning: PatientIdMeaning,
): Comparison {
  if (meaning === 'local') return 'not-compared'
  const document = foldIdentifier(printed)
  const expected = foldIdentifier(patientId ?? '')
  if (document === '' || expected === '') return 'not-compared'
  return document === expected ? 'agrees' : 'contradicts'
}
