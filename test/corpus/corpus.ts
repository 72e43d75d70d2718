import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Reading } from '../../shared/document.ts'
import { settingsSchema } from '../../shared/settings.ts'
import { createParser, usualParserLimits } from '../../electron/intake/parser-process/parser.ts'
import { decideStatus } from '../../electron/matching/status.ts'

/**
 * Prints, for every file of the corpus beside the project, what it should be (`report` or `held`) and which status it
 * should have, what we make of both, and how often we agree. Exit 0 from 95 % agreement on each, 1 below, 2 where
 * there is no corpus.
 */

const MIN_AGREEMENT_PERCENT = 95
const corpus = new URL('../../../shared/corpus/', import.meta.url)

type Status = 'final' | 'preliminary' | 'ask' | '-'
type Expected = { readonly file: string; readonly artefact: string; readonly status: string }
type Row = Expected & {
  readonly ours: string
  readonly ourStatus: readonly Status[]
  readonly problem: string
}

function expectations(): readonly Expected[] {
  const [head = '', ...rows] = readFileSync(new URL('index.tsv', corpus), 'utf8').trim().split(/\r?\n/)
  const columns = head.split('\t')
  const value = (row: string, column: string) => row.split('\t')[columns.indexOf(column)] ?? ''
  return rows.map((row) => ({
    file: value(row, 'file'),
    artefact: value(row, 'artefact'),
    status: value(row, 'expected_status'),
  }))
}

/**
 * The status as the index writes it: `ask` where it hangs on the site's settings (interfaces.md 5) or a person must
 * say, `-` where there is nothing to have one. An unsigned SR hangs on them too; the index names its default there
 * now and then.
 */
function statusesOf({ kind, srFlags }: Reading): readonly Status[] {
  if (kind === null) return ['-']
  const { reports } = settingsSchema.shape
  const statuses = (['preliminary', 'final', 'ask'] as const).flatMap((pdfStatus) =>
    (['preliminary', 'ask'] as const).map((unsignedSr): Status => {
      const settings = reports.parse({ pdfStatus, unsignedSr })
      const status = decideStatus({ kind, srFlags, sidecarStatus: null, subFolder: null, settings })
      return status.kind === 'decided' ? status.status : 'ask'
    }),
  )
  const all = [...new Set(statuses)]
  if (all.length === 1) return all
  return kind === 'sr' ? ['ask', 'preliminary'] : ['ask']
}

async function judge(): Promise<Row[]> {
  const parser = createParser(usualParserLimits)
  const rows: Row[] = []
  try {
    for (const expected of expectations()) {
      const reading = await parser.read(new Uint8Array(readFileSync(new URL(expected.file, corpus))))
      const ours = reading.problem === null ? 'report' : 'held'
      rows.push({ ...expected, ours, ourStatus: statusesOf(reading), problem: reading.problem ?? '' })
    }
  } finally {
    await parser.close()
  }
  return rows
}

const hasArtefact = (row: Row): boolean => row.artefact === row.ours
const hasStatus = (row: Row): boolean => row.ourStatus.some((status) => status === row.status)

function print(rows: readonly Row[]): number {
  for (const row of rows) {
    const { file, artefact, ours, status, ourStatus, problem } = row
    const mark = `${hasArtefact(row) ? ' ' : '!'}${hasStatus(row) ? ' ' : '!'}`
    process.stdout.write(
      `${mark} ${file.padEnd(62)} ${artefact.padEnd(7)} ${ours.padEnd(7)} ${status.padEnd(12)} ${(hasStatus(row) ? status : (ourStatus[0] ?? '')).padEnd(12)} ${problem}\n`,
    )
  }
  const percents = [
    percentOf('artefact', rows.filter(hasArtefact).length, rows.length),
    percentOf('expected_status', rows.filter(hasStatus).length, rows.length),
  ]
  return Math.min(...percents) >= MIN_AGREEMENT_PERCENT ? 0 : 1
}

function percentOf(column: string, agreeing: number, all: number): number {
  const percent = (100 * agreeing) / all
  process.stdout.write(`${column}: ${agreeing} of ${all} agree: ${percent.toFixed(1)} %\n`)
  return percent
}

if (existsSync(corpus)) process.exitCode = print(await judge())
else {
  process.stderr.write(`There is no corpus at ${fileURLToPath(corpus)}: nothing was compared.\n`)
  process.exitCode = 2
}
