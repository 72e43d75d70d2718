import { existsSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { createParser, usualParserLimits, type Parser } from '../../electron/intake/parser-process/parser.ts'
import { seededRandom } from '../identity/random.ts'
import { arbitraryFile, mutatedFile } from './hostile-files.ts'

/**
 * `npm run fuzz`: 10,000 arbitrary files and 10,000 mutated files of the corpus through the parser process. Exit 1
 * where one crashed or hung it, or where something became a report that was none; 2 where there is no corpus.
 *
 *     npm run fuzz -- --seed 7 --files 500
 */

const corpus = new URL('../../../shared/corpus/', import.meta.url)
/** Larger files of the corpus are mostly pictures, and one of them would take the time of a hundred others. */
const MAX_ORIGINAL_BYTES = 200_000
const WORKERS = 2
/** How the parser tells that a process crashed or passed a limit. */
const lost = /could not be read within/u

type Original = {
  readonly file: string
  readonly artefact: string
  readonly problem: string
  readonly bytes: Uint8Array
}
type Made = { readonly bytes: Uint8Array; readonly from: Original | null }
type Table = {
  readonly counts: Map<string, number>
  /** What must not be: said with the number of the file, by which the seed makes it again. */
  readonly faults: string[]
  slowestMs: number
}

function originals(): Omit<Original, 'problem'>[] {
  const [head = '', ...rows] = readFileSync(new URL('index.tsv', corpus), 'utf8').trim().split(/\r?\n/)
  const columns = head.split('\t')
  return rows
    .map((row) => {
      const cells = row.split('\t')
      const file = cells[columns.indexOf('file')] ?? ''
      const artefact = cells[columns.indexOf('artefact')] ?? ''
      return { file, artefact, bytes: new Uint8Array(readFileSync(new URL(file, corpus))) }
    })
    .filter(({ bytes }) => bytes.length > 0 && bytes.length <= MAX_ORIGINAL_BYTES)
}

/** What is no report at all must not become one; an encrypted or damaged one may be mended by a lucky change. */
function mayBeReport(from: Original | null): boolean {
  return from !== null && from.problem !== 'not-a-report'
}

async function measure(parser: Parser, files: number, make: (number: number) => Made): Promise<Table> {
  const table: Table = { counts: new Map(), faults: [], slowestMs: 0 }
  let next = 0
  async function work(): Promise<void> {
    while (next < files) {
      const number = next++
      const { bytes, from } = make(number)
      const began = performance.now()
      const reading = await parser.read(bytes)
      table.slowestMs = Math.max(table.slowestMs, performance.now() - began)
      const isLost = lost.test(reading.message)
      const outcome = isLost ? 'CRASH OR HANG' : (reading.problem ?? 'report')
      table.counts.set(outcome, (table.counts.get(outcome) ?? 0) + 1)
      const source = from === null ? '' : ` (${from.file})`
      if (isLost) table.faults.push(`file ${number}${source}: the parser process was lost`)
      if (reading.problem === null && !mayBeReport(from)) {
        table.faults.push(`file ${number}${source}: taken for a report`)
      }
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  return table
}

function print(title: string, { counts, faults, slowestMs }: Table): void {
  process.stdout.write(`${title}\n`)
  for (const [outcome, count] of [...counts].toSorted(([a], [b]) => a.localeCompare(b, 'en'))) {
    process.stdout.write(`  ${outcome.padEnd(16)}${String(count).padStart(7)}\n`)
  }
  process.stdout.write(`  slowest: ${Math.ceil(slowestMs)} ms\n`)
  for (const fault of faults) process.stdout.write(`  FAULT ${fault}\n`)
}

async function run(seed: number, files: number): Promise<number> {
  const parser = createParser(usualParserLimits)
  try {
    const known: Original[] = []
    for (const original of originals()) {
      known.push({ ...original, problem: (await parser.read(original.bytes)).problem ?? '' })
    }
    const arbitrary = await measure(parser, files, (number) => ({
      bytes: arbitraryFile(seededRandom(seed * 1_000_003 + number)),
      from: null,
    }))
    print(`arbitrary files, seed ${seed}`, arbitrary)
    const mutated = await measure(parser, files, (number) => {
      const random = seededRandom(seed * 1_000_003 + files + number)
      const from = random.pick(known)
      return { bytes: mutatedFile(random, from.bytes), from }
    })
    print(`mutated files of the corpus, seed ${seed}`, mutated)
    return arbitrary.faults.length + mutated.faults.length === 0 ? 0 : 1
  } finally {
    await parser.close()
  }
}

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, files: { type: 'string', default: '10000' } },
})
if (existsSync(corpus)) process.exitCode = await run(Number(values.seed), Number(values.files))
else {
  process.stderr.write('There is no corpus beside the project: nothing was measured.\n')
  process.exitCode = 2
}
