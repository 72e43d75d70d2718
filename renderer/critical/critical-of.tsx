import { Siren } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { writeMoment } from '../format/dates.ts'
import { Button } from '../ui/button.tsx'
import { words } from '../words.ts'
import { CriticalBadge } from './critical-badge.tsx'
import { CriticalDialog } from './critical-dialog.tsx'
import { canBeCritical } from './state.ts'

type Entry = NonNullable<DeliveryItem['critical']>[number]

/** What people said about a report as a critical result, and the way to say more. */
export function CriticalOf({ item }: { readonly item: DeliveryItem }): ReactNode {
  const nowMs = useNowMs()
  const [isOpen, setIsOpen] = useState(false)
  const entries = item.critical ?? []
  if (!canBeCritical(item)) return null
  return (
    <section className="critical" aria-label={words.critical.heading}>
      {entries.length === 0 ? null : (
        <>
          <h3>{words.critical.heading}</h3>
          <p>
            <CriticalBadge item={item} />
          </p>
          <ul className="selectable small">
            {entries.map((entry) => (
              <li key={`${entry.atUtc} ${entry.reason}`}>{inWords(entry, nowMs)}</li>
            ))}
          </ul>
        </>
      )}
      <Button size="small" icon={Siren} onPress={() => setIsOpen(true)}>
        {entries.length === 0 ? words.critical.mark : words.critical.add}
      </Button>
      {isOpen ? <CriticalDialog item={item} onClose={() => setIsOpen(false)} /> : null}
    </section>
  )
}

function inWords({ by, reason, atUtc, told, isWithdrawn }: Entry, nowMs: number): string {
  const texts = words.critical.entry
  if (told === null) {
    const said = { name: by, reason, time: writeMoment(atUtc, nowMs) }
    return isWithdrawn ? texts.withdrawn(said) : texts.open(said)
  }
  const text = told.readBack ? texts.told : texts.toldWithout
  return text({
    whom: told.whom,
    how: words.needsYou.discrepancy.channelInSentence[told.how],
    time: writeMoment(told.atUtc, nowMs),
    reason,
    name: by,
  })
}
