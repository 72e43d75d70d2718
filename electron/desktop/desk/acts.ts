import type { DeliveryItem } from '../../../shared/ipc.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import { viewOf } from '../../outbox/delivery-view.ts'
import type { ActionParts } from '../../outbox/person-actions.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { StationSession } from './station-session.ts'

/** What the handlers of every section share: a delivery as the window sees it, and a person's act carried out. */
export type Acts = {
  readonly itemOf: (record: DeliveryRecord) => DeliveryItem
  /** Written down first, then carried out at once. */
  readonly act: (
    work: (session: StationSession, actions: ActionParts) => DeliveryRecord,
  ) => Promise<DeliveryItem>
}

export function createActs({ keeper, now, clean }: Pick<HandlerParts, 'keeper' | 'now' | 'clean'>): Acts {
  function itemOf(record: DeliveryRecord): DeliveryItem {
    const view = viewOf(record)
    const { receipt, critical } = view
    return {
      ...view,
      critical: [...critical],
      reason: reasonOf(record),
      message: view.message === null ? null : clean(view.message),
      receipt: receipt?.kind === 'report' ? { ...receipt, attachments: [...receipt.attachments] } : receipt,
      seenAt: new Date(record.seenAtMs).toISOString(),
    }
  }

  return {
    itemOf,
    async act(work) {
      const session = await keeper.ready()
      const { practices, reports } = session.settings
      const record = work(session, {
        journal: session.book.journal,
        now,
        domains: practices.map((practice) => practice.domain),
        finalDiffers: reports.finalDiffers,
      })
      session.station.wake()
      return itemOf(record)
    },
  }
}

function reasonOf({ state }: DeliveryRecord): DeliveryItem['reason'] {
  return state.state === 'held' || state.state === 'waiting' ? state.reason : null
}
