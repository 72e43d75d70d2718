import { FileX, PenLine, Send } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import { sameAppointment, type AppointmentKey } from '../../shared/worklist.ts'
import { useNowMs } from '../data/clock.ts'
import { useNavigation } from '../data/navigation.tsx'
import { useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { writeDay, writeMoment } from '../format/dates.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, Key } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { words } from '../words.ts'

type Draft = CallResult<'compose.drafts'>[number]

/** Leads from a study to its report, and says where a draft of it is kept. */
export function WriteReport({ study }: { readonly study: AppointmentKey }): ReactNode {
  const { go } = useNavigation()
  const nowMs = useNowMs()
  const drafts = useCall('compose.drafts', {})
  const draft = drafts.data?.find((one) => sameAppointment(one, study))
  const open = () => go({ view: 'compose', study })
  useShortcuts({ r: open })
  return (
    <span className="write-report">
      <Key>r</Key>
      <Button kind="primary" icon={draft?.isSent === true ? Send : PenLine} onPress={open}>
        {draft === undefined
          ? words.compose.write
          : draft.isSent
            ? words.compose.onItsWay
            : words.compose.continueDraft({ time: writeMoment(draft.savedAt, nowMs) })}
      </Button>
    </span>
  )
}

/** Every draft of this computer, from any view; nothing where there is none. */
export function DraftsButton(): ReactNode {
  const drafts = useCall('compose.drafts', {})
  const [isOpen, setIsOpen] = useState(false)
  if (drafts.data === undefined || drafts.data.length === 0) return null
  return (
    <>
      <Button kind="quiet" size="small" icon={PenLine} onPress={() => setIsOpen(true)}>
        {words.compose.draftsButton({ number: drafts.data.length })}
      </Button>
      {isOpen ? <DraftsDialog drafts={drafts.data} onClose={() => setIsOpen(false)} /> : null}
    </>
  )
}

function DraftsDialog({
  drafts,
  onClose,
}: {
  readonly drafts: readonly Draft[]
  readonly onClose: () => void
}): ReactNode {
  const { go } = useNavigation()
  return (
    <Dialog title={words.compose.drafts} onClose={onClose}>
      <ul className="draft-list">
        {drafts.map((draft) => (
          <li key={`${draft.domain}/${draft.appointmentId}`}>
            <DraftRow
              draft={draft}
              onOpen={() => {
                const { domain, appointmentId } = draft
                onClose()
                go({ view: 'compose', study: { domain, appointmentId } })
              }}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function DraftRow({ draft, onOpen }: { readonly draft: Draft; readonly onOpen: () => void }): ReactNode {
  const nowMs = useNowMs()
  const name = nameOf(draft)
  return (
    <>
      <span className="two-lines">
        <span className="first-line">
          <span className="strong truncate">{name}</span>
          {draft.isSent ? (
            <Badge tone="active" icon={Send}>
              {words.compose.draftSent}
            </Badge>
          ) : draft.listed === 'gone' ? (
            <Badge tone="warn" icon={FileX}>
              {words.compose.draftGone}
            </Badge>
          ) : null}
        </span>
        <span className="second-line truncate">
          {[
            writeDay(draft.patient?.dateOfBirth ?? null),
            draft.studyDescription ?? '',
            draft.appointmentId,
            words.compose.draftOf({ time: writeMoment(draft.savedAt, nowMs) }),
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </span>
      <Button size="small" aria-label={words.compose.openDraft({ name })} onPress={onOpen}>
        {words.compose.open}
      </Button>
    </>
  )
}

function nameOf({ patient, appointmentId }: Draft): string {
  const { lastName, firstName, patientName } = patient ?? {}
  const name = [lastName, firstName].filter((part) => part !== null && part !== undefined).join(', ')
  return name === '' ? (patientName ?? words.compose.unknownStudy({ id: appointmentId })) : name
}
