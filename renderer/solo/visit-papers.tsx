import { FilePlus2, Paperclip } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import { MAX_SOLO_ATTACHMENT_BYTES } from '../../shared/solo.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { useNowMs } from '../data/clock.ts'
import { useCall } from '../data/radpost.ts'
import { writeMoment } from '../format/dates.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { UnknownOutcome } from './outcome.tsx'
import { useWrite } from './use-write.ts'

type Papers = { readonly study: AppointmentKey; readonly visit: string }

/** What was written about the visit, to read only: it is written in Solo. */
export function VisitNote({ study, visit }: Papers): ReactNode {
  const nowMs = useNowMs()
  const note = useCall('solo.note', { ...study, visit })
  if (note.isError) return <p role="alert">{note.error.message}</p>
  if (note.data === undefined) return <p role="status">{words.solo.looking}</p>
  const written = note.data.notes.filter(({ comments, answers }) => comments.length + answers.length > 0)
  if (written.length === 0) return <p className="faint small">{words.solo.noNote}</p>
  return (
    <ul className="visit-notes">
      {written.map(({ template, comments, answers }, index) => (
        <li key={index}>
          <p className="small strong">{template ?? words.solo.untitledNote}</p>
          <Facts facts={answers.map(({ question, answer }) => [question, answer])} />
          {comments.map(({ text, at, by }, line) => (
            <div key={line}>
              <p className="prose">{text}</p>
              <p className="caption faint">
                {words.solo.noteBy({ name: by ?? words.shell.unknown, time: writeMoment(at, nowMs) })}
              </p>
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** What is attached in Solo, and the delivered report on its way there: once, and only by a press. */
export function VisitAttachments({ study, visit }: Papers): ReactNode {
  const nowMs = useNowMs()
  const attachments = useCall('solo.attachments', { ...study, visit })
  const reports = useCall('solo.reports', study)
  const look = () => void attachments.refetch()
  return (
    <>
      {attachments.isError ? (
        <p role="alert">{attachments.error.message}</p>
      ) : attachments.data === undefined ? (
        <p role="status">{words.solo.looking}</p>
      ) : attachments.data.attachments.length === 0 ? (
        <p className="faint small">{words.solo.noAttachments}</p>
      ) : (
        <ul className="visit-attachments">
          {attachments.data.attachments.map(({ id, title, sizeBytes, uploadedAt }) => (
            <li key={id}>
              <Glyph icon={Paperclip} />
              <span className="two-lines">
                <span className="truncate" title={title ?? ''}>
                  {title ?? words.solo.unnamed}
                </span>
                <span className="second-line">
                  {[
                    sizeBytes === null ? '' : sizeInWords(sizeBytes),
                    uploadedAt === null ? '' : writeMoment(uploadedAt, nowMs),
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {reports.data === undefined ? null : (
        <DeliveredReports study={study} visit={visit} delivered={reports.data} onLook={look} />
      )}
    </>
  )
}

type Delivered = CallResult<'solo.reports'>

function DeliveredReports({
  study,
  visit,
  delivered: { reports, isWithoutPdf },
  onLook,
}: Papers & { readonly delivered: Delivered; readonly onLook: () => void }): ReactNode {
  const attach = useWrite('solo.attachReport')
  const announce = useAnnounce()
  const [outcome, setOutcome] = useState<CallResult<'solo.attachReport'> | null>(null)
  const look = () => {
    setOutcome(null)
    onLook()
  }
  if (outcome?.kind === 'unknown') return <UnknownOutcome message={outcome.message} onLook={look} />
  if (reports.length === 0)
    return <p className="small soft">{isWithoutPdf ? words.solo.noPdf : words.solo.noReport}</p>
  const send = ({ delivery, index }: Delivered['reports'][number]) =>
    attach.send(
      { ...study, visit, delivery, index },
      {
        onSuccess: (result) => {
          setOutcome(result)
          if (result.kind === 'attached') announce.done(words.solo.attached)
          onLook()
        },
        onError: announce.failed,
      },
    )
  return (
    <>
      <ul className="attach-reports">
        {reports.map((report) =>
          report.sizeBytes > MAX_SOLO_ATTACHMENT_BYTES ? (
            <li key={report.index} className="small">
              {words.solo.tooLarge({ file: report.file })}
            </li>
          ) : (
            <li key={report.index}>
              <span className="caption soft truncate">
                {words.solo.reportLine({ file: report.file, size: sizeInWords(report.sizeBytes) })}
              </span>
              <Button
                size="small"
                icon={FilePlus2}
                isBusy={attach.isPending}
                {...(reports.length === 1
                  ? {}
                  : { 'aria-label': words.solo.attachNamed({ file: report.file }) })}
                onPress={() => send(report)}
              >
                {words.solo.attach}
              </Button>
            </li>
          ),
        )}
      </ul>
      <p className="small" role="status">
        {saidOf(outcome)}
      </p>
    </>
  )
}

function saidOf(outcome: CallResult<'solo.attachReport'> | null): string | null {
  if (outcome === null) return null
  switch (outcome.kind) {
    case 'attached':
      return outcome.isNearLimit ? words.solo.nearLimit : words.solo.attached
    case 'already-there':
      return words.solo.alreadyThere
    case 'refused':
    case 'unknown':
      return outcome.message
  }
}

function sizeInWords(bytes: number): string {
  return words.solo.size({ kilobytes: Math.max(1, Math.round(bytes / 1_000)) })
}
