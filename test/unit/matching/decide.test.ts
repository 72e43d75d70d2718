import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPersonsChoice } from '../../../electron/matching/confirm.ts'
import { decideMatch, MAX_CANDIDATES, type MatchingDocument } from '../../../electron/matching/decide.ts'
import { recheck } from '../../../electron/matching/recheck.ts'
import type { DocumentIdentity } from '../../../shared/document.ts'
import { appointment, document, identity, janeDoe, policy } from './examples.ts'

const own = appointment()
const twin = appointment({ appointmentId: 'B67890', patientId: 'P-002', firstName: 'Joan' })
const worklist = [own, twin]

function reasonFor(changes: Partial<MatchingDocument>, rows = worklist): string {
  const decision = decideMatch(document(changes), rows, policy)
  return decision.kind === 'matched' ? `matched ${decision.candidate.appointmentId}` : decision.reason
}

describe('decision', () => {
  it('matches where a locator names the study and the content proves the patient', () => {
    const decision = decideMatch(document({ text: 'A12345' }), worklist, policy)
    expect(decision).toEqual({
      kind: 'matched',
      candidate: {
        domain: 'acme',
        appointmentId: 'A12345',
        locators: ['text'],
        evidence: { patientId: 'agrees', name: 'agrees', birthDate: 'agrees', sex: 'agrees' },
        identity: 'verified',
      },
      explanation: 'Appointment A12345, named by the text; patient id, name and birth date agree.',
    })
  })

  it('holds the twin’s study', () => {
    expect(reasonFor({ text: 'B67890' })).toBe('identity-mismatch')
  })

  it('holds a study of the right patient that nothing names, with every study of that patient', () => {
    const second = appointment({ appointmentId: 'C11111' })
    const decision = decideMatch(document(), [second, twin, own], policy)
    expect(decision).toMatchObject({ kind: 'held', reason: 'study-unnamed' })
    expect(decision.kind === 'held' && decision.candidates.map((c) => c.appointmentId)).toEqual([
      'A12345',
      'C11111',
    ])
  })

  it('holds the same patient’s other study', () => {
    const withUid = appointment({ studyInstanceUid: '1.2.3' })
    const otherStudy = { ...janeDoe, studyInstanceUids: ['1.2.4'] }
    expect(reasonFor({ text: 'A12345', identity: otherStudy }, [withUid])).toBe('ambiguous-match')
  })

  it.each<[string, Partial<MatchingDocument>]>([
    ['no-match', { identity: identity() }],
    ['no-match', { identity: identity({ names: ['Doe^Jane'] }) }],
    ['no-match', { sidecar: { appointmentId: 'Z99999' } }],
    ['ambiguous-match', { text: 'A12345 B67890' }],
    ['ambiguous-match', { sidecar: { appointmentId: 'Z99999' }, text: 'A12345' }],
    ['identity-unverified', { text: 'A12345', identity: identity({ names: ['Doe^Jane'] }) }],
    ['identity-unverified', { text: 'A12345', identity: identity() }],
    ['identity-mismatch', { text: 'A12345', identity: { ...janeDoe, sexes: ['M'] } }],
    ['identity-mismatch', { text: 'A12345', identity: { ...janeDoe, names: ['Doe^Jane', 'Roe^Jane'] } }],
    ['matched A12345', { fileName: 'A12345.pdf' }],
  ])('%s', (expected, changes) => {
    expect(reasonFor(changes)).toBe(expected)
  })

  it('shows the most promising candidate first and no more than the limit', () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      appointment({
        appointmentId: `C${String(10_000 + i)}`,
        patientId: `P-1${i}`,
        dateOfBirth: '1970-01-01',
      }),
    )
    const rows = [...many, own]
    const text = rows.map((row) => row.appointmentId).join(' ')
    const decision = decideMatch(document({ text }), rows, policy)
    expect(decision.kind === 'held' && decision.candidates).toHaveLength(MAX_CANDIDATES)
    expect(decision.kind === 'held' && decision.candidates[0]?.appointmentId).toBe('A12345')
  })

  it('tells nothing of the patient in its explanations', () => {
    const cases = [
      { text: 'A12345' },
      { text: 'A12345 B67890' },
      { text: 'B67890' },
      {},
      { text: 'A12345', identity: identity({ names: ['Doe^Jane'] }) },
    ]
    for (const changes of cases) {
      expect(decideMatch(document(changes), worklist, policy).explanation).not.toMatch(
        /doe|jane|joan|P-00|1980/iu,
      )
    }
  })
})

describe('whatever the document says', () => {
  const ids = ['A12345', 'B67890', 'C11111', 'D22222']
  const rows = fc
    .uniqueArray(
      fc.record({ id: fc.constantFrom(...ids), who: fc.nat(2), uid: fc.constantFrom(null, '1.2', '1.3') }),
      {
        selector: (row) => row.id,
        minLength: 1,
      },
    )
    .map((list) =>
      list.map(({ id, who, uid }) =>
        appointment({
          appointmentId: id,
          patientId: `P-${who}`,
          firstName: ['Jane', 'Joan', 'Jane'][who] ?? null,
          dateOfBirth: who === 2 ? '1980-12-09' : '1980-09-12',
          studyInstanceUid: uid,
        }),
      ),
    )
  const some = <T>(...values: T[]): fc.Arbitrary<T[]> => fc.subarray(values)
  const documents = fc.record({
    fileName: fc.constantFrom('scan.pdf', ...ids.map((id) => `${id}.pdf`)),
    text: some(...ids).map((list) => list.join(' ')),
    identity: fc.record({
      patientIds: some('P-0', 'P-1', 'P-2'),
      names: some('Doe^Jane', 'Doe^Joan', 'Jane Doe'),
      birthDates: some(
        { printed: '12/09/1980', readings: ['1980-09-12', '1980-12-09'] },
        { printed: '1980-09-12', readings: ['1980-09-12'] },
      ),
      sexes: some<'F' | 'M'>('F', 'M'),
      accessionNumbers: fc.constant([]),
      studyInstanceUids: some('1.2', '1.3', '1.9'),
      appointmentIds: some(...ids),
    }) satisfies fc.Arbitrary<DocumentIdentity>,
    sidecar: fc.constantFrom(null, ...ids.map((appointmentId) => ({ appointmentId }))),
  })

  it('never matches without a locator, a verified identity and an own study UID that fits', () => {
    fc.assert(
      fc.property(documents, rows, (each, list) => {
        const decision = decideMatch(each, list, policy)
        if (decision.kind !== 'matched') return
        const { candidate } = decision
        const row = list.find((r) => r.appointmentId === candidate.appointmentId)
        expect(candidate.locators).not.toHaveLength(0)
        expect(Object.values(candidate.evidence)).not.toContain('contradicts')
        expect(candidate.identity).toBe('verified')
        const ownUid = row?.studyInstanceUid ?? null
        expect(each.identity.studyInstanceUids.every((uid) => ownUid === null || uid === ownUid)).toBe(true)
        const named = [
          each.sidecar?.appointmentId,
          each.text,
          each.fileName,
          ...each.identity.appointmentIds,
        ].join(' ')
        const namedByUid = each.identity.studyInstanceUids.includes(row?.studyInstanceUid ?? '')
        expect(namedByUid || named.includes(candidate.appointmentId)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('decides the same for every order of the worklist', () => {
    fc.assert(
      fc.property(documents, rows, (each, list) => {
        expect(decideMatch(each, list.toReversed(), policy)).toEqual(decideMatch(each, list, policy))
      }),
    )
  })

  it('re-checks a match on the same data to the same match', () => {
    fc.assert(
      fc.property(documents, rows, (each, list) => {
        const decision = decideMatch(each, list, policy)
        if (decision.kind !== 'matched') return
        const fresh = list.find((row) => row.appointmentId === decision.candidate.appointmentId) ?? null
        expect(recheck(decision.candidate, each, fresh, policy)).toEqual(decision)
      }),
    )
  })
})

describe('re-check before the report is posted', () => {
  const named = document({ text: 'A12345' })

  it.each([
    ['gone', null, 'no-match'],
    ['another appointment', twin, 'no-match'],
    ['another birth date', appointment({ dateOfBirth: '1980-02-28' }), 'identity-mismatch'],
    ['no identity any more', appointment({ patientId: null, dateOfBirth: null }), 'identity-unverified'],
  ])('stops when the fresh read shows %s', (_what, fresh, reason) => {
    expect(recheck(own, named, fresh, policy)).toMatchObject({ kind: 'held', reason })
  })

  it('passes when nothing has changed', () => {
    expect(recheck(own, named, own, policy).kind).toBe('matched')
  })
})

describe('a person’s choice', () => {
  const untyped = { birthDateTyped: null }
  const wrongName = document({ identity: identity({ names: ['Roe^Mary'] }) })

  it('is enough where nothing contradicts', () => {
    const choice = checkPersonsChoice(document({ identity: identity() }), own, untyped, policy)
    expect(choice).toMatchObject({
      kind: 'allowed',
      overruled: ['The document alone does not prove the patient.'],
    })
  })

  it('overrules nothing where the document proves the patient', () => {
    expect(checkPersonsChoice(document(), own, untyped, policy)).toMatchObject({
      kind: 'allowed',
      overruled: [],
    })
  })

  it.each([
    [null, 'birth-date-needed'],
    ['', 'birth-date-needed'],
    ['1980-02-28', 'birth-date-differs'],
    ['29/02/1980', 'birth-date-differs'],
  ])('against a contradiction is refused with the birth date %j', (birthDateTyped, reason) => {
    expect(checkPersonsChoice(wrongName, own, { birthDateTyped }, policy)).toMatchObject({
      kind: 'refused',
      reason,
    })
  })

  it('against a contradiction is allowed with the patient’s birth date', () => {
    const choice = checkPersonsChoice(wrongName, own, { birthDateTyped: ' 1980-02-29 ' }, policy)
    expect(choice).toMatchObject({ kind: 'allowed', candidate: { identity: 'mismatch' } })
  })

  it('against a contradiction is refused where the appointment has no birth date to compare', () => {
    const unknown = appointment({ dateOfBirth: '29.2.1980' })
    expect(checkPersonsChoice(wrongName, unknown, { birthDateTyped: '1980-02-29' }, policy)).toMatchObject({
      kind: 'refused',
      reason: 'birth-date-unknown',
    })
  })

  it('with a wrong birth date is refused even where none was needed', () => {
    expect(checkPersonsChoice(document(), own, { birthDateTyped: '1999-01-01' }, policy).kind).toBe('refused')
  })

  it('says that the study differs', () => {
    const other = document({ identity: { ...janeDoe, studyInstanceUids: ['1.9'] } })
    const choice = checkPersonsChoice(other, appointment({ studyInstanceUid: '1.2' }), untyped, policy)
    expect(choice.kind === 'allowed' && choice.overruled).toEqual([
      'The StudyInstanceUID of the document is not that of the appointment.',
    ])
  })
})
