import type { EventPayload } from '../../shared/ipc.ts'
import type { DeliveryChange } from './desk/delivery-book.ts'

/**
 * Which notifications are due: decided here, shown elsewhere. They say what happened and nothing of whom, because a
 * lock screen shows them to everybody (design.md 1.5). Pure.
 */

export type NoticeCategory = 'delivered' | 'needs-you' | 'rejected' | 'signed-out'

export type Notice = {
  readonly category: NoticeCategory
  readonly title: string
  readonly body: string
  /** Where a click leads. */
  readonly goTo: EventPayload<'navigate'>
}

/** What happened since the last look, counted up. */
export type NoticeMatter = {
  readonly delivered: number
  readonly needsYou: readonly string[]
  readonly rejected: readonly string[]
  readonly signedOut: boolean
}

export const nothingHappened: NoticeMatter = { delivered: 0, needsYou: [], rejected: [], signedOut: false }

/** Adds what changed; a report that stays held, or a comment that arrived, is nothing to call somebody for. */
export function addChanges(matter: NoticeMatter, changes: readonly DeliveryChange[]): NoticeMatter {
  let { delivered, needsYou, rejected } = matter
  for (const { before, after } of changes) {
    const { state } = after
    if (state.state === before) continue
    if (state.state === 'delivered' && after.kind !== 'comment') delivered += 1
    if (state.state === 'held' && state.reason === 'rejected') rejected = [...rejected, after.id]
    else if (state.state === 'held') needsYou = [...needsYou, after.id]
    // What a person or a new worklist has settled meanwhile needs nobody any more.
    if (state.state !== 'held') {
      needsYou = needsYou.filter((id) => id !== after.id)
      rejected = rejected.filter((id) => id !== after.id)
    }
  }
  return { ...matter, delivered, needsYou, rejected }
}

/**
 * At most one notice of a kind. None where the person switched them off, or is looking at the window anyway; being
 * signed out stops everything, so that is said in both cases but the first.
 */
export function noticesOf(
  matter: NoticeMatter,
  circumstances: { readonly enabled: boolean; readonly windowFocused: boolean },
): readonly Notice[] {
  if (!circumstances.enabled) return []
  const signedOut: readonly Notice[] = matter.signedOut
    ? [
        {
          category: 'signed-out',
          title: 'Radpost is signed out',
          body: 'QUBS refuses the credentials. Reports are kept until you connect again.',
          goTo: { view: 'settings', id: null },
        },
      ]
    : []
  if (circumstances.windowFocused) return signedOut
  return [...signedOut, ...reportNotices(matter)]
}

function reportNotices({ delivered, needsYou, rejected }: NoticeMatter): readonly Notice[] {
  const notices: Notice[] = []
  if (rejected.length > 0) {
    notices.push({
      category: 'rejected',
      title: rejected.length === 1 ? 'QUBS refused a report' : `QUBS refused ${rejected.length} reports`,
      body: 'Open Radpost to see why.',
      goTo: { view: 'needs-you', id: onlyOne(rejected) },
    })
  }
  if (needsYou.length > 0) {
    notices.push({
      category: 'needs-you',
      title: needsYou.length === 1 ? 'A report needs you' : `${needsYou.length} reports need you`,
      body: 'Nothing is sent until you decide.',
      goTo: { view: 'needs-you', id: onlyOne(needsYou) },
    })
  }
  if (delivered > 0) {
    notices.push({
      category: 'delivered',
      title: delivered === 1 ? 'A report was delivered' : `${delivered} reports were delivered`,
      body: 'QUBS has confirmed it.',
      goTo: { view: 'deliveries', id: null },
    })
  }
  return notices
}

function onlyOne(ids: readonly string[]): string | null {
  const [first, ...others] = ids
  return first !== undefined && others.length === 0 ? first : null
}
