import type { ReportPlan } from '../../shared/delivery.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import type { Body } from '../qubs/bodies.ts'
import type { QubsClient } from '../qubs/client.ts'
import type { BackOff } from './after-failure.ts'
import type { ChainParts } from './delivered-versions.ts'
import type { Happening } from './transition.ts'

/** What sending needs of a practice's server. */
export type ReportServer = Pick<
  QubsClient,
  | 'getPending'
  | 'getAppointment'
  | 'createUploadUrl'
  | 'upload'
  | 'getAttachment'
  | 'download'
  | 'submitReport'
  | 'createComment'
>

export type SendParts = Omit<ChainParts, 'journal'> & {
  readonly journal: Journal
  readonly server: ReportServer
  readonly now: () => number
  readonly mustHoldLease: () => Promise<void>
  /** The bytes of a planned file, or null when neither the spool nor the original has them. */
  readonly bytesOf: (record: DeliveryRecord, plan: ReportPlan, index: number) => Promise<Uint8Array | null>
  /** Null when the fresh appointment is still the proven one; else why it is held (interfaces.md 4, last line). */
  readonly recheck: (record: DeliveryRecord, plan: ReportPlan, fresh: PendingAppointment) => Happening | null
  readonly idempotencyKey: (parts: readonly string[]) => string
  /** Tells other stations of the folder that this report is about to be submitted. */
  readonly announce: (record: DeliveryRecord, plan: ReportPlan) => Promise<void>
  readonly backOff: (record: DeliveryRecord) => BackOff
  readonly backOffOf: (attempts: number) => BackOff
}

/** Plans are checked before they are made, so a body that is refused here is a bug of ours. */
export function bytesOf(body: Body): Uint8Array {
  if (!body.ok) throw new Error(`A planned request has a bad ${body.problem.field}.`)
  return body.bytes
}
