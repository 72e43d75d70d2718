import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeness } from '../../../electron/intake/completeness.ts'
import { readReport } from '../../../electron/intake/read-report.ts'
import { writeSrFile } from '../../support/dicom/write-dicom.ts'
import { writeReportPdf } from '../../support/pdf/write-report-pdf.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const dicomHead = new Uint8Array(200)
dicomHead.set(bytesOf('DICM'), 128)

describe('readReport', () => {
  it('goes by the bytes', async () => {
    expect(await readReport(await writeReportPdf({}))).toMatchObject({ kind: 'pdf', problem: null })
    expect(await readReport(new Uint8Array())).toMatchObject({ kind: null, problem: 'damaged' })
    const text = await readReport(bytesOf('Dear colleague, thank you for the referral.'))
    expect(text.problem).toBe('not-a-report')
    expect(text.message).toContain('plain text')
    const binary = await readReport(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 1]))
    expect(binary.problem).toBe('not-a-report')
    expect(binary.message).toContain('neither a PDF nor a DICOM')
  })

  it('holds a PDF without its beginning as no report, and calls it what it is', async () => {
    const pdf = await writeReportPdf({})
    const beheaded = pdf.subarray(8)
    const farBehind = Uint8Array.from([...new Uint8Array(2_000), ...pdf])
    for (const bytes of [beheaded, farBehind]) {
      const reading = await readReport(bytes)
      expect(reading).toMatchObject({ kind: 'pdf', problem: 'not-a-report', text: '' })
      expect(reading.message).toMatch(/beginning/u)
    }
  })

  it('takes a DICOM signature before a PDF one', async () => {
    const both = Uint8Array.from(dicomHead)
    both.set(bytesOf('%PDF-1.7'), 140)
    expect((await readReport(both)).kind).not.toBe('pdf')
    expect((await readReport(both)).problem).not.toBeNull()
  })
})

describe('completeness', () => {
  const whole = () => true
  it('is by the format', async () => {
    const pdf = await writeReportPdf({})
    expect(completeness(pdf, whole)).toBe('complete')
    expect(completeness(new Uint8Array(), whole)).toBe('incomplete')
    expect(completeness(bytesOf('hello'), whole)).toBe('no-signature')
    expect(completeness(dicomHead, whole)).toBe('complete')
    expect(completeness(dicomHead, () => false)).toBe('incomplete')
    expect(completeness(bytesOf(`${' '.repeat(1019)}%PDF-\n%%EOF`), whole)).toBe('complete')
    expect(completeness(bytesOf(`${' '.repeat(1020)}%PDF-\n%%EOF`), whole)).toBe('no-signature')
    expect(completeness(bytesOf(`%PDF-1.7\n%%EOF${' '.repeat(1019)}`), whole)).toBe('complete')
    expect(completeness(bytesOf(`%PDF-1.7\n%%EOF${' '.repeat(1020)}`), whole)).toBe('incomplete')
  })

  it('calls no cut of a PDF complete', async () => {
    const pdf = await writeReportPdf({ pages: 2 })
    const end = Buffer.from(pdf).lastIndexOf('%%EOF') + 5
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end - 1 }), (length) => {
        expect(completeness(pdf.subarray(0, length), whole)).not.toBe('complete')
      }),
    )
  })
})

describe('an appointment that the text of a structured report names behind a label', () => {
  it('is among what the document says, so that it cannot be overlooked', async () => {
    const bytes = writeSrFile({
      patient: { name: 'Doe^Jane', id: '220000', birthDate: '19880303', sex: 'F' },
      flags: { completion: 'COMPLETE', verification: 'UNVERIFIED' },
      sections: [
        { heading: 'Reference', text: 'Appointment ID: A100001' },
        { heading: 'Findings', text: 'The lungs are clear. No nodule, consolidation or effusion is seen.' },
      ],
    })
    expect((await readReport(bytes)).identity.appointmentIds).toEqual(['A100001'])
  })
})
