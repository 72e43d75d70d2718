import { describe, expect, it } from 'vitest'
import { dicomCompleteness } from '../../../../electron/intake/dicom/completeness.ts'
import { rootItem, sequence, textValue, type DicomItem } from '../../../../electron/intake/dicom/data-set.ts'
import { parsePart10 } from '../../../../electron/intake/dicom/part-10.ts'
import { readDicom } from '../../../../electron/intake/dicom/read-dicom.ts'
import { readPdf } from '../../../../electron/intake/pdf/read-pdf.ts'
import { reading as readingSchema, type Reading } from '../../../../shared/document.ts'
import {
  corpusFile,
  corpusIsThere,
  corpusNote,
  dicomRows,
  structuredReportDump,
} from '../../../support/dicom/corpus.ts'

const rows = dicomRows()

/** What the status table of interfaces.md 5 makes of the flags; `site` where the site's settings decide. */
function statusOf({ kind, problem, srFlags }: Reading): string {
  if (kind === 'encapsulated-pdf') return problem === null || problem === 'no-text' ? 'ask' : '-'
  if (srFlags === null) return '-'
  const { preliminaryFlag, completionFlag, verificationFlag, hasVerifyingObserver } = srFlags
  const complete = completionFlag === 'COMPLETE'
  const verified = verificationFlag === 'VERIFIED'
  if (preliminaryFlag === 'PRELIMINARY') return 'preliminary'
  if (complete && verified && hasVerifyingObserver) return 'final'
  if (preliminaryFlag === 'FINAL' && (!complete || !verified)) return 'ask'
  if (complete && verified) return 'ask'
  if (verified) return 'preliminary'
  return 'site'
}

/** An unsigned SR is what the settings say: the index writes that as `ask` or as the default, `preliminary`. */
function allowedStatuses(expected: string): readonly string[] {
  return expected === 'ask' || expected === 'preliminary' ? [expected, 'site'] : [expected]
}

describe.skipIf(!corpusIsThere)(`real files against the corpus index${corpusNote}`, () => {
  it.each(rows)('$file is judged as the index expects', async (row) => {
    const read = await readDicom(corpusFile(row['file'] ?? ''), readPdf)
    expect(readingSchema.safeParse(read).success).toBe(true)
    expect({ artefact: read.problem === null ? 'report' : 'held', message: read.message }).toMatchObject({
      artefact: row['artefact'],
    })
    expect(read.problem === null).toBe(read.message === '')
    expect(allowedStatuses(row['expected_status'] ?? '')).toContain(statusOf(read))
  })

  it('finds every file complete but the truncated, the headerless and the one that ends before its SOP class', () => {
    const notComplete = rows
      .map((row) => row['file'] ?? '')
      .filter((file) => dicomCompleteness(corpusFile(file)) !== 'complete')
    expect(notComplete).toEqual([
      'dicom/pydicom_MR_truncated.dcm',
      'dicom/pydicom_no_meta.dcm',
      'dicom/pydicom_empty_charset_LEI.dcm',
    ])
  })

  it('gives the same text in every transfer syntax', async () => {
    const text = async (file: string): Promise<string> => (await readDicom(corpusFile(file), readPdf)).text
    const plain = await text('dicom/dcmtk_report13.dcm')
    expect(await text('dicom/derived_report13_bigendian.dcm')).toBe(plain)
    expect(await text('dicom/derived_report13_implicitLE.dcm')).toBe(plain)
    expect(await text('dicom/derived_test-SR_deflated.dcm')).toBe(await text('dicom/pydicom_test-SR.dcm'))
  })
})

/** What is not in the text: a TEXT is looked for after the text before them. */
function missingIn(text: string, values: readonly DumpedValue[]): readonly DumpedValue[] {
  let position = 0
  return values.filter(({ type, shown }) => {
    if (type === 'PNAME') return shown.split('^').some((part) => !text.includes(part))
    if (type !== 'TEXT') return !text.includes(shown)
    const at = text.indexOf(shown, position)
    if (at >= 0) position = at + shown.length
    return at < 0
  })
}

type DumpedValue = { readonly type: string; readonly shown: string }

/** Values of the items of a dsrdump file, as a reader should find them in the text. */
function dumpedValues(dump: string): readonly DumpedValue[] {
  return dump.split('\n').flatMap((line) => {
    const item =
      /^ *<(?:[a-z ]+ )?(TEXT|CODE|NUM|PNAME|DATE|TIME|DATETIME|UIDREF):.*?\)=(.*)>(?: \{.*\})?$/.exec(line)
    if (item === null) return []
    const [, type = '', value = ''] = item
    return [{ type, shown: shownValue(type, value) }]
  })
}

function shownValue(type: string, value: string): string {
  const quoted = value.replace(/^"/, '').replace(/"$/, '')
  switch (type) {
    case 'TEXT':
      return quoted.replaceAll(/\\r\\n|\\n\\r|\\r|\\n/g, '\n').trimEnd()
    case 'CODE':
      return /,"(.*)"\)$/.exec(value)?.[1] ?? value
    case 'NUM': {
      const measured = /^"(.*?)" \((.*?),[^,]*,"(.*)"\)$/.exec(value)
      if (measured === null) return 'not measured ('
      return `${measured[1]} ${measured[2] === '1' ? measured[3] : measured[2]}`
    }
    case 'DATE':
      return quoted.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
    case 'TIME':
      return quoted.replace(/^(\d{2})(\d{2})(\d{2})$/, '$1:$2:$3')
    case 'DATETIME':
      return quoted.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/, '$1-$2-$3 $4:$5:$6')
    default:
      return quoted
  }
}

const dumps = rows.flatMap((row) => {
  const file = row['file'] ?? ''
  const dump = row['expected_verdict'] === 'REJECT' ? null : structuredReportDump(file)
  return dump === null ? [] : [{ file, dump }]
})

describe.skipIf(!corpusIsThere)(`SR text against another program's dump${corpusNote}`, () => {
  it.each(dumps)('$file: every dumped value is in the text, texts in their order', async ({ file, dump }) => {
    const { text } = await readDicom(corpusFile(file), readPdf)
    const values = dumpedValues(dump)
    expect(values.length).toBeGreaterThan(0)
    expect(missingIn(text, values)).toEqual([])
  })

  it('has dumps to compare with', () => {
    expect(dumps.length).toBeGreaterThan(20)
  })
})

function parsedRoot(file: string): DicomItem {
  const part10 = parsePart10(corpusFile(file))
  if (part10.kind !== 'parsed') throw new Error(`not parsed: ${part10.kind}`)
  return rootItem(part10.dataSet)
}

const namesByIndex = rows.flatMap((row) => {
  const name = /oracle: ([^\s;(]+)/.exec(row['why'] ?? '')?.[1]
  return row['file']?.includes('charset_') === true && name !== undefined ? [{ file: row['file'], name }] : []
})

describe.skipIf(!corpusIsThere)(`character sets against known names${corpusNote}`, () => {
  it.each(namesByIndex)('$file', ({ file, name }) => {
    const value = textValue(parsedRoot(file), 'x00100010', 'PN')
    expect(value?.text).toContain(name)
    expect(value?.doubtful).toBe(false)
  })

  it('covers all the names that the index gives', () => {
    expect(namesByIndex.length).toBe(5)
  })

  it('uses the character set of the item, not that of the data set', () => {
    const names = sequence(parsedRoot('dicom/charset_chrSQEncoding.dcm'), 'x00321064').map(
      (item) => textValue(item, 'x00100010', 'PN')?.text,
    )
    expect(names).toEqual(['ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう'])
  })
})
