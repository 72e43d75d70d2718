import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { createParser, usualParserLimits } from '../../../electron/intake/parser-process/parser.ts'
import { startNodeProcess } from '../../../electron/intake/parser-process/node-process.ts'
import fc from 'fast-check'
import { mutatedFile } from '../../fuzz/hostile-files.ts'
import { seededRandom } from '../../identity/random.ts'
import { writeReportPdf } from '../../support/pdf/write-report-pdf.ts'

const corpus = new URL('../../../../shared/corpus/', import.meta.url)
const present = existsSync(corpus)
const pdfs = present ? readdirSync(new URL('pdf/', corpus)) : []
const bytesOf = (file: string) => new Uint8Array(readFileSync(new URL(`pdf/${file}`, corpus)))

const parser = createParser(usualParserLimits)
afterAll(() => parser.close())

/** Length of the longest common subsequence of two lists of words. */
function commonWords(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0)
  for (const word of a) {
    const next = [0]
    for (const [index, other] of b.entries()) {
      next.push(word === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

const words = (text: string) =>
  text
    .normalize('NFKC')
    .split(/\s+/u)
    .filter((word) => word !== '')
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

describe.runIf(present)('PDFs of the corpus (skipped where there is none beside the project)', () => {
  const oracles = pdfs.filter((file) => existsSync(new URL(`oracle/pdf/${file}.poppler.txt`, corpus)))

  it('gives at least 95 % of the words that another reader finds, in its order', async () => {
    const shares = new Map<string, number>()
    for (const file of oracles) {
      const expected = readFileSync(new URL(`oracle/pdf/${file}.poppler.txt`, corpus), 'utf8')
      const { text, problem } = await parser.read(bytesOf(file))
      // A file held for another reason is not read to its text.
      if ((problem !== null && problem !== 'no-text') || rightToLeft.test(expected)) continue
      const found = commonWords(words(expected), words(text))
      shares.set(file, found / words(expected).length)
    }
    expect([...shares].filter(([, share]) => share < 0.95)).toEqual([])
    expect(shares.size).toBeGreaterThanOrEqual(10)
  })

  it('agrees with what the index says of every PDF', async () => {
    const rows = readFileSync(new URL('index.tsv', corpus), 'utf8')
      .split(/\r?\n/)
      .map((row) => row.split('\t'))
    const artefact = rows[0]?.indexOf('artefact') ?? -1
    const expected = new Map(rows.map((row) => [row[0] ?? '', row[artefact]]))
    const ours = new Map<string, string | undefined>()
    for (const file of pdfs) {
      const { problem } = await parser.read(bytesOf(file))
      ours.set(`pdf/${file}`, problem === null ? 'report' : 'held')
    }
    expect(ours).toEqual(new Map([...expected].filter(([file]) => file.startsWith('pdf/'))))
  })

  it('keeps its process when pdf.js rejects what nobody waits for', async () => {
    let started = 0
    const single = createParser(usualParserLimits, (...parameters) => {
      started += 1
      return startNodeProcess(...parameters)
    })
    // Made by `npm run fuzz`: a cross-reference entry that pdf.js stumbles over beside the reading of the pages.
    const random = seededRandom(1_010_419)
    random.below(1)
    const broken = mutatedFile(random, bytesOf('qpdf_leading_junk_rc4.pdf'))
    const report = await writeReportPdf({})
    for (let round = 0; round < 2; round++) {
      expect(await single.read(broken)).toMatchObject({ kind: 'pdf', problem: 'damaged' })
      expect((await single.read(report)).problem).toBeNull()
    }
    await single.close()
    expect(started).toBe(1)
  })

  it('survives mutated files: always an answer, and never a report without its text', async () => {
    const small = pdfs.filter((file) => bytesOf(file).length < 100_000)
    const mutated = fc.record({
      file: fc.constantFrom(...small),
      changes: fc.array(fc.tuple(fc.double({ min: 0, max: 0.9999, noNaN: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 40,
      }),
      cut: fc.option(fc.tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.nat(200)), { nil: null }),
    })
    await fc.assert(
      fc.asyncProperty(mutated, async ({ file, changes, cut }) => {
        let bytes = bytesOf(file)
        for (const [place, value] of changes) bytes[Math.floor(place * bytes.length)] = value
        if (cut !== null) {
          const at = Math.floor(cut[0] * bytes.length)
          bytes = new Uint8Array(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + cut[1])]))
        }
        const reading = await parser.read(bytes)
        const letters = reading.text.match(/\p{L}/gu)?.length ?? 0
        expect(reading.problem === null ? letters >= 50 : reading.message.endsWith('.')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

it('never calls arbitrary bytes a report', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      expect((await parser.read(bytes)).problem).not.toBeNull()
      expect(await parser.complete(bytes)).not.toBe('complete')
    }),
    { numRuns: 500 },
  )
})
