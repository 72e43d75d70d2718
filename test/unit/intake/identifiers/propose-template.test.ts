import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findIdentity } from '../../../../electron/intake/identifiers/find-identity.ts'
import { proposeTemplate } from '../../../../electron/intake/identifiers/propose-template.ts'
import { sitePatterns } from '../../../../electron/intake/identifiers/site-patterns.ts'
import { compareBirthDate } from '../../../../electron/matching/birth-date.ts'
import { compareName } from '../../../../electron/matching/names.ts'

const equal = (expected: string) => (value: string) =>
  value === expected ? ('agrees' as const) : ('contradicts' as const)
const chosen = {
  patientId: equal('220001'),
  name: (value: string) => compareName(value, { patientName: null, firstName: 'Jane', lastName: 'Doe' }),
  birthDate: (value: Parameters<typeof compareBirthDate>[0]) =>
    compareBirthDate(value, '1988-03-13', undefined),
  appointmentId: equal('A100001'),
}
const propose = (text: string) => proposeTemplate(text, findIdentity(text), chosen)

describe('proposeTemplate', () => {
  it('finds the labels behind which the values of the chosen appointment stand', () => {
    const text = 'Northside Imaging\nKlient: DOE, Jane   Geb.: 13/03/1988\nDossier nr\t220001\nFindings: none'
    expect(propose(text)).toEqual({
      name: 'proposal',
      fields: { name: 'Klient', birthDate: 'Geb.', patientId: 'Dossier nr' },
    })
    const learnt = findIdentity(text, sitePatterns([{ name: 'x', fields: propose(text)?.fields ?? {} }]))
    expect(learnt).toMatchObject({ names: ['DOE, Jane'], patientIds: ['220001'] })
  })

  it('sees a value on the next line and in the column of a table', () => {
    expect(propose('Visit key:\nA100001')?.fields).toEqual({ appointmentId: 'Visit key' })
    expect(propose('Dossier\tDOB\n220001\t13/03/1988')?.fields).toEqual({ patientId: 'Dossier' })
  })

  it.each([
    ['the built-in labels find it', 'MRN: 220001\nDossier: 220001'],
    ['the document contradicts the choice', 'MRN: 220009\nDossier: 220001'],
    ['the label shows another value elsewhere', 'Dossier: 220001\nDossier: 220009'],
    ['the label is known to be something else', 'Medicare no: 220001'],
    ['there is no label', '220001'],
    ['the value is another one', 'Dossier: 220002'],
    ['a digit stands in what looks like a label', 'Bed 7: 220001'],
    ['what looks like a label is a sentence', 'this is the number of our patient today: 220001'],
  ])('proposes nothing where %s', (_, text) => {
    expect(propose(text)).toBeNull()
  })

  it('never puts a value of the document into the proposal', () => {
    const word = fc.constantFrom(
      'Doe',
      'Jane',
      '220001',
      'A100001',
      '13/03/1988',
      'Key',
      ':',
      '\t',
      '\n',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 25 }), (words) => {
        expect(JSON.stringify(propose(words.join('')))).not.toMatch(/220001|A100001|1988/u)
      }),
    )
  })
})
