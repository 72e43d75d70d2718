import type { ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { sameAppointment } from '../../shared/worklist.ts'
import { useNowMs } from '../data/clock.ts'
import { useCall } from '../data/radpost.ts'
import { writeMoment } from '../format/dates.ts'
import { words } from '../words.ts'

/** How many of the newest deliveries are looked through, as in the list beside it. */
const LIMIT = 1_000

/** The chain that a delivered report stands in, the newest first; left out where it is the only one. */
export function Versions({ item }: { readonly item: DeliveryItem }): ReactNode {
  const deliveries = useCall('deliveries.list', { limit: LIMIT }, { enabled: item.version !== null })
  const nowMs = useNowMs()
  const chain = versionsOf(deliveries.data ?? [], item)
  if (chain.length < 2) return null
  return (
    <section aria-label={words.deliveries.versions}>
      <h3>{words.deliveries.versions}</h3>
      <ul className="versions">
        {chain.map(({ id, version, status, seenAt }) => (
          <li key={id} aria-current={id === item.id ? 'true' : undefined}>
            {words.deliveries.versionLine({
              number: version ?? 0,
              status: status === null ? '' : words.deliveries.reportStatuses[status],
              time: writeMoment(seenAt, nowMs),
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Every delivered report of the same appointment. */
function versionsOf(deliveries: readonly DeliveryItem[], item: DeliveryItem): readonly DeliveryItem[] {
  const { domain, appointmentId } = item
  if (item.version === null || domain === null || appointmentId === null) return []
  return deliveries
    .filter(
      (other) =>
        other.version !== null &&
        other.domain !== null &&
        other.appointmentId !== null &&
        sameAppointment(
          { domain: other.domain, appointmentId: other.appointmentId },
          { domain, appointmentId },
        ),
    )
    .toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0))
}
