import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createParser, usualParserLimits } from '../../electron/intake/parser-process/parser.ts'

/**
 * Prints, for every file of the corpus beside the project, what it should be (`report` or `held`) and what we make of
 * it, and how often both agree. Exit 0 from 95 % agreement on, 1 below, 2 where there is no corpus.
 */

const MIN_AGREEMENT_PERCENT = 95
const corpus = new URL('../../../shared/corpus/', import.meta.url)

type Row = {
  readonly file: string
  readonly expected: string
  readonly ours: string
  readonly problem: string
}

function expectations(): readonly { readonly file: string; readonly artefact: string }[] {
  const [head = '', ...rows] = readFileSync(new URL('index.tsv', corpus), 'utf8').trim().split(/\r?\n/)
  const columns = head.split('\t')
  const value = (row: string, column: string) => row.split('\t')[columns.indexOf(column)] ?? ''
  return rows.map((row) => ({ file: value(row, 'file'), artefact: value(row, 'artefact') }))
}

async function judge(): Promise<Row[]> {
  const parser = createParser(usualParserLimits)
  const rows: Row[] = []
  try {
    for (const { file, artefact } of expectations()) {
      const reading = await parser.read(new Uint8Array(readFileSync(new URL(file, corpus))))
      const ours = reading.problem === null ? 'report' : 'held'
      rows.push({ file, expected: artefact, ours, problem: reading.problem ?? '' })
    }
  } finally {
    await parser.close()
  }
  return rows
}

function print(rows: readonly Row[]): number {
  for (const { file, expected, ours, problem } of rows) {
    const mark = expected === ours ? ' ' : '!'
    process.stdout.write(`${mark} ${file.padEnd(62)} ${expected.padEnd(8)} ${ours.padEnd(8)} ${problem}\n`)
  }
  const agreeing = rows.filter((row) => row.expected === row.ours).length
  const percent = (100 * agreeing) / rows.length
  process.stdout.write(`${agreeing} of ${rows.length} agree: ${percent.toFixed(1)} %\n`)
  return percent >= MIN_AGREEMENT_PERCENT ? 0 : 1
}

if (existsSync(corpus)) process.exitCode = print(await judge())
else {
  process.stderr.write(`There is no corpus at ${fileURLToPath(corpus)}: nothing was compared.\n`)
  process.exitCode = 2
}
