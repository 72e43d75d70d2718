import { useQueryClient } from '@tanstack/react-query'
import { Send, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { useCall } from '../data/radpost.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { Fold } from '../ui/fold.tsx'
import { words } from '../words.ts'
import { draftFor, type InviteDraft } from './invite-draft.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { InviteList } from './invite-list.tsx'

/** Results come by themselves; an invite under way ends soon. In milliseconds. */
const LOOK_MS = 30_000
const SENDING_LOOK_MS = 2_000

type Panel = CallResult<'qualiphy.study'>

/** Exam invites of one study. One line where Qualiphy is not set up, and where nothing was ever sent. */
export function QualiphyPanel({
  appointment,
  isPending,
}: {
  readonly appointment: PendingAppointment
  readonly isPending: boolean
}): ReactNode {
  const { domain, appointmentId } = appointment
  const client = useQueryClient()
  const key = { domain, appointmentId }
  const known = client.getQueryData<Panel>(['qualiphy.study', key])
  const isSending = known?.invites.some(({ state }) => state === 'sending') ?? false
  const panel = useCall('qualiphy.study', key, { refetchEveryMs: isSending ? SENDING_LOOK_MS : LOOK_MS })
  const [isFolded, setFolded] = useState<boolean | null>(null)
  const texts = words.qualiphy
  if (panel.isError) {
    return (
      <section aria-label={texts.title}>
        <h2>{texts.title}</h2>
        <p className="small soft">{panel.error.message}</p>
      </section>
    )
  }
  if (panel.data === undefined) return null
  const { isConfigured, invites } = panel.data
  if (!isConfigured && invites.length === 0) {
    return (
      <section aria-label={texts.title}>
        <h2>{texts.title}</h2>
        <p className="small faint">{texts.notSetUp}</p>
      </section>
    )
  }
  return (
    <section aria-label={texts.title}>
      <Fold
        title={texts.title}
        level={2}
        isOpen={isFolded !== true}
        onChange={(isOpen) => setFolded(!isOpen)}
      >
        <Content
          key={`${domain}/${appointmentId}`}
          appointment={appointment}
          isPending={isPending}
          panel={panel.data}
        />
      </Fold>
    </section>
  )
}

function Content({
  appointment,
  isPending,
  panel,
}: {
  readonly appointment: PendingAppointment
  readonly isPending: boolean
  readonly panel: Panel
}): ReactNode {
  const texts = words.qualiphy
  const { isConfigured, invites, inboxProblems } = panel
  const [isOpen, setOpen] = useState(false)
  // What was typed stays while the study is in sight, also when the dialog was closed by mistake.
  const [draft, setDraft] = useState<InviteDraft | null>(null)
  return (
    <>
      {inboxProblems.length === 0 ? null : (
        <div className="inbox-problems small">
          <p className="strong">
            <Glyph icon={TriangleAlert} tone="warn" /> {texts.inboxProblems}
          </p>
          {inboxProblems.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      {!isConfigured ? (
        <p className="small faint">{texts.notSetUp}</p>
      ) : isPending ? (
        <div>
          <Button icon={Send} onPress={() => setOpen(true)}>
            {texts.newInvite}
          </Button>
        </div>
      ) : (
        <p className="small faint">{texts.notPending}</p>
      )}
      {invites.length === 0 ? (
        <p className="small faint">{texts.noInvites}</p>
      ) : (
        <InviteList invites={invites} />
      )}
      {isOpen ? (
        <InviteDialog
          appointment={appointment}
          draft={draft ?? draftFor(appointment)}
          onChange={setDraft}
          onDone={() => setDraft(null)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
