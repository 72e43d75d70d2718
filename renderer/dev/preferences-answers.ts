import type { CallArgs, CallResult } from '../../shared/ipc.ts'
import { defaultPreferences } from '../../shared/preferences.ts'

const KEPT_AS = 'fake-preferences'

type Answers = {
  readonly [Name in 'preferences.get' | 'preferences.save']: (args: CallArgs<Name>) => CallResult<Name>
}

/** Kept in the page's own session storage, so that loading the page anew is a new start of the window. */
export function preferencesAnswers(): Answers {
  return {
    'preferences.get': kept,
    'preferences.save': (part) => {
      const changed = Object.assign({}, kept(), part)
      sessionStorage.setItem(KEPT_AS, JSON.stringify(changed))
      return changed
    },
  }
}

function kept(): CallResult<'preferences.get'> {
  const text = sessionStorage.getItem(KEPT_AS)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this file writes it
  return text === null ? defaultPreferences : (JSON.parse(text) as CallResult<'preferences.get'>)
}
