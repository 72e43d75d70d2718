import { MessageSquarePlus } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import type { CommentType } from '../../shared/delivery.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { useNavigation } from '../data/navigation.tsx'
import { useAction } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox, Choice } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

type Kind = 'comment' | 'alert'

/** AC and AA belong to the appointment; PC and PA follow the patient, so they need a choice of their own (contract 1.6). */
export function commentType(kind: Kind, appliesToPatient: boolean): CommentType {
  if (appliesToPatient) return kind === 'alert' ? 'PA' : 'PC'
  return kind === 'alert' ? 'AA' : 'AC'
}

/** Writes a comment; it is sent like a report, durably and once. */
export function AddComment({ study }: { readonly study: AppointmentKey }): ReactNode {
  const add = useAction('study.addComment')
  const announce = useAnnounce()
  const { route } = useNavigation()
  const [text, setText] = useState('')
  const [kind, setKind] = useState<Kind>('comment')
  const [appliesToPatient, setAppliesToPatient] = useState(false)
  const [wasAsked, setWasAsked] = useState(false)
  const form = useRef<HTMLElement>(null)
  useShortcuts({ c: () => form.current?.querySelector('textarea')?.focus() })
  const type = commentType(kind, appliesToPatient)
  const send = () => {
    if (text.trim() === '') {
      setWasAsked(true)
      return
    }
    add.mutate(
      { ...study, type, text },
      {
        onSuccess: (item) => {
          announce.done(
            item.state === 'delivered' ? words.study.commentDelivered : words.study.commentOnItsWay,
          )
          setText('')
          setKind('comment')
          setAppliesToPatient(false)
          setWasAsked(false)
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <section className="add-comment" aria-label={words.study.addComment} ref={form}>
      <TextField
        label={words.study.comment}
        value={text}
        onChange={setText}
        lines={3}
        autoFocus={route.view === 'study' && route.panel === 'comment'}
        maxLength={20_000}
        error={wasAsked && text.trim() === '' ? words.study.commentNeeded : null}
      />
      <div className="add-comment-row">
        <Choice
          label={words.study.kind}
          isLabelHidden
          options={words.study.kinds}
          value={kind}
          onChange={setKind}
        />
        <Checkbox
          label={words.study.appliesToPatient}
          {...(appliesToPatient ? { hint: words.study.appliesWarning } : {})}
          isSelected={appliesToPatient}
          onChange={setAppliesToPatient}
        />
        <span className="status-gap" />
        <Button kind="primary" icon={MessageSquarePlus} isBusy={add.isPending} onPress={send}>
          {words.study.addButton[type]}
        </Button>
      </div>
    </section>
  )
}
