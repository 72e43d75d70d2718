import type { Trace } from '../../shared/delivery.ts'
import type { StationEvent } from '../../shared/station-event.ts'
import type { AuditEntry } from '../journal/audit.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord, FileStamp } from '../journal/records.ts'
import { transition, type Happening } from '../outbox/transition.ts'

/**
 * The one way in which the station changes a delivery: journal and audit in one transaction, then the event, said
 * once (interfaces.md 6).
 */
export type Happenings = {
  seen(file: { id: string; file: string; kind: DeliveryRecord['kind']; stamp?: FileStamp }): DeliveryRecord
  /** A change that makes no difference (held again for the same reason) is neither written nor said. */
  apply(id: string, happening: Happening): DeliveryRecord
  /** The dropped original was overwritten after its copy was taken. */
  originalReplaced(id: string): void
}

export type HappeningsParts = {
  readonly journal: Journal
  readonly now: () => number
  readonly emit: (event: StationEvent) => void
}

export function createHappenings({ journal, now, emit }: HappeningsParts): Happenings {
  const at = (): string => new Date(now()).toISOString()

  return {
    seen({ id, file, kind, stamp }) {
      const record = journal.add(
        {
          id,
          file,
          kind,
          original: { place: 'drop', path: file, sidecarPath: null, stamp: stamp ?? null, movingTo: null },
          seenAtMs: now(),
          settledAtMs: null,
          contentSha256: null,
          sizeBytes: stamp?.sizeBytes ?? null,
          person: null,
          plan: null,
          state: { state: 'settling' },
          attempts: 0,
        },
        { at: at(), what: 'seen', id },
      )
      emit({ at: at(), event: 'seen', id, file })
      return record
    },
    apply(id, happening) {
      let changed = false
      const record = journal.update(id, (present) => {
        const next = transition(present, happening)
        changed = !isSameHold(present, next)
        if (changed) return { next, audit: [auditOf(at(), next, happening)] }
        return { next: hasSameCandidates(present, next) ? present : next, audit: [] }
      })
      const event = changed ? eventOf(at(), record, happening) : null
      if (event !== null) emit(event)
      return record
    },
    originalReplaced(id) {
      journal.update(id, (present) => ({
        next:
          present.original === null
            ? present
            : { ...present, original: { ...present.original, place: 'gone', movingTo: null } },
        audit: [{ at: at(), what: 'original-replaced', id }],
      }))
    },
  }
}

function hasSameCandidates({ state: was }: DeliveryRecord, { state: is }: DeliveryRecord): boolean {
  if (was.state !== 'held' || is.state !== 'held') return true
  return JSON.stringify(was.candidates) === JSON.stringify(is.candidates)
}

function isSameHold(present: DeliveryRecord, next: DeliveryRecord): boolean {
  const [was, is] = [present.state, next.state]
  return was.state === 'held' && is.state === 'held' && was.reason === is.reason && was.message === is.message
}

/** What the audit keeps of a happening: codes, ids and hashes; never a name, a text or a path. */
function auditOf(at: string, record: DeliveryRecord, happening: Happening): AuditEntry {
  const base = { at, what: happening.type, id: record.id }
  switch (happening.type) {
    case 'settled':
      return { ...base, sizeBytes: happening.stamp.sizeBytes }
    case 'recognised':
      return { ...base, kind: happening.kind }
    case 'planned':
      return {
        ...base,
        domain: happening.plan.domain,
        appointmentId: happening.plan.appointmentId,
        ...(happening.plan.kind === 'report'
          ? {
              status: happening.plan.status,
              reportedAtUtc: happening.plan.reportedAtUtc,
              fileSha256: happening.plan.files.map((file) => file.sha256),
              confirmedBy: happening.plan.confirmedBy,
              releases: happening.plan.releases,
            }
          : { type: happening.plan.type }),
      }
    case 'held':
      return {
        ...base,
        reason: happening.reason,
        candidates: happening.candidates?.map(({ domain, appointmentId, locators, evidence }) => ({
          domain,
          appointmentId,
          locators,
          evidence,
        })),
        requestId: happening.trace?.requestId ?? null,
        correlationId: happening.trace?.correlationId ?? null,
      }
    case 'waiting':
      return { ...base, reason: happening.reason, nextTryAt: new Date(happening.nextTryAtMs).toISOString() }
    case 'delivered':
      return {
        ...base,
        ...(happening.receipt.kind === 'report'
          ? {
              domain: record.plan?.domain ?? null,
              appointmentId: record.plan?.appointmentId ?? null,
              reportGuid: happening.receipt.reportGuid,
              status: happening.receipt.status,
              version: happening.place?.number ?? null,
              follows: happening.place?.follows ?? null,
              discrepancyAskedWith: happening.place?.differsFrom ?? null,
              attachments: happening.receipt.attachments.map(({ guid, readBack }) => ({ guid, readBack })),
            }
          : { commentGuid: happening.receipt.guid }),
      }
    case 'duplicate':
      return { ...base, of: happening.of }
    case 'resolved':
    case 'discarded':
      return { ...base, by: happening.type === 'resolved' ? happening.decision.by : happening.by }
    case 'sending':
      return { ...base, attempt: record.attempts }
    case 'due':
    case 'reconsidered':
    case 'withdrawn':
      return base
  }
}

function eventOf(at: string, record: DeliveryRecord, happening: Happening): StationEvent | null {
  const base = { at, id: record.id, file: record.file }
  switch (happening.type) {
    case 'held':
      return {
        ...base,
        event: 'held',
        reason: happening.reason,
        message: happening.message,
        ...(happening.candidates === undefined || happening.candidates.length === 0
          ? {}
          : { candidates: happening.candidates }),
        ...idsOf(happening.trace),
      }
    case 'waiting':
      return {
        ...base,
        event: 'waiting',
        reason: happening.reason,
        nextTryAt: new Date(happening.nextTryAtMs).toISOString(),
      }
    case 'delivered': {
      const { receipt } = happening
      if (receipt.kind !== 'report' || record.plan?.kind !== 'report') return null
      return {
        ...base,
        event: 'delivered',
        domain: record.plan.domain,
        appointmentId: record.plan.appointmentId,
        status: receipt.status,
        reportGuid: receipt.reportGuid,
        reportedAtUtc: receipt.reportedAtUtc,
        attachments: receipt.attachments,
      }
    }
    case 'duplicate':
      return { ...base, event: 'duplicate', of: happening.of }
    case 'settled':
    case 'recognised':
    case 'planned':
    case 'sending':
    case 'due':
    case 'reconsidered':
    case 'resolved':
    case 'discarded':
    case 'withdrawn':
      return null
  }
}

/** The ids to quote to the vendor, as far as the answer gave them. */
function idsOf(trace: Trace | undefined): { requestId?: string; correlationId?: string } {
  const { requestId = null, correlationId = null } = trace ?? {}
  return {
    ...(requestId === null ? {} : { requestId }),
    ...(correlationId === null ? {} : { correlationId }),
  }
}
