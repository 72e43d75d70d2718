import { describe, expect, it } from 'vitest'
import { parseSidecar } from '../../../electron/intake/sidecar.ts'
import type { DeliveryRecord, DocumentRecord } from '../../../electron/journal/records.ts'
import { planReport } from '../../../electron/outbox/plan.ts'
import { refused, type DocumentIdentity } from '../../../shared/document.ts'
import { settingsSchema } from '../../../shared/settings.ts'
import { appointment, identity, janeDoe } from '../matching/examples.ts'

/** What counts where sidecar, document, folder and settings say different things (interfaces.md 3 and 5). */

const settledAtMs = Date.parse('2026-11-20T10:00:00Z')
const settings = settingsSchema.parse({ practices: [{ domain: 'acme' }], dropFolder: { path: '/reports' } })
const ownText = `A12345\n${'No focal lesion is seen in the brain. '.repeat(3)}`
const signed = {
  preliminaryFlag: null,
  completionFlag: 'COMPLETE',
  verificationFlag: 'VERIFIED',
  hasVerifyingObserver: true,
}

type Case = {
  readonly sidecar?: object
  readonly path?: string
  readonly kind?: 'pdf' | 'sr'
  readonly identity?: DocumentIdentity
  readonly text?: string
}

function plan({ sidecar, path = 'scan.pdf', kind = 'pdf', identity: said = janeDoe, text = ownText }: Case) {
  const parsed =
    sidecar === undefined ? null : parseSidecar(new TextEncoder().encode(JSON.stringify(sidecar)))
  const { innerPdf: _, ...reading } = {
    ...refused('no-text', '', kind),
    problem: null,
    text,
    identity: said,
    srFlags: kind === 'sr' ? signed : null,
    verifiedBy: kind === 'sr' ? 'Dr Verifier' : null,
    times: { srContent: null, pdfModified: '2026-11-19T08:00:00Z', pdfCreated: null },
  }
  const document: DocumentRecord = {
    reading,
    sidecar: parsed?.ok === true ? parsed.sidecar : null,
    sidecarProblem: parsed?.ok === false ? parsed.message : '',
    payload: { sha256: 'ab', sizeBytes: 1000 },
  }
  const record: DeliveryRecord = {
    id: 'd1',
    seq: 1,
    file: path,
    kind,
    original: null,
    seenAtMs: settledAtMs,
    settledAtMs,
    contentSha256: 'ab',
    sizeBytes: 1000,
    person: null,
    plan: null,
    state: { state: 'spooled' },
    attempts: 0,
  }
  const other = appointment({
    appointmentId: 'B67890',
    patientId: 'P-002',
    firstName: 'Mary',
    lastName: 'Roe',
    dateOfBirth: '1971-07-07',
  })
  const { happening } = planReport({
    record,
    document,
    worklist: { appointments: [appointment(), other], missing: null, zoneOf: () => null },
    settings,
    nowMs: settledAtMs,
    machineZone: 'UTC',
    past: [],
    begunElsewhere: null,
  })
  return happening
}

describe('where the sidecar says something', () => {
  it('its text, time and clinician go out instead of the document’s', () => {
    const sidecar = {
      appointmentId: 'A12345',
      reportText: 'Dictated text.',
      reportedAtUtc: '2026-11-18T01:02:03Z',
      interpretingClinicianName: 'Dr Sidecar',
      interpretingClinicianEmail: 's@example.org',
    }
    expect(plan({ sidecar, kind: 'sr' })).toMatchObject({
      plan: {
        appointmentId: 'A12345',
        reportText: 'Dictated text.',
        reportedAtUtc: '2026-11-18T01:02:03Z',
        clinician: { name: 'Dr Sidecar', providerNumber: null, email: 's@example.org' },
      },
    })
    expect(plan({ kind: 'sr' })).toMatchObject({
      plan: { reportText: ownText, clinician: { name: 'Dr Verifier', providerNumber: null, email: null } },
    })
    expect(plan({})).toMatchObject({ plan: { reportedAtUtc: '2026-11-19T08:00:00Z' } })
  })

  it.each([
    ['final', { sidecar: { reportStatus: 'final' }, path: 'Preliminary/scan.pdf' }],
    ['preliminary', { sidecar: { reportStatus: 'preliminary' }, path: 'Final/scan.pdf' }],
    ['final', { sidecar: {}, path: 'Final/scan.pdf' }],
    ['preliminary', { sidecar: {} }],
    ['preliminary', { sidecar: { reportStatus: 'preliminary' }, kind: 'sr' }],
    ['final', { kind: 'sr', path: 'Preliminary/scan.dcm' }],
  ] as const)('the status is %s for %o', (status, given) => {
    expect(plan(given)).toMatchObject({ plan: { status } })
  })

  it.each<[string, Case]>([
    ['ambiguous-match', { sidecar: { appointmentId: 'B67890' } }],
    ['ambiguous-match', { sidecar: { appointmentId: 'Z99999' } }],
    ['ambiguous-match', { sidecar: { appointmentId: 'A12345', domain: 'other' } }],
    ['identity-mismatch', { sidecar: { appointmentId: 'B67890' }, text: ownText.replace('A12345', '') }],
    ['no-match', { sidecar: { appointmentId: 'Z99999' }, text: ownText.replace('A12345', '') }],
    ['identity-unverified', { sidecar: { appointmentId: 'A12345' }, identity: identity() }],
    [
      'identity-unverified',
      { sidecar: { appointmentId: 'A12345', reportText: 'Doe, Jane 1980-02-29' }, identity: identity() },
    ],
    ['sidecar-invalid', { sidecar: { patientName: 'Doe^Jane' } }],
  ])('a contradiction or a lack of proof is held: %s', (reason, given) => {
    expect(plan(given)).toMatchObject({ type: 'held', reason })
  })

  it('never carries what it says of the patient into the sentence about it', () => {
    expect(JSON.stringify(plan({ sidecar: { patientName: 'Zanzibar^Jane' } }))).not.toContain('Zanzibar')
  })
})
