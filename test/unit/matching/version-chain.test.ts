import { describe, expect, it } from 'vitest'
import { placeInChain, type ChainLink } from '../../../electron/matching/version-chain.ts'

const link = (deliveryId: string, changes: Partial<ChainLink> = {}): ChainLink => ({
  deliveryId,
  status: 'preliminary',
  contentHash: `content of ${deliveryId}`,
  text: 'No fracture.',
  ...changes,
})
const final = { status: 'final', contentHash: 'content of final', text: 'A fracture.' } as const

describe('placeInChain', () => {
  it('numbers the versions and names the one before', () => {
    expect(placeInChain(final, [])).toEqual({ number: 1, follows: null, differsFrom: null })
    expect(placeInChain({ ...final, status: 'preliminary' }, [link('a'), link('b')])).toEqual({
      number: 3,
      follows: 'b',
      differsFrom: null,
    })
  })

  it('asks about a final that differs from the last preliminary', () => {
    expect(placeInChain(final, [link('a'), link('b')]).differsFrom).toBe('b')
    expect(placeInChain(final, [link('a', { text: null })]).differsFrom).toBe('a')
    expect(placeInChain({ ...final, text: null }, [link('a')]).differsFrom).toBe('a')
  })

  it.each([
    ['the same text in another layout', { ...final, text: ' No\n fracture. ' }, [link('a')]],
    [
      'the same content, its text forgotten',
      { ...final, contentHash: 'c', text: null },
      [link('a', { contentHash: 'c' })],
    ],
    ['a preliminary', { ...final, status: 'preliminary' as const }, [link('a')]],
    ['a correction', final, [link('a'), link('b', { status: 'final' })]],
  ])('asks nothing about %s', (_, delivered, earlier) => {
    expect(placeInChain(delivered, earlier).differsFrom).toBeNull()
  })
})
