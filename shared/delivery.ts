import { z } from 'zod'
import type { ShownPatient } from './composed-report.ts'
import { artefactKinds, type ArtefactKind } from './document.ts'
import type { Candidate } from './matching.ts'

/**
 * The life of one dropped file or composed message, from the first look to its end (design.md 3).
 *
 *     settling ──> spooled ──> queued ──> sending ──> delivered
 *                     │  ^        ^  │        │  │
 *                     │  │        │  └────────┼──┴──> waiting(reason, nextTryAt) ──> queued
 *                     v  │        │           v
 *                 duplicate   held(reason) <──┘          held ──person──> spooled | queued | delivered | discarded
 *
 * `spooled` means: safe, and to be (re)considered against the worklist. `held` needs a person. Nothing else stops.
 */

export const heldReasons = [
  'no-match',
  'study-unnamed',
  'ambiguous-match',
  'identity-unverified',
  'identity-mismatch',
  'no-text',
  'status-unclear',
  'superseded',
  'already-final',
  'correction',
  'not-a-report',
  'encrypted',
  'damaged',
  'too-large',
  'active-content',
  'unsupported',
  'sidecar-invalid',
  'sidecar-orphan',
  'other-subject',
  'gone',
  'rejected',
  'outcome-unknown',
] as const
export type HeldReason = (typeof heldReasons)[number]

/** Held because of what was delivered before; a person may release them (interfaces.md 6). */
export const versionProblems = ['superseded', 'already-final', 'correction'] as const
export type VersionProblem = (typeof versionProblems)[number]

export const waitingReasons = ['throttled', 'server', 'network', 'auth', 'storage'] as const
export type WaitingReason = (typeof waitingReasons)[number]

export const reportStatuses = ['preliminary', 'final'] as const
export type ReportStatus = (typeof reportStatuses)[number]

/** Proof that the server has the file: its guid, the name we gave it, and whether its bytes were read back. */
export type AttachmentReceipt = {
  readonly guid: string
  readonly fileName: string
  readonly readBack: boolean
}

export type ReportReceipt = {
  readonly kind: 'report'
  readonly reportGuid: string
  /** UTC ISO 8601, as the server confirmed it. */
  readonly reportedAtUtc: string
  readonly status: ReportStatus
  readonly attachments: readonly AttachmentReceipt[]
  /** A person said so after an unknown outcome; no proof by the server. */
  readonly settledBy: string | null
}
export type CommentReceipt = { readonly kind: 'comment'; readonly guid: string }
export type Receipt = ReportReceipt | CommentReceipt

/** Ids to quote to the vendor's support. */
export type Trace = { readonly requestId: string | null; readonly correlationId: string | null }

export type DeliveryState =
  | { readonly state: 'settling' }
  | { readonly state: 'spooled' }
  | { readonly state: 'queued' }
  | { readonly state: 'sending' }
  | {
      readonly state: 'waiting'
      readonly reason: WaitingReason
      readonly message: string
      readonly nextTryAtMs: number
    }
  | {
      readonly state: 'held'
      readonly reason: HeldReason
      readonly message: string
      readonly candidates: readonly Candidate[]
      readonly trace: Trace | null
    }
  | { readonly state: 'delivered'; readonly receipt: Receipt }
  | { readonly state: 'duplicate'; readonly of: string }
  | { readonly state: 'discarded'; readonly by: string; readonly reason: string }
  /** The file disappeared before it had settled: nothing was taken, nothing is owed. */
  | { readonly state: 'withdrawn' }

export type StateName = DeliveryState['state']

/** States that end a delivery: nothing is owed any more. */
export function isEnded(state: DeliveryState): boolean {
  return (
    state.state === 'delivered' ||
    state.state === 'duplicate' ||
    state.state === 'discarded' ||
    state.state === 'withdrawn'
  )
}

/** What exactly goes to the server; fixed once, so that every retry is the same (contract 1.6). */
export type ReportPlan = {
  readonly kind: 'report'
  readonly domain: string
  readonly appointmentId: string
  readonly status: ReportStatus
  readonly reportText: string
  readonly reportedAtUtc: string
  readonly clinician: {
    readonly name: string | null
    readonly providerNumber: string | null
    readonly email: string | null
  }
  readonly files: readonly PlannedFile[]
  /** Equal for two drops of the same content (interfaces.md 5 "Same content"). */
  readonly contentId: string
  /** What a named person released it past; whatever comes up after that decision holds it again. */
  readonly releases: VersionProblem | null
  /** A named person chose the appointment: identity is not asked of the document again, only that it is pending. */
  readonly confirmedBy: string | null
  /** Of a report that a person wrote: whom they wrote it about. Another patient in its appointment stops it. */
  readonly shownPatient?: ShownPatient
}

export type PlannedFile = {
  readonly fileName: string
  readonly contentType: 'application/pdf' | 'application/dicom'
  /** SHA-256 of the bytes to be uploaded, hex. */
  readonly sha256: string
  readonly sizeBytes: number
  /** Which of the delivery's sealed files holds the bytes: `original` or `attachment-1` … */
  readonly spoolName: string
  /** The inner PDF of an Encapsulated PDF is cut out again when it is sent. */
  readonly part: 'whole' | 'inner-pdf'
}

/** AC and AA belong to the appointment, PC and PA to the patient and all later visits. */
export const commentTypes = ['AC', 'AA', 'PC', 'PA'] as const
export type CommentType = (typeof commentTypes)[number]

export type CommentPlan = {
  readonly kind: 'comment'
  readonly domain: string
  readonly appointmentId: string
  readonly text: string
  readonly type: CommentType
  readonly commentDateTimeUtc: string
}

export type Plan = ReportPlan | CommentPlan

/** A named person's word on a held report (interfaces.md 6). Kept in the audit. */
export const personDecision = z.object({
  by: z.string().min(1),
  reason: z.string(),
  atUtc: z.iso.datetime(),
  appointment: z.object({ domain: z.string(), appointmentId: z.string() }).nullable(),
  /** `yyyy-MM-dd`, typed by the person to override an identity mismatch. */
  birthDateTyped: z.iso.date().nullable(),
  text: z.string().nullable(),
  status: z.enum(reportStatuses).nullable(),
  releases: z.enum(versionProblems).nullable(),
})
export type PersonDecision = z.infer<typeof personDecision>

export const discrepancyChannels = ['in-person', 'phone', 'message', 'other'] as const
export type DiscrepancyChannel = (typeof discrepancyChannels)[number]

/**
 * A delivered final differs from the preliminary delivered before it: is the difference clinically significant, and
 * who was told (ACR practice parameter; docs/adr/0013)? Never in the way of a delivery.
 */
export type Discrepancy =
  | {
      readonly state: 'asked'
      /** Id of the preliminary's delivery. */
      readonly preliminary: string
    }
  | {
      readonly state: 'answered'
      readonly preliminary: string
      readonly significant: boolean
      readonly by: string
      readonly reason: string
      readonly atUtc: string
      /** Null only where the difference is not significant. */
      readonly told: {
        readonly whom: string
        /** UTC ISO 8601. */
        readonly atUtc: string
        readonly how: DiscrepancyChannel
      } | null
    }

/** Who took in a critical result, when, how, and whether they read it back (ACR: posting it is no communication). */
export type CriticalTold = {
  readonly whom: string
  /** UTC ISO 8601. */
  readonly atUtc: string
  readonly how: DiscrepancyChannel
  readonly readBack: boolean
}

/** One entry of a report's mark as critical; the last one counts, and none is ever changed. */
export type CriticalEntry = {
  readonly by: string
  readonly reason: string
  readonly atUtc: string
  /** Null: nobody has been told yet. */
  readonly told: CriticalTold | null
  /** The mark was a mistake. */
  readonly isWithdrawn: boolean
}

/** One line of `radpost deliveries` (interfaces.md 7). */
export type DeliveryView = {
  readonly id: string
  readonly file: string
  readonly state: StateName
  readonly reason: string | null
  readonly message: string | null
  readonly domain: string | null
  readonly appointmentId: string | null
  readonly status: ReportStatus | null
  readonly kind: ArtefactKind | 'comment' | 'composed' | null
  readonly attempts: number
  readonly nextTryAt: string | null
  readonly receipt: Receipt | null
  /** Place among the delivered reports of the appointment, from 1; null for whatever is no delivered report. */
  readonly version: number | null
  /** Id of the delivery whose report this one replaced in QUBS. */
  readonly follows: string | null
  readonly discrepancy: Discrepancy | null
  /** Empty: never marked as critical. */
  readonly critical: readonly CriticalEntry[]
}

export const deliveryKinds = [...artefactKinds, 'comment', 'composed'] as const
