import { RotateCw, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'
import { DiscardDialog } from '../deliveries/discard-dialog.tsx'
import { canDiscard } from '../deliveries/filter.ts'
import { Button } from '../ui/button.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

/** Not to send it: offered wherever that is allowed, never as the first thing. */
export function DiscardButton({
  item,
  isMain = false,
}: {
  readonly item: DeliveryItem
  readonly isMain?: boolean
}): ReactNode {
  const [isAsking, setIsAsking] = useState(false)
  if (!canDiscard(item)) return null
  return (
    <>
      <Button kind={isMain ? 'danger-primary' : 'danger'} icon={Trash2} onPress={() => setIsAsking(true)}>
        {words.needsYou.buttons.discard}
      </Button>
      {isAsking ? <DiscardDialog item={item} onClose={() => setIsAsking(false)} /> : null}
    </>
  )
}

/** Gone or refused: another try after something was put right. */
export function RetryForm({ item }: { readonly item: DeliveryItem }): ReactNode {
  const retry = useAction('deliveries.retry')
  const announce = useAnnounce()
  return (
    <div className="decision-foot">
      <DiscardButton item={item} />
      <Button
        kind="primary"
        icon={RotateCw}
        isBusy={retry.isPending}
        onPress={() =>
          retry.mutate(
            { id: item.id },
            { onSuccess: () => announce.done(words.needsYou.retried), onError: announce.failed },
          )
        }
      >
        {words.needsYou.buttons.retry}
      </Button>
    </div>
  )
}

/** The file itself cannot go out: it is put right outside and dropped again. */
export function DropAgainForm({ item }: { readonly item: DeliveryItem }): ReactNode {
  return (
    <div className="decision-foot">
      <DiscardButton item={item} isMain />
    </div>
  )
}
