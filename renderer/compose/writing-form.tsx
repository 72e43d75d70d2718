import { CircleCheck, CloudOff, FileX, LoaderCircle, Pause, Send, Trash2, TriangleAlert } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { reportTextFault } from '../../shared/composed-report.ts'
import type { CallResult, DeliveryItem } from '../../shared/ipc.ts'
import type { AppointmentKey, PendingAppointment } from '../../shared/worklist.ts'
import { useNowMs } from '../data/clock.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { writeMoment } from '../format/dates.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { ChangedDialog } from './changed-dialog.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { useDraftKeeper, type Content, type Kept } from './draft-keeper.ts'
import { DropPanel, FilesField, useFiles } from './files-field.tsx'
import { useSending } from './sending.ts'
import { ReportText } from './text-field.tsx'

/** The report while it is written: text, status, clinician, files, and the way out. */
export function WritingForm({
  study,
  opened,
  onSent,
  onDiscarded,
}: {
  readonly study: AppointmentKey
  readonly opened: CallResult<'compose.open'>
  readonly onSent: (delivery: DeliveryItem) => void
  readonly onDiscarded: () => void
}): ReactNode {
  const { draft } = opened
  const writing = { ...study, id: draft.id }
  const [content, setContent] = useState<Content>(() => ({
    status: draft.status,
    text: draft.text,
    clinician: draft.clinician,
  }))
  const [wasAsked, setWasAsked] = useState(false)
  const keeper = useDraftKeeper(writing, draft.savedAt)
  const files = useFiles(writing, draft.attachments)
  const sending = useSending({ writing, opened, keeper, onSent })
  const change = (part: Partial<Content>) => {
    const next = { ...content, ...part }
    setContent(next)
    keeper.keep(next)
  }
  const changeClinician = (part: Partial<Content['clinician']>) =>
    change({ clinician: { ...content.clinician, ...part } })
  const ask = () => {
    setWasAsked(true)
    if (reportTextFault(content.text) === null && !sending.isBusy) sending.check(content)
  }
  useShortcuts({ 'mod+Enter': ask })

  return (
    <>
      <Situation domain={study.domain} isGone={opened.listed === 'gone' || sending.isGone} />
      <DropPanel onDrop={files.drop}>
        <ReportText text={content.text} onChange={(text) => change({ text })} wasAsked={wasAsked} />
        <div className="compose-side">
          {opened.appointment === null ? null : <StudyInShort appointment={opened.appointment} />}
          <Choice
            label={words.compose.status}
            options={words.deliveries.reportStatuses}
            value={content.status}
            onChange={(status) => change({ status })}
          />
          <FilesField files={files} />
          <section aria-labelledby="compose-clinician">
            <h2 id="compose-clinician">{words.compose.clinician}</h2>
            <TextField
              label={words.compose.name}
              value={content.clinician.name}
              onChange={(name) => changeClinician({ name })}
              maxLength={500}
            />
            <TextField
              label={words.compose.providerNumber}
              value={content.clinician.providerNumber}
              onChange={(providerNumber) => changeClinician({ providerNumber })}
              maxLength={200}
            />
            <TextField
              label={words.compose.email}
              value={content.clinician.email}
              onChange={(email) => changeClinician({ email })}
              maxLength={320}
            />
          </section>
        </div>
      </DropPanel>
      <div className="compose-foot">
        <KeptLine kept={keeper.kept} />
        <span className="status-gap" />
        <DiscardDraft
          writing={writing}
          keptAnything={keeper.kept.state !== 'none' || files.attachments.length > 0}
          onDiscard={keeper.stop}
          beforehand={keeper.flush}
          onDiscarded={onDiscarded}
        />
        <Button kind="primary" icon={Send} isBusy={sending.isBusy} onPress={ask}>
          {words.compose.send}
        </Button>
      </div>
      {sending.question?.kind === 'changed' ? (
        <ChangedDialog
          shown={sending.shown}
          fresh={sending.question.appointment}
          changed={sending.question.changed}
          onAccept={sending.accept}
          onClose={sending.leave}
        />
      ) : null}
      {sending.question?.kind === 'ready' ? (
        <ConfirmDialog
          key={sending.question.releases}
          appointment={sending.question.appointment}
          content={content}
          attachments={files.attachments}
          releases={sending.question.releases}
          isBusy={sending.isBusy}
          onConfirm={(confirmed) =>
            sending.send(
              content,
              files.attachments.map(({ id }) => id),
              confirmed,
            )
          }
          onClose={sending.leave}
        />
      ) : null}
    </>
  )
}

/** What was asked of the study, beside the text that answers it. */
function StudyInShort({ appointment }: { readonly appointment: PendingAppointment }): ReactNode {
  const clinical = appointment.clinicalInfo?.trim() ?? ''
  return (
    <section aria-label={words.study.details}>
      <div className="study-what">
        {appointment.modality === null ? null : <span className="modality">{appointment.modality}</span>}
        <span className="strong selectable">{appointment.studyDescription ?? ''}</span>
      </div>
      <p className="small soft selectable">
        {words.study.appointment} {appointment.appointmentId}
      </p>
      {clinical === '' ? null : <p className="prose small">{clinical}</p>}
    </section>
  )
}

/** What stands in the way of sending, before anybody presses a button. */
function Situation({ domain, isGone }: { readonly domain: string; readonly isGone: boolean }): ReactNode {
  const status = useCall('station.status', {})
  const connection = status.data?.practices.find((practice) => practice.domain === domain)?.connection
  const sentence = isGone
    ? words.compose.gone
    : connection === 'signed-out'
      ? words.compose.signedOut
      : connection === 'offline'
        ? words.compose.offline
        : status.data?.paused === true
          ? words.compose.paused
          : null
  if (sentence === null) return null
  const icon = isGone ? FileX : status.data?.paused === true && connection === 'connected' ? Pause : CloudOff
  return (
    <p className="banner" data-tone="warn" role="status">
      <Glyph icon={icon} />
      <span className="banner-text">{sentence}</span>
    </p>
  )
}

function KeptLine({ kept }: { readonly kept: Kept }): ReactNode {
  const nowMs = useNowMs()
  switch (kept.state) {
    case 'none':
      return <p className="small faint">{words.compose.notYetKept}</p>
    case 'keeping':
      return (
        <p className="small faint">
          <Glyph icon={LoaderCircle} /> {words.compose.keeping}
        </p>
      )
    case 'kept':
      return (
        <p className="small soft">
          <Glyph icon={CircleCheck} tone="good" /> {words.compose.kept({ time: writeMoment(kept.at, nowMs) })}
        </p>
      )
    case 'failed':
      return (
        <p className="small field-error" role="alert">
          <Glyph icon={TriangleAlert} tone="bad" /> {words.compose.notKept({ reason: kept.reason })}
        </p>
      )
  }
}

function DiscardDraft({
  writing,
  keptAnything,
  beforehand,
  onDiscard,
  onDiscarded,
}: {
  readonly writing: AppointmentKey & { readonly id: string }
  readonly keptAnything: boolean
  /** Keeps the last words too, so that they can be brought back. */
  readonly beforehand: () => Promise<void>
  readonly onDiscard: () => void
  readonly onDiscarded: () => void
}): ReactNode {
  const discard = useAction('compose.discard')
  const client = useQueryClient()
  const announce = useAnnounce()
  if (!keptAnything) return null
  const press = async () => {
    await beforehand()
    discard.mutate(writing, {
      onSuccess: () => {
        onDiscard()
        void client.invalidateQueries({ queryKey: ['compose.drafts'] })
        onDiscarded()
      },
      onError: announce.failed,
    })
  }
  return (
    <Button kind="quiet" icon={Trash2} isBusy={discard.isPending} onPress={() => void press()}>
      {words.compose.discard}
    </Button>
  )
}
