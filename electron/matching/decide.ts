import {
  identityElements,
  type Candidate,
  type Comparison,
  type IdentityElement,
  type Locator,
  type MatchDecision,
} from '../../shared/matching.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { isoBirthDate } from './birth-date.ts'
import { foldIdentifier } from './folding.ts'
import { locate, type Ambiguity, type LocatableDocument, type LocatingPolicy } from './locate.ts'
import {
  agreeingElements,
  contradictsAnywhere,
  identityEvidence,
  judgeIdentity,
  type IdentityPolicy,
} from './verify.ts'

/** What matching looks at: the dropped name, the content, and the sidecar where it counts (interfaces.md 3, 4). */
export type MatchingDocument = LocatableDocument
export type MatchingPolicy = IdentityPolicy & LocatingPolicy

/** Most candidates that a person is shown. */
export const MAX_CANDIDATES = 20

/** The evidence of one document for one appointment, however it was come upon. */
export function weigh(
  document: MatchingDocument,
  appointment: PendingAppointment,
  locators: readonly Locator[],
  policy: MatchingPolicy,
): Candidate {
  const evidence = identityEvidence(document.identity, appointment, policy)
  return {
    domain: appointment.domain,
    appointmentId: appointment.appointmentId,
    locators,
    evidence,
    identity: judgeIdentity(evidence, policy.elements),
  }
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** For a person: verified first, then the more agreeing elements, then those without contradiction, then by id. */
function byPromise(a: Candidate, b: Candidate): number {
  return (
    Number(b.identity === 'verified') - Number(a.identity === 'verified') ||
    agreeingElements(b.evidence) - agreeingElements(a.evidence) ||
    Number(contradictsAnywhere(a.evidence)) - Number(contradictsAnywhere(b.evidence)) ||
    compareText(a.domain, b.domain) ||
    compareText(a.appointmentId, b.appointmentId)
  )
}

function rank(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.toSorted(byPromise).slice(0, MAX_CANDIDATES)
}

const locatorWords: { readonly [L in Locator]: string } = {
  sidecar: 'the sidecar',
  'study-uid': 'the study UID',
  accession: 'the accession number',
  text: 'the text',
  'file-name': 'the file name',
}

const ambiguitySentences: { readonly [A in Ambiguity]: string } = {
  'different-appointments':
    'The document, its sidecar or its file name name different pending appointments; choose the right one.',
  'same-id-twice':
    'More than one pending appointment carries what the document names (two practices may use the same id); choose the right one.',
  'sidecar-not-pending':
    'The sidecar names an appointment that is not pending, but the document or its file name names another one; choose the right one.',
  'other-id-not-pending':
    'The document is labelled with an appointment that is not pending, but also names another one; choose the right one.',
  'other-domain':
    'The sidecar names another practice than the one whose appointment the document names; choose the right appointment.',
  'other-study-uid':
    'The document belongs to another study (its StudyInstanceUID is not that of the appointment it names); choose the right appointment.',
  'several-study-uids':
    'The document carries several StudyInstanceUIDs; choose the appointment it belongs to.',
}

const elementWords: { readonly [E in IdentityElement]: string } = {
  patientId: 'patient id',
  name: 'name',
  birthDate: 'birth date',
  sex: 'sex',
}

/** "patient id and name": those of the elements that have this result, for a sentence. */
function naming(candidate: Candidate, elements: readonly IdentityElement[], result: Comparison): string {
  const words = elements
    .filter((element) => candidate.evidence[element] === result)
    .map((element) => elementWords[element])
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

function decideOne(candidate: Candidate, policy: MatchingPolicy): MatchDecision {
  const id = candidate.appointmentId
  const namedBy = candidate.locators.map((locator) => locatorWords[locator]).join(', ')
  const agreeing = naming(candidate, ['patientId', 'name', 'birthDate'], 'agrees')
  switch (candidate.identity) {
    case 'verified':
      return {
        kind: 'matched',
        candidate,
        explanation: `Appointment ${id}, named by ${namedBy}; ${agreeing} agree.`,
      }
    case 'mismatch':
      return {
        kind: 'held',
        reason: 'identity-mismatch',
        candidates: [candidate],
        explanation: `The document names appointment ${id}, but is about another patient by its ${naming(candidate, identityElements, 'contradicts')}; check whose report this is.`,
      }
    case 'unverified':
      return {
        kind: 'held',
        reason: 'identity-unverified',
        candidates: [candidate],
        explanation: `The document names appointment ${id}, but ${agreeing === '' ? 'nothing in it proves' : `only its ${agreeing} would prove`} the patient, and ${policy.elements} elements are needed (patient id, name, birth date, not the name alone); confirm the patient.`,
      }
  }
}

/** Appointments that could pass verification at all: a cheap look before names are compared with a whole worklist. */
function verifiedCandidates(
  document: MatchingDocument,
  worklist: readonly PendingAppointment[],
  policy: MatchingPolicy,
): readonly Candidate[] {
  const birthDates = new Set(document.identity.birthDates.flatMap((date) => date.readings))
  const patientIds = new Set(document.identity.patientIds.map(foldIdentifier))
  const mayPass = ({ patientId, dateOfBirth }: PendingAppointment): boolean =>
    patientIds.has(foldIdentifier(patientId ?? '')) || birthDates.has(isoBirthDate(dateOfBirth) ?? '')
  return worklist
    .filter(mayPass)
    .map((appointment) => weigh(document, appointment, [], policy))
    .filter((candidate) => candidate.identity === 'verified')
}

/**
 * The decision of interfaces.md 4 about one document: sent by itself only where a locator names exactly one pending
 * appointment and the document's own content proves the patient. Independent of the order of the worklist, which must
 * name each appointment once. Never throws; explanations carry appointment ids and no patient data.
 */
export function decideMatch(
  document: MatchingDocument,
  worklist: readonly PendingAppointment[],
  policy: MatchingPolicy,
): MatchDecision {
  const location = locate(document, worklist, policy)
  switch (location.kind) {
    case 'one':
      return decideOne(
        weigh(document, location.located.appointment, location.located.locators, policy),
        policy,
      )
    case 'several': {
      const candidates = location.located.map(({ appointment, locators }) =>
        weigh(document, appointment, locators, policy),
      )
      return {
        kind: 'held',
        reason: 'ambiguous-match',
        candidates: rank(candidates),
        explanation: ambiguitySentences[location.because],
      }
    }
    case 'not-pending':
      return {
        kind: 'held',
        reason: 'no-match',
        candidates: [],
        explanation:
          'The appointment that the sidecar names is not pending; check its id, or choose the appointment.',
      }
    case 'nothing': {
      const candidates = rank(verifiedCandidates(document, worklist, policy))
      return candidates.length > 0
        ? {
            kind: 'held',
            reason: 'study-unnamed',
            candidates,
            explanation:
              'The patient is known, but nothing in the document names the study; choose the appointment it belongs to.',
          }
        : {
            kind: 'held',
            reason: 'no-match',
            candidates: [],
            explanation:
              'Neither the document nor its file name names a pending appointment; choose one, or wait until it is pending.',
          }
    }
  }
}
