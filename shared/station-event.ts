import type { AttachmentReceipt, HeldReason, ReportStatus, WaitingReason } from './delivery.ts'
import type { Candidate } from './matching.ts'

/** What the station says while it runs; `run --json` prints one a line (interfaces.md 6). */

type OfFile = { readonly at: string; readonly id: string; readonly file: string }

export type StationEvent =
  | { readonly at: string; readonly event: 'started' | 'idle' | 'online' }
  | { readonly at: string; readonly event: 'stopped' | 'offline' | 'standby'; readonly reason?: string }
  | (OfFile & { readonly event: 'seen' })
  | (OfFile & {
      readonly event: 'held'
      readonly reason: HeldReason
      readonly message: string
      readonly candidates?: readonly Candidate[]
      readonly requestId?: string
      readonly correlationId?: string
    })
  | (OfFile & { readonly event: 'waiting'; readonly reason: WaitingReason; readonly nextTryAt: string })
  | (OfFile & {
      readonly event: 'delivered'
      readonly domain: string
      readonly appointmentId: string
      readonly status: ReportStatus
      readonly reportGuid: string
      readonly reportedAtUtc: string
      readonly attachments: readonly AttachmentReceipt[]
    })
  | (OfFile & { readonly event: 'duplicate'; readonly of: string })

export type StationEventOf<Name extends StationEvent['event']> = Extract<StationEvent, { event: Name }>
