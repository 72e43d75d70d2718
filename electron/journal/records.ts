import { z } from 'zod'
import type {
  CriticalEntry,
  DeliveryState,
  Discrepancy,
  PersonDecision,
  Plan,
} from '../../shared/delivery.ts'
import type { ArtefactKind, Reading } from '../../shared/document.ts'

/** Rows of the journal as the rest of the program sees them. Everything here is sealed on disk. */

/** Size and modification time of a file when it was looked at: the identity of a dropped original. */
export type FileStamp = { readonly sizeBytes: number; readonly mtimeMs: number }

/** Where the dropped original is. All paths are relative to the drop folder, with `/`. */
export type Original = {
  readonly place: 'drop' | 'held' | 'sent' | 'gone'
  readonly path: string
  readonly sidecarPath: string | null
  readonly stamp: FileStamp | null
  /** Written before a move and cleared after it, so that a move cut short is finished at the next start. */
  readonly movingTo: {
    readonly place: 'held' | 'sent'
    readonly path: string
    readonly sidecarPath: string | null
  } | null
}

export const sidecarContent = z.object({
  appointmentId: z.string().optional(),
  domain: z.string().optional(),
  reportStatus: z.enum(['preliminary', 'final']).optional(),
  reportText: z.string().optional(),
  reportedAtUtc: z.string().optional(),
  interpretingClinicianName: z.string().optional(),
  interpretingClinicianProviderNumber: z.string().optional(),
  interpretingClinicianEmail: z.string().optional(),
})

export type DeliveryRecord = {
  readonly id: string
  /** Order of arrival, counted up from 1 in this journal. */
  readonly seq: number
  /** As dropped, relative to the drop folder, with `/`; for composed reports and comments a name of ours. */
  readonly file: string
  readonly kind: ArtefactKind | 'comment' | 'composed' | null
  readonly original: Original | null
  readonly seenAtMs: number
  readonly settledAtMs: number | null
  /** SHA-256 of the dropped bytes, hex. */
  readonly contentSha256: string | null
  readonly sizeBytes: number | null
  readonly person: PersonDecision | null
  readonly plan: Plan | null
  readonly state: DeliveryState
  /** Tries of the present plan, for back-off and for people. */
  readonly attempts: number
  /** Of a delivered report: its place in the chain of its appointment. */
  readonly version?: { readonly number: number; readonly follows: string | null }
  readonly discrepancy?: Discrepancy
  /** What people said about it as a critical result, in order. */
  readonly critical?: readonly CriticalEntry[]
}

/** What the file said: kept beside the delivery so that it can be reconsidered without reading it again. */
export type DocumentRecord = {
  readonly reading: Omit<Reading, 'innerPdf'>
  readonly sidecar: z.infer<typeof sidecarContent> | null
  /** Non-empty: the sidecar could not be used, and why. */
  readonly sidecarProblem: string
  /** What would be uploaded: the file itself, or the inner PDF of an Encapsulated PDF. */
  readonly payload: { readonly sha256: string; readonly sizeBytes: number }
}

/**
 * One write to a server, journaled before its first byte leaves (contract 1.6). `step` is `report`, `comment` or
 * `upload-<n>` for the plan's n-th file.
 */
export type RequestRecord = {
  readonly deliveryId: string
  readonly step: string
  /** Counts up when a new key is needed: a new upload URL, or a person's retry after a refusal. */
  readonly generation: number
  /** Highest generation allowed before a person must look; a person's retry raises it. */
  readonly generationLimit: number
  readonly idempotencyKey: string
  readonly body: Uint8Array
  readonly attempts: number
  /** Set while an attempt is under way; found at a start, it means that the outcome is unknown. */
  readonly inFlightSinceMs: number | null
  /** First attempt of this key that the server may have taken without our knowing. */
  readonly maybeTakenSinceMs: number | null
  /** Answers of 409 in a row. */
  readonly conflicts: number
  readonly upload: UploadProgress | null
  /** The server's answer once it has taken the request; then it is never sent again. */
  readonly taken: TakenAnswer | null
}

export type TakenAnswer =
  | { readonly kind: 'report'; readonly reportGuid: string; readonly reportedAtUtc: string }
  | { readonly kind: 'comment'; readonly guid: string }

export type UploadProgress = {
  readonly guid: string
  readonly fileName: string
  /** When the URL's key was first answered: how long the server keeps giving this URL for it counts from here. */
  readonly askedAtMs: number
  /**
   * `started` is found only after a crash: may be there, ask before sending again. `unanswered`: the same, but the
   * URL may be spent. `failed` needs a new URL.
   */
  readonly put: 'not-started' | 'started' | 'unanswered' | 'failed' | 'done'
  readonly readBack: boolean
}
