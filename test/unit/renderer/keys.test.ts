import { describe, expect, it } from 'vitest'
import { keysOf, writeKey } from '../../../renderer/keys/table.ts'
import { words } from '../../../renderer/words.ts'

describe('the keys of a view', () => {
  it('are those that are bound, in the order of the table', () => {
    const { inView, everywhere } = keysOf('study', new Set(['Escape', 'j', 'mod+k', 'mod+=']))
    expect(inView.map(({ key }) => key)).toEqual(['j', 'Escape'])
    expect(everywhere).toEqual([{ key: 'mod+k', name: words.keys.palette }])
  })

  it('leave out none that is bound, also where this view has no name of its own for it', () => {
    expect(keysOf('settings', new Set(['u'])).inView).toEqual([{ key: 'u', name: words.keys.news }])
  })

  it.each([
    ['mod+k', [words.keys.control, 'K']],
    ['Escape', [words.keys.escape]],
    ['mod+-', [words.keys.control, '−']],
    ['j', ['j']],
  ])('are written as on the keyboard: %s', (key, written) => {
    expect(writeKey(key)).toEqual(written)
  })
})
