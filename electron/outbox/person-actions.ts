import {
  isEnded,
  versionProblems,
  type HeldReason,
  type PersonDecision,
  type ReportReceipt,
  type VersionProblem,
} from '../../shared/delivery.ts'
import type { AuditEntry } from '../journal/audit.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { chainPlaceOf, type ChainParts } from './delivered-versions.ts'
import { transition } from './transition.ts'

/**
 * What a named person may do with a delivery (interfaces.md 6): every action is checked against the present state,
 * written with its audit entry in one transaction, and carried out by the next run.
 */

export type Resolution = {
  readonly by: string
  readonly reason: string
  readonly appointment: { readonly domain: string | null; readonly appointmentId: string } | null
  readonly birthDate: string | null
  readonly text: string | null
  readonly status: 'preliminary' | 'final' | null
  readonly release: boolean
  readonly settled: 'delivered' | 'not-delivered' | null
}

/** The action does not fit; `message` tells the person which one does. */
export class ActionRefused extends Error {}

/** What a person has to say before a held report can go on. */
export type Need = 'appointment' | 'birthDate' | 'text' | 'status' | 'release' | 'settled'

/** What each reason asks of `resolve`; reasons without an entry are mended by dropping again, retry or discard. */
const needs: Partial<Record<HeldReason, readonly Need[]>> = {
  'no-match': ['appointment'],
  'study-unnamed': ['appointment'],
  'ambiguous-match': ['appointment'],
  'identity-unverified': ['appointment'],
  'identity-mismatch': ['appointment', 'birthDate'],
  'no-text': ['text'],
  'status-unclear': ['status'],
  superseded: ['release'],
  'already-final': ['release'],
  correction: ['release'],
  'outcome-unknown': ['settled'],
}

const optionOf: Record<Need, string> = {
  appointment: '--appointment A',
  birthDate: '--birth-date YYYY-MM-DD',
  text: '--text-file F (or --text)',
  status: '--status preliminary|final',
  release: '--release',
  settled: '--settled delivered|not-delivered',
}

export type ActionParts = {
  readonly journal: Journal
  readonly now: () => number
  readonly domains: readonly string[]
  /** `reports.finalDiffers` of the settings. */
  readonly finalDiffers?: ChainParts['finalDiffers']
}

/** @throws ActionRefused */
export function resolveDelivery(parts: ActionParts, id: string, resolution: Resolution): DeliveryRecord {
  const record = existing(parts, id)
  if (record.state.state !== 'held') {
    throw new ActionRefused(`This delivery is ${record.state.state}, not held: there is nothing to resolve.`)
  }
  const needed = needs[record.state.reason]
  if (needed === undefined) {
    throw new ActionRefused(
      `A report held as ${record.state.reason} cannot be resolved: mend it and drop it again, use retry, or discard it.`,
    )
  }
  const missing = missingNeed(record.state.reason, resolution)
  if (missing !== null) {
    throw new ActionRefused(`A report held as ${record.state.reason} needs ${optionOf[missing]}.`)
  }
  if (record.state.reason === 'outcome-unknown') return settleOutcome(parts, record, resolution)

  const appointment = chosenAppointment(parts, record, resolution)
  const former = record.person
  const decision: PersonDecision = {
    by: resolution.by,
    reason: resolution.reason,
    atUtc: new Date(parts.now()).toISOString(),
    appointment: appointment ?? former?.appointment ?? null,
    birthDateTyped: resolution.birthDate ?? former?.birthDateTyped ?? null,
    text: resolution.text ?? former?.text ?? null,
    status: resolution.status ?? former?.status ?? null,
    releases: releasedProblem(record.state.reason, resolution) ?? former?.releases ?? null,
  }
  return parts.journal.update(id, (present) => ({
    next: transition(present, { type: 'resolved', decision }),
    audit: [
      {
        ...entry(parts, 'resolved', id),
        by: decision.by,
        sealedReason: parts.journal.sealWords(decision.reason),
        held: record.state.state === 'held' ? record.state.reason : null,
        appointmentId: decision.appointment?.appointmentId ?? null,
        domain: decision.appointment?.domain ?? null,
        status: decision.status,
        typedText: resolution.text !== null,
        typedBirthDate: resolution.birthDate !== null,
        releases: decision.releases,
      },
    ],
  }))
}

/** The first thing that this reason asks for and the resolution does not say; null when nothing is missing. */
export function missingNeed(reason: HeldReason, resolution: Resolution): Need | null {
  return needs[reason]?.find((need) => !isGiven(resolution, need)) ?? null
}

/** @throws ActionRefused */
export function retryDelivery(parts: ActionParts, id: string): DeliveryRecord {
  const record = existing(parts, id)
  const { state } = record
  const retryable =
    state.state === 'waiting' ||
    (state.state === 'held' && (state.reason === 'gone' || state.reason === 'rejected'))
  if (!retryable) {
    throw new ActionRefused(
      `Only a delivery that waits, is gone or was rejected can be tried again; this one is ${describe(record)}.`,
    )
  }
  return parts.journal.transaction(() => {
    allowNewKeys(parts, id)
    return parts.journal.update(id, (present) => ({
      next: transition(
        present,
        present.state.state === 'waiting' ? { type: 'due' } : { type: 'reconsidered' },
      ),
      audit: [entry(parts, 'retry', id)],
    }))
  })
}

/** @throws ActionRefused */
export function discardDelivery(parts: ActionParts, id: string, by: string, reason: string): DeliveryRecord {
  const record = existing(parts, id)
  if (isEnded(record.state) || record.state.state === 'sending' || record.state.state === 'settling') {
    throw new ActionRefused(`This delivery is ${describe(record)}: it cannot be discarded.`)
  }
  return parts.journal.update(id, (present) => ({
    next: transition(present, { type: 'discarded', by, reason }),
    audit: [
      {
        ...entry(parts, 'discarded', id),
        by,
        sealedReason: parts.journal.sealWords(reason),
        was: describe(record),
      },
    ],
  }))
}

function settleOutcome(parts: ActionParts, record: DeliveryRecord, resolution: Resolution): DeliveryRecord {
  const audit = {
    ...entry(parts, 'settled', record.id),
    by: resolution.by,
    sealedReason: parts.journal.sealWords(resolution.reason),
    settled: resolution.settled,
  }
  if (resolution.settled === 'delivered' && record.plan?.kind === 'report') {
    const receipt: ReportReceipt = {
      kind: 'report',
      reportGuid: '',
      reportedAtUtc: record.plan.reportedAtUtc,
      status: record.plan.status,
      attachments: [],
      settledBy: resolution.by,
    }
    const { journal, finalDiffers = 'ask' } = parts
    const place = chainPlaceOf(
      { journal, finalDiffers, deliveredElsewhere: () => [] },
      record.id,
      record.plan,
    )
    const { domain, appointmentId } = record.plan
    const chain = {
      domain,
      appointmentId,
      version: place.number,
      follows: place.follows,
      discrepancyAskedWith: place.differsFrom,
    }
    return journal.update(record.id, (present) => ({
      next: transition(present, { type: 'delivered', receipt, place }),
      audit: [{ ...audit, ...chain }],
    }))
  }
  if (resolution.settled === 'delivered') {
    // No plan of ours: a comment, or a report that another station had begun. The person says that it is there.
    return parts.journal.update(record.id, (present) => ({
      next: transition(present, { type: 'discarded', by: resolution.by, reason: resolution.reason }),
      audit: [audit],
    }))
  }
  return parts.journal.transaction(() => {
    allowNewKeys(parts, record.id)
    return parts.journal.update(record.id, (present) => ({
      // Without a plan of ours the word of the person is all that lifts the doubt, so it is kept.
      next:
        record.plan === null
          ? transition(present, { type: 'resolved', decision: plainWord(parts, resolution) })
          : transition(present, { type: 'reconsidered' }),
      audit: [audit],
    }))
  })
}

function plainWord(parts: ActionParts, { by, reason }: Resolution): PersonDecision {
  return {
    by,
    reason,
    atUtc: new Date(parts.now()).toISOString(),
    appointment: null,
    birthDateTyped: null,
    text: null,
    status: null,
    releases: null,
  }
}

/** The very thing that the person saw and released; nothing else is released with it. */
function releasedProblem(reason: HeldReason, resolution: Resolution): VersionProblem | null {
  if (!resolution.release) return null
  return versionProblems.find((problem) => problem === reason) ?? null
}

/** A person looked: earlier tries no longer count as possibly taken, and new keys and URLs may be used. */
function allowNewKeys(parts: ActionParts, id: string): void {
  for (const step of ['report', 'comment', ...Array.from({ length: 20 }, (_, index) => `upload-${index}`)]) {
    const request = parts.journal.request(id, step)
    if (request === null || request.taken !== null) continue
    const more = step.startsWith('upload') ? 3 : 1
    parts.journal.saveRequest(
      {
        ...request,
        inFlightSinceMs: null,
        maybeTakenSinceMs: null,
        conflicts: 0,
        generationLimit: request.generation + more,
      },
      null,
    )
  }
}

function chosenAppointment(
  parts: ActionParts,
  record: DeliveryRecord,
  resolution: Resolution,
): { domain: string; appointmentId: string } | null {
  const wanted = resolution.appointment
  if (wanted === null) return null
  const candidates = record.state.state === 'held' ? record.state.candidates : []
  const fromCandidates = candidates.filter((candidate) => candidate.appointmentId === wanted.appointmentId)
  const [only, ...others] =
    wanted.domain !== null ? [wanted.domain] : domainsOf(fromCandidates, parts.domains)
  if (only === undefined || others.length > 0) {
    throw new ActionRefused('Several practices are set up: say which one with --domain D.')
  }
  if (!parts.domains.includes(only))
    throw new ActionRefused(`There is no practice "${only}" in the settings.`)
  return { domain: only, appointmentId: wanted.appointmentId }
}

function domainsOf(
  candidates: readonly { readonly domain: string }[],
  all: readonly string[],
): readonly string[] {
  const named = [...new Set(candidates.map((candidate) => candidate.domain))]
  return named.length > 0 ? named : all
}

function isGiven(resolution: Resolution, need: Need): boolean {
  switch (need) {
    case 'release':
      return resolution.release
    case 'appointment':
    case 'birthDate':
    case 'text':
    case 'status':
    case 'settled':
      return resolution[need] !== null
  }
}

function existing(parts: ActionParts, id: string): DeliveryRecord {
  const record = parts.journal.get(id)
  if (record === null)
    throw new ActionRefused('There is no delivery with this id. "radpost deliveries" lists them.')
  return record
}

function describe(record: DeliveryRecord): string {
  return record.state.state === 'held' ? `held (${record.state.reason})` : record.state.state
}

function entry(parts: ActionParts, what: string, id: string): AuditEntry {
  return { at: new Date(parts.now()).toISOString(), what, id }
}
