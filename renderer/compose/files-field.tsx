import { useQueryClient } from '@tanstack/react-query'
import { CircleAlert, Paperclip, X } from 'lucide-react'
import { useState, type DragEvent, type ReactNode } from 'react'
import { MAX_ATTACHMENTS } from '../../shared/composed-report.ts'
import { MAX_UPLOAD_BYTES } from '../../shared/document.ts'
import type { CallResult } from '../../shared/ipc.ts'
import { call, useAction } from '../data/radpost.ts'
import { Button, Glyph, IconButton } from '../ui/button.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import type { Attachments, Writing } from './draft-keeper.ts'

type Refusals = CallResult<'compose.attach'>['refused']

export type Files = {
  readonly attachments: Attachments
  readonly refused: Refusals
  readonly isBusy: boolean
  readonly choose: () => void
  readonly drop: (files: readonly File[]) => void
  readonly remove: (id: string) => void
}

/** The files of a writing. The main process keeps them; here they are names, sizes and ids. */
export function useFiles(writing: Writing, first: Attachments): Files {
  const announce = useAnnounce()
  const client = useQueryClient()
  const choose = useAction('compose.chooseFiles')
  const [attachments, setAttachments] = useState(first)
  const [refused, setRefused] = useState<Refusals>([])
  const [isDropping, setIsDropping] = useState(false)
  const take = (result: CallResult<'compose.attach'>) => {
    setAttachments(result.attachments)
    setRefused((former) => [...former, ...result.refused])
    void client.invalidateQueries({ queryKey: ['compose.drafts'] })
  }

  async function attach(files: readonly File[]): Promise<void> {
    setRefused([])
    setIsDropping(true)
    try {
      for (const file of files) {
        const read = await readDropped(file)
        if (read.ok) take(await call('compose.attach', { ...writing, label: file.name, bytes: read.bytes }))
        else setRefused((former) => [...former, { label: file.name, message: read.message }])
      }
    } catch (error) {
      announce.failed(error)
    } finally {
      setIsDropping(false)
    }
  }

  return {
    attachments,
    refused,
    isBusy: choose.isPending || isDropping,
    choose() {
      setRefused([])
      choose.mutate(writing, { onSuccess: take, onError: announce.failed })
    },
    drop: (files) => void attach(files),
    remove(id) {
      setRefused([])
      call('compose.detach', { ...writing, attachment: id }).then(take, announce.failed)
    },
  }
}

/** What is too large for QUBS does not even cross to the main process. */
async function readDropped(
  file: File,
): Promise<{ ok: true; bytes: Uint8Array<ArrayBuffer> } | { ok: false; message: string }> {
  if (file.size > MAX_UPLOAD_BYTES) {
    const message = words.compose.fileTooLarge({ bytes: file.size, limit: MAX_UPLOAD_BYTES })
    return { ok: false, message }
  }
  try {
    return { ok: true, bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch {
    // A folder, or a file that has gone.
    return { ok: false, message: words.compose.fileUnreadable }
  }
}

export function FilesField({ files }: { readonly files: Files }): ReactNode {
  return (
    <section className="compose-files" aria-labelledby="compose-files">
      <h2 id="compose-files">{words.compose.files}</h2>
      {files.attachments.length === 0 ? null : (
        <ul className="attachment-list">
          {files.attachments.map(({ id, label, kind, sizeBytes }) => (
            <li key={id}>
              <Glyph icon={Paperclip} />
              <span className="two-lines">
                <span className="truncate">{label}</span>
                <span className="second-line">
                  {words.compose.kinds[kind]} ·{' '}
                  {words.compose.fileSize({ kilobytes: Math.ceil(sizeBytes / 1_024) })}
                </span>
              </span>
              <IconButton
                icon={X}
                size="small"
                name={words.compose.removeFile({ file: label })}
                onPress={() => files.remove(id)}
              />
            </li>
          ))}
        </ul>
      )}
      <div role="alert">
        {files.refused.map(({ label, message }, index) => (
          <p key={`${label} ${index}`} className="field-error">
            <Glyph icon={CircleAlert} tone="bad" />{' '}
            {words.compose.fileRefused({ file: label, reason: message })}
          </p>
        ))}
      </div>
      <div>
        <Button icon={Paperclip} isBusy={files.isBusy} onPress={files.choose}>
          {words.compose.attach}
        </Button>
      </div>
      <p className="field-hint">
        {words.compose.filesHint({ megabytes: MAX_UPLOAD_BYTES / 1_048_576, most: MAX_ATTACHMENTS })}
      </p>
    </section>
  )
}

/** Takes files that are dropped on it, before the window does. */
export function DropPanel({
  onDrop,
  children,
}: {
  readonly onDrop: (files: readonly File[]) => void
  readonly children: ReactNode
}): ReactNode {
  const [isOver, setIsOver] = useState(false)
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setIsOver(true)
  }
  return (
    <div
      className="compose-panel"
      onDragOver={over}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) {
          setIsOver(false)
        }
      }}
      onDrop={(event) => {
        setIsOver(false)
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        onDrop([...event.dataTransfer.files])
      }}
    >
      {children}
      {isOver ? (
        <div className="compose-drop">
          <p className="strong">
            <Glyph icon={Paperclip} /> {words.compose.dropHere}
          </p>
        </div>
      ) : null}
    </div>
  )
}
