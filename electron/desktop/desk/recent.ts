import type { DeliveryChange } from './delivery-book.ts'

/** One line of the tray's "Recent": a state and a time, nothing else. */
export type RecentItem = {
  readonly what: 'delivered' | 'duplicate' | 'needs-you' | 'comment-sent'
  readonly atMs: number
}

const MOST = 5

/** The last few outcomes of this start, newest first. */
export function createRecent(now: () => number): {
  readonly add: (changes: readonly DeliveryChange[]) => void
  readonly items: () => readonly RecentItem[]
} {
  let items: readonly RecentItem[] = []
  return {
    add(changes) {
      const added = changes.flatMap((change): RecentItem[] => {
        const what = outcomeOf(change)
        return what === null ? [] : [{ what, atMs: now() }]
      })
      items = [...added.toReversed(), ...items].slice(0, MOST)
    },
    items: () => items,
  }
}

function outcomeOf({ before, after }: DeliveryChange): RecentItem['what'] | null {
  const { state } = after.state
  if (state === before) return null
  switch (state) {
    case 'delivered':
      return after.kind === 'comment' ? 'comment-sent' : 'delivered'
    case 'duplicate':
      return 'duplicate'
    case 'held':
      return 'needs-you'
    case 'settling':
    case 'spooled':
    case 'queued':
    case 'sending':
    case 'waiting':
    case 'discarded':
    case 'withdrawn':
      return null
  }
}
