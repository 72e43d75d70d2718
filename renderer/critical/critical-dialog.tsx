import { Check } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'
import { fileName } from '../deliveries/file-name.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { PersonFields, usePersonsWord } from '../ui/persons-word.tsx'
import { words } from '../words.ts'
import { criticalState } from './state.ts'
import {
  criticalAnswerOf,
  criticalProblems,
  criticalToldOf,
  noTypedCritical,
  type CriticalProblem,
} from './typed.ts'

/** One more entry: what was found, who was told, when, how, and whether they read it back. */
export function CriticalDialog({
  item,
  onClose,
}: {
  readonly item: DeliveryItem
  readonly onClose: () => void
}): ReactNode {
  const send = useAction('deliveries.markCritical')
  const client = useQueryClient()
  const announce = useAnnounce()
  const word = usePersonsWord()
  const [typed, setTyped] = useState(noTypedCritical)
  const [wasAsked, setWasAsked] = useState(false)
  const problems = criticalProblems(typed, Date.now())
  const errorOf = (problem: CriticalProblem, sentence: string) =>
    wasAsked && problems.includes(problem) ? sentence : null
  const telling = words.needsYou.discrepancy
  const { withdrawn, ...first } = words.critical.answers
  const answers: Readonly<Record<string, string>> =
    criticalState(item) === null ? first : { ...first, withdrawn }
  const keep = () => {
    setWasAsked(true)
    const said = word.said()
    if (problems.length > 0 || said === null) return
    send.mutate(
      { id: item.id, ...said, told: criticalToldOf(typed), isWithdrawn: typed.answer === 'withdrawn' },
      {
        onSuccess: () => {
          announce.done(words.critical.kept)
          for (const name of ['deliveries.list', 'study.get', 'history.search', 'history.trail'])
            void client.invalidateQueries({ queryKey: [name] })
          onClose()
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <Dialog title={words.critical.title} onClose={onClose} isAlert>
      <p className="strong truncate">{fileName(item)}</p>
      <p className="soft">{words.critical.note}</p>
      <Choice
        label={words.critical.question}
        look="list"
        options={answers}
        value={typed.answer}
        onChange={(answer) => setTyped({ ...typed, answer: criticalAnswerOf(answer) })}
        error={errorOf('answer', words.critical.answerNeeded)}
      />
      {typed.answer === 'told' ? (
        <>
          <TextField
            label={telling.whom}
            value={typed.whom}
            onChange={(whom) => setTyped({ ...typed, whom })}
            maxLength={200}
            error={errorOf('whom', telling.whomNeeded)}
          />
          <TextField
            label={telling.at}
            type="datetime-local"
            value={typed.at}
            onChange={(at) => setTyped({ ...typed, at })}
            error={errorOf('at', telling.atNeeded) ?? errorOf('future', telling.atFuture)}
          />
          <Choice
            label={telling.how}
            options={telling.channels}
            value={typed.how}
            onChange={(how) => setTyped({ ...typed, how })}
            error={errorOf('how', telling.howNeeded)}
          />
          <Choice
            label={words.critical.readBack}
            options={words.critical.readBackOptions}
            value={typed.readBack}
            onChange={(readBack) => setTyped({ ...typed, readBack })}
            error={errorOf('read-back', words.critical.readBackNeeded)}
          />
        </>
      ) : null}
      <PersonFields word={word} wasAsked={wasAsked} suggestions={Object.values(words.critical.suggested)} />
      <p className="small soft">{words.critical.detail}</p>
      <div className="dialog-foot">
        <Button onPress={onClose}>{words.shell.cancel}</Button>
        <Button kind="primary" icon={Check} isBusy={send.isPending} onPress={keep}>
          {words.critical.keep}
        </Button>
      </div>
    </Dialog>
  )
}
