import { describe, expect, it } from 'vitest'
import { layOut } from '../../../../electron/intake/pdf/layout.ts'
import type { Piece } from '../../../../electron/intake/pdf/layout.ts'

const piece = (text: string, left: number, baseline: number, more: Partial<Piece> = {}): Piece => ({
  text,
  left,
  right: left + text.length * 5,
  baseline,
  size: 10,
  rightToLeft: false,
  spaceBefore: false,
  ...more,
})

describe('layOut', () => {
  it('orders lines from top to bottom and words from left to right, whatever order they come in', () => {
    const text = layOut([piece('world', 40, 20), piece('second', 10, 32), piece('Hello', 10, 20)])
    expect(text).toBe('Hello world\nsecond')
  })

  it('joins the parts of a word, and keeps the white space that the document itself has', () => {
    expect(layOut([piece('Radio', 10, 20), piece('logy', 35, 20)])).toBe('Radiology')
    expect(layOut([piece('tight', 10, 20), piece('type', 35.5, 20, { spaceBefore: true })])).toBe(
      'tight type',
    )
  })

  it('parts cells by a tab', () => {
    expect(layOut([piece('DOB', 10, 20), piece('03/03/1988', 120, 20.4)])).toBe('DOB\t03/03/1988')
  })

  it('leaves a blank line where the page does', () => {
    const text = layOut([piece('a', 10, 20), piece('b', 10, 32), piece('c', 10, 80)])
    expect(text).toBe('a\nb\n\nc')
  })

  it('reads two columns of prose one after the other, headline and footer in their places', () => {
    const column = (side: string, left: number) =>
      Array.from({ length: 6 }, (_, row) =>
        piece(`${side} line ${row} with several words of prose`, left, 60 + row * 12),
      )
    const text = layOut([
      piece(
        'A headline across the whole page that is wide enough to cross both of its columns entirely',
        10,
        20,
      ),
      ...column('left', 10),
      ...column('right', 260),
      piece(
        'A footer across the whole page that is wide enough to cross both of its columns entirely',
        10,
        200,
      ),
    ])
    const order = ['headline', 'left line 0', 'left line 5', 'right line 0', 'right line 5', 'footer'].map(
      (words) => text.indexOf(words),
    )
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order).not.toContain(-1)
  })

  it('does not take labels and their values for columns', () => {
    const rows = ['Patient Name', 'Date of Birth', 'Patient ID', 'Accession No', 'Modality', 'Site'].flatMap(
      (label, row) => [
        piece(label, 10, 20 + row * 14),
        piece(`the value of row ${row} in words`, 150, 20 + row * 14),
      ],
    )
    expect(layOut(rows).split('\n')[1]).toBe('Date of Birth\tthe value of row 1 in words')
  })

  it('prints once what is printed twice to look bold', () => {
    expect(layOut([piece('IMPRESSION', 10, 20), piece('IMPRESSION', 10.4, 20)])).toBe('IMPRESSION')
  })

  it('reads a line of right-to-left words from the right', () => {
    const text = layOut([
      piece('שלום', 100, 20, { rightToLeft: true }),
      piece('עולם', 70, 20, { rightToLeft: true }),
    ])
    expect(text).toBe('שלום עולם')
  })
})
