import type { DeliveryState } from '../../../shared/delivery.ts'
import type { DeliveryRecord } from '../../../electron/journal/records.ts'

/** A delivery of the journal in the state that a test wants. */
export function delivery(state: DeliveryState, changes: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    id: 'd1',
    seq: 1,
    file: 'Doe Jane 1980.pdf',
    kind: 'pdf',
    original: null,
    seenAtMs: 0,
    settledAtMs: null,
    contentSha256: null,
    sizeBytes: null,
    person: null,
    plan: null,
    state,
    attempts: 0,
    ...changes,
  }
}

export const held = (reason: 'no-match' | 'rejected' | 'identity-mismatch'): DeliveryState => ({
  state: 'held',
  reason,
  message: 'Doe Jane 1980.pdf is not clear.',
  candidates: [],
  trace: null,
})

export const delivered: DeliveryState = {
  state: 'delivered',
  receipt: {
    kind: 'report',
    reportGuid: 'g',
    reportedAtUtc: '2026-11-20T00:00:00Z',
    status: 'final',
    attachments: [],
    settledBy: null,
  },
}
