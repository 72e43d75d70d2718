import { describe, expect, it } from 'vitest'
import { addChanges, nothingHappened, noticesOf } from '../../../electron/desktop/notices.ts'
import { delivered, delivery, held } from './records.ts'

const watching = { enabled: true, windowFocused: false }

describe('notifications', () => {
  it('gather what was delivered into one, and say nothing of whom', () => {
    const matter = addChanges(
      nothingHappened,
      ['a', 'b', 'c'].map((id) => ({ before: 'sending' as const, after: delivery(delivered, { id }) })),
    )
    const notices = noticesOf(matter, watching)
    expect(notices).toMatchObject([{ category: 'delivered', title: '3 reports were delivered' }])
    expect(JSON.stringify(notices)).not.toMatch(/Doe|\.pdf/u)
  })

  it('lead to the one report that needs somebody, or to the list of several', () => {
    const one = addChanges(nothingHappened, [
      { before: 'spooled', after: delivery(held('no-match'), { id: 'a' }) },
    ])
    expect(noticesOf(one, watching)).toMatchObject([
      { category: 'needs-you', goTo: { view: 'needs-you', id: 'a' } },
    ])
    const two = addChanges(one, [
      { before: 'spooled', after: delivery(held('identity-mismatch'), { id: 'b' }) },
    ])
    expect(noticesOf(two, watching)).toMatchObject([
      { title: '2 reports need you', goTo: { view: 'needs-you', id: null } },
    ])
  })

  it('tell a refusal of the server apart from a question', () => {
    const matter = addChanges(nothingHappened, [{ before: 'sending', after: delivery(held('rejected')) }])
    expect(noticesOf(matter, watching).map(({ category }) => category)).toEqual(['rejected'])
  })

  it('do not come for what stayed as it was, for comments, or for what was settled meanwhile', () => {
    const same = addChanges(nothingHappened, [{ before: 'held', after: delivery(held('no-match')) }])
    expect(noticesOf(same, watching)).toEqual([])
    const comment = addChanges(nothingHappened, [
      {
        before: 'sending',
        after: delivery({ state: 'delivered', receipt: { kind: 'comment', guid: 'g' } }, { kind: 'comment' }),
      },
    ])
    expect(noticesOf(comment, watching)).toEqual([])
    const settled = addChanges(
      addChanges(nothingHappened, [{ before: 'spooled', after: delivery(held('no-match')) }]),
      [{ before: 'held', after: delivery({ state: 'spooled' }) }],
    )
    expect(noticesOf(settled, watching)).toEqual([])
  })

  it('are off when switched off, and only an end of access disturbs a person at the window', () => {
    const matter = {
      ...addChanges(nothingHappened, [{ before: 'sending', after: delivery(delivered) }]),
      signedOut: true,
    }
    expect(noticesOf(matter, { enabled: false, windowFocused: false })).toEqual([])
    expect(noticesOf(matter, { enabled: true, windowFocused: true }).map(({ category }) => category)).toEqual(
      ['signed-out'],
    )
  })
})
