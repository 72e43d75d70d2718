import fc from 'fast-check'
import { Sun } from 'lucide-react'
import { describe, expect, it } from 'vitest'
import { listCommands, type Command } from '../../../renderer/palette/command.ts'
import { fuzzyScore } from '../../../renderer/palette/fuzzy.ts'

const command = (id: string, group: Command['group'], name: string, detail?: string): Command => ({
  id,
  group,
  icon: Sun,
  name,
  ...(detail === undefined ? {} : { detail }),
  run: () => undefined,
})
const commands = [
  command('s1', 'studies', 'Thompson-Reid, Margaret', '28 Mar 1961 · HB-40155 · A104198'),
  command('s2', 'studies', 'Nguyễn, Thị Lan', 'Ultrasound abdomen, complete · A104176'),
  command('g1', 'go', 'Deliveries'),
  command('a1', 'actions', 'Open the report folder'),
]
const found = (typed: string, recent: readonly string[] = []) =>
  listCommands(commands, typed, recent).map(({ group, commands: listed }) => [
    group,
    listed.map(({ id }) => id),
  ])

describe('the palette', () => {
  it('lists what was used last, then views and actions, but no patient unasked', () => {
    expect(found('', ['a1', 'gone'])).toEqual([
      ['recent', ['a1']],
      ['go', ['g1']],
    ])
  })

  it.each([
    { typed: 'thomp', first: 's1' },
    { typed: 'marg thomp', first: 's1' },
    { typed: 'nguyen', first: 's2' },
    { typed: 'A104176', first: 's2' },
    { typed: 'hb-40155', first: 's1' },
    { typed: 'dlv', first: 'g1' },
    { typed: 'orf', first: 'a1' },
  ])('finds $first by “$typed”', ({ typed, first }) => {
    expect(listCommands(commands, typed, [])[0]?.commands[0]?.id).toBe(first)
  })

  it('does not find a patient by letters strewn over ids and descriptions', () => {
    expect(found('xyz')).toEqual([])
    expect(found('thom')).toEqual([['studies', ['s1']]])
  })

  it('scores what is named as a whole above letters apart, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (typed, name) => {
        const score = fuzzyScore(typed, { name, detail: '' })
        expect(score === null || Number.isFinite(score)).toBe(true)
      }),
    )
    const whole = fuzzyScore('rep', { name: 'report', detail: '' }) ?? 0
    expect(whole).toBeGreaterThan(fuzzyScore('rep', { name: 'rare pear', detail: '' }) ?? 0)
  })
})
