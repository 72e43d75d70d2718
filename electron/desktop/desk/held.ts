import type { CallArgs, CallResult } from '../../../shared/ipc.ts'
import type { Candidate } from '../../../shared/matching.ts'
import { sameAppointment, type AppointmentKey, type PendingAppointment } from '../../../shared/worklist.ts'
import type { DeliveryRecord, DocumentRecord } from '../../journal/records.ts'
import { checkPersonsChoice } from '../../matching/confirm.ts'
import { decideMatch, weigh } from '../../matching/decide.ts'
import { matchingDocument, matchingPolicy } from '../../outbox/plan.ts'
import {
  missingNeed,
  resolveDelivery,
  type ActionParts,
  type Need,
  type Resolution,
} from '../../outbox/person-actions.ts'
import { canSuggestTemplate, suggestTemplate } from '../../station/suggest-template.ts'
import { CallFailed } from './call-failed.ts'
import type { StationSession } from './station-session.ts'

/** What the needs-you view asks about one held report, and what a person decides there (interfaces.md 6). */

type HeldDetail = Omit<CallResult<'held.detail'>, 'item'>

/** @throws CallFailed */
export function recordOf(session: StationSession, id: string): DeliveryRecord {
  const record = session.book.get(id)
  if (record === null) throw new CallFailed('not-found', 'There is no such delivery any more.')
  return record
}

function documentOf(session: StationSession, record: DeliveryRecord): DocumentRecord | null {
  return session.foundation.journal.document(record.id)
}

function pendingNow(session: StationSession): readonly PendingAppointment[] {
  return session.station.worklist.lists().flatMap((list) => list.appointments)
}

/** Candidates are weighed against the worklist as it is now, not as it was when the report was held. */
export function heldDetail(session: StationSession, record: DeliveryRecord): HeldDetail {
  const document = documentOf(session, record)
  const worklist = pendingNow(session)
  const candidates = candidatesOf(session, record, document, worklist)
  return {
    identity: document?.reading.identity ?? null,
    text: record.person?.text ?? document?.sidecar?.reportText ?? document?.reading.text ?? '',
    warnings: document === null ? [] : [...document.reading.warnings],
    preview: previewOf(record, document),
    candidates: shownCandidates(candidates, worklist),
  }
}

/** Candidates with the appointments that they are; null where one is no longer pending. */
export function shownCandidates(
  candidates: readonly Candidate[],
  worklist: readonly PendingAppointment[],
): HeldDetail['candidates'] {
  return candidates.map((candidate) => ({
    ...candidate,
    locators: [...candidate.locators],
    appointment: worklist.find((row) => sameAppointment(row, candidate)) ?? null,
  }))
}

function candidatesOf(
  session: StationSession,
  record: DeliveryRecord,
  document: DocumentRecord | null,
  worklist: readonly PendingAppointment[],
): readonly Candidate[] {
  const kept = record.state.state === 'held' ? record.state.candidates : []
  if (document === null) return kept
  const policy = matchingPolicy(session.settings)
  const matching = matchingDocument(record, document)
  if (kept.length === 0) {
    const decision = decideMatch(matching, worklist, policy)
    return decision.kind === 'matched' ? [decision.candidate] : decision.candidates
  }
  return kept.map((candidate) => {
    const appointment = worklist.find((row) => sameAppointment(row, candidate))
    return appointment === undefined ? candidate : weigh(matching, appointment, candidate.locators, policy)
  })
}

/** What was refused as harmful or broken is not handed to the window's own PDF reader either. */
function previewOf(record: DeliveryRecord, document: DocumentRecord | null): HeldDetail['preview'] {
  const problem = document?.reading.problem ?? null
  if (document === null || (problem !== null && problem !== 'no-text')) return 'none'
  switch (record.kind) {
    case 'pdf':
    case 'encapsulated-pdf':
      return 'pdf'
    case 'sr':
    case 'composed':
    case 'comment':
      return 'text'
    case null:
      return 'none'
  }
}

/** The pages to show: the PDF itself, or the one inside a DICOM file. @throws CallFailed */
export async function heldDocument(
  session: StationSession,
  record: DeliveryRecord,
): Promise<Uint8Array<ArrayBuffer>> {
  if (previewOf(record, documentOf(session, record)) !== 'pdf') {
    throw new CallFailed('refused', 'This file has no pages that can be shown.')
  }
  const whole = await session.fileBytes.original(record)
  const pages =
    whole !== null && record.kind === 'encapsulated-pdf' ? (await session.parser.read(whole)).innerPdf : whole
  if (pages === null) {
    throw new CallFailed('gone', 'Neither the copy nor the original of this file can be read any more.')
  }
  return Uint8Array.from(pages)
}

/** The evidence for a study that a person searched for. @throws CallFailed */
export function heldWeigh(
  session: StationSession,
  record: DeliveryRecord,
  key: AppointmentKey,
): CallResult<'held.weigh'> {
  const document = documentOf(session, record)
  const appointment = pendingNow(session).find((row) => sameAppointment(row, key))
  if (appointment === undefined) {
    throw new CallFailed('gone', `Appointment ${key.appointmentId} is not on the worklist any more.`)
  }
  if (document === null)
    throw new CallFailed('refused', 'This file could not be read, so there is no evidence.')
  const { candidate } = checkPersonsChoice(
    matchingDocument(record, document),
    appointment,
    { birthDateTyped: null },
    matchingPolicy(session.settings),
  )
  return { ...candidate, locators: [...candidate.locators], appointment }
}

const needSentences: { readonly [N in Need]: string } = {
  appointment: 'Choose the appointment that this report belongs to.',
  birthDate: 'Type the patient’s birth date to confirm whose report this is.',
  text: 'Type the text of the report.',
  status: 'Say whether this report is preliminary or final.',
  release: 'Release the report to send it all the same.',
  settled: 'Say whether the report is in QUBS or not.',
}

/**
 * Writes a person's decision down; the station carries it out. A birth date that does not fit is refused here, so
 * that the person hears it at once.
 * @throws CallFailed, ActionRefused
 */
export function resolveHeld(
  session: StationSession,
  actions: ActionParts,
  args: CallArgs<'held.resolve'>,
): DeliveryRecord {
  const record = recordOf(session, args.id)
  const resolution: Resolution = { ...args }
  if (args.text?.trim() === '') throw new CallFailed('invalid', needSentences.text)
  if (record.state.state === 'held') {
    const missing = missingNeed(record.state.reason, resolution)
    if (missing !== null) throw new CallFailed('invalid', needSentences[missing])
  }
  refuseWrongChoice(session, record, args)
  return resolveDelivery(actions, args.id, resolution)
}

/**
 * What a site may add to its templates after this decision; null where there is nothing to learn.
 * @param held the delivery as it was before the person decided
 */
export function suggestionAfter(
  session: StationSession,
  held: DeliveryRecord,
  chosen: AppointmentKey | null,
): CallResult<'held.resolve'>['suggestedTemplate'] {
  const reading = documentOf(session, held)?.reading
  const appointment =
    chosen === null ? undefined : pendingNow(session).find((row) => sameAppointment(row, chosen))
  if (!canSuggestTemplate(held) || reading === undefined || appointment === undefined) return null
  return suggestTemplate(reading, appointment, session.settings)
}

function refuseWrongChoice(
  session: StationSession,
  record: DeliveryRecord,
  { appointment: key, birthDate }: CallArgs<'held.resolve'>,
): void {
  const document = documentOf(session, record)
  const appointment = key === null ? undefined : pendingNow(session).find((row) => sameAppointment(row, key))
  if (document === null || appointment === undefined) return
  const choice = checkPersonsChoice(
    matchingDocument(record, document),
    appointment,
    { birthDateTyped: birthDate },
    matchingPolicy(session.settings),
  )
  if (choice.kind === 'refused') throw new CallFailed('refused', choice.explanation)
}
