import { noIdentity, type DocumentIdentity } from '../../../shared/document.ts'
import { pendingAppointment, type PendingAppointment } from '../../../shared/worklist.ts'
import type { MatchingDocument, MatchingPolicy } from '../../../electron/matching/decide.ts'

/** Jane Doe's pending chest study, with what the test changes. */
export function appointment(changes: Partial<PendingAppointment> = {}): PendingAppointment {
  const plain = pendingAppointment.parse({
    domain: 'acme',
    appointmentId: 'A12345',
    status: 'pending',
    scheduledSite: 'north',
    patientId: 'P-001',
    firstName: 'Jane',
    lastName: 'Doe',
    dateOfBirth: '1980-02-29',
    gender: 'F',
  })
  return { ...plain, ...changes }
}

export function identity(changes: Partial<DocumentIdentity> = {}): DocumentIdentity {
  return { ...noIdentity, ...changes }
}

/** What a document about Jane Doe says of her. */
export const janeDoe: DocumentIdentity = identity({
  patientIds: ['P-001'],
  names: ['DOE^JANE'],
  birthDates: [{ printed: '19800229', readings: ['1980-02-29'] }],
  sexes: ['F'],
})

export function document(changes: Partial<MatchingDocument> = {}): MatchingDocument {
  return { fileName: 'scan.pdf', text: 'No focal lesion.', identity: janeDoe, sidecar: null, ...changes }
}

export const policy: MatchingPolicy = {
  elements: 2,
  patientIdIs: 'qubs',
  accessionIs: 'unmapped',
  dateOrderOf: () => undefined,
}
