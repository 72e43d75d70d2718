import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findInRuns, type TextRun } from '../../../renderer/document/find-in-text.ts'

const run = (str: string, hasEOL = false): TextRun => ({ str, hasEOL })
const texts = (runs: readonly TextRun[], typed: string) =>
  findInRuns(runs, typed).map((match) => match.map((spot) => runs[spot.run]?.str.slice(spot.from, spot.to)))

describe('finding in the runs of a page', () => {
  it.each([
    { name: 'case and accents', runs: [run('Señor MÜLLER')], typed: 'muller', is: [['MÜLLER']] },
    {
      name: 'a match over runs',
      runs: [run('pul'), run('monary')],
      typed: 'pulmonary',
      is: [['pul', 'monary']],
    },
    {
      name: 'a line’s end is a blank',
      runs: [run('right', true), run('heart')],
      typed: 'right heart',
      is: [['right', 'heart']],
    },
    { name: 'no blank where none is', runs: [run('right'), run('heart')], typed: 'right heart', is: [] },
    {
      name: 'how much blank',
      runs: [run('right   heart')],
      typed: ' right  heart ',
      is: [['right   heart']],
    },
    { name: 'no overlap', runs: [run('aaaa')], typed: 'aa', is: [['aa'], ['aa']] },
    { name: 'a ligature', runs: [run('ﬁndings')], typed: 'findings', is: [['ﬁndings']] },
    { name: 'nothing typed', runs: [run('text')], typed: '  ', is: [] },
  ])('$name', ({ runs, typed, is }) => {
    const blank = (match: readonly (string | undefined)[]) => match.filter((text) => text !== '')
    expect(texts(runs, typed).map(blank)).toEqual(is)
  })

  it('finds any piece of the text, inside the bounds of its runs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        (strings, a, b) => {
          const runs = strings.map((str) => run(str))
          const whole = strings.join('')
          const from = whole.length === 0 ? 0 : a % whole.length
          for (const match of findInRuns(runs, whole.slice(from, from + (b % 8)))) {
            for (const spot of match) {
              expect(spot.from).toBeLessThan(spot.to)
              expect(spot.to).toBeLessThanOrEqual(strings[spot.run]?.length ?? 0)
            }
          }
        },
      ),
    )
  })
})
