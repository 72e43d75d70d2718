import { BadgeCheck, CircleUserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { writeMoment } from '../format/dates.ts'
import { Glyph } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { words } from '../words.ts'

/** The proof that it has arrived, and how strong it is: read back, accepted, or only a person's word. */
export function Receipt({ receipt }: { readonly receipt: NonNullable<DeliveryItem['receipt']> }): ReactNode {
  const nowMs = useNowMs()
  const isPersonsWord = receipt.kind === 'report' && receipt.settledBy !== null
  return (
    <div className="receipt">
      <h3>
        <Glyph icon={isPersonsWord ? CircleUserRound : BadgeCheck} tone={isPersonsWord ? 'warn' : 'good'} />
        {words.deliveries.receipt}
      </h3>
      {receipt.kind === 'comment' ? (
        <Facts facts={[[words.deliveries.receiptComment, receipt.guid]]} isMono />
      ) : (
        <>
          {receipt.settledBy === null ? null : (
            <p className="small">{words.deliveries.settledBy({ name: receipt.settledBy })}</p>
          )}
          <Facts
            facts={[
              [words.deliveries.facts.status, words.deliveries.reportStatuses[receipt.status]],
              [words.deliveries.receiptAt, writeMoment(receipt.reportedAtUtc, nowMs)],
              [words.deliveries.receiptReport, receipt.reportGuid],
              ...receipt.attachments.map(
                (file) =>
                  [
                    words.deliveries.receiptFile,
                    words.deliveries[file.readBack ? 'readBack' : 'notReadBack']({ file: file.fileName }),
                  ] as const,
              ),
            ]}
          />
        </>
      )}
    </div>
  )
}
