import { useQueryClient } from '@tanstack/react-query'
import { Eye, Send } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import type { InviteItem, TypedInvite } from '../../shared/ipc/qualiphy-calls.ts'
import type { FieldProblem } from '../../shared/qualiphy-form.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { useNowMs } from '../data/clock.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { writeDay, writeMoment } from '../format/dates.ts'
import { patientName } from '../format/person-name.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Facts } from '../ui/facts.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { nameOf } from './exam-field.tsx'
import { formOf, needsRareFields, problemsOf, type InviteDraft } from './invite-draft.ts'
import { InviteForm } from './invite-form.tsx'
import { StateBadge } from './invite-list.tsx'

const texts = words.qualiphy

type Ready = Extract<CallResult<'qualiphy.prepare'>, { kind: 'ready' }>
type Step =
  | { readonly kind: 'form' }
  /** `isAnew`: a press came to nothing, because something had changed since the last look. */
  | { readonly kind: 'preview'; readonly ready: Ready; readonly isAnew: boolean }
  | { readonly kind: 'again'; readonly confirmation: string; readonly earlier: readonly InviteItem[] }
  | { readonly kind: 'outcome'; readonly invite: InviteItem }
  | { readonly kind: 'in-flight' }

/**
 * Form, last look, and what came of it. Only the button of the last look sends, and only once; whatever is not surely
 * new to the patient is asked about first.
 */
export function InviteDialog({
  appointment,
  draft,
  onChange,
  onDone,
  onClose,
}: {
  readonly appointment: PendingAppointment
  readonly draft: InviteDraft
  readonly onChange: (draft: InviteDraft) => void
  /** An invite went out: the draft is done with. */
  readonly onDone: () => void
  readonly onClose: () => void
}): ReactNode {
  const key = { domain: appointment.domain, appointmentId: appointment.appointmentId }
  const [step, setStep] = useState<Step>({ kind: 'form' })
  const [asked, setAsked] = useState(0)
  const [isMoreOpen, setMoreOpen] = useState(false)
  const [refused, setRefused] = useState<{ form: TypedInvite; problems: readonly FieldProblem[] } | null>(
    null,
  )
  const exams = useCall('qualiphy.exams', {})
  const prepare = useAction('qualiphy.prepare')
  const send = useAction('qualiphy.send')
  const client = useQueryClient()
  const announce = useAnnounce()
  const nowMs = useNowMs()
  // A failed call leaves the list away, as Qualiphy's own no does: then ids are typed by hand.
  const list = exams.isError ? { exams: null, unreadable: 0, message: exams.error.message } : exams.data
  const listed = list?.exams ?? null
  const form = formOf(draft, listed !== null)
  const ours = problemsOf(form, nowMs, listed)
  const isSameForm = refused !== null && JSON.stringify(refused.form) === JSON.stringify(form)
  const problems = asked === 0 ? [] : ours.length === 0 && isSameForm ? refused.problems : ours

  const notAccepted = (found: readonly FieldProblem[]) => {
    setRefused({ form, problems: found })
    setStep({ kind: 'form' })
    setAsked(asked + 1)
  }
  const preview = (isAnew: boolean) =>
    prepare.mutate(
      { ...key, form },
      {
        onSuccess: (answer) => {
          if (answer.kind === 'invalid') notAccepted(answer.problems)
          else setStep({ kind: 'preview', ready: answer, isAnew })
        },
        onError: announce.failed,
      },
    )
  const review = () => {
    setAsked(asked + 1)
    if (ours.length === 0 && list !== undefined) preview(false)
  }
  const press = (confirmation: string) => {
    if (send.isPending) return
    send.mutate(
      { ...key, form, confirmation },
      {
        onSuccess: (answer) => {
          switch (answer.kind) {
            case 'done':
              if (answer.invite.state === 'sent') {
                announce.done(texts.sentDone)
                onDone()
                onClose()
              } else setStep({ kind: 'outcome', invite: answer.invite })
              return
            case 'ask-again':
              setStep({ kind: 'again', confirmation: answer.confirmation, earlier: answer.earlier })
              return
            case 'invalid':
              notAccepted(answer.problems)
              return
            case 'stale':
              preview(true)
              return
            case 'in-flight':
              setStep({ kind: 'in-flight' })
              return
          }
        },
        onError: announce.failed,
        onSettled: () => void client.invalidateQueries({ queryKey: ['qualiphy.study'] }),
      },
    )
  }
  const toForm = () => setStep({ kind: 'form' })
  const patient = <PatientLine appointment={appointment} />

  switch (step.kind) {
    case 'form':
      return (
        <Dialog key="form" title={texts.formTitle} onClose={onClose} isAlert>
          {patient}
          <InviteForm
            list={list}
            draft={draft}
            onChange={onChange}
            problems={problems}
            asked={asked}
            isMoreOpen={isMoreOpen || needsRareFields(draft, listed)}
            setMoreOpen={setMoreOpen}
          />
          <div className="dialog-foot invite-foot">
            <p className="field-error" role="alert">
              {problems.length === 0 ? null : texts.wrongFields({ number: problems.length })}
              {problems
                .filter(({ field }) => field === null)
                .map(({ message }) => (
                  <span key={message} className="block">
                    {message}
                  </span>
                ))}
            </p>
            <Button onPress={onClose}>{words.shell.cancel}</Button>
            <Button kind="primary" icon={Eye} isBusy={prepare.isPending} onPress={review}>
              {texts.review}
            </Button>
          </div>
        </Dialog>
      )
    case 'preview':
      return (
        <Dialog key="preview" title={texts.previewTitle} onClose={onClose} isAlert>
          {patient}
          <p role="status">{step.isAnew ? texts.previewAnew : texts.previewDetail}</p>
          <section aria-label={texts.previewList} className="invite-preview">
            <Facts facts={step.ready.preview.map((line) => factOf(line, list))} />
          </section>
          <div className="dialog-foot">
            <Button autoFocus isDisabled={send.isPending} onPress={toForm}>
              {texts.backToForm}
            </Button>
            <Button
              kind="primary"
              icon={Send}
              isBusy={send.isPending || prepare.isPending}
              onPress={() => press(step.ready.confirmation)}
            >
              {texts.send}
            </Button>
          </div>
        </Dialog>
      )
    case 'again':
      return (
        <Dialog key="again" title={texts.againTitle} onClose={onClose} isAlert>
          {patient}
          <p>{texts.againDetail}</p>
          <ul className="invite-earlier">
            {step.earlier.map(({ id, at, state, message }) => (
              <li key={id}>
                {texts.againLine({ at: writeMoment(at, nowMs), state: texts.states[state] })}
                {message === null ? null : <span className="small soft block">{message}</span>}
              </li>
            ))}
          </ul>
          <div className="dialog-foot">
            <Button autoFocus isDisabled={send.isPending} onPress={onClose}>
              {texts.doNotSend}
            </Button>
            <Button
              kind="danger"
              icon={Send}
              isBusy={send.isPending || prepare.isPending}
              onPress={() => press(step.confirmation)}
            >
              {texts.sendAnother}
            </Button>
          </div>
        </Dialog>
      )
    case 'outcome':
      return (
        <Dialog key="outcome" title={texts.states[step.invite.state]} onClose={onClose} isAlert>
          <p className="selectable">
            <StateBadge state={step.invite.state} />
          </p>
          <p className="selectable">{step.invite.message}</p>
          <div className="dialog-foot">
            {step.invite.state === 'not-sent' ? <Button onPress={toForm}>{texts.backToForm}</Button> : null}
            <Button autoFocus kind="primary" onPress={onClose}>
              {words.shell.close}
            </Button>
          </div>
        </Dialog>
      )
    case 'in-flight':
      return (
        <Dialog key="in-flight" title={texts.states.sending} onClose={onClose} isAlert>
          <p>{texts.inFlight}</p>
          <div className="dialog-foot">
            <Button autoFocus kind="primary" onPress={onClose}>
              {words.shell.close}
            </Button>
          </div>
        </Dialog>
      )
  }
}

/** Whom it is about, as QUBS has it: beside what is typed, two identifiers that are not. */
function PatientLine({ appointment }: { readonly appointment: PendingAppointment }): ReactNode {
  const { unknown } = words.shell
  const name = patientName(appointment)
  const born = writeDay(appointment.dateOfBirth)
  return (
    <p className="invite-patient selectable">
      {texts.patient({
        name: name === '' ? words.study.noName : name,
        born: born === '' ? unknown : born,
        id: appointment.appointmentId,
      })}
    </p>
  )
}

function factOf(
  { field, value }: Ready['preview'][number],
  list: CallResult<'qualiphy.exams'> | undefined,
): readonly [string, string] {
  const name = texts.fields[field]
  if (field === 'exams') {
    const known = list?.exams ?? []
    const titles = value.split(', ').map((id) => {
      const exam = known.find((one) => String(one.id) === id)
      return exam === undefined ? texts.exam({ id }) : nameOf(exam)
    })
    return [name, titles.join(', ')]
  }
  if (field === 'gender' && Object.hasOwn(texts.sexes, value)) {
    return [name, texts.sexes[value === '1' ? '1' : value === '2' ? '2' : '3']]
  }
  if (field === 'patient_address_prefill') return [name, texts.prefills[value === '1' ? '1' : '2']]
  return [name, value]
}
