import {
  isEnded,
  type DeliveryState,
  type HeldReason,
  type PersonDecision,
  type Plan,
  type Receipt,
  type Trace,
  type WaitingReason,
} from '../../shared/delivery.ts'
import type { ArtefactKind } from '../../shared/document.ts'
import type { Candidate } from '../../shared/matching.ts'
import type { DeliveryRecord, FileStamp } from '../journal/records.ts'
import type { ChainPlace } from '../matching/version-chain.ts'

/** Everything that can happen to a delivery. {@link transition} is the only place where a state changes. */
export type Happening =
  | {
      readonly type: 'settled'
      readonly stamp: FileStamp
      readonly sidecarPath: string | null
      readonly atMs: number
      readonly contentSha256: string
    }
  | { readonly type: 'recognised'; readonly kind: ArtefactKind | null }
  | { readonly type: 'planned'; readonly plan: Plan }
  | { readonly type: 'sending' }
  | {
      readonly type: 'waiting'
      readonly reason: WaitingReason
      readonly message: string
      readonly nextTryAtMs: number
    }
  /** The time of the next try has come, or a person asked for it now. */
  | { readonly type: 'due' }
  | {
      readonly type: 'held'
      readonly reason: HeldReason
      readonly message: string
      readonly candidates?: readonly Candidate[]
      readonly trace?: Trace
    }
  /** The worklist changed, or a person spoke: look at it again from the start. */
  | { readonly type: 'reconsidered' }
  | { readonly type: 'resolved'; readonly decision: PersonDecision }
  /** `place`: of a report, not of a comment. */
  | { readonly type: 'delivered'; readonly receipt: Receipt; readonly place?: ChainPlace }
  | { readonly type: 'duplicate'; readonly of: string }
  | { readonly type: 'discarded'; readonly by: string; readonly reason: string }
  | { readonly type: 'withdrawn' }

/** A happening that the present state does not allow: a bug of ours, never a consequence of input. */
export class ImpossibleTransition extends Error {}

const allowedFrom: Record<Happening['type'], readonly DeliveryState['state'][]> = {
  settled: ['settling', 'waiting'],
  recognised: ['spooled'],
  planned: ['spooled'],
  sending: ['queued', 'sending'],
  waiting: ['settling', 'spooled', 'queued', 'sending', 'waiting'],
  due: ['waiting'],
  held: ['settling', 'spooled', 'queued', 'sending', 'waiting', 'held'],
  reconsidered: ['held', 'waiting', 'queued', 'sending'],
  resolved: ['held'],
  delivered: ['queued', 'sending', 'held'],
  duplicate: ['spooled', 'queued', 'sending'],
  discarded: ['held', 'waiting', 'spooled', 'queued'],
  withdrawn: ['settling', 'waiting'],
}

/** @throws ImpossibleTransition */
export function transition(record: DeliveryRecord, happening: Happening): DeliveryRecord {
  const allowed =
    allowedFrom[happening.type].includes(record.state.state) && fitsWhatIsKept(record, happening)
  if (!allowed || isEnded(record.state)) {
    throw new ImpossibleTransition(`${happening.type} cannot follow ${record.state.state}`)
  }
  switch (happening.type) {
    case 'settled':
      return {
        ...record,
        settledAtMs: happening.atMs,
        contentSha256: happening.contentSha256,
        sizeBytes: happening.stamp.sizeBytes,
        original:
          record.original === null
            ? null
            : { ...record.original, stamp: happening.stamp, sidecarPath: happening.sidecarPath },
        state: { state: 'spooled' },
      }
    case 'recognised':
      return { ...record, kind: happening.kind }
    case 'planned':
      return { ...record, plan: happening.plan, attempts: 0, state: { state: 'queued' } }
    case 'sending':
      return { ...record, attempts: record.attempts + 1, state: { state: 'sending' } }
    case 'waiting': {
      const { reason, message, nextTryAtMs } = happening
      return { ...record, state: { state: 'waiting', reason, message, nextTryAtMs } }
    }
    case 'due':
      return { ...record, state: { state: stateWhenDue(record) } }
    case 'held':
      return {
        ...record,
        state: {
          state: 'held',
          reason: happening.reason,
          message: happening.message,
          candidates: happening.candidates ?? [],
          trace: happening.trace ?? null,
        },
      }
    case 'reconsidered':
      // What a person composed has no document to plan from again: its plan stands.
      return isComposed(record)
        ? { ...record, state: { state: 'queued' } }
        : { ...record, plan: null, state: { state: 'spooled' } }
    case 'resolved':
      return isComposed(record) && record.plan?.kind === 'report'
        ? {
            ...record,
            plan: { ...record.plan, releases: happening.decision.releases ?? record.plan.releases },
            person: happening.decision,
            state: { state: 'queued' },
          }
        : { ...record, plan: null, person: happening.decision, state: { state: 'spooled' } }
    case 'delivered':
      return {
        ...record,
        ...placed(happening.place),
        state: { state: 'delivered', receipt: happening.receipt },
      }
    case 'duplicate':
      return { ...record, state: { state: 'duplicate', of: happening.of } }
    case 'discarded':
      return { ...record, state: { state: 'discarded', by: happening.by, reason: happening.reason } }
    case 'withdrawn':
      return { ...record, state: { state: 'withdrawn' } }
    default:
      return assertNever(happening)
  }
}

function placed(place: ChainPlace | undefined): Pick<DeliveryRecord, 'version' | 'discrepancy'> {
  if (place === undefined) return {}
  const { number, follows, differsFrom } = place
  const version = { number, follows }
  return differsFrom === null
    ? { version }
    : { version, discrepancy: { state: 'asked', preliminary: differsFrom } }
}

/** Only what was never copied can settle or vanish; only what was copied can be considered once more. */
function fitsWhatIsKept(record: DeliveryRecord, { type }: Happening): boolean {
  const isKept = record.contentSha256 !== null || isComposed(record)
  if (type === 'settled' || type === 'withdrawn') return !isKept
  return isKept || (type !== 'reconsidered' && type !== 'resolved')
}

function isComposed(record: DeliveryRecord): boolean {
  return record.kind === 'composed' || record.kind === 'comment'
}

/** A wait goes on where it began: before the copy, before the plan, or before the sending. */
function stateWhenDue(record: DeliveryRecord): 'settling' | 'spooled' | 'queued' {
  if (record.plan !== null) return 'queued'
  return record.contentSha256 === null ? 'settling' : 'spooled'
}

export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
