import { Check } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { PersonFields, usePersonsWord } from '../ui/persons-word.tsx'
import { words } from '../words.ts'
import {
  noAnswer,
  questions,
  resolution,
  unanswered,
  type Answer,
  type Question,
  type ResolvableKind,
} from './case-kind.ts'
import { DiscardButton } from './other-forms.tsx'
import type { Suggestion } from './suggestion-dialog.tsx'
import { StudyChoice, type WeighedStudy } from './study-choice.tsx'

/** One form for every case that a person's word resolves; it asks only what the case needs. */
export function ResolveForm({
  kind,
  detail,
  onSuggestion,
}: {
  readonly kind: ResolvableKind
  readonly detail: CallResult<'held.detail'>
  /** What the decision could teach; offered, never learnt by itself. */
  readonly onSuggestion: (suggestion: Suggestion | null) => void
}): ReactNode {
  const { item } = detail
  const resolve = useAction('held.resolve')
  const client = useQueryClient()
  const announce = useAnnounce()
  const word = usePersonsWord()
  const [wasAsked, setWasAsked] = useState(false)
  // One candidate is what the document points at; among several, the person chooses without a nudge.
  const only = detail.candidates.length === 1 ? detail.candidates[0] : undefined
  const [answer, setAnswer] = useState<Answer>(() =>
    only === undefined ? noAnswer : { ...noAnswer, ...chosen(only) },
  )
  const asked = questions(kind, answer, item.appointmentId !== null)
  const missing = unanswered(asked, answer)
  const errorOf = (question: Question, sentence: string) =>
    wasAsked && missing.includes(question) ? sentence : null
  const change = (part: Partial<Answer>) => setAnswer((present) => ({ ...present, ...part }))

  const confirm = () => {
    setWasAsked(true)
    if (missing.length > 0) return
    const said = word.said()
    if (said === null) return
    resolve.mutate(
      { id: item.id, ...said, ...resolution(kind, asked, answer) },
      {
        onSuccess: ({ suggestedTemplate }) => {
          onSuggestion(suggestedTemplate)
          announce.done(kind === 'settle' ? words.needsYou.settledDone : words.needsYou.resolved)
          void client.invalidateQueries({ queryKey: ['deliveries.list'] })
          void client.invalidateQueries({ queryKey: ['held.detail', { id: item.id }] })
        },
        onError: announce.failed,
      },
    )
  }

  return (
    <>
      {asked.includes('text') ? (
        <TextField
          label={words.needsYou.reportText}
          lines={8}
          value={answer.text}
          onChange={(text) => change({ text })}
          maxLength={2_097_152}
          error={errorOf('text', words.needsYou.reportTextNeeded)}
        />
      ) : null}
      {asked.includes('study') ? (
        <StudyChoice
          detail={detail}
          chosen={answer.study}
          onChoose={(study) => change(chosen(study))}
          error={errorOf('study', words.needsYou.studyNeeded)}
        />
      ) : null}
      {asked.includes('birthDate') ? (
        <TextField
          label={words.needsYou.birthDate}
          hint={words.needsYou.birthDateHint}
          placeholder={words.needsYou.birthDateForm}
          value={answer.birthDate}
          onChange={(birthDate) => change({ birthDate })}
          error={errorOf('birthDate', words.needsYou.birthDateNeeded)}
        />
      ) : null}
      {asked.includes('status') ? (
        <Choice
          label={words.needsYou.status}
          options={words.deliveries.reportStatuses}
          value={answer.status}
          onChange={(status) => change({ status })}
          error={errorOf('status', words.needsYou.statusNeeded)}
        />
      ) : null}
      {asked.includes('settled') ? (
        <Choice
          label={words.needsYou.settled}
          look="list"
          options={words.needsYou.settledOptions}
          value={answer.settled}
          onChange={(settled) => change({ settled })}
          error={errorOf('settled', words.needsYou.settledNeeded)}
        />
      ) : null}
      <PersonFields
        word={word}
        wasAsked={wasAsked}
        suggestions={Object.values(words.needsYou.suggested[kind === 'mismatch' ? 'choose' : kind])}
      />
      <div className="decision-foot">
        <DiscardButton item={item} />
        <Button kind="primary" icon={Check} isBusy={resolve.isPending} onPress={confirm}>
          {words.needsYou.buttons[kind]}
        </Button>
      </div>
    </>
  )
}

/** Another study is another patient perhaps: a birth date typed before is not carried over. */
function chosen(study: WeighedStudy): Pick<Answer, 'study' | 'identity' | 'birthDate'> {
  return {
    study: { domain: study.domain, appointmentId: study.appointmentId },
    identity: study.identity,
    birthDate: '',
  }
}
