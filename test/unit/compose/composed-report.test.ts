import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  brokenCharacterAt,
  changedParts,
  patientOf,
  reportTextFault,
  utf8Bytes,
} from '../../../shared/composed-report.ts'
import { MAX_REPORT_TEXT_BYTES } from '../../../shared/document.ts'
import { recheckComposed } from '../../../electron/outbox/composed-recheck.ts'
import { transition } from '../../../electron/outbox/transition.ts'
import { aRecord, anAppointment, aReportPlan } from '../../support/station/records.ts'

describe('the size of a report', () => {
  it('is counted in bytes as they are sent, not in characters', () => {
    expect(utf8Bytes('Zoë')).toBe(4)
    expect(utf8Bytes('≥ 5 mm')).toBe(8)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => utf8Bytes(text) === Buffer.byteLength(text)),
    )
  })

  it('may reach the limit and not pass it, whatever the characters', () => {
    expect(reportTextFault('ä'.repeat(MAX_REPORT_TEXT_BYTES / 2))).toBeNull()
    expect(reportTextFault(`${'ä'.repeat(MAX_REPORT_TEXT_BYTES / 2)}.`)).toEqual({
      kind: 'too-long',
      sizeBytes: MAX_REPORT_TEXT_BYTES + 1,
    })
  })
})

describe('half a character', () => {
  it.each([
    ['a\ud83d', { line: 1, column: 2 }],
    ['one\ntwo \udc4d three', { line: 2, column: 5 }],
    ['👍\n\n\ud83d\ud83d\udc4d', { line: 3, column: 1 }],
  ])('is found where it stands (%#)', (text, place) => {
    expect(brokenCharacterAt(text)).toEqual(place)
    expect(reportTextFault(text)).toEqual({ kind: 'broken', ...place })
  })

  it('is found in any text that has one, and in no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        expect(brokenCharacterAt(before + after)).toBeNull()
        const line = before.split('\n').length
        expect(brokenCharacterAt(`${before}\ud800${after}`)?.line).toBe(line)
      }),
    )
  })
})

it('a blank report is no report', () => {
  for (const text of ['', ' \n\t ']) expect(reportTextFault(text)).toEqual({ kind: 'blank' })
  expect(reportTextFault('  x ')).toBeNull()
})

describe('the patient whom the person saw', () => {
  const seen = anAppointment({ patientName: 'Doe, Mary' })
  const plan = aReportPlan({ shownPatient: patientOf(seen) })

  it.each([
    [{ patientId: '220003' }, ['patientId']],
    [{ patientName: 'Doe, Marie' }, ['name']],
    [{ firstName: 'Marie' }, ['name']],
    [{ lastName: null }, ['name']],
    [{ dateOfBirth: '1961-11-30' }, ['birthDate']],
    [{ dateOfBirth: null, patientId: null }, ['patientId', 'birthDate']],
    [{ studyDescription: 'CT Abdomen', status: 'PENDING REPORTING ' }, []],
  ] as const)('is another one after %o', (change, parts) => {
    const fresh = { ...seen, ...change }
    expect(changedParts(patientOf(seen), fresh)).toEqual(parts)
    const happening = recheckComposed(plan, fresh)
    expect(happening?.type ?? 'sent').toBe(parts.length === 0 ? 'sent' : 'held')
    // The sentence may be logged: it names the appointment and nobody.
    expect(JSON.stringify(happening)).not.toMatch(/Doe|Mar|1961|22000/)
  })

  it('stops when the appointment itself is another one', () => {
    expect(recheckComposed(plan, { ...seen, appointmentId: 'A1' })).toMatchObject({ reason: 'gone' })
    expect(recheckComposed(plan, { ...seen, domain: 'other' })).toMatchObject({ reason: 'gone' })
  })
})

it('a composed report that a person releases keeps its plan and is sent past that very problem', () => {
  const held = aRecord({
    kind: 'composed',
    original: null,
    plan: aReportPlan(),
    state: { state: 'held', reason: 'correction', message: '', candidates: [], trace: null },
  })
  const decision = {
    by: 'Dr Roe',
    reason: 'corrected side',
    atUtc: '2026-11-20T00:00:00.000Z',
    appointment: null,
    birthDateTyped: null,
    text: null,
    status: null,
    releases: 'correction',
  } as const
  expect(transition(held, { type: 'resolved', decision })).toMatchObject({
    state: { state: 'queued' },
    plan: { reportText: 'No acute disease.', releases: 'correction' },
  })
})
