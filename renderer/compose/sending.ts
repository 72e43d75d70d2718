import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { patientOf, type ShownPatient } from '../../shared/composed-report.ts'
import type { CallResult, DeliveryItem } from '../../shared/ipc.ts'
import { call } from '../data/radpost.ts'
import { useAnnounce } from '../ui/messages.tsx'
import type { Confirmed } from './confirm-dialog.tsx'
import type { Content, DraftKeeper, Writing } from './draft-keeper.ts'

type Checked = CallResult<'compose.check'>
/** What the person is asked before the report goes. */
type Question = Exclude<Checked, { kind: 'gone' }>

export type Sending = {
  readonly isBusy: boolean
  readonly question: Question | null
  /** QUBS does not list the study any more. */
  readonly isGone: boolean
  /** The patient as the person has them on screen. */
  readonly shown: ShownPatient
  /** Reads the appointment again and asks for the confirmation. */
  readonly check: (content: Content) => void
  readonly send: (content: Content, attachments: string[], confirmed: Confirmed) => void
  /** The changed patient is the right one: go on with what QUBS says now. */
  readonly accept: () => void
  readonly leave: () => void
}

const nobody: ShownPatient = {
  patientId: null,
  patientName: null,
  firstName: null,
  lastName: null,
  dateOfBirth: null,
}

/** The way of a report out of the window, one step at a time. */
export function useSending({
  writing,
  opened,
  keeper,
  onSent,
}: {
  readonly writing: Writing
  readonly opened: CallResult<'compose.open'>
  readonly keeper: DraftKeeper
  readonly onSent: (delivery: DeliveryItem) => void
}): Sending {
  const announce = useAnnounce()
  const client = useQueryClient()
  const [isBusy, setIsBusy] = useState(false)
  const [question, setQuestion] = useState<Question | null>(null)
  const [isGone, setIsGone] = useState(false)
  const [shown, setShown] = useState<ShownPatient>(() =>
    opened.appointment === null ? nobody : patientOf(opened.appointment),
  )
  const [status, setStatus] = useState<Content['status']>(opened.draft.status)

  /** One step at a time: a second press while one is under way does nothing. */
  async function step(work: () => Promise<void>): Promise<void> {
    if (isBusy) return
    setIsBusy(true)
    try {
      await work()
    } catch (error) {
      announce.failed(error)
    } finally {
      setIsBusy(false)
    }
  }

  function show(checked: Checked): void {
    setIsGone(checked.kind === 'gone')
    setQuestion(checked.kind === 'gone' ? null : checked)
  }

  async function checkFor(patient: ShownPatient, wanted: Content['status']): Promise<void> {
    await keeper.flush()
    show(await call('compose.check', { ...writing, status: wanted, shown: patient }))
  }

  return {
    isBusy,
    question,
    isGone,
    shown,
    check(content) {
      setStatus(content.status)
      void step(() => checkFor(shown, content.status))
    },
    accept() {
      if (question === null) return
      const fresh = patientOf(question.appointment)
      setShown(fresh)
      setQuestion(null)
      void step(() => checkFor(fresh, status))
    },
    leave: () => setQuestion(null),
    send(content, attachments, confirmed) {
      void step(async () => {
        await keeper.flush()
        const { status: wanted, ...rest } = content
        const answer = await call('compose.send', {
          ...writing,
          status: wanted,
          shown,
          content: rest,
          attachments,
          by: confirmed.by,
          confirmed: true,
          release: confirmed.release,
        })
        if (answer.kind !== 'sent') {
          show(answer)
          return
        }
        keeper.stop()
        setQuestion(null)
        void client.invalidateQueries({ queryKey: ['compose.drafts'] })
        void client.invalidateQueries({ queryKey: ['deliveries.list'] })
        onSent(answer.delivery)
      })
    },
  }
}
