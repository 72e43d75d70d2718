import { Paperclip } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { useNowMs } from '../data/clock.ts'
import { writeMoment } from '../format/dates.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'
import { AttachmentDialog } from './attachment-dialog.tsx'
import { SaveAttachment } from './attachment-save.tsx'

type Attachment = CallResult<'study.get'>['attachments'][number]

/** Referrals and other files of the study; each opens inside the window, or is saved by choice. */
export function Attachments({
  study,
  attachments,
}: {
  readonly study: AppointmentKey
  readonly attachments: readonly Attachment[]
}): ReactNode {
  const nowMs = useNowMs()
  const [opened, setOpened] = useState<Attachment | null>(null)
  return (
    <section aria-labelledby="study-attachments">
      <h2 id="study-attachments">{words.study.attachments}</h2>
      {attachments.length === 0 ? (
        <p className="faint none">
          <Glyph icon={Paperclip} />
          {words.study.noAttachments}
        </p>
      ) : (
        <ul className="attachment-list">
          {attachments.map((attachment) => (
            <li key={attachment.guid}>
              <Glyph icon={Paperclip} />
              <span className="two-lines">
                <span className="truncate">{attachmentName(attachment)}</span>
                <span className="second-line">
                  {[
                    attachment.category ?? '',
                    attachment.addedAt === null ? '' : writeMoment(attachment.addedAt, nowMs),
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </span>
              <Button
                size="small"
                aria-label={words.study.openNamed({ name: attachmentName(attachment) })}
                onPress={() => setOpened(attachment)}
              >
                {words.study.open}
              </Button>
              <SaveAttachment study={study} guid={attachment.guid} name={attachmentName(attachment)} />
            </li>
          ))}
        </ul>
      )}
      {opened === null ? null : (
        <AttachmentDialog
          study={study}
          guid={opened.guid}
          name={attachmentName(opened)}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  )
}

function attachmentName(attachment: Attachment): string {
  return attachment.fileName ?? attachment.category ?? words.study.unnamedAttachment
}
