import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findIdentity } from '../../../../electron/intake/identifiers/find-identity.ts'
import { sitePatterns } from '../../../../electron/intake/identifiers/site-patterns.ts'
import type { SiteTemplate } from '../../../../shared/site-templates.ts'

const found = (text: string, fields: SiteTemplate['fields']) =>
  findIdentity(text, sitePatterns([{ name: 'our system', fields }]))

describe('labels of the site', () => {
  it('add values to those of the built-in labels', () => {
    const text =
      'Client ref: 220001\nClient: DOE, Jane\nD.O.B: 3 March 1988\nGeb.: 3 March 1988\nVisit code  V-88123'
    expect(findIdentity(text)).toMatchObject({ patientIds: [], names: [], appointmentIds: [] })
    expect(
      found(text, {
        patientId: 'client ref',
        name: 'Client',
        birthDate: 'Geb.',
        appointmentId: 'Visit code',
      }),
    ).toMatchObject({
      patientIds: ['220001'],
      names: ['DOE, Jane'],
      birthDates: [{ printed: '3 March 1988', readings: ['1988-03-03'] }],
      appointmentIds: ['V-88123'],
    })
  })

  it('end the value of a built-in label before them, and the other way round', () => {
    const fields = { patientId: 'Dossier' }
    expect(found('Patient name: Jane Doe Dossier: 220001 DOB: 1988-03-03', fields)).toMatchObject({
      names: ['Jane Doe'],
      patientIds: ['220001'],
      birthDates: [{ readings: ['1988-03-03'] }],
    })
  })

  it('take the value from the next line or from the column of a table', () => {
    expect(found('Dossier:\n220001', { patientId: 'Dossier' }).patientIds).toEqual(['220001'])
    expect(found('Dossier\tPatient name\n220001\tDOE, Jane', { patientId: 'Dossier' })).toMatchObject({
      patientIds: ['220001'],
      names: ['DOE, Jane'],
    })
  })

  it('outrank a built-in label of the same words', () => {
    expect(findIdentity('Account number: 220001').patientIds).toEqual([])
    expect(found('Account number: 220001', { patientId: 'Account number' }).patientIds).toEqual(['220001'])
  })

  it('are whole words, take a hint of the order of a date, and read only values of their field', () => {
    expect(found('Subdossier: 220001', { patientId: 'Dossier' }).patientIds).toEqual([])
    expect(found('Dossier: none', { patientId: 'Dossier' }).patientIds).toEqual([])
    expect(found('Geb. (DD/MM/YYYY): 03/04/1988', { birthDate: 'Geb.' }).birthDates[0]?.readings).toEqual([
      '1988-04-03',
    ])
    expect(found('Kind: F', { sex: 'Kind' }).sexes).toEqual(['F'])
  })

  it('may have any characters of a label in them', () => {
    for (const label of ['Ref. (clinic)', 'Réf-patient', 'No/Nr', 'Pt # ours', '番号 A']) {
      expect(found(`${label}: 220001`, { patientId: label }).patientIds).toEqual(['220001'])
    }
  })
})

describe('expressions of the site', () => {
  it('give their group wherever a line has it, as a value of their field', () => {
    const fields = {
      patientId: '\\bkey (?<value>[A-Z]\\d{6})',
      birthDate: '\\*(?<value>\\d{2}\\.\\d{2}\\.\\d{4})',
    }
    expect(found('see key X220001 and *13.04.1988\nkey Y220002', fields)).toMatchObject({
      patientIds: ['X220001', 'Y220002'],
      birthDates: [{ readings: ['1988-04-13'] }],
    })
    expect(found('key x220001', fields).patientIds).toEqual([])
    expect(found('key 99/99/99', { patientId: 'key (?<value>\\S+)' }).patientIds).toEqual([])
  })

  it('never reach over the end of a line', () => {
    expect(found('key\n220001', { patientId: 'key\\s+(?<value>\\d+)' }).patientIds).toEqual([])
  })
})

it('never takes away what the built-in labels find, where no label of the site stands', () => {
  const words = fc.array(
    fc.constantFrom(
      'Patient:',
      'Name',
      'DOE,',
      'Jane',
      'DOB:',
      '1988-03-03',
      'MRN',
      '220001',
      '\n',
      '\t',
      'Sex: F',
    ),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(words, (list) => {
      const text = list.join(' ')
      expect(found(text, { patientId: 'Dossier', name: 'zz(?<value>.+)' })).toEqual(findIdentity(text))
    }),
  )
})
