import type { StationStatus } from '../../shared/ipc.ts'

type Practice = StationStatus['practices'][number]

/** How true the list of one practice is, the worst first. */
export const truths = ['signed-out', 'never', 'offline', 'partial', 'complete'] as const
export type Truth = (typeof truths)[number]

export type PracticeTruth = { readonly practice: Practice; readonly truth: Truth }

/** Never better than it is: a list with a study that could not be read is not complete. */
export function truthOf(practice: Practice): Truth {
  if (practice.connection === 'signed-out') return 'signed-out'
  if (practice.completeAt === null) return 'never'
  if (practice.connection === 'offline') return 'offline'
  return practice.unreadable > 0 ? 'partial' : 'complete'
}

/** The practices, the least true first. */
export function worstFirst(practices: readonly Practice[]): readonly PracticeTruth[] {
  return practices
    .map((practice) => ({ practice, truth: truthOf(practice) }))
    .toSorted(
      (a, b) =>
        truths.indexOf(a.truth) - truths.indexOf(b.truth) ||
        (a.practice.completeAt ?? '').localeCompare(b.practice.completeAt ?? ''),
    )
}
