import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { faultsOf, type Ending, type Witnesses } from '../../demo/outcome.ts'
import type { Expectation } from '../../demo/samples.ts'

const at = '2026-11-20T01:02:03.000Z'
const uploaded = Buffer.from('the bytes')
const expected: Expectation = {
  kind: 'delivered',
  appointmentId: 'A1',
  status: 'final',
  contentType: 'application/pdf',
  uploaded,
}
const delivered: Ending & { event: 'delivered' } = {
  at,
  id: 'one',
  file: 'Final/a.pdf',
  event: 'delivered',
  domain: 'acme',
  appointmentId: 'A1',
  status: 'final',
  reportGuid: 'guid',
  reportedAtUtc: '2026-11-20T01:02:03Z',
  attachments: [{ guid: 'file', fileName: 'A1-report.pdf', readBack: true }],
}
const report = {
  reportGuid: 'guid',
  reportText: '',
  reportStatus: 'final' as const,
  reportFormat: 'text',
  interpretingClinicianName: null,
  interpretingClinicianProviderNumber: null,
  interpretingClinicianEmail: null,
  reportedAtUtc: '',
  receivedAt: 0,
  idempotencyKey: null,
  correlationId: '',
}
const artefact = {
  guid: 'file',
  fileName: 'A1-report.pdf',
  category: '',
  contentType: 'application/pdf',
  storedContentType: 'application/pdf',
  bytes: uploaded,
  sha256: createHash('sha256').update(uploaded).digest('hex'),
  putCount: 1,
}
const seen = (changes: Partial<ReturnType<Witnesses['appointment']>> = {}): Witnesses => ({
  appointment: () => ({ reports: [report], artefacts: [artefact], ...changes }),
  idOf: (file) => (file === 'first.pdf' ? 'first' : null),
  folder: ['Sent/a.pdf', 'Held/b.pdf'],
})

describe('the judge of the demo', () => {
  it('finds nothing wrong with a delivery that the server confirms', () => {
    expect(faultsOf('Final/a.pdf', expected, delivered, seen())).toEqual([])
  })

  it.each([
    ['another appointment', { ...delivered, appointmentId: 'A2' }, seen(), 'it should have gone to A1'],
    [
      'a second report',
      delivered,
      seen({ reports: [report, report] }),
      'the server has 2 reports instead of one',
    ],
    [
      'other bytes',
      delivered,
      seen({ artefacts: [{ ...artefact, sha256: '00' }] }),
      'the server has other bytes',
    ],
    ['no read-back', { ...delivered, attachments: [] }, seen(), 'it was not read back'],
    [
      'a file left behind',
      delivered,
      { ...seen(), folder: ['Final/a.pdf'] },
      'the file is not at Sent/a.pdf',
    ],
  ])('notices %s', (_, ending, witnesses, fault) => {
    expect(faultsOf('Final/a.pdf', expected, ending, witnesses)).toEqual([fault])
  })

  it('notices another reason, another kind of outcome, and none at all', () => {
    const held: Ending = { at, id: 'two', file: 'b.pdf', event: 'held', reason: 'damaged', message: '' }
    expect(faultsOf('b.pdf', { kind: 'held', reason: 'damaged' }, held, seen())).toEqual([])
    expect(faultsOf('b.pdf', { kind: 'held', reason: 'no-text' }, held, seen())).toEqual([
      'the reason should have been no-text',
    ])
    expect(faultsOf('b.pdf', expected, held, seen())).toEqual(['it should have been delivered'])
    expect(faultsOf('b.pdf', expected, null, seen())).toEqual(['nothing became of it'])
  })

  it('wants a duplicate to be one of the right delivery', () => {
    const duplicate: Ending = { at, id: 'three', file: 'a.pdf', event: 'duplicate', of: 'first' }
    expect(faultsOf('a.pdf', { kind: 'duplicate', of: 'first.pdf' }, duplicate, seen())).toEqual([])
    expect(faultsOf('a.pdf', { kind: 'duplicate', of: 'other.pdf' }, duplicate, seen())).toEqual([
      'it should have been a duplicate of other.pdf',
    ])
  })
})
