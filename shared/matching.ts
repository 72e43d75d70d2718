import type { AppointmentKey } from './worklist.ts'

/** Result of the matching of one document against the worklist, with its evidence (interfaces.md 4). */

export type Comparison = 'agrees' | 'contradicts' | 'not-compared'

export const identityElements = ['patientId', 'name', 'birthDate', 'sex'] as const
export type IdentityElement = (typeof identityElements)[number]

export type IdentityEvidence = { readonly [E in IdentityElement]: Comparison }

/** What named a study: the ways of interfaces.md 4, in the order in which an explanation lists them. */
export type Locator = 'sidecar' | 'study-uid' | 'accession' | 'text' | 'file-name'

export type IdentityVerdict = 'verified' | 'mismatch' | 'unverified'

export type Candidate = AppointmentKey & {
  readonly locators: readonly Locator[]
  readonly evidence: IdentityEvidence
  readonly identity: IdentityVerdict
}

export type MatchProblem =
  'no-match' | 'study-unnamed' | 'ambiguous-match' | 'identity-unverified' | 'identity-mismatch'

/** `explanation`: one sentence in plain words without patient data; appointment ids may occur. */
export type MatchDecision =
  | { readonly kind: 'matched'; readonly candidate: Candidate; readonly explanation: string }
  | {
      readonly kind: 'held'
      readonly reason: MatchProblem
      /** Best first; what a person may choose from. */
      readonly candidates: readonly Candidate[]
      readonly explanation: string
    }
