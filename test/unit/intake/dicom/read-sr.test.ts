import { describe, expect, it } from 'vitest'
import { readDicom } from '../../../../electron/intake/dicom/read-dicom.ts'
import type { Reading } from '../../../../shared/document.ts'
import { latin1, sequenceOf, text, type TestElement } from '../../../support/dicom/encode-dicom.ts'
import { finalReport, narrative, noPdf } from '../../../support/dicom/samples.ts'
import {
  codeItem,
  contentItem,
  textItem,
  writeSrFile,
  type SrSample,
} from '../../../support/dicom/write-dicom.ts'

async function readWith(changes: Partial<SrSample>): Promise<Reading> {
  return await readDicom(writeSrFile({ ...finalReport, ...changes }), noPdf)
}

describe('header of an SR', () => {
  it('gives identity, flags, times and signature', async () => {
    expect(await readWith({})).toMatchObject({
      kind: 'sr',
      problem: null,
      message: '',
      identity: {
        patientIds: ['P-4711'],
        names: ['Doe^Jane^Mary'],
        birthDates: [{ printed: '19880403', readings: ['1988-04-03'] }],
        sexes: ['F'],
        accessionNumbers: ['ACC-77'],
        studyInstanceUids: ['1.2.840.99.1.2.3'],
        appointmentIds: [],
      },
      srFlags: {
        preliminaryFlag: 'FINAL',
        completionFlag: 'COMPLETE',
        verificationFlag: 'VERIFIED',
        hasVerifyingObserver: true,
      },
      times: { srContent: { date: '20261119', time: '101400', utcOffset: '+1100' } },
      verifiedBy: 'Dr. Jörg Riesmeier',
      warnings: [],
      innerPdf: null,
    })
  })

  it('leaves out what is empty, impossible or unknown', async () => {
    const { identity } = await readWith({
      patient: { name: '', id: '', birthDate: '19880231', sex: 'X' },
      accessionNumber: '',
      studyInstanceUid: '',
    })
    expect(identity).toEqual({
      patientIds: [],
      names: [],
      birthDates: [{ printed: '19880231', readings: [] }],
      sexes: [],
      accessionNumbers: [],
      studyInstanceUids: [],
      appointmentIds: [],
    })
  })

  it('names nobody as observer who has no name', async () => {
    const unnamed = await readWith({ verifyingObserver: { name: '', organisation: 'Radiology' } })
    expect(unnamed.srFlags?.hasVerifyingObserver).toBe(false)
    expect(unnamed.verifiedBy).toBeNull()
  })

  it('takes the latest of several signatures', async () => {
    const observer = (name: string, at: string): TestElement[] => [
      text('0040a030', 'DT', at),
      text('0040a075', 'PN', name),
    ]
    const extra = [
      sequenceOf(
        '0040a073',
        observer('One^A', '20261101'),
        observer('Two^B', '20261103'),
        observer('Three^C', '20261102'),
      ),
    ]
    const read = await readWith({ extra })
    expect(read.verifiedBy).toBe('B Two')
    expect(read.text).toContain('Verified by: C Three, 2026-11-02')
  })

  it('keeps the numbers of all requests and warns where they disagree', async () => {
    const request = (accession: string, uid: string): TestElement[] => [
      text('00080050', 'SH', accession),
      text('0020000d', 'UI', uid),
    ]
    const agreeing = await readWith({
      extra: [
        sequenceOf('0040a370', request('ACC-77', '1.2.840.99.1.2.3'), request('ACC-77', '1.2.840.99.1.2.3')),
      ],
    })
    expect(agreeing.warnings).toEqual([])
    expect(agreeing.identity.accessionNumbers).toEqual(['ACC-77'])
    const two = await readWith({
      extra: [
        sequenceOf('0040a370', request('ACC-77', '1.2.840.99.1.2.3'), request('ACC-78', '1.2.840.99.1.2.4')),
      ],
    })
    expect(two.identity.accessionNumbers).toEqual(['ACC-77', 'ACC-78'])
    expect(two.identity.studyInstanceUids).toEqual(['1.2.840.99.1.2.3', '1.2.840.99.1.2.4'])
    expect(two.warnings.join()).toContain('several requests')
    const orders = await readWith({
      extra: [sequenceOf('0040a370', [text('00402016', 'LO', 'O1')], [text('00402016', 'LO', 'O2')])],
    })
    expect(orders.warnings.join()).toContain('several requests')
  })

  it('holds a document that names more studies than can be compared', async () => {
    const requests = Array.from({ length: 60 }, (_, index) => [text('0020000d', 'UI', `1.2.3.${index}`)])
    expect((await readWith({ extra: [sequenceOf('0040a370', ...requests)] })).problem).toBe('unsupported')
  })

  it('says that an amendment is one', async () => {
    const extra = [sequenceOf('0040a360', [text('0020000d', 'UI', '1.2.3')])]
    expect((await readWith({ extra })).warnings.join()).toContain('amends or replaces')
  })
})

describe('what is no diagnostic report', () => {
  const title = (meaning: string, code = 'X', scheme = '99TEST'): Partial<SrSample> => ({
    title: { code, scheme, meaning },
  })

  it.each(['Discharge Summary', 'History', 'Consultation Report', 'Key Image Note', 'HISTORY AND PHYSICAL'])(
    'holds the title %s',
    async (meaning) => {
      expect((await readWith(title(meaning))).problem).toBe('not-a-report')
    },
  )

  it.each([
    'CT Report',
    'Radiology Report',
    'Ultrasound Report',
    'Document Title',
    'History of Findings Report',
  ])('takes the title %s', async (meaning) => {
    expect((await readWith(title(meaning))).problem).toBeNull()
  })

  it('knows a title by its code, whatever the language', async () => {
    expect((await readWith(title('Entlassungsbericht', '18842-5', 'LN'))).problem).toBe('not-a-report')
  })

  it('holds measurements without narrative, and takes them with one', async () => {
    const measurements = title('Imaging Measurement Report', '126000', 'DCM')
    const tracking = contentItem('HAS OBS CONTEXT', 'TEXT', { meaning: 'Tracking' }, [
      text('0040a160', 'UT', narrative),
    ])
    const finding = contentItem('CONTAINS', 'CODE', { meaning: 'Finding' }, [
      sequenceOf('0040a168', codeItem('1', 'SCT', narrative)),
    ])
    const bare = await readWith({ ...measurements, sections: [], items: [tracking, finding] })
    expect(bare.problem).toBe('not-a-report')
    expect((await readWith(measurements)).problem).toBeNull()
  })

  it('holds templates that were never filled in', async () => {
    expect((await readWith({ patient: { name: 'Last Name^First Name' } })).problem).toBe('not-a-report')
    expect((await readWith({ items: [textItem('Comment', 'Enter text')] })).problem).toBe('not-a-report')
  })

  it('needs 50 letters of report, headings and context not counted', async () => {
    const heading = 'A long heading that has more than fifty letters all by itself, but says nothing'
    const sections = (letters: number): Partial<SrSample> => ({
      sections: [{ heading, text: `${'a '.repeat(letters)}1234567890 1234567890 1234567890` }],
      items: [
        contentItem('HAS OBS CONTEXT', 'TEXT', { meaning: 'Observer' }, [text('0040a160', 'UT', narrative)]),
      ],
    })
    expect((await readWith(sections(49))).problem).toBe('no-text')
    expect((await readWith(sections(50))).problem).toBeNull()
  })

  it('holds a report whose text would not fit', async () => {
    const sections = [{ heading: 'Findings', text: 'lung '.repeat(420_000) }]
    expect((await readWith({ encoding: 'deflated', sections })).problem).toBe('too-large')
  })
})

describe('subject of the content', () => {
  const context = (
    concept: { code: string; meaning: string },
    type: string,
    value: TestElement,
  ): TestElement[] => contentItem('HAS OBS CONTEXT', type, { ...concept, scheme: 'DCM' }, [value])
  const subjectClass = (code: string, meaning: string): TestElement[] =>
    context(
      { code: '121024', meaning: 'Subject Class' },
      'CODE',
      sequenceOf('0040a168', codeItem(code, 'DCM', meaning)),
    )
  const subjectName = (name: string): TestElement[] =>
    context({ code: '121029', meaning: 'Subject Name' }, 'PNAME', text('0040a123', 'PN', name))
  const subjectId = (id: string): TestElement[] =>
    context({ code: '121030', meaning: 'Subject ID' }, 'TEXT', text('0040a160', 'UT', id))
  const birthDate = (date: string): TestElement[] =>
    context({ code: '121031', meaning: 'Subject Birth Date' }, 'DATE', text('0040a121', 'DA', date))

  it.each([
    ['a fetus', subjectClass('121026', 'Fetus')],
    ['a specimen', subjectClass('121027', 'Specimen')],
    ['another name', subjectName('Smith^John')],
    ['another given name', subjectName('Doe^June')],
    ['another id', subjectId('P-4712')],
    ['another birth date', birthDate('19880404')],
    [
      'somebody else deep inside',
      contentItem('CONTAINS', 'CONTAINER', null, [], [subjectName('Smith^John')]),
    ],
  ])('is held for %s', async (_, item) => {
    expect((await readWith({ items: [item] })).problem).toBe('other-subject')
  })

  it.each([
    ['the class patient', subjectClass('121025', 'Patient')],
    ['the same name, written otherwise', subjectName('DOE^JANE')],
    ['the same id', subjectId('p-4711 ')],
    ['the same birth date', birthDate('19880403')],
  ])('is fine for %s', async (_, item) => {
    expect((await readWith({ items: [item] })).problem).toBeNull()
  })

  it('is compared later where the header says nothing', async () => {
    const read = await readWith({
      patient: {},
      items: [subjectName('Doe^Jane'), subjectId('P-1'), birthDate('19880403')],
    })
    expect(read.problem).toBeNull()
    expect(read.identity).toMatchObject({
      names: ['Doe^Jane'],
      patientIds: ['P-1'],
      birthDates: [{ printed: '1988-04-03', readings: ['1988-04-03'] }],
    })
  })
})

describe('wrong character sets', () => {
  it('does not compare a name that its character set garbles, and says so', async () => {
    const read = await readWith({ characterSet: 'ISO_IR 100', patient: { name: 'Müller^Jörg', id: 'P-1' } })
    expect(read.identity.names).toEqual([])
    expect(read.identity.patientIds).toEqual(['P-1'])
    expect(read.warnings.join('\n')).toContain('the name was not compared')
    expect(read.warnings.join('\n')).not.toMatch(/ller|Mü/)
  })

  it('does not sign with a garbled name', async () => {
    const read = await readWith({ characterSet: 'ISO_IR 192', encodeText: latin1 })
    expect(read.verifiedBy).toBeNull()
    expect(read.srFlags?.hasVerifyingObserver).toBe(true)
    expect(read.warnings.join()).toContain('do not fit the declared character set')
  })

  it('asks for the text where too much of it is lost', async () => {
    const sections = [{ heading: 'Befund', text: `${'äöü'.repeat(20)} ${narrative}` }]
    const read = await readWith({ characterSet: 'ISO_IR 192', encodeText: latin1, sections })
    expect(read.problem).toBe('no-text')
    expect((await readWith({ characterSet: 'ISO_IR 100', encodeText: latin1, sections })).problem).toBeNull()
  })

  it('warns of look-alike letters in a name', async () => {
    const read = await readWith({ patient: { name: 'Петpов^Иван' } })
    expect(read.warnings.join()).toContain('look alike')
    expect(read.identity.names).toEqual(['Петpов^Иван'])
  })
})
