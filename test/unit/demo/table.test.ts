import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTable } from '../../demo/table.ts'

describe('the table of the demo', () => {
  it('aligns the columns and wraps the last one below itself', () => {
    const table = formatTable(
      [
        ['', 'File', 'What became of it'],
        ['✓', 'a.pdf', 'held: damaged. The file ends before it is complete.'],
      ],
      40,
    )
    expect(table).toEqual([
      '   File   What became of it',
      '✓  a.pdf  held: damaged. The file ends',
      '          before it is complete.',
    ])
  })

  it('loses no word, whatever the width', () => {
    const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/\s/u.test(text))
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 200 }),
        (words, width) => {
          const table = formatTable([['x', words.join(' ')]], width)
          expect(table.join(' ').split(/\s+/u)).toEqual(['x', ...words])
        },
      ),
    )
  })
})
