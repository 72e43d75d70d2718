import type { ReportPlan } from '../../../shared/delivery.ts'
import type { Reading } from '../../../shared/document.ts'
import { noIdentity } from '../../../shared/document.ts'
import { settingsSchema, type Settings } from '../../../shared/settings.ts'
import { pendingAppointment, type PendingAppointment } from '../../../shared/worklist.ts'
import type { DeliveryRecord, DocumentRecord } from '../../../electron/journal/records.ts'

/** Rows of the journal for unit tests, complete and plain; a test names what it is about. */

export function aRecord(changes: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    id: 'delivery-1',
    seq: 1,
    file: 'report.pdf',
    kind: 'pdf',
    original: {
      place: 'drop',
      path: 'report.pdf',
      sidecarPath: null,
      stamp: { sizeBytes: 1_000, mtimeMs: Date.UTC(2026, 10, 19, 1) },
      movingTo: null,
    },
    seenAtMs: Date.UTC(2026, 10, 20),
    settledAtMs: Date.UTC(2026, 10, 20),
    contentSha256: 'c'.repeat(64),
    sizeBytes: 1_000,
    person: null,
    plan: null,
    state: { state: 'spooled' },
    attempts: 0,
    ...changes,
  }
}

export function aReportPlan(changes: Partial<ReportPlan> = {}): ReportPlan {
  return {
    kind: 'report',
    domain: 'acme',
    appointmentId: 'A100003',
    status: 'preliminary',
    reportText: 'No acute disease.',
    reportedAtUtc: '2026-11-19T01:00:00Z',
    clinician: { name: null, providerNumber: null, email: null },
    files: [
      {
        fileName: 'A100003-report.pdf',
        contentType: 'application/pdf',
        sha256: 'f'.repeat(64),
        sizeBytes: 1_000,
        spoolName: 'original',
        part: 'whole',
      },
    ],
    contentId: 'c'.repeat(64),
    releases: null,
    confirmedBy: null,
    ...changes,
  }
}

export const plainSettings: Settings = settingsSchema.parse({
  practices: [{ domain: 'acme' }],
  dropFolder: { path: '/reports' },
})

export function anAppointment(changes: Partial<PendingAppointment> = {}): PendingAppointment {
  return pendingAppointment.parse({
    domain: 'acme',
    appointmentId: 'A100003',
    status: 'PENDING REPORTING',
    scheduledSite: 'Central',
    patientId: '220002',
    firstName: 'Mary',
    lastName: 'Doe',
    dateOfBirth: '1961-11-29',
    ...changes,
  })
}

/** A PDF that names A100003 and proves its patient. */
export function aDocument(changes: Partial<Omit<Reading, 'innerPdf'>> = {}): DocumentRecord {
  return {
    reading: {
      kind: 'pdf',
      problem: null,
      message: '',
      text: 'Patient Doe, Mary. Appointment: A100003. No acute disease of the chest is seen.',
      pages: 1,
      identity: {
        ...noIdentity,
        names: ['Doe, Mary'],
        birthDates: [{ printed: '1961-11-29', readings: ['1961-11-29'] }],
        appointmentIds: ['A100003'],
      },
      srFlags: null,
      times: { srContent: null, pdfModified: null, pdfCreated: null },
      verifiedBy: null,
      warnings: [],
      ...changes,
    },
    sidecar: null,
    sidecarProblem: '',
    payload: { sha256: 'f'.repeat(64), sizeBytes: 1_000 },
  }
}
