import { crc32, deflateSync } from 'node:zlib'
import PdfKit from 'pdfkit'

/** Sample PDFs for tests and the demo: invented people and texts, made with pdfkit. */

export type PatientFields = {
  readonly name?: string
  readonly birthDate?: string
  readonly patientId?: string
  readonly sex?: string
  readonly accession?: string
  readonly appointmentId?: string
  readonly studyUid?: string
}

export type ReportPdf = {
  /** Printed first, one labelled field a line, or as `fieldLayout` says. */
  readonly patient?: PatientFields
  readonly fieldLayout?: 'lines' | 'one-line' | 'label-and-value-columns' | 'table'
  /** Each on a line of its own, wrapped where it is too long for the page. */
  readonly lines?: readonly string[]
  /** Wrapped to the page; a sample report where neither lines nor paragraphs are given. */
  readonly paragraphs?: readonly string[]
  /** Pages with the same paragraphs; 1 where not given. */
  readonly pages?: number
  /** Of lines and paragraphs, in points; 12 where not given. */
  readonly fontSize?: number
  /** Needed to open the file. */
  readonly password?: string
  /** Restricts printing and copying; the file opens without it. */
  readonly ownerPassword?: string
  readonly javaScript?: string
  readonly attachment?: Uint8Array
  readonly createdAt?: Date
  readonly modifiedAt?: Date
  /** Anything else to draw on the first page. */
  readonly draw?: (document: PDFKit.PDFDocument) => void
}

/** Invented prose of a plain report, enough to count as one. */
export const sampleParagraphs: readonly string[] = [
  'CT of the chest without contrast. Clinical notes: cough for three weeks, former smoker.',
  'Findings: The lungs are clear. No nodule, consolidation or effusion is seen. The heart is of normal size and the mediastinum is unremarkable.',
  'Impression: No acute disease of the chest.',
]

const labels: readonly (readonly [keyof PatientFields, string])[] = [
  ['name', 'Patient Name'],
  ['birthDate', 'Date of Birth'],
  ['patientId', 'Patient ID'],
  ['sex', 'Sex'],
  ['accession', 'Accession No'],
  ['appointmentId', 'Appointment'],
  ['studyUid', 'Study Instance UID'],
]

export async function writeReportPdf(report: ReportPdf): Promise<Uint8Array> {
  const document = newDocument(report)
  if (report.javaScript !== undefined) document.addNamedJavaScript('onOpen', report.javaScript)
  if (report.attachment !== undefined) document.file(Buffer.from(report.attachment), { name: 'attached.txt' })
  const pages = report.pages ?? 1
  for (let page = 0; page < pages; page++) {
    document.addPage()
    if (page === 0) {
      writeFields(document, report)
      report.draw?.(document)
    }
    document.fontSize(report.fontSize ?? 12)
    for (const line of report.lines ?? []) document.text(line)
    const paragraphs =
      report.paragraphs ?? (report.lines === undefined && report.draw === undefined ? sampleParagraphs : [])
    for (const paragraph of paragraphs) document.text(paragraph).moveDown(0.8)
  }
  return await finish(document)
}

function newDocument(report: ReportPdf): PDFKit.PDFDocument {
  return new PdfKit({
    autoFirstPage: false,
    font: 'Helvetica',
    size: 'A4',
    margin: 56,
    info: {
      CreationDate: report.createdAt ?? new Date('2026-11-20T00:00:00Z'),
      ...(report.modifiedAt === undefined ? {} : { ModDate: report.modifiedAt }),
    },
    ...(report.password === undefined ? {} : { userPassword: report.password }),
    ...(report.ownerPassword === undefined ? {} : { ownerPassword: report.ownerPassword, permissions: {} }),
    pdfVersion: '1.7',
  })
}

function writeFields(document: PDFKit.PDFDocument, report: ReportPdf): void {
  const fields = labels.flatMap(([key, label]) => {
    const value = report.patient?.[key]
    return value === undefined ? [] : [{ label, value }]
  })
  if (fields.length === 0) return
  switch (report.fieldLayout ?? 'lines') {
    case 'lines':
      for (const { label, value } of fields) document.text(`${label}: ${value}`)
      break
    case 'one-line':
      document.fontSize(9).text(fields.map(({ label, value }) => `${label}: ${value}`).join('  '))
      document.fontSize(12)
      break
    case 'label-and-value-columns':
      for (const { label, value } of fields) {
        const y = document.y
        document.text(label, 56, y, { lineBreak: false })
        document.text(value, 220, y, { lineBreak: false })
        document.text('', 56, y + 16)
      }
      break
    case 'table': {
      const y = document.y
      document.fontSize(8)
      for (const [index, { label, value }] of fields.entries()) {
        document.text(label, 56 + index * 120, y, { lineBreak: false })
        document.text(value, 56 + index * 120, y + 14, { lineBreak: false })
      }
      document.fontSize(12).text('', 56, y + 40)
    }
  }
  document.moveDown()
}

/** Like a scan: pictures of grey noise and no text at all. */
export async function writeScanPdf({ pages = 1 }: { readonly pages?: number } = {}): Promise<Uint8Array> {
  const document = newDocument({})
  for (let page = 0; page < pages; page++)
    document.addPage().image(greyPicture(200, 280), 0, 0, { width: 595 })
  return await finish(document)
}

/** A text layer of shifted letters, as a font without a Unicode map gives it. */
export async function writeGarbledPdf(): Promise<Uint8Array> {
  const shifted = sampleParagraphs.map((text) =>
    text.replace(/[a-z]/gi, (letter) => String.fromCharCode(letter.toLowerCase().charCodeAt(0) - 29)),
  )
  return await writeReportPdf({ paragraphs: shifted })
}

/** One run of text at a place of an A4 page, in points from its top left. */
export type PlacedText = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size?: number
}

export async function writePlacedPdf(texts: readonly PlacedText[]): Promise<Uint8Array> {
  return await writeReportPdf({
    draw: (document) => {
      for (const { text, x, y, size = 10 } of texts) {
        document.fontSize(size).text(text, x, y, { lineBreak: false })
      }
    },
  })
}

/** The same PDF with exactly `totalBytes` bytes, valid to its end: comments stand before its `startxref`. */
export function padPdf(bytes: Uint8Array, totalBytes: number): Uint8Array {
  const file = Buffer.from(bytes)
  const at = file.lastIndexOf('startxref')
  const missing = totalBytes - file.length
  if (at < 0 || missing < 2) throw new Error('The PDF cannot be padded to that size.')
  const padding = Buffer.alloc(missing, 0x2e)
  for (let start = 0; start < missing; start += 128) padding[start] = 0x25
  for (let end = 127; end < missing; end += 128) padding[end] = 0x0a
  padding[missing - 1] = 0x0a
  return new Uint8Array(Buffer.concat([file.subarray(0, at), padding, file.subarray(at)]))
}

async function finish(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  document.end()
  for await (const chunk of document) chunks.push(Buffer.from(chunk))
  return new Uint8Array(Buffer.concat(chunks))
}

function greyPicture(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (width + 1))
  for (let index = 0; index < rows.length; index++) {
    rows[index] = index % (width + 1) === 0 ? 0 : 200 + ((index * 7919) % 50)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
