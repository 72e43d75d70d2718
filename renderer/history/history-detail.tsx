import { ArrowRight, Download } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { CriticalOf } from '../critical/critical-of.tsx'
import { useNavigation } from '../data/navigation.tsx'
import { fileName } from '../deliveries/file-name.ts'
import { Receipt } from '../deliveries/receipt.tsx'
import { Button } from '../ui/button.tsx'
import { StateLine } from '../ui/delivery-state.tsx'
import { words } from '../words.ts'
import { ExportDialog } from './export-dialog.tsx'
import { Trail } from './trail.tsx'

/** One report or comment of the past: how it ended, and its trail. */
export function HistoryDetail({ item }: { readonly item: DeliveryItem }): ReactNode {
  const { go } = useNavigation()
  const [isExporting, setIsExporting] = useState(false)
  const { id, domain, appointmentId } = item
  return (
    <section className="detail" aria-label={fileName(item)}>
      <h2 className="detail-name selectable">{fileName(item)}</h2>
      <p className="detail-state">
        <StateLine item={item} />
      </p>
      <div className="detail-actions">
        <Button icon={ArrowRight} onPress={() => go({ view: 'deliveries', id })}>
          {words.history.openDelivery}
        </Button>
        {domain !== null && appointmentId !== null ? (
          <Button icon={ArrowRight} onPress={() => go({ view: 'study', study: { domain, appointmentId } })}>
            {words.deliveries.openStudy}
          </Button>
        ) : null}
        <Button icon={Download} onPress={() => setIsExporting(true)}>
          {words.history.export}
        </Button>
      </div>
      {item.receipt === null ? null : <Receipt receipt={item.receipt} />}
      <CriticalOf item={item} />
      <Trail id={id} />
      {isExporting ? <ExportDialog item={item} onClose={() => setIsExporting(false)} /> : null}
    </section>
  )
}
