import { useEffect, useRef, type ReactNode } from 'react'
import { ArrowRight } from 'lucide-react'
import type { CallResult, DeliveryItem } from '../../shared/ipc.ts'
import { useNavigation } from '../data/navigation.tsx'
import { useCall } from '../data/radpost.ts'
import { fileName } from '../deliveries/file-name.ts'
import { isHeldReason } from '../deliveries/reasons.ts'
import { Button } from '../ui/button.tsx'
import { Loading, LoadFailed } from '../ui/empty.tsx'
import { words } from '../words.ts'
import { caseKind } from './case-kind.ts'
import { DiscrepancyOf } from './discrepancy.tsx'
import { DropAgainForm, RetryForm } from './other-forms.tsx'
import { Preview } from './preview.tsx'
import { ResolveForm } from './resolve-form.tsx'
import type { Suggestion } from './suggestion-dialog.tsx'
import { Warnings } from './warnings.tsx'

/** The document beside what is to be decided about it. */
export function HeldCase({
  id,
  onSuggestion,
}: {
  readonly id: string
  readonly onSuggestion: (suggestion: Suggestion | null) => void
}): ReactNode {
  const detail = useCall('held.detail', { id })
  if (detail.isError) return <LoadFailed error={detail.error} onRetry={() => void detail.refetch()} />
  if (detail.data === undefined) return <Loading />
  return (
    <>
      <Preview detail={detail.data} />
      <Decision detail={detail.data} onSuggestion={onSuggestion} />
    </>
  )
}

/** A delivered report that raises a question: it went out already, so there is nothing to send or to hold back. */
export function AskedCase({ item }: { readonly item: DeliveryItem }): ReactNode {
  const { go } = useNavigation()
  return (
    <section className="asked-case" aria-label={words.needsYou.decision}>
      <p className="caption faint truncate selectable">{fileName(item)}</p>
      <DiscrepancyOf item={item} />
      <div>
        <Button icon={ArrowRight} onPress={() => go({ view: 'deliveries', id: item.id })}>
          {words.needsYou.discrepancy.openDeliveries}
        </Button>
      </div>
    </section>
  )
}

function Decision({
  detail,
  onSuggestion,
}: {
  readonly detail: CallResult<'held.detail'>
  readonly onSuggestion: (suggestion: Suggestion | null) => void
}): ReactNode {
  const { item } = detail
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // After a decision its button is gone, and the keyboard with it: the next case takes it.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  if (!isHeldReason(item.reason)) return <p className="decision soft">{words.needsYou.gone}</p>
  const kind = caseKind(item.reason)
  return (
    <section className="decision" aria-label={words.needsYou.decision}>
      <div className="decision-why">
        <h2 ref={heading} tabIndex={-1}>
          {words.needsYou.reasons[item.reason]}
        </h2>
        <p className="caption faint truncate selectable">{fileName(item)}</p>
        {item.message === null ? null : <p className="selectable">{item.message}</p>}
        <p className="small soft">{words.needsYou.whatToDo[kind]}</p>
      </div>
      <Warnings warnings={detail.warnings} />
      {kind === 'retry' ? (
        <RetryForm item={item} />
      ) : kind === 'dropAgain' ? (
        <DropAgainForm item={item} />
      ) : (
        <ResolveForm kind={kind} detail={detail} onSuggestion={onSuggestion} />
      )}
    </section>
  )
}
