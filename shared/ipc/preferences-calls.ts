import { preferencesSchema } from '../preferences.ts'
import { nothing, type CallTable } from './vocabulary.ts'

/** How the person at this computer likes the window. */
export const preferencesCalls = {
  'preferences.get': { args: nothing, result: preferencesSchema },
  /** Changes the parts that are named; each part is replaced whole. */
  'preferences.save': { args: preferencesSchema.partial(), result: preferencesSchema },
} as const satisfies CallTable
