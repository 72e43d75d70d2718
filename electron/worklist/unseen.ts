import type { AppointmentKey } from '../../shared/worklist.ts'
import type { WorklistChanges } from './diff.ts'

/** What changed on the worklist since a person looked: each appointment in one of the three at most. */
export type Unseen = {
  readonly added: readonly AppointmentKey[]
  readonly changed: readonly AppointmentKey[]
  readonly gone: readonly AppointmentKey[]
}

export type UnseenBook = {
  /** Takes in what a pass changed; the first pass of a practice is not news and must not come here. */
  take(changes: WorklistChanges): void
  /** @param keys what was looked at; null: everything */
  look(keys: readonly AppointmentKey[] | null): void
  unseen(): Unseen
}

/** So many that have gone are remembered, the newest: a window that nobody opens for a month stays small. */
export const MOST_GONE = 500

type Mark = { readonly what: keyof Unseen; readonly key: AppointmentKey }

const nameOf = ({ domain, appointmentId }: AppointmentKey): string => JSON.stringify([domain, appointmentId])

export function createUnseenBook(): UnseenBook {
  const marks = new Map<string, Mark>()
  const named = (what: keyof Unseen): AppointmentKey[] =>
    [...marks.values()].flatMap((one) => (one.what === what ? [one.key] : []))

  function mark(what: keyof Unseen, { domain, appointmentId }: AppointmentKey): void {
    const key = { domain, appointmentId }
    // Set anew, so that the order is the order of the news.
    marks.delete(nameOf(key))
    marks.set(nameOf(key), { what, key })
  }

  return {
    take({ added, changed, gone }) {
      for (const row of added) mark('added', row)
      for (const { after } of changed) if (marks.get(nameOf(after))?.what !== 'added') mark('changed', after)
      for (const row of gone) {
        // What came and went unseen was never there for the person.
        if (marks.get(nameOf(row))?.what === 'added') marks.delete(nameOf(row))
        else mark('gone', row)
      }
      for (const key of named('gone').slice(0, -MOST_GONE)) marks.delete(nameOf(key))
    },
    look(keys) {
      if (keys === null) marks.clear()
      else for (const key of keys) marks.delete(nameOf(key))
    },
    unseen: () => ({ added: named('added'), changed: named('changed'), gone: named('gone') }),
  }
}
