import { useState, type ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { PersonFields, usePersonsWord } from '../ui/persons-word.tsx'
import { words } from '../words.ts'
import { fileName } from './file-name.ts'

/** A named person decides not to send it, and says why: both go into the audit trail (interfaces.md 7). */
export function DiscardDialog({
  item,
  onClose,
  onDone,
}: {
  readonly item: DeliveryItem
  readonly onClose: () => void
  readonly onDone?: () => void
}): ReactNode {
  const discard = useAction('deliveries.discard')
  const announce = useAnnounce()
  const word = usePersonsWord()
  const [wasAsked, setWasAsked] = useState(false)
  const confirm = () => {
    setWasAsked(true)
    const said = word.said()
    if (said === null) return
    discard.mutate(
      { id: item.id, ...said },
      {
        onSuccess: () => {
          announce.done(words.deliveries.discarded)
          onClose()
          onDone?.()
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <Dialog title={words.deliveries.discardTitle} onClose={onClose} isAlert>
      <p className="strong truncate">{fileName(item)}</p>
      <p className="soft">{words.deliveries.discardDetail}</p>
      <PersonFields
        word={word}
        wasAsked={wasAsked}
        suggestions={Object.values(words.needsYou.suggested.discard)}
      />
      <div className="dialog-foot">
        <Button onPress={onClose}>{words.shell.cancel}</Button>
        <Button kind="danger-primary" isBusy={discard.isPending} onPress={confirm}>
          {words.deliveries.discardConfirm}
        </Button>
      </div>
    </Dialog>
  )
}
