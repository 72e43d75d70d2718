import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDicom } from '../../../../electron/intake/dicom/read-dicom.ts'
import { sequenceOf, text, uint32, type TestElement } from '../../../support/dicom/encode-dicom.ts'
import { finalReport, narrative, noPdf } from '../../../support/dicom/samples.ts'
import {
  codeItem,
  contentItem,
  textItem,
  writeSrFile,
  type SrSample,
} from '../../../support/dicom/write-dicom.ts'

async function textOf(changes: Partial<SrSample>): Promise<string> {
  return (await readDicom(writeSrFile({ ...finalReport, ...changes }), noPdf)).text
}

/** The text from the document title on. */
async function bodyOf(
  items: readonly (readonly TestElement[])[],
  changes: Partial<SrSample> = {},
): Promise<string> {
  const whole = await textOf({ sections: [], items, ...changes })
  return whole.slice(whole.indexOf('Diagnostic Imaging Report'))
}

const concept = (meaning: string): { meaning: string } => ({ meaning })
const codeValue = (meaning: string): TestElement => sequenceOf('0040a168', codeItem('V1', '99TEST', meaning))
const code = (relationship: string, name: string, meaning: string): TestElement[] =>
  contentItem(relationship, 'CODE', concept(name), [codeValue(meaning)])

function measurement(
  number: string | null,
  unit: [string, string] | null,
  qualifier?: string,
): TestElement[] {
  const units = unit === null ? [] : [sequenceOf('004008ea', codeItem(unit[0], 'UCUM', unit[1]))]
  const measured =
    number === null
      ? sequenceOf('0040a300')
      : sequenceOf('0040a300', [text('0040a30a', 'DS', number), ...units])
  const reason = qualifier === undefined ? [] : [sequenceOf('0040a301', codeItem('Q', 'DCM', qualifier))]
  return contentItem('CONTAINS', 'NUM', concept('Diameter'), [measured, ...reason])
}

const reference = (relationship: string, ...path: readonly number[]): TestElement[] =>
  contentItem(relationship, '', null, [
    {
      tag: '0040db73',
      vr: 'UL',
      value: new Uint8Array(Buffer.concat(path.map((part) => uint32(part, false)))),
    },
  ])

describe('SR as text', () => {
  it('begins with status, signature and dates and ends with the report', async () => {
    expect(await textOf({})).toBe(
      [
        'Document status: FINAL, COMPLETE, VERIFIED',
        'Verified by: Dr. Jörg Riesmeier, Radiology, 2026-11-19 10:15:00',
        'Content date: 2026-11-19 10:14:00 +11:00',
        '',
        'Diagnostic Imaging Report',
        `Findings: ${narrative}`,
        'Impression: No acute disease.',
      ].join('\n'),
    )
  })

  it('puts modifiers right behind what they modify', async () => {
    const modified = contentItem(
      'CONTAINS',
      'TEXT',
      concept('Finding'),
      [text('0040a160', 'UT', 'Fracture')],
      [
        contentItem(
          'HAS CONCEPT MOD',
          'CODE',
          concept('Presence'),
          [codeValue('Absent')],
          [code('HAS CONCEPT MOD', 'Certainty', 'Probable')],
        ),
      ],
    )
    expect(await bodyOf([modified])).toBe(
      'Diagnostic Imaging Report\nFinding [Presence [Certainty: Probable]: Absent]: Fracture',
    )
  })

  it('names every other relationship', async () => {
    const children = [
      code('HAS PROPERTIES', 'Shape', 'Round'),
      contentItem('INFERRED FROM', 'IMAGE', null, [sequenceOf('00081199', [text('00081155', 'UI', '1.2')])]),
      contentItem('SELECTED FROM', 'SCOORD', concept('Region')),
      contentItem('HAS ACQ CONTEXT', 'DATE', concept('Scanned'), [text('0040a121', 'DA', '20261118')]),
      contentItem('SOMETHING ELSE', 'TIME', concept('At'), [text('0040a122', 'TM', '1005')]),
      code('CONTAINS', 'Part', 'Wall'),
    ]
    const item = contentItem(
      'CONTAINS',
      'TEXT',
      concept('Finding'),
      [text('0040a160', 'UT', 'Nodule')],
      children,
    )
    expect(await bodyOf([item])).toBe(
      [
        'Diagnostic Imaging Report',
        'Finding: Nodule',
        '  has properties Shape: Round',
        '  inferred from [image reference]',
        '  selected from Region: [graphic]',
        '  acquisition context Scanned: 2026-11-18',
        '  related: At: 10:05',
        '  Part: Wall',
      ].join('\n'),
    )
  })

  it.each([
    ['a value with its unit code', measurement('3.0', ['cm', 'centimeter']), '3.0 cm'],
    ['no unit for 1', measurement('0.55', ['1', 'no units']), '0.55'],
    ['the name that stands for a missing unit', measurement('64', ['1', 'px']), '64 px'],
    [
      'a cryptic code with its meaning',
      measurement('-119', ["[hnsf'U]", 'Hounsfield Unit']),
      "-119 [hnsf'U] (Hounsfield Unit)",
    ],
    ['zero as zero', measurement('0', ['mm', 'millimeter']), '0 mm'],
    [
      'a missing value with its reason',
      measurement(null, null, 'Measurement not attempted'),
      'not measured (Measurement not attempted)',
    ],
    ['a missing value without reason', measurement(null, null), 'not measured (no reason given)'],
    ['a value with its qualifier', measurement('9', ['mm', 'mm'], 'Above range'), '9 mm (Above range)'],
  ])('prints of a number %s', async (_, item, shown) => {
    expect(await bodyOf([item])).toBe(`Diagnostic Imaging Report\nDiameter: ${shown}`)
  })

  it('runs a CONTINUOUS container into one paragraph', async () => {
    const container = contentItem(
      'CONTAINS',
      'CONTAINER',
      concept('Findings'),
      [text('0040a050', 'CS', 'CONTINUOUS')],
      [
        contentItem('HAS OBS CONTEXT', 'PNAME', concept('Observer'), [text('0040a123', 'PN', 'Roe^Richard')]),
        textItem('Text', 'A mass of'),
        measurement('3', ['cm', 'cm']),
        textItem('Text', 'was seen in the'),
        code('CONTAINS', 'Site', 'left lung'),
        textItem('Text', '. It is new.'),
      ],
    )
    expect(await bodyOf([container])).toBe(
      [
        'Diagnostic Imaging Report',
        '',
        'Findings',
        'Observer: Richard Roe',
        'A mass of 3 cm (Diameter) was seen in the left lung (Site). It is new.',
      ].join('\n'),
    )
  })

  it('keeps what hangs on an item of a paragraph or on a modifier, in brackets', async () => {
    const sized = contentItem(
      'CONTAINS',
      'TEXT',
      concept('Text'),
      [text('0040a160', 'UT', 'A mass')],
      [code('HAS PROPERTIES', 'Shape', 'Round'), reference('INFERRED FROM', 1, 1)],
    )
    const modified = contentItem(
      'CONTAINS',
      'TEXT',
      concept('Text'),
      [text('0040a160', 'UT', 'was seen.')],
      [
        contentItem(
          'HAS CONCEPT MOD',
          'CODE',
          concept('Certainty'),
          [codeValue('Low')],
          [code('HAS PROPERTIES', 'Reason', 'Motion')],
        ),
      ],
    )
    expect(await bodyOf([sized, modified], { continuity: 'CONTINUOUS' })).toBe(
      'Diagnostic Imaging Report\nA mass (has properties Shape: Round; inferred from (see 1.1) Text) was seen. [Certainty: Low (has properties Reason: Motion)]',
    )
  })

  it('keeps headings apart that a CONTINUOUS root would run together', async () => {
    const body = await bodyOf([textItem('Findings', 'A nodule.'), textItem('Impression', 'Benign.')], {
      continuity: 'CONTINUOUS',
    })
    expect(body).toBe('Diagnostic Imaging Report\nFindings: A nodule. Impression: Benign.')
  })

  it('gives codes and measurements without any sentence a line each', async () => {
    const body = await bodyOf([code('CONTAINS', 'Finding', 'Nodule'), measurement('3', ['cm', 'cm'])], {
      continuity: 'CONTINUOUS',
    })
    expect(body).toBe('Diagnostic Imaging Report\nFinding: Nodule\nDiameter: 3 cm')
  })

  it('points to other items without following them, in circles too', async () => {
    const item = (heading: string, target: number): TestElement[] =>
      contentItem(
        'CONTAINS',
        'TEXT',
        concept(heading),
        [text('0040a160', 'UT', 'Some text.')],
        [reference('INFERRED FROM', 1, target)],
      )
    expect(await bodyOf([item('One', 2), item('Two', 1), reference('CONTAINS', 1, 9, 9)])).toBe(
      [
        'Diagnostic Imaging Report',
        'One: Some text.',
        '  inferred from (see 1.2) Two',
        'Two: Some text.',
        '  inferred from (see 1.1) One',
        '(see 1.9.9)',
      ].join('\n'),
    )
  })

  it.each([
    ['a TEXT without value', contentItem('CONTAINS', 'TEXT', concept('X')), 'a text without a value'],
    ['a CODE without value', contentItem('CONTAINS', 'CODE', concept('X')), 'a code without a value'],
    [
      'an IMAGE without reference',
      contentItem('CONTAINS', 'IMAGE', concept('X')),
      'an empty image reference',
    ],
    ['an unknown type', contentItem('CONTAINS', 'TABLE', concept('X')), 'value type TABLE'],
    ['no type', contentItem('CONTAINS', '', concept('X')), 'no value type'],
    ['somebody in place of a type', contentItem('CONTAINS', 'Jane Doe', concept('X')), 'unknown value type'],
  ])('marks %s and goes on', async (_, item, why) => {
    const read = await readDicom(
      writeSrFile({ ...finalReport, items: [item, textItem('After', 'Still here.')] }),
      noPdf,
    )
    expect(read.problem).toBeNull()
    expect(read.text).toContain(`X: [item could not be read: ${why}]\nAfter: Still here.`)
    expect(read.warnings.join()).toContain('could not be read: 1')
  })

  it('makes one line end of each of the four and drops control characters', async () => {
    const value = 'A\r\nB\n\rC\rD\nE\tF\u0007G\fH'
    expect(await bodyOf([textItem('Text', value)])).toBe(
      'Diagnostic Imaging Report\nText:\nA\nB\nC\nD\nE\tFG\nH',
    )
  })

  it('is NFC', async () => {
    expect(await bodyOf([textItem('Text', 'Mu\u0308ller')])).toContain('Müller')
  })

  it('has every text in order, whatever it is made of', async () => {
    const words = fc.array(fc.stringMatching(/^[A-Za-z0-9äöü.,;()[\]%-]{1,12}$/), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          words.map((list) => list.join(' ')),
          { minLength: 1, maxLength: 8 },
        ),
        fc.constantFrom('SEPARATE' as const, 'CONTINUOUS' as const),
        fc.constantFrom('explicit' as const, 'implicit' as const, 'deflated' as const, 'big-endian' as const),
        async (texts, continuity, encoding) => {
          const sections = texts.map((value, index) => ({ heading: `Heading ${index}`, text: value }))
          const body = await textOf({ sections, continuity, encoding })
          const shown = sections.map(({ heading, text: value }) =>
            texts.length > 1 ? `${heading}: ${value}` : value,
          )
          let position = 0
          const found = shown.map((value) => {
            const at = body.indexOf(value, position)
            position = at + value.length
            return at
          })
          expect(found).not.toContain(-1)
        },
      ),
      { numRuns: 60 },
    )
  })
})
