import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findIdentity } from '../../../../electron/intake/identifiers/find-identity.ts'
import { noIdentity } from '../../../../shared/document.ts'

const day = (iso: string, printed = iso) => ({ printed, readings: [iso] })

describe('findIdentity: where label and value may stand', () => {
  it.each([
    ['fields on one line', 'Patient: DOE, Jane DOB: 03/03/1988 MRN: 220000'],
    ['no colons', 'Patient DOE, Jane DOB 03/03/1988 MRN 220000'],
    ['a letter', 'Re: Jane DOE\nReport\n', []],
    ['cells', 'Patient Name\tDOE, Jane\tDOB\t03/03/1988\nMRN\t220000'],
    ['a table', 'Patient Name\tDOB\tMRN\nDOE, Jane\t03/03/1988\t220000'],
    ['the value below', 'Patient Name:\nDOE, Jane\nDate of Birth:\n03/03/1988\nPatient ID:\n220000'],
    ['surname and given names apart', 'Surname: DOE  Given names: Jane\nBorn: 03/03/1988\nUR No: 220 000'],
    ['parentheses', 'Pt: DOE, Jane (MRN: 220000, DOB: 03/03/1988)'],
    ['age and sex behind the name', 'Name: DOE, Jane (38 yrs) F\nD.O.B. 03/03/1988\nHospital No. 220000'],
    ['a date behind the name', 'Patient: DOE, Jane 03/03/1988\nDOB: 03/03/1988\nMRN: 220000'],
    ['bars', 'Name: DOE, Jane | DOB: 03/03/1988 | URN: 220000'],
    [
      'a block beside another',
      'Patient details\tReferrer\nName: DOE, Jane\tName: Adam Smith\nDOB: 03/03/1988\tPhone: 1\nMRN: 220000\tFax: 2',
    ],
  ])('%s', (_, text, names: readonly string[] = ['DOE, Jane']) => {
    const found = findIdentity(text)
    expect(found.names).toEqual(names)
    if (names.length === 0) return
    expect(found.birthDates).toEqual([day('1988-03-03', '03/03/1988')])
    expect(found.patientIds).toEqual(['220000'])
  })

  it('reads the subject line of a letter that tells the birth date with the name', () => {
    const found = findIdentity('RE: Jane DOE DOB 3 March 1988')
    expect(found.names).toEqual(['Jane DOE'])
    expect(found.birthDates).toEqual([day('1988-03-03', '3 March 1988')])
  })

  it('reads the other fields', () => {
    const text =
      'Accession #: ACC-99 Appointment ID: A123456 Sex: Female\nStudy Instance UID: 1.2.840.113619.2.5.1'
    expect(findIdentity(text)).toEqual({
      ...noIdentity,
      accessionNumbers: ['ACC-99'],
      appointmentIds: ['A123456'],
      sexes: ['F'],
      studyInstanceUids: ['1.2.840.113619.2.5.1'],
    })
  })

  it('keeps two different patients in one document, so that the contradiction shows', () => {
    const text = 'Patient: DOE, Jane DOB: 03/03/1988\nfindings\nPatient: ROE, Mary DOB: 04/04/1990'
    expect(findIdentity(text).names).toEqual(['DOE, Jane', 'ROE, Mary'])
    expect(findIdentity(text).birthDates).toHaveLength(2)
  })

  it('says once what every page repeats', () => {
    expect(findIdentity('Patient: DOE, Jane\n\nPatient: DOE, Jane').names).toEqual(['DOE, Jane'])
  })
})

describe('findIdentity: what is nobody’s identity', () => {
  it.each([
    'Referring Doctor: SMITH, Adam',
    'Referring Doctor Name: SMITH, Adam',
    'Doctor Name: Adam Smith',
    'Referring Doctor Surname: Smith Given names: Adam',
    'REFERRER\nName: Adam Smith\nPhone: 123456',
    'Next of kin\nName: John Doe\nDOB: 01/01/1960',
    "Mother's name: Mary Doe Mother's DOB: 01/01/1960",
    'Radiologist: Dr Adam Smith\nReported by: Dr Adam Smith',
    'Name: Dr Adam Smith',
    'Clinic Name: Northside Imaging\nHospital Name: Northside',
    'Date of exam: 01/02/2026\nReport date: 02/02/2026\nPrinted: 02/02/2026 10:30',
    'Appointment date: 20/11/2026 10:30\nAppointment: 20/11/2026',
    'The patient has no pain. Patient was well. The baby was born 3 March 2020.',
    'Her second child, born 12/03/2020 at 38 weeks, is well.',
    'Patient: Stable, comfortable.\nPatient Location: Ward 3B\nPatient history: nil',
    'Drug name: Aspirin. Name of drug: Aspirin. Study name: CT',
    'Re: CT chest performed on Monday',
    'Medicare No: 1234567\nPhone No: 99999999\nPrevious accession: 123456',
    'No label here, Jane DOE, 03/03/1988, 220000, F',
  ])('%s', (text) => {
    expect(findIdentity(text)).toEqual(noIdentity)
  })
})

describe('findIdentity: dates', () => {
  it('gives both readings of a date that can be swapped, and one where the label says the order', () => {
    expect(findIdentity('DOB: 03/04/1988').birthDates).toEqual([
      { printed: '03/04/1988', readings: ['1988-04-03', '1988-03-04'] },
    ])
    expect(findIdentity('Date of Birth (DD/MM/YYYY): 03/04/1988').birthDates).toEqual([
      day('1988-04-03', '03/04/1988'),
    ])
    expect(findIdentity('DOB: 13/04/1988').birthDates).toEqual([day('1988-04-13', '13/04/1988')])
  })
  it('leaves out two-digit years and days that do not exist', () => {
    expect(findIdentity('DOB: 03/04/88\nDOB: 31/02/1988\nDOB: unknown')).toEqual(noIdentity)
  })
})

describe('names with small words', () => {
  it.each([
    'Ms. Mohammed van der Berg',
    'St. John van Horn',
    'Jane A. Mohammed de la Cruz',
    'Jane ｖａｎ ｄｅｒ Ｂｅｒｇ',
    'ｖａｎ ｄｅｒ Ｂｅｒｇ, Ｊａｎｅ',
  ])('%s is a name behind a colon and without one', (name) => {
    expect(findIdentity(`Patient name: ${name}`).names).toEqual([name])
    expect(findIdentity(`Patient name ${name}`).names).toEqual([name])
  })

  it.each([
    'Ms. Mohammed was seen today',
    'Jane Doe. Mohammed van der Berg',
    'Jane. Normal study of the chest',
  ])('%s is prose', (text) => {
    expect(findIdentity(`Patient name: ${text}`).names).toEqual([])
  })
})

const name = fc
  .tuple(
    fc.stringMatching(/^[A-Z][a-z]{2,8}$/),
    fc.constantFrom('', '-', "'"),
    fc.stringMatching(/^[A-Z][a-z]{2,8}$/),
    fc.stringMatching(/^[A-Z][a-z]{2,8}[0-9]{0,3}$/),
  )
  .map(([a, joiner, b, given]) => `${joiner === '' ? a : a + joiner + b}, ${given}`)
const date = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2025-12-31T00:00:00Z'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10))
const code = fc.stringMatching(/^[A-Z]{0,3}[0-9]{5,9}$/)
const patient = fc.record({ name, date, id: code, appointment: code, sex: fc.constantFrom('F', 'M') })
const labels = fc.record({
  name: fc.constantFrom('Patient', 'Patient Name', 'Name', 'PATIENT', 'Pt'),
  date: fc.constantFrom('DOB', 'D.O.B.', 'Date of Birth', 'Birth date', 'Born'),
  id: fc.constantFrom('MRN', 'UR', 'URN', 'UR No', 'Patient ID', 'Pt ID', 'Patient No', 'Hospital No'),
  appointment: fc.constantFrom('Appointment', 'Appointment ID', 'Appt', 'Booking', 'Booking id'),
  sex: fc.constantFrom('Sex', 'Gender'),
})
const printedAs: readonly ((iso: string) => string)[] = [
  (iso) => iso,
  (iso) => iso.replace(/^(\d+)-(\d+)-(\d+)$/, '$3/$2/$1'),
  (iso) =>
    new Date(iso).toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }),
  (iso) =>
    new Date(iso).toLocaleDateString('en-US', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }),
]
const layouts: readonly ((rows: readonly (readonly [string, string])[]) => string)[] = [
  (rows) => rows.map(([label, value]) => `${label}: ${value}`).join('\n'),
  (rows) => rows.map(([label, value]) => `${label} : ${value}`).join('   '),
  (rows) => rows.map(([label, value]) => `${label}: ${value}`).join(' '),
  (rows) => rows.map(([label, value]) => `${label}\t${value}`).join('\n'),
  (rows) => rows.map(([label, value]) => `${label}:\t${value}`).join('\t'),
  (rows) => [rows.map(([label]) => label).join('\t'), rows.map(([, value]) => value).join('\t')].join('\n'),
  (rows) => rows.map(([label, value]) => `${label}:\n${value}`).join('\n'),
]

describe('findIdentity: properties', () => {
  it('gives back exactly what a form says, in every layout', () => {
    fc.assert(
      fc.property(
        patient,
        labels,
        fc.constantFrom(...printedAs),
        fc.constantFrom(...layouts),
        (who, label, print, layOut) => {
          const text = layOut([
            [label.name, who.name],
            [label.date, print(who.date)],
            [label.id, who.id],
            [label.sex, who.sex],
            [label.appointment, who.appointment],
          ])
          const found = findIdentity(`Northside Imaging\n${text}\n\nFindings: nil. Reported by Dr Adam Smith`)
          expect(found.names).toEqual([who.name])
          expect(found.birthDates).toHaveLength(1)
          expect(found.birthDates[0]?.readings).toContain(who.date)
          expect(found.patientIds).toEqual([who.id])
          expect(found.sexes).toEqual([who.sex])
          expect(found.appointmentIds).toEqual([who.appointment])
        },
      ),
      { numRuns: 600 },
    )
  })

  it('finds nothing in text without labels, whatever names, dates and numbers it has', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'the',
        'lungs',
        'are',
        'clear',
        'on',
        'CT',
        'of',
        'Jane',
        'DOE,',
        'Dr',
        'Smith',
        'seen',
      ),
      date,
      code,
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.constantFrom(' ', '\n', '\t'), (words, gap) => {
        expect(findIdentity(words.join(gap))).toEqual(noIdentity)
      }),
    )
  })

  it('takes any text without throwing and within the caps', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), labels, (text, label) => {
        const found = findIdentity(`${label.name}: ${text}\n${label.id} ${text}\n${label.date}:${text}`)
        for (const value of [...found.names, ...found.patientIds]) expect(value.length).toBeLessThan(1025)
      }),
    )
  })
})
