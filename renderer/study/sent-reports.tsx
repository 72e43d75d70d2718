import { Send } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { CriticalOf } from '../critical/critical-of.tsx'
import { useNavigation } from '../data/navigation.tsx'
import { Receipt } from '../deliveries/receipt.tsx'
import { fileName } from '../deliveries/file-name.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { StateLine } from '../ui/delivery-state.tsx'
import { words } from '../words.ts'

/** What this station has sent for the study, or is about to, each with its receipt. */
export function SentReports({ deliveries }: { readonly deliveries: readonly DeliveryItem[] }): ReactNode {
  const { go } = useNavigation()
  return (
    <section aria-labelledby="study-reports">
      <h2 id="study-reports">{words.study.reports}</h2>
      {deliveries.length === 0 ? (
        <p className="faint none">
          <Glyph icon={Send} />
          {words.study.noReports}
        </p>
      ) : (
        <ul className="sent-list">
          {deliveries.map((item) => (
            <li key={item.id}>
              <span className="strong truncate">{fileName(item)}</span>
              <span className="small">
                <StateLine item={item} />
              </span>
              {item.receipt === null ? null : <Receipt receipt={item.receipt} />}
              <CriticalOf item={item} />
              {item.state === 'held' ? (
                <Button size="small" onPress={() => go({ view: 'needs-you', id: item.id })}>
                  {words.deliveries.decide}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
