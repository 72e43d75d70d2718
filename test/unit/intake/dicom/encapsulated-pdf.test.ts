import { describe, expect, it } from 'vitest'
import { readDicom } from '../../../../electron/intake/dicom/read-dicom.ts'
import { noIdentity, refused, type Reading } from '../../../../shared/document.ts'
import { utf8 } from '../../../support/dicom/encode-dicom.ts'
import { narrative, pdfReading } from '../../../support/dicom/samples.ts'
import { writeEncapsulatedPdf, type EncapsulatedPdfSample } from '../../../support/dicom/write-dicom.ts'

const oddPdf = utf8('%PDF-1.4 some bytes that are odd in number %%EOF\n')

const sample: EncapsulatedPdfSample = {
  pdf: oddPdf,
  patient: { name: 'Doe^Jane', id: 'P-4711', birthDate: '19880403', sex: 'F' },
  studyInstanceUid: '1.2.840.99.1.2.3',
  accessionNumber: 'ACC-77',
  contentDate: '20261119',
  contentTime: '101400',
}

async function readWith(
  changes: Partial<EncapsulatedPdfSample>,
  inner: Partial<Reading> = {},
): Promise<Reading> {
  return await readDicom(writeEncapsulatedPdf({ ...sample, ...changes }), () =>
    Promise.resolve(pdfReading(inner)),
  )
}

describe('encapsulated PDF', () => {
  it('cuts the inner PDF out byte for byte, without the padding', async () => {
    expect(oddPdf.length % 2).toBe(1)
    const seen: Uint8Array[] = []
    const read = await readDicom(writeEncapsulatedPdf(sample), (bytes) => {
      seen.push(bytes)
      return Promise.resolve(pdfReading())
    })
    expect(seen).toEqual([oddPdf])
    expect(read).toMatchObject({ kind: 'encapsulated-pdf', problem: null, text: narrative, srFlags: null })
    expect(read.innerPdf).toEqual(oddPdf)
  })

  it('keeps the inner PDF whole when the PDF reader takes over its buffer', async () => {
    const read = await readDicom(writeEncapsulatedPdf(sample), (bytes) => {
      if (bytes.buffer instanceof ArrayBuffer) structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
      return Promise.resolve(pdfReading())
    })
    expect(read.innerPdf).toEqual(oddPdf)
  })

  it('cuts one padding byte where the length is not given', async () => {
    expect((await readWith({ documentLength: null })).innerPdf).toEqual(oddPdf)
  })

  it.each(['explicit', 'implicit', 'deflated', 'big-endian'] as const)(
    'reads the length in %s',
    async (encoding) => {
      expect((await readWith({ encoding })).innerPdf).toEqual(oddPdf)
    },
  )

  it('holds a document shorter than its length says', async () => {
    expect(await readWith({ documentLength: oddPdf.length + 2 })).toMatchObject({
      problem: 'damaged',
      innerPdf: null,
    })
  })

  it('joins the identity of header and inner text, contradictions included', async () => {
    const { identity } = await readWith(
      {},
      {
        identity: {
          ...noIdentity,
          names: ['Doe^Jane', 'Smith, John'],
          patientIds: ['P-9'],
          birthDates: [
            { printed: '19880403', readings: ['1988-04-03'] },
            { printed: '03/04/1988', readings: ['1988-04-03', '1988-03-04'] },
          ],
          appointmentIds: ['A12345'],
        },
      },
    )
    expect(identity).toEqual({
      patientIds: ['P-4711', 'P-9'],
      names: ['Doe^Jane', 'Smith, John'],
      birthDates: [
        { printed: '19880403', readings: ['1988-04-03'] },
        { printed: '03/04/1988', readings: ['1988-04-03', '1988-03-04'] },
      ],
      sexes: ['F'],
      accessionNumbers: ['ACC-77'],
      studyInstanceUids: ['1.2.840.99.1.2.3'],
      appointmentIds: ['A12345'],
    })
  })

  it('passes on what is wrong with the inner PDF, and keeps its bytes for a person to complete', async () => {
    const read = await readWith({}, { problem: 'no-text', message: 'A scan.', warnings: ['One.'] })
    expect(read).toMatchObject({
      problem: 'no-text',
      message: 'A scan.',
      warnings: ['One.'],
      innerPdf: oddPdf,
    })
  })

  it('carries the dates of shell and content', async () => {
    const { times } = await readWith(
      {},
      { times: { srContent: null, pdfCreated: '2026-11-19T10:00:00Z', pdfModified: null } },
    )
    expect(times).toEqual({
      srContent: { date: '20261119', time: '101400', utcOffset: null },
      pdfCreated: '2026-11-19T10:00:00Z',
      pdfModified: null,
    })
  })

  it('does not even read an inner PDF of more than 2,097,152 bytes', async () => {
    const unread = (): Promise<Reading> => Promise.reject(new Error('read'))
    const big = await readDicom(
      writeEncapsulatedPdf({ ...sample, pdf: new Uint8Array(2_097_153).fill(65) }),
      unread,
    )
    expect(big).toMatchObject({ problem: 'too-large', innerPdf: null })
    expect(big.identity.patientIds).toEqual(['P-4711'])
    const exact = await readWith({ pdf: new Uint8Array(2_097_152).fill(65) })
    expect(exact.problem).toBeNull()
  })

  it.each(['text/xml', 'model/stl', 'Doe^Jane'])(
    'holds the MIME type %s without repeating it',
    async (mimeType) => {
      const read = await readWith({ mimeType })
      expect(read.problem).toBe('unsupported')
      expect(read.message).not.toContain(mimeType)
    },
  )

  it('holds another kind of clinical document by its title', async () => {
    expect((await readWith({ documentTitle: 'Discharge Summary' })).problem).toBe('not-a-report')
    const locked = await readWith(
      { documentTitle: 'Discharge Summary' },
      { problem: 'encrypted', message: 'Locked.' },
    )
    expect(locked).toMatchObject({ problem: 'encrypted', message: 'Locked.' })
  })

  it('is damaged when the PDF reader fails', async () => {
    const failing = (): Promise<Reading> => Promise.reject(new Error('Jane Doe'))
    const read = await readDicom(writeEncapsulatedPdf(sample), failing)
    expect(read.problem).toBe('damaged')
    expect(read.message).not.toContain('Doe')
    expect(read).toEqual({ ...refused('damaged', read.message) })
  })
})
