import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dicomCompleteness } from '../../../../electron/intake/dicom/completeness.ts'
import { readDicom } from '../../../../electron/intake/dicom/read-dicom.ts'
import { reading as readingSchema, type Reading } from '../../../../shared/document.ts'
import { corpusFile, corpusIsThere, corpusNote, dicomRows } from '../../../support/dicom/corpus.ts'
import { utf8 } from '../../../support/dicom/encode-dicom.ts'
import { finalReport, pdfReading } from '../../../support/dicom/samples.ts'
import { writeEncapsulatedPdf, writeSrFile } from '../../../support/dicom/write-dicom.ts'

const anyPdf = (): Promise<Reading> => Promise.resolve(pdfReading())

async function readSafely(bytes: Uint8Array): Promise<Reading> {
  const before = bytes.slice()
  expect(['complete', 'incomplete', 'not-dicom']).toContain(dicomCompleteness(bytes))
  const read = await readDicom(bytes, anyPdf)
  expect(readingSchema.safeParse(read).success).toBe(true)
  expect(read.problem === null).toBe(read.message === '')
  expect(bytes).toEqual(before)
  return read
}

type Mutation = {
  readonly at: number
  readonly byte: number
  readonly form: 'set' | 'insert' | 'remove' | 'cut'
}

const mutations = fc.array(
  fc.record<Mutation>({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 0xff, 0x5c, 0x1b)),
    form: fc.constantFrom('set', 'set', 'set', 'set', 'insert', 'remove', 'cut'),
  }),
  { minLength: 1, maxLength: 12 },
)

/** Changes behind the signature, so that most of them reach the parser. */
function mutate(original: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  let bytes = original.slice()
  for (const { at, byte, form } of changes) {
    const position = 132 + Math.floor(at * Math.max(0, bytes.length - 133))
    if (form === 'set') bytes[position] = byte
    else if (form === 'insert')
      bytes = Uint8Array.of(...bytes.slice(0, position), byte, ...bytes.slice(position))
    else if (form === 'remove')
      bytes = Uint8Array.of(...bytes.slice(0, position), ...bytes.slice(position + 1))
    else bytes = bytes.slice(0, position)
  }
  return bytes
}

describe('hostile bytes', () => {
  it('arbitrary bytes are read without throwing, and never as a report', async () => {
    const afterSignature = fc
      .uint8Array({ maxLength: 400 })
      .map((tail) => new Uint8Array(Buffer.concat([Buffer.alloc(128), utf8('DICM'), tail])))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 600 }), afterSignature), async (bytes) => {
        expect((await readSafely(bytes)).problem).not.toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it('arbitrary data sets behind sound file meta information are read without throwing', async () => {
    const metaOf = (encoding: 'explicit' | 'implicit' | 'big-endian'): Uint8Array => {
      const whole = writeSrFile({ ...finalReport, encoding })
      const empty = Buffer.from(encoding === 'big-endian' ? '00080005' : '08000500', 'hex')
      return whole.slice(0, Buffer.from(whole).indexOf(empty, 132))
    }
    const heads = [metaOf('explicit'), metaOf('implicit'), metaOf('big-endian')]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), async (head, tail) => {
        expect((await readSafely(new Uint8Array(Buffer.concat([head, tail])))).problem).not.toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  it('damaged reports of our own making are read without throwing', async () => {
    const originals = (['explicit', 'implicit', 'deflated', 'big-endian'] as const).flatMap((encoding) => [
      writeSrFile({ ...finalReport, encoding }),
      writeSrFile({ ...finalReport, encoding, undefinedLengths: true }),
      writeEncapsulatedPdf({ ...finalReport, encoding, pdf: utf8('%PDF-1.4 %%EOF') }),
    ])
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...originals), mutations, async (original, changes) => {
        expect((await readSafely(mutate(original, changes))).innerPdf?.length ?? 0).toBeLessThan(5000)
      }),
      { numRuns: 500 },
    )
  })
})

describe.skipIf(!corpusIsThere)(`damaged real files${corpusNote}`, () => {
  it('never throw, and what was no report never becomes one', async () => {
    const files = dicomRows()
      .map((row) => ({
        name: row['file'] ?? '',
        mayBeReport: row['expected_verdict'] !== 'REJECT' || row['file']?.includes('encapPDF') === true,
      }))
      .map(({ name, mayBeReport }) => ({ mayBeReport, bytes: corpusFile(name) }))
      .filter(({ bytes }) => bytes.length < 100_000)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), mutations, async ({ bytes, mayBeReport }, changes) => {
        const { problem } = await readSafely(mutate(bytes, changes))
        expect(mayBeReport || problem !== null).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
