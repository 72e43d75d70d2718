import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CallResult } from '../../../shared/ipc.ts'
import { MAX_ATTACHMENTS } from '../../../shared/composed-report.ts'
import type { DraftAttachment } from '../../drafts/draft-store.ts'
import { attachedKind, otherPatientFault, sizeFault, tooManyFiles } from '../../station/compose-report.ts'
import { appointmentNow, changeWriting, mustBeOpen, type LastKnown, type Writing } from './compose-drafts.ts'
import type { StationSession } from './station-session.ts'

/** Files that go with a report which a person writes: read once, kept sealed with the draft, named by an id. */

type Attached = CallResult<'compose.chooseFiles'>

/** A file that was chosen or dropped; `bytes` says why where it could not be read. */
export type ChosenFile = {
  readonly label: string
  readonly bytes: () => Promise<
    { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly message: string }
  >
}

/** The file behind a path that the system's dialog gave; no more of it is read than may be sent. */
export function fileAt(path: string): ChosenFile {
  return {
    label: basename(path),
    async bytes() {
      try {
        const handle = await open(path, 'r')
        try {
          const stats = await handle.stat()
          if (!stats.isFile()) return { ok: false, message: 'It is not a file.' }
          const tooLarge = sizeFault(stats.size)
          if (tooLarge !== null) return { ok: false, message: tooLarge }
          return { ok: true, bytes: await handle.readFile() }
        } finally {
          await handle.close()
        }
      } catch {
        return { ok: false, message: 'It cannot be read. Check that it is still there and may be opened.' }
      }
    },
  }
}

export function droppedFile(label: string, bytes: Uint8Array): ChosenFile {
  return { label: basename(label.replaceAll('\\', '/')), bytes: () => Promise.resolve({ ok: true, bytes }) }
}

/** Takes what may go with the report and says about the rest why not. @throws CallFailed */
export async function attachFiles(
  session: StationSession,
  writing: Writing,
  files: readonly ChosenFile[],
  lastKnown: LastKnown,
): Promise<Attached> {
  const refused: { label: string; message: string }[] = []
  const taken: DraftAttachment[] = []
  mustBeOpen(session, writing)
  const room = MAX_ATTACHMENTS - (session.drafts.get(writing)?.attachments.length ?? 0)
  for (const file of files) {
    if (taken.length >= room) {
      refused.push({ label: file.label, message: tooManyFiles })
      continue
    }
    const read = await file.bytes()
    const judged = read.ok ? await judge(session, writing, read.bytes, lastKnown) : read
    if (!read.ok || !judged.ok) {
      refused.push({ label: file.label, message: judged.ok ? '' : judged.message })
      continue
    }
    const id = randomUUID()
    await session.drafts.saveFile(id, read.bytes)
    taken.push({ id, label: file.label, kind: judged.kind, sizeBytes: read.bytes.length })
  }
  if (taken.length === 0) return { attachments: session.drafts.get(writing)?.attachments ?? [], refused }
  // Others may have come meanwhile: there is as much room as there is when these are written down.
  let excess: readonly DraftAttachment[] = []
  const { attachments } = await changeWriting(session, writing, lastKnown, (draft) => {
    const left = Math.max(0, MAX_ATTACHMENTS - draft.attachments.length)
    excess = taken.slice(left)
    return { attachments: [...draft.attachments, ...taken.slice(0, left)] }
  })
  for (const { id, label } of excess) {
    await session.drafts.removeFile(id)
    refused.push({ label, message: tooManyFiles })
  }
  return { attachments, refused }
}

type Judged =
  | { readonly ok: true; readonly kind: DraftAttachment['kind'] }
  | { readonly ok: false; readonly message: string }

async function judge(
  session: StationSession,
  writing: Writing,
  bytes: Uint8Array,
  lastKnown: LastKnown,
): Promise<Judged> {
  const tooLarge = sizeFault(bytes.length)
  if (tooLarge !== null) return { ok: false, message: tooLarge }
  const reading = await session.parser.read(bytes)
  const attached = attachedKind(reading)
  const { appointment } = appointmentNow(session, writing, lastKnown)
  if (!attached.ok) return attached
  if (appointment === null) {
    const message = 'It cannot be compared with the patient before the study is shown; attach it again then.'
    return { ok: false, message }
  }
  const fault = otherPatientFault(reading.identity, appointment, session.settings)
  return fault === null ? attached : { ok: false, message: fault }
}

/** @throws CallFailed */
export async function detachFile(
  session: StationSession,
  writing: Writing,
  attachment: string,
  lastKnown: LastKnown,
): Promise<Attached> {
  const { attachments } = await changeWriting(session, writing, lastKnown, (draft) => ({
    attachments: draft.attachments.filter(({ id }) => id !== attachment),
  }))
  await session.drafts.removeFile(attachment)
  return { attachments, refused: [] }
}
