import { ArrowRight, CircleUserRound, ListTodo, PenLine, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useNavigation } from '../data/navigation.tsx'
import { useCall } from '../data/radpost.ts'
import { Receipt } from '../deliveries/receipt.tsx'
import { Button, Glyph } from '../ui/button.tsx'
import { StateLine } from '../ui/delivery-state.tsx'
import { words } from '../words.ts'

/** As many as the list of deliveries itself asks for. */
const LIST_LIMIT = 1_000

/** What became of the report, followed until it has ended. */
export function Sent({
  first,
  onGoOn,
}: {
  /** The delivery when it was handed over, or when the view was opened. */
  readonly first: DeliveryItem
  /** The delivery was discarded: its text is a draft again. */
  readonly onGoOn: () => void
}): ReactNode {
  const { go } = useNavigation()
  const list = useCall('deliveries.list', { limit: LIST_LIMIT })
  const item = list.data?.find(({ id }) => id === first.id) ?? first
  const isOpenQuestion = item.discrepancy?.state === 'asked'
  return (
    <section className="compose-sent" aria-labelledby="compose-sent">
      <h2 id="compose-sent">
        <Glyph icon={ShieldCheck} tone="active" /> {words.compose.sentTitle}
      </h2>
      <p className="compose-state" role="status">
        <StateLine item={item} />
      </p>
      <p>
        {item.message ?? (item.state === 'delivered' ? words.compose.delivered : words.compose.sentDetail)}
      </p>
      {item.receipt === null ? null : <Receipt receipt={item.receipt} />}
      {isOpenQuestion ? (
        <p className="banner" data-tone="warn">
          <Glyph icon={CircleUserRound} />
          <span className="banner-text">{words.compose.discrepancy}</span>
        </p>
      ) : null}
      {item.state === 'held' ? <p className="strong">{words.compose.needsYou}</p> : null}
      {item.state === 'discarded' ? <p>{words.compose.wasDiscarded}</p> : null}
      <div className="compose-sent-moves">
        {item.state === 'held' || isOpenQuestion ? (
          <Button kind="primary" icon={ArrowRight} onPress={() => go({ view: 'needs-you', id: item.id })}>
            {words.compose.toNeedsYou}
          </Button>
        ) : null}
        {item.state === 'discarded' ? (
          <Button kind="primary" icon={PenLine} onPress={onGoOn}>
            {words.compose.goOn}
          </Button>
        ) : null}
        <Button icon={ListTodo} onPress={() => go({ view: 'worklist' })}>
          {words.compose.toWorklist}
        </Button>
      </div>
    </section>
  )
}
