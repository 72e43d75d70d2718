import { ArrowRight, RotateCw, Trash2, UserRound } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { CriticalOf } from '../critical/critical-of.tsx'
import { useNowMs } from '../data/clock.ts'
import { useNavigation } from '../data/navigation.tsx'
import { useAction } from '../data/radpost.ts'
import { writeMoment } from '../format/dates.ts'
import { DiscrepancyOf } from '../needs-you/discrepancy.tsx'
import { Button } from '../ui/button.tsx'
import { StateLine } from '../ui/delivery-state.tsx'
import { Facts, type Fact } from '../ui/facts.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { fileName } from './file-name.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { canDiscard, canRetry, stepOf, STEPS } from './filter.ts'
import { NextTry } from './next-try.tsx'
import { Receipt } from './receipt.tsx'
import { Versions } from './versions.tsx'

/** Everything that is known of one file, and what the person can do about it. */
export function DeliveryDetail({ item }: { readonly item: DeliveryItem }): ReactNode {
  const nowMs = useNowMs()
  const { kind, status, attempts, nextTryAt } = item
  const labels = words.deliveries.facts
  const facts: readonly Fact[] = [
    [labels.seen, writeMoment(item.seenAt, nowMs)],
    [labels.appointment, item.appointmentId],
    [labels.practice, item.domain],
    [labels.kind, kind === null ? null : words.deliveries.kinds[kind]],
    [labels.status, status === null ? null : words.deliveries.reportStatuses[status]],
    [labels.attempts, attempts === 0 ? null : words.deliveries.attemptCount({ number: attempts })],
    [labels.nextTry, nextTryAt === null ? null : writeMoment(nextTryAt, nowMs)],
  ]
  return (
    <section className="detail" aria-label={fileName(item)}>
      <h2 className="detail-name selectable">{fileName(item)}</h2>
      <p className="detail-state">
        <StateLine item={item} />
        <Progress state={item.state} />
      </p>
      {nextTryAt === null ? null : <NextTry at={nextTryAt} />}
      <p className="soft selectable">{item.message ?? words.deliveries.stateSentences[item.state]}</p>
      <Actions item={item} />
      <DiscrepancyOf item={item} />
      <CriticalOf item={item} />
      <Facts facts={facts} />
      <Versions item={item} />
      {item.receipt === null ? null : <Receipt receipt={item.receipt} />}
    </section>
  )
}

/** Where the file is on its way, while it is on it. */
function Progress({ state }: { readonly state: DeliveryItem['state'] }): ReactNode {
  const step = stepOf(state)
  if (step === null) return null
  return <span className="small soft">{words.deliveries.step({ step, steps: STEPS })}</span>
}

function Actions({ item }: { readonly item: DeliveryItem }): ReactNode {
  const { go } = useNavigation()
  const retry = useAction('deliveries.retry')
  const announce = useAnnounce()
  const [isDiscarding, setIsDiscarding] = useState(false)
  const { id, domain, appointmentId } = item
  return (
    <div className="detail-actions">
      {item.state === 'held' ? (
        <Button kind="primary" icon={UserRound} onPress={() => go({ view: 'needs-you', id })}>
          {words.deliveries.decide}
        </Button>
      ) : null}
      {canRetry(item) ? (
        <Button
          icon={RotateCw}
          isBusy={retry.isPending}
          onPress={() =>
            retry.mutate(
              { id },
              { onSuccess: () => announce.done(words.deliveries.retried), onError: announce.failed },
            )
          }
        >
          {words.deliveries.retry}
        </Button>
      ) : null}
      {domain !== null && appointmentId !== null ? (
        <Button icon={ArrowRight} onPress={() => go({ view: 'study', study: { domain, appointmentId } })}>
          {words.deliveries.openStudy}
        </Button>
      ) : null}
      {canDiscard(item) ? (
        <Button kind="danger" icon={Trash2} onPress={() => setIsDiscarding(true)}>
          {words.deliveries.discard}
        </Button>
      ) : null}
      {isDiscarding ? <DiscardDialog item={item} onClose={() => setIsDiscarding(false)} /> : null}
    </div>
  )
}
