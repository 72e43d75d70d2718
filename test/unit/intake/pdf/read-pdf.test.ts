import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPdf } from '../../../../electron/intake/pdf/read-pdf.ts'
import { reading } from '../../../../shared/document.ts'
import {
  padPdf,
  sampleParagraphs,
  writeGarbledPdf,
  writePlacedPdf,
  writeReportPdf,
  writeScanPdf,
} from '../../../support/pdf/write-report-pdf.ts'

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

function action(pdf: PDFKit.PDFDocument, dictionary: object): PDFKit.PDFKitReference {
  const reference = pdf.ref({ Type: 'Action', ...dictionary })
  reference.end('')
  return reference
}

describe('readPdf: a readable report', () => {
  it('gives text, pages, times and identity', async () => {
    const patient = {
      name: 'DOE, Jane',
      birthDate: '13/04/1988',
      patientId: '220000',
      appointmentId: 'A123456',
    }
    const read = await readPdf(await writeReportPdf({ patient, createdAt: new Date('2026-11-19T22:30:00Z') }))
    expect(read).toMatchObject({ kind: 'pdf', problem: null, message: '', pages: 1, warnings: [] })
    expect(read.text.replace(/\s+/g, ' ')).toContain(sampleParagraphs[1])
    expect(read.times).toEqual({ srContent: null, pdfModified: null, pdfCreated: '2026-11-19T22:30:00Z' })
    expect(read.identity).toMatchObject({
      names: ['DOE, Jane'],
      birthDates: [{ printed: '13/04/1988', readings: ['1988-04-13'] }],
      patientIds: ['220000'],
      appointmentIds: ['A123456'],
    })
  })

  it.each(['lines', 'one-line', 'label-and-value-columns', 'table'] as const)(
    'finds the patient in %s',
    async (fieldLayout) => {
      const patient = { name: 'DOE, Jane', birthDate: '1988-04-13', patientId: '220000', sex: 'F' }
      const read = await readPdf(await writeReportPdf({ patient, fieldLayout }))
      expect(read.identity).toMatchObject({ names: ['DOE, Jane'], patientIds: ['220000'], sexes: ['F'] })
      expect(read.identity.birthDates[0]?.readings).toEqual(['1988-04-13'])
    },
  )

  it('reads all pages in order', async () => {
    const read = await readPdf(
      await writeReportPdf({
        pages: 3,
        paragraphs: ['Findings on this page: no nodule, no effusion, heart of normal size.'],
      }),
    )
    expect(read.pages).toBe(3)
    expect(read.text.match(/Findings/g)).toHaveLength(3)
  })

  it('says what the owner’s protection and foreign bytes in front may mean', async () => {
    const restricted = await readPdf(await writeReportPdf({ ownerPassword: 'owner' }))
    expect(restricted.problem).toBeNull()
    expect(restricted.warnings.join()).toContain('protected by its owner')
    const plain = await writeReportPdf({})
    const prefixed = await readPdf(new Uint8Array(Buffer.concat([Buffer.from('junk\n'), plain])))
    expect(prefixed.problem).toBeNull()
    expect(prefixed.warnings.join()).toContain('5 foreign bytes')
  })

  it('warns of a repaired file, and does not of a sound one', async () => {
    const file = textOf(await writeReportPdf({}))
    const shifted = await readPdf(bytesOf(file.replace(/startxref\n\d+/, 'startxref\n7')))
    expect(shifted.problem).toBeNull()
    expect(shifted.warnings.join()).toContain('repaired')
    const moved = await readPdf(bytesOf(file.replace('%PDF-1.7\n', '%PDF-1.7\n%\n')))
    expect(moved.warnings.join()).toContain('repaired')
  })

  it('refuses a file whose root is no catalog, which other readers cannot show', async () => {
    const file = textOf(await writeReportPdf({}))
    const info = /\/Info (\d+ \d+ R)/.exec(file)?.[1] ?? ''
    const broken = file.replace(/startxref\n\d+/, 'startxref\n7').replace(/\/Root \d+ \d+ R/, `/Root ${info}`)
    expect((await readPdf(bytesOf(broken))).problem).toBe('damaged')
  })
})

describe('readPdf: what is held', () => {
  it('knows the size limit to the byte', async () => {
    const report = await writeReportPdf({})
    const largest = await readPdf(padPdf(report, 2_097_152))
    expect(largest.problem).toBeNull()
    expect(largest.warnings.join()).toContain('2,097,152 bytes')
    expect((await readPdf(padPdf(report, 2_000_000))).warnings).toEqual([])
    expect((await readPdf(padPdf(report, 2_000_001))).warnings).toHaveLength(1)
    const tooLarge = await readPdf(padPdf(report, 2_097_153))
    expect(tooLarge.problem).toBe('too-large')
    expect(tooLarge.message).toContain('2,097,153')
  })

  it('knows the page cap', async () => {
    expect((await readPdf(await writeReportPdf({ pages: 50 }))).problem).toBeNull()
    expect((await readPdf(await writeReportPdf({ pages: 51 }))).problem).toBe('unsupported')
  })

  it('knows the cap of characters', async () => {
    const line = 'no nodule, consolidation or effusion is seen; '.repeat(5)
    const lines = Array.from({ length: 40 }, () => line)
    const read = await readPdf(await writeReportPdf({ pages: 24, lines, fontSize: 4 }))
    expect(read.problem).toBe('unsupported')
    expect(read.message).toContain('200,000')
  })

  it('asks for a text where there is none', async () => {
    expect((await readPdf(await writeScanPdf({ pages: 2 }))).problem).toBe('no-text')
    expect((await readPdf(await writeReportPdf({ paragraphs: ['Page 1'] }))).problem).toBe('no-text')
    const garbled = await readPdf(await writeGarbledPdf())
    expect(garbled.problem).toBe('no-text')
    expect(garbled.message).toContain('not readable words')
  })

  it('needs no password and keeps none', async () => {
    const read = await readPdf(await writeReportPdf({ password: 'secret-word' }))
    expect(read.problem).toBe('encrypted')
    expect(JSON.stringify(read)).not.toContain('secret-word')
  })

  it.each([
    ['JavaScript', () => writeReportPdf({ javaScript: 'app.alert(1)' })],
    ['another file inside', () => writeReportPdf({ attachment: new Uint8Array([1, 2, 3]) })],
    [
      'an action that starts a program',
      () =>
        writeReportPdf({
          paragraphs: sampleParagraphs,
          draw: (pdf) => pdf.annotate(10, 10, 50, 50, { SubType: 'Link', A: action(pdf, { S: 'Launch' }) }),
        }),
    ],
    [
      'a script on an annotation, its name spelt with an escape',
      async () => {
        const file = textOf(
          await writeReportPdf({
            paragraphs: sampleParagraphs,
            draw: (pdf) =>
              pdf.annotate(10, 10, 50, 50, { SubType: 'Link', A: action(pdf, { S: 'JavaScript' }) }),
          }),
        )
        return bytesOf(file.replace('/JavaScript', '/JavaScr#69pt'))
      },
    ],
  ])('holds %s as active content', async (_, write) => {
    const bytes = await write()
    expect(await readPdf(bytes)).toMatchObject({ kind: 'pdf', problem: 'active-content' })
  })

  it('tells cut off, headless and empty apart', async () => {
    const report = await writeReportPdf({ pages: 3 })
    expect((await readPdf(report.subarray(0, report.length - 2000))).problem).toBe('damaged')
    expect((await readPdf(report.subarray(8))).problem).toBe('not-a-report')
    expect((await readPdf(new Uint8Array())).problem).toBe('not-a-report')
    expect((await readPdf(bytesOf('%PDF-1.7\nnothing\n%%EOF\n'))).problem).toBe('damaged')
  })

  it('leaves the bytes as they are', async () => {
    const report = await writeReportPdf({})
    const before = Uint8Array.from(report)
    await readPdf(report)
    expect(report).toEqual(before)
  })
})

describe('readPdf: reading order', () => {
  it('reads two printed columns one after the other', async () => {
    const column = (side: string, x: number) =>
      Array.from({ length: 8 }, (_, row) => ({
        text: `${side} ${row} the lungs are clear on this line`,
        x,
        y: 100 + row * 14,
      }))
    const read = await readPdf(await writePlacedPdf([...column('Left', 50), ...column('Right', 310)]))
    expect(read.text.indexOf('Left 7')).toBeLessThan(read.text.indexOf('Right 0'))
    expect(read.text).not.toContain('\t')
  })

  it('says every word of a page once, wherever it stands', async () => {
    const words = fc.uniqueArray(fc.stringMatching(/^[A-Z][a-z]{4,9}$/), { minLength: 12, maxLength: 24 })
    await fc.assert(
      fc.asyncProperty(words, fc.boolean(), async (list, reversed) => {
        const placed = list.map((text, index) => ({
          text,
          x: 40 + (index % 4) * 120,
          y: 60 + Math.floor(index / 4) * 20,
        }))
        const read = await readPdf(await writePlacedPdf(reversed ? placed.toReversed() : placed))
        expect(read.text.split(/\s+/)).toEqual(list)
      }),
      { numRuns: 15 },
    )
  })
})

it('never throws and never calls noise a report', async () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc.uint8Array({ maxLength: 3000 }).map((body) => bytesOf(`%PDF-1.4\n${textOf(body)}\n%%EOF\n`)),
  )
  await fc.assert(
    fc.asyncProperty(noise, async (bytes) => {
      const read = reading.parse(await readPdf(bytes))
      expect(read.problem).not.toBeNull()
    }),
    { numRuns: 150 },
  )
})
