import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBirthDate } from '../../../electron/matching/birth-date.ts'
import { comparePatientId } from '../../../electron/matching/patient-id.ts'
import { compareSex } from '../../../electron/matching/sex.ts'
import {
  agreeingElements,
  contradictsAnywhere,
  identityEvidence,
  judgeIdentity,
} from '../../../electron/matching/verify.ts'
import type { Comparison } from '../../../shared/matching.ts'
import { appointment, identity, janeDoe, policy } from './examples.ts'

describe('birth date', () => {
  const twoWays = { printed: '03/04/1988', readings: ['1988-04-03', '1988-03-04'] }
  const oneWay = { printed: '25 Dec 1988', readings: ['1988-12-25'] }

  it('is exact where it can be read one way', () => {
    expect(compareBirthDate(oneWay, '1988-12-25', undefined)).toBe('agrees')
    expect(compareBirthDate(oneWay, '1988-12-26', 'dmy')).toBe('contradicts')
  })

  it('is not compared without an order where it can be read two ways and one fits', () => {
    expect(compareBirthDate(twoWays, '1988-04-03', undefined)).toBe('not-compared')
    expect(compareBirthDate(twoWays, '1988-03-04', undefined)).toBe('not-compared')
  })

  it('contradicts without an order where neither reading fits', () => {
    expect(compareBirthDate(twoWays, '1988-04-04', undefined)).toBe('contradicts')
  })

  it.each([
    ['dmy', '1988-04-03', 'agrees'],
    ['dmy', '1988-03-04', 'contradicts'],
    ['mdy', '1988-03-04', 'agrees'],
    ['mdy', '1988-04-03', 'contradicts'],
  ] as const)('is read in the order %s for %s: %s', (order, expected, result) => {
    expect(compareBirthDate(twoWays, expected, order)).toBe(result)
    expect(compareBirthDate({ ...twoWays, readings: twoWays.readings.toReversed() }, expected, order)).toBe(
      result,
    )
  })

  it('needs no order where both readings are equal', () => {
    const both = { printed: '05/05/1988', readings: ['1988-05-05', '1988-05-05'] }
    expect(compareBirthDate(both, '1988-05-05', undefined)).toBe('agrees')
  })

  it('is not compared where the printed text does not show which reading is meant', () => {
    expect(compareBirthDate({ ...twoWays, printed: '?' }, '1988-04-03', 'dmy')).toBe('not-compared')
  })

  it.each([null, '', '03/04/1988', '19880403', '1988-02-30', '1988-04-03T00:00:00Z'])(
    'is not compared with %s on the appointment',
    (dateOfBirth) => {
      expect(compareBirthDate(twoWays, dateOfBirth, 'dmy')).toBe('not-compared')
    },
  )

  it('is not compared where the document has no date at all', () => {
    expect(compareBirthDate({ printed: 'unknown', readings: [] }, '1988-04-03', 'dmy')).toBe('not-compared')
  })
})

describe('patient id', () => {
  it.each([
    ['P-001', 'P-001', 'agrees'],
    [' p-001 ', 'P-001', 'agrees'],
    ['Ｐ-001\0', 'P-001', 'agrees'],
    ['P-01', 'P-001', 'contradicts'],
    ['0123', '123', 'contradicts'],
    ['P001', 'P-001', 'contradicts'],
    ['', 'P-001', 'not-compared'],
    ['P-001', null, 'not-compared'],
    ['P-001', ' ', 'not-compared'],
  ] as const)('%j against %j %s', (printed, expected, result) => {
    expect(comparePatientId(printed, expected, 'qubs')).toBe(result)
  })

  it('is not compared where the site prints its own number', () => {
    expect(comparePatientId('P-001', 'P-001', 'local')).toBe('not-compared')
    expect(comparePatientId('X', 'P-001', 'local')).toBe('not-compared')
  })
})

describe('sex', () => {
  it.each([
    ['F', 'Female', 'agrees'],
    ['F', 'f', 'agrees'],
    ['M', ' MALE ', 'agrees'],
    ['M', 'F', 'contradicts'],
    ['F', 'Male', 'contradicts'],
    ['O', 'F', 'not-compared'],
    ['F', 'Non-binary', 'not-compared'],
    ['F', 'U', 'not-compared'],
    ['F', null, 'not-compared'],
  ] as const)('%s against %j %s', (sex, gender, result) => {
    expect(compareSex(sex, gender)).toBe(result)
  })
})

describe('evidence', () => {
  it('agrees on everything that Jane Doe’s own report says', () => {
    expect(identityEvidence(janeDoe, appointment(), policy)).toEqual({
      patientId: 'agrees',
      name: 'agrees',
      birthDate: 'agrees',
      sex: 'agrees',
    })
  })

  it('contradicts as soon as one of several values does', () => {
    const mixed = identity({
      patientIds: ['P-001', 'P-002'],
      names: ['DOE^JANE', 'ROE^JANE'],
      birthDates: [...janeDoe.birthDates, { printed: '1980-03-01', readings: ['1980-03-01'] }],
      sexes: ['F', 'M'],
    })
    expect(Object.values(identityEvidence(mixed, appointment(), policy))).toEqual(
      Array(4).fill('contradicts'),
    )
  })

  it('is not compared where either side is silent', () => {
    const blank = { patientId: null, firstName: null, lastName: null, dateOfBirth: null, gender: null }
    const silent = Array(4).fill('not-compared')
    expect(Object.values(identityEvidence(identity(), appointment(), policy))).toEqual(silent)
    expect(Object.values(identityEvidence(janeDoe, appointment(blank), policy))).toEqual(silent)
  })

  it('uses the date order of the practice of the appointment', () => {
    const document = identity({
      birthDates: [{ printed: '03/04/1988', readings: ['1988-04-03', '1988-03-04'] }],
    })
    const byDomain = {
      ...policy,
      dateOrderOf: (domain: string) => (domain === 'au' ? 'dmy' : 'mdy'),
    } as const
    const born = { dateOfBirth: '1988-04-03' }
    expect(identityEvidence(document, appointment({ ...born, domain: 'au' }), byDomain).birthDate).toBe(
      'agrees',
    )
    expect(identityEvidence(document, appointment({ ...born, domain: 'us' }), byDomain).birthDate).toBe(
      'contradicts',
    )
  })
})

describe('verdict', () => {
  const comparison = fc.constantFrom<Comparison>('agrees', 'contradicts', 'not-compared')
  const evidence = fc.record({
    patientId: comparison,
    name: comparison,
    birthDate: comparison,
    sex: comparison,
  })

  it('needs two elements, one of them a number, and does not count the sex', () => {
    const none = {
      patientId: 'not-compared',
      name: 'not-compared',
      birthDate: 'not-compared',
      sex: 'agrees',
    } as const
    expect(judgeIdentity({ ...none, name: 'agrees' }, 2)).toBe('unverified')
    expect(judgeIdentity({ ...none, birthDate: 'agrees' }, 2)).toBe('unverified')
    expect(judgeIdentity({ ...none, name: 'agrees', birthDate: 'agrees' }, 2)).toBe('verified')
    expect(judgeIdentity({ ...none, name: 'agrees', patientId: 'agrees' }, 2)).toBe('verified')
    expect(judgeIdentity({ ...none, birthDate: 'agrees', patientId: 'agrees' }, 2)).toBe('verified')
    expect(judgeIdentity({ ...none, birthDate: 'agrees', patientId: 'agrees' }, 3)).toBe('unverified')
    expect(judgeIdentity({ ...none, birthDate: 'agrees', patientId: 'agrees', name: 'agrees' }, 3)).toBe(
      'verified',
    )
  })

  it('is never verified when any element contradicts, nor with too few', () => {
    fc.assert(
      fc.property(evidence, fc.constantFrom<2 | 3>(2, 3), (each, elements) => {
        const verdict = judgeIdentity(each, elements)
        const contradicted = contradictsAnywhere(each)
        expect(verdict === 'mismatch').toBe(contradicted)
        expect(verdict === 'verified').toBe(!contradicted && agreeingElements(each) >= elements)
      }),
    )
  })
})
