import { Check } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { useAction } from '../data/radpost.ts'
import { writeMoment } from '../format/dates.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { PersonFields, usePersonsWord } from '../ui/persons-word.tsx'
import { words } from '../words.ts'
import { answerProblems, noTypedAnswer, toldOf, type AnswerProblem } from './discrepancy-check.ts'

/** The question that a delivered final raises, until a person has answered it; then the answer. */
export function DiscrepancyOf({ item }: { readonly item: DeliveryItem }): ReactNode {
  const { discrepancy } = item
  const nowMs = useNowMs()
  const texts = words.needsYou.discrepancy
  if (discrepancy === null) return null
  if (discrepancy.state === 'asked') {
    return (
      <section className="discrepancy" aria-label={texts.heading}>
        <h3>{texts.heading}</h3>
        <p>{texts.detail}</p>
        <DiscrepancyForm item={item} />
      </section>
    )
  }
  const { by, reason, told } = discrepancy
  return (
    <section className="discrepancy" aria-label={texts.answered}>
      <h3>{texts.answered}</h3>
      <p className="selectable">
        {told === null
          ? texts.notSignificant({ name: by, reason })
          : texts.significant({
              whom: told.whom,
              how: texts.channelInSentence[told.how],
              time: writeMoment(told.atUtc, nowMs),
              name: by,
              reason,
            })}
      </p>
    </section>
  )
}

/** Does it matter, who was told, when and how (ACR practice parameter); kept with the audit. */
function DiscrepancyForm({ item }: { readonly item: DeliveryItem }): ReactNode {
  const send = useAction('deliveries.answerDiscrepancy')
  const client = useQueryClient()
  const announce = useAnnounce()
  const word = usePersonsWord()
  const [typed, setTyped] = useState(noTypedAnswer)
  const [wasAsked, setWasAsked] = useState(false)
  const texts = words.needsYou.discrepancy
  const problems = answerProblems(typed, Date.now())
  const errorOf = (problem: AnswerProblem, sentence: string) =>
    wasAsked && problems.includes(problem) ? sentence : null
  const keep = () => {
    setWasAsked(true)
    if (problems.length > 0) return
    const said = word.said()
    if (said === null) return
    send.mutate(
      { id: item.id, ...said, told: toldOf(typed) },
      {
        onSuccess: () => {
          announce.done(texts.kept)
          void client.invalidateQueries({ queryKey: ['deliveries.list'] })
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <>
      <Choice
        label={texts.question}
        look="list"
        options={texts.answers}
        value={typed.answer}
        onChange={(answer) => setTyped({ ...typed, answer })}
        error={errorOf('answer', texts.answerNeeded)}
      />
      {typed.answer === 'told' ? (
        <>
          <TextField
            label={texts.whom}
            value={typed.whom}
            onChange={(whom) => setTyped({ ...typed, whom })}
            maxLength={200}
            error={errorOf('whom', texts.whomNeeded)}
          />
          <TextField
            label={texts.at}
            type="datetime-local"
            value={typed.at}
            onChange={(at) => setTyped({ ...typed, at })}
            error={errorOf('at', texts.atNeeded) ?? errorOf('future', texts.atFuture)}
          />
          <Choice
            label={texts.how}
            options={texts.channels}
            value={typed.how}
            onChange={(how) => setTyped({ ...typed, how })}
            error={errorOf('how', texts.howNeeded)}
          />
        </>
      ) : null}
      <PersonFields word={word} wasAsked={wasAsked} suggestions={Object.values(texts.suggested)} />
      <div>
        <Button kind="primary" icon={Check} isBusy={send.isPending} onPress={keep}>
          {texts.keep}
        </Button>
      </div>
    </>
  )
}
