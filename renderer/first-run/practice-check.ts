import { isAllowedUrl } from '../../shared/settings.ts'
import { words } from '../words.ts'

/** What is typed about a practice, before it is checked. */
export type PracticeDraft = {
  readonly domain: string
  readonly name: string
  readonly baseUrl: string
  readonly tokenUrl: string
}

/** The defaults of interfaces.md 2. */
export const newPractice: PracticeDraft = {
  domain: '',
  name: '',
  baseUrl: 'https://partners.qubs.io',
  tokenUrl: 'https://authenticate.qubs.io/oauth2/token',
}

/** One sentence for each field that is not right; null where it is. */
export type PracticeErrors = { readonly [Field in 'domain' | 'baseUrl' | 'tokenUrl']: string | null }

export function practiceErrors(draft: PracticeDraft): PracticeErrors {
  const domain = draft.domain.trim()
  return {
    domain:
      domain === ''
        ? words.firstRun.domainNeeded
        : /[\s/\\?#]/.test(domain)
          ? words.firstRun.domainInvalid
          : null,
    baseUrl: isAllowedUrl(draft.baseUrl.trim()) ? null : words.firstRun.addressInvalid,
    tokenUrl: isAllowedUrl(draft.tokenUrl.trim()) ? null : words.firstRun.addressInvalid,
  }
}

/** As it goes to main: trimmed; a name that was left out is the domain. */
export function typedPractice(draft: PracticeDraft): PracticeDraft {
  const domain = draft.domain.trim()
  return {
    domain,
    name: draft.name.trim() === '' ? domain : draft.name.trim(),
    baseUrl: draft.baseUrl.trim(),
    tokenUrl: draft.tokenUrl.trim(),
  }
}
