import { describe, expect, it } from 'vitest'
import { planReport, safeFileName, type PlanningInput } from '../../../electron/outbox/plan.ts'
import { aDocument, anAppointment, aRecord, plainSettings } from '../../support/station/records.ts'

const nowMs = Date.UTC(2026, 10, 20, 2)

function plan(changes: Partial<PlanningInput> = {}) {
  return planReport({
    record: aRecord(),
    document: aDocument(),
    worklist: { appointments: [anAppointment()], missing: null, zoneOf: () => null },
    settings: plainSettings,
    nowMs,
    machineZone: 'UTC',
    past: [],
    begunElsewhere: null,
    ...changes,
  }).happening
}

const past = {
  deliveryId: 'former',
  domain: 'acme',
  appointmentId: 'A100003',
  status: 'preliminary',
  reportedAtUtc: '2026-11-19T01:00:00Z',
  contentHash: 'c'.repeat(64),
  certain: true,
} as const

describe('planReport', () => {
  it('plans a proven report: the appointment, the status, the text and a file name of ours', () => {
    expect(plan()).toMatchObject({
      type: 'planned',
      plan: {
        domain: 'acme',
        appointmentId: 'A100003',
        status: 'preliminary',
        reportText: aDocument().reading.text,
        files: [{ fileName: 'A100003-report.pdf', contentType: 'application/pdf', part: 'whole' }],
        confirmedBy: null,
      },
    })
  })

  it.each([
    [
      'a problem of the file',
      { document: aDocument({ problem: 'encrypted', message: 'Locked.' }) },
      'encrypted',
    ],
    ['a bad sidecar', { document: { ...aDocument(), sidecarProblem: 'Bad.' } }, 'sidecar-invalid'],
    ['no text', { document: aDocument({ problem: 'no-text', message: 'A scan.' }) }, 'no-text'],
    ['a blank text', { document: aDocument({ text: ' \n' }) }, 'no-text'],
    ['broken characters', { document: aDocument({ text: 'A100003 \uD800' }) }, 'unsupported'],
    ['too much text', { document: aDocument({ text: `A100003 ${'é'.repeat(1_048_577)}` }) }, 'too-large'],
    [
      'too large a file',
      { document: { ...aDocument(), payload: { sha256: 'f', sizeBytes: 2_097_153 } } },
      'too-large',
    ],
    [
      'no such appointment',
      { worklist: { appointments: [], missing: null, zoneOf: () => null } },
      'no-match',
    ],
    [
      'an older version',
      { past: [{ ...past, contentHash: 'd', reportedAtUtc: '2026-11-19T02:00:00Z' }] },
      'superseded',
    ],
    ['a final before', { past: [{ ...past, contentHash: 'd', status: 'final' }] }, 'already-final'],
    ['the same, with an unknown outcome', { past: [{ ...past, certain: false }] }, 'outcome-unknown'],
  ] satisfies [string, Partial<PlanningInput>, string][])('holds for %s', (_, changes, reason) => {
    expect(plan(changes)).toMatchObject({ type: 'held', reason, message: expect.stringMatching(/\w/) })
  })

  it('says duplicate, and not no-match, of what was delivered and left the list', () => {
    const empty = { appointments: [], missing: null, zoneOf: () => null }
    expect(plan({ past: [past], worklist: empty })).toEqual({ type: 'duplicate', of: 'former' })
    expect(plan({ past: [{ ...past, certain: false }], worklist: empty })).toMatchObject({
      reason: 'outcome-unknown',
    })
    expect(plan({ begunElsewhere: 'lately', worklist: empty })).toMatchObject({
      reason: 'outcome-unknown',
    })
  })

  it('asks about what another station began too long ago to repeat, and repeats what it began lately', () => {
    expect(plan({ begunElsewhere: 'long-ago' })).toMatchObject({ type: 'held', reason: 'outcome-unknown' })
    expect(plan({ begunElsewhere: 'lately' })).toMatchObject({ type: 'planned' })
  })

  it('waits, rather than saying no-match, while a practice could not be asked', () => {
    const missing = { domain: 'acme', reason: 'network', nextTryAtMs: nowMs + 9_000 } as const
    expect(plan({ worklist: { appointments: [], missing, zoneOf: () => null } })).toMatchObject({
      type: 'waiting',
      reason: 'network',
      nextTryAtMs: nowMs + 9_000,
    })
  })

  it('takes the time of the file where the document has none, and never one after it settled', () => {
    const record = aRecord({
      settledAtMs: Date.UTC(2026, 10, 20),
      original: {
        place: 'drop',
        path: 'r',
        sidecarPath: null,
        movingTo: null,
        stamp: { sizeBytes: 1, mtimeMs: Date.UTC(2030, 0, 1) },
      },
    })
    expect(plan({ record })).toMatchObject({ plan: { reportedAtUtc: '2026-11-20T00:00:00Z' } })
  })
})

describe('safeFileName', () => {
  it('has nothing that a path could be made of', () => {
    expect(safeFileName('../A1/..\\x y')).toBe('___A1____x_y')
    expect(safeFileName('A'.repeat(500))).toHaveLength(200)
  })
})
