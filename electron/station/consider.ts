import type { AppointmentKey, PendingAppointment } from '../../shared/worklist.ts'
import { sameAppointment } from '../../shared/worklist.ts'
import type { Reading } from '../../shared/document.ts'
import type { ReportPlan } from '../../shared/delivery.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Spool } from '../intake/spool.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord, DocumentRecord } from '../journal/records.ts'
import { checkPersonsChoice } from '../matching/confirm.ts'
import { recheck } from '../matching/recheck.ts'
import { goneMessage, recheckComposed } from '../outbox/composed-recheck.ts'
import {
  contentIdentity,
  matchingDocument,
  matchingPolicy,
  planReport,
  type PastVersion,
  type PlanningInput,
} from '../outbox/plan.ts'
import { retryWindowMs } from '../outbox/journaled-write.ts'
import type { Happening } from '../outbox/transition.ts'
import type { WorklistView } from '../worklist/worklist.ts'
import { documentRecord } from './document-record.ts'
import type { Happenings } from './happenings.ts'
import type { Ledger } from './ledger.ts'

/** Recognises what was spooled and decides what becomes of it, again whenever the worklist or a person says more. */
export type Considerer = {
  consider(record: DeliveryRecord): Promise<void>
  /** The same for a delivery that is held or waits: it stays so unless the answer is another one now. */
  reconsider(record: DeliveryRecord): Promise<void>
  /** Why a fresh look at the appointment forbids the sending; null when it does not (interfaces.md 4). */
  recheck(record: DeliveryRecord, plan: ReportPlan, fresh: PendingAppointment): Happening | null
  document(record: DeliveryRecord): Promise<DocumentRecord>
}

export type ConsidererParts = {
  readonly journal: Journal
  readonly spool: Spool
  readonly happenings: Happenings
  readonly settings: Settings
  readonly ledger: Ledger
  readonly read: (bytes: Uint8Array) => Promise<Reading>
  readonly bytesOf: (record: DeliveryRecord) => Promise<Uint8Array | null>
  readonly worklist: () => WorklistView
  readonly now: () => number
  readonly machineZone: string
}

export function createConsiderer(parts: ConsidererParts): Considerer {
  const policy = matchingPolicy(parts.settings)
  /** What was delivered does not change any more, so each row is opened once. */
  const deliveredVersions = new Map<string, PastVersion | null>()

  async function document(record: DeliveryRecord): Promise<DocumentRecord> {
    const kept = parts.journal.document(record.id)
    if (kept !== null) return kept
    const bytes = await parts.bytesOf(record)
    if (bytes === null) throw new BytesLost()
    const sidecar =
      (record.original?.sidecarPath ?? null) === null ? null : await parts.spool.load(record.id, 'sidecar')
    const made = documentRecord(await parts.read(bytes), bytes, sidecar)
    parts.journal.transaction(() => {
      parts.journal.saveDocument(record.id, made)
      parts.happenings.apply(record.id, { type: 'recognised', kind: made.reading.kind })
    })
    return made
  }

  async function decide(record: DeliveryRecord): Promise<Happening> {
    let made: DocumentRecord
    try {
      made = await document(record)
    } catch (error) {
      if (!(error instanceof BytesLost)) throw error
      return {
        type: 'held',
        reason: 'damaged',
        message:
          'Neither the copy that was kept nor the original file can be read any more. Drop the report again.',
      }
    }
    return planReport({
      record,
      document: made,
      worklist: parts.worklist(),
      settings: parts.settings,
      nowMs: parts.now(),
      machineZone: parts.machineZone,
      past: pastVersions(record),
      begunElsewhere: begunElsewhere(record, made),
    }).happening
  }

  async function consider(record: DeliveryRecord): Promise<void> {
    parts.happenings.apply(record.id, await decide(record))
  }

  async function reconsider(record: DeliveryRecord): Promise<void> {
    const happening = await decide(record)
    // A question that stays open does not change its state, so nothing is said again.
    if (happening.type !== 'held' && happening.type !== 'waiting') {
      parts.happenings.apply(record.id, { type: 'reconsidered' })
    }
    parts.happenings.apply(record.id, happening)
  }

  function pastVersions(record: DeliveryRecord): PastVersion[] {
    for (const id of parts.journal.idsIn('delivered')) {
      if (!deliveredVersions.has(id)) deliveredVersions.set(id, versionOf(parts.journal.get(id)))
    }
    const unknown = parts.journal
      .inStates(['held'])
      .filter((held) => held.state.state === 'held' && held.state.reason === 'outcome-unknown')
      .map((held) => versionOf(held, false))
    const own = [...deliveredVersions.values(), ...unknown].filter(
      (version): version is PastVersion => version !== null && version.deliveryId !== record.id,
    )
    const known = new Set(own.map((version) => version.deliveryId))
    const others = parts.ledger
      .delivered()
      .filter((line) => !known.has(line.deliveryId) && line.deliveryId !== record.id)
      .map((line) => ({ ...line, contentHash: line.contentSha256, certain: true }))
    return [...own, ...others]
  }

  /** What a person typed was about the patient whom the worklist showed; the fresh row must still be that one. */
  function recheckPersonsChoice(
    record: DeliveryRecord,
    kept: DocumentRecord,
    fresh: PendingAppointment,
  ): Happening | null {
    const choice = checkPersonsChoice(
      matchingDocument(record, kept),
      fresh,
      { birthDateTyped: record.person?.birthDateTyped ?? null },
      policy,
    )
    return choice.kind === 'allowed'
      ? null
      : {
          type: 'held',
          reason: 'identity-mismatch',
          message: choice.explanation,
          candidates: [choice.candidate],
        }
  }

  /** Another station announced this report and never said that it had arrived. */
  function begunElsewhere(record: DeliveryRecord, made: DocumentRecord): PlanningInput['begunElsewhere'] {
    const last = parts.ledger.ofContent(contentIdentity(record, made)).at(-1)
    if (last?.what !== 'intent' || parts.journal.get(last.deliveryId) !== null) return null
    return parts.now() - Date.parse(last.at) > retryWindowMs.report ? 'long-ago' : 'lately'
  }

  return {
    consider,
    reconsider,
    document,
    recheck(record, plan, fresh) {
      if (record.kind === 'composed') return recheckComposed(plan, fresh)
      const key: AppointmentKey = plan
      if (!sameAppointment(key, fresh)) return { type: 'held', reason: 'gone', message: goneMessage(plan) }
      const kept = parts.journal.document(record.id)
      if (kept === null) return { type: 'reconsidered' }
      if (plan.confirmedBy !== null) return recheckPersonsChoice(record, kept, fresh)
      const decision = recheck(key, matchingDocument(record, kept), fresh, policy)
      if (decision.kind === 'matched') return null
      return {
        type: 'held',
        reason: decision.reason,
        message: decision.explanation,
        candidates: decision.candidates,
      }
    },
  }
}

class BytesLost extends Error {}

/** What went out, or may have gone out: an unknown outcome counts, so that nothing is put over it unseen. */
function versionOf(past: DeliveryRecord | null, certain = true): PastVersion | null {
  if (past?.plan?.kind !== 'report') return null
  const { domain, appointmentId, status, reportedAtUtc, contentId } = past.plan
  return {
    deliveryId: past.id,
    domain,
    appointmentId,
    status,
    reportedAtUtc,
    contentHash: contentId,
    certain,
  }
}
