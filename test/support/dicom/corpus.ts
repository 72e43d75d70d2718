import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Real DICOM files beside the project; where they are not there, tests skip and say so. */

const corpusFolder = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url))

export const corpusIsThere = existsSync(`${corpusFolder}index.tsv`)

/** Ends the name of a `describe` that needs the corpus. */
export const corpusNote = corpusIsThere ? '' : ' (SKIPPED: the corpus folder is not beside the project)'

export type CorpusRow = Readonly<Record<string, string>>

/** Rows of index.tsv about DICOM files; none without the corpus. */
export function dicomRows(): readonly CorpusRow[] {
  if (!corpusIsThere) return []
  const [head = '', ...lines] = readFileSync(`${corpusFolder}index.tsv`, 'utf8').trimEnd().split('\n')
  const columns = head.split('\t')
  return lines
    .map((line) => {
      const cells = line.split('\t')
      return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
    })
    .filter((row) => row['file']?.startsWith('dicom/'))
}

/** `name` is the path below the corpus folder. */
export function corpusFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(corpusFolder + name))
}

/** The dump of another program for an SR, or null where there is none. */
export function structuredReportDump(name: string): string | null {
  const base = `${corpusFolder}oracle/sr/${name.replace('dicom/', '')}.dsrdump`
  const found = [`${base}.txt`, `${base}-tolerant.txt`].find((path) => existsSync(path))
  return found === undefined ? null : readFileSync(found, 'utf8')
}
