import { Download } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallArgs, DeliveryItem } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'
import { fileName } from '../deliveries/file-name.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox, Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { daysBetween } from './search.ts'

type What = CallArgs<'history.export'>['what']

/** What the file will hold is said before it is made, and people's words only go along where that is ticked. */
export function ExportDialog({
  item,
  onClose,
}: {
  readonly item: DeliveryItem
  readonly onClose: () => void
}): ReactNode {
  const send = useAction('history.export')
  const announce = useAnnounce()
  const [choice, setChoice] = useState<'report' | 'range'>('report')
  const [days, setDays] = useState({ from: '', to: '' })
  const [withWords, setWithWords] = useState(false)
  const [wasAsked, setWasAsked] = useState(false)
  const { from, to } = daysBetween(days.from, days.to)
  const what: What | null =
    choice === 'report'
      ? { kind: 'report', id: item.id }
      : from === null || to === null
        ? null
        : { kind: 'range', from, to }
  const confirm = () => {
    setWasAsked(true)
    if (what === null) return
    send.mutate(
      { what, withWords },
      {
        onSuccess: ({ saved, entries }) => {
          if (!saved) return
          announce.done(words.history.exported({ entries }))
          onClose()
        },
        onError: announce.failed,
      },
    )
  }
  const dayError = (day: string | null) => (wasAsked && day === null ? words.history.exportDaysNeeded : null)
  return (
    <Dialog title={words.history.exportTitle} onClose={onClose}>
      <p className="strong truncate">{fileName(item)}</p>
      <Choice
        label={words.history.exportWhat}
        look="list"
        options={words.history.exportOptions}
        value={choice}
        onChange={setChoice}
      />
      {choice === 'range' ? (
        <div className="history-days">
          <TextField
            label={words.history.from}
            type="date"
            value={days.from}
            onChange={(day) => setDays({ ...days, from: day })}
            error={dayError(from)}
          />
          <TextField
            label={words.history.to}
            type="date"
            value={days.to}
            onChange={(day) => setDays({ ...days, to: day })}
            error={dayError(to)}
          />
        </div>
      ) : null}
      <p className="soft">{words.history.exportHolds}</p>
      <Checkbox
        label={words.history.exportWords}
        hint={words.history.exportWordsHint}
        isSelected={withWords}
        onChange={setWithWords}
      />
      <div className="dialog-foot">
        <Button onPress={onClose}>{words.shell.cancel}</Button>
        <Button kind="primary" icon={Download} isBusy={send.isPending} onPress={confirm}>
          {words.history.exportConfirm}
        </Button>
      </div>
    </Dialog>
  )
}
