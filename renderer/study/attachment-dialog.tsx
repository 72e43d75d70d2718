import { FileQuestion, FileX } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { useCall } from '../data/radpost.ts'
import { DocumentText } from '../document/document-text.tsx'
import { PdfPages } from '../document/pdf-pages.tsx'
import { Picture } from '../document/picture.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Empty, Loading, LoadFailed } from '../ui/empty.tsx'
import { words } from '../words.ts'

/** One attachment inside the window: pages, picture or text. Nothing is handed to another program. */
export function AttachmentDialog({
  study,
  guid,
  name,
  onClose,
}: {
  readonly study: AppointmentKey
  readonly guid: string
  readonly name: string
  readonly onClose: () => void
}): ReactNode {
  const file = useCall('study.attachment', { ...study, guid })
  return (
    <Dialog title={name} onClose={onClose} isWide>
      {file.isError ? (
        <LoadFailed error={file.error} onRetry={() => void file.refetch()} />
      ) : file.data === undefined ? (
        <Loading />
      ) : (
        <AttachmentContent file={file.data} name={name} />
      )}
    </Dialog>
  )
}

function AttachmentContent({
  file,
  name,
}: {
  readonly file: CallResult<'study.attachment'>
  readonly name: string
}): ReactNode {
  if (file.bytes.length === 0) return <Empty icon={FileX} title={words.study.attachmentEmpty} />
  switch (file.kind) {
    case 'pdf':
      return <PdfPages bytes={file.bytes} />
    case 'image':
      return <Picture bytes={file.bytes} mimeType={file.mimeType} name={words.study.image({ name })} />
    case 'text':
      return <DocumentText label={name} text={new TextDecoder().decode(file.bytes)} />
    case 'other':
      return <Empty icon={FileQuestion} title={words.study.attachmentOther} />
  }
}
