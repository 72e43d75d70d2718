import { markCritical } from '../../outbox/critical-result.ts'
import type { Acts } from './acts.ts'
import type { Handlers } from './handlers.ts'

/** A person's mark on a report with a critical result. */
export function createCriticalHandlers({ act }: Acts): Pick<Handlers, 'deliveries.markCritical'> {
  return {
    'deliveries.markCritical': ({ id, told, ...word }) =>
      act((_session, actions) =>
        markCritical(actions, id, {
          ...word,
          told:
            told === null
              ? null
              : { whom: told.whom, atMs: Date.parse(told.at), how: told.how, readBack: told.readBack },
        }),
      ),
  }
}
