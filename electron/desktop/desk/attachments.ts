import type { CallResult } from '../../../shared/ipc.ts'
import type { AppointmentKey } from '../../../shared/worklist.ts'
import type { Failure, Result } from '../../http/outcome.ts'
import type { QubsClient } from '../../qubs/client.ts'
import type { Downloaded } from '../../qubs/presigned.ts'
import type { Attachment } from '../../qubs/schemas.ts'
import { CallFailed, valueOf } from './call-failed.ts'
import type { DeskHost } from './desk.ts'
import { fileKindOf } from './file-kind.ts'
import { safeFileName } from './safe-file-name.ts'
import { saveFile } from './save-file.ts'
import type { StationSession } from './station-session.ts'
import { clientOf } from './study.ts'

/** Attachments by their presigned address, which stays in here: shown in the window, or saved where a person says. */

type Named = AppointmentKey & { readonly guid: string }

/** Largest attachment that is shown or saved, in bytes: far above what QUBS takes in, small enough for our memory. */
const MOST_BYTES = 32 * 1024 * 1024

/** What the window may show; a kind that it cannot show does not reach it. @throws CallFailed */
export async function attachmentOf(
  session: StationSession,
  named: Named,
): Promise<CallResult<'study.attachment'>> {
  const { bytes, contentType } = await fetched(session, named)
  return showable(bytes, contentType)
}

export function showable(bytes: Uint8Array, contentType: string | null): CallResult<'study.attachment'> {
  const { kind, mimeType } = fileKindOf(bytes, contentType)
  // A copy of its own: what came may be a view of a larger answer, which must not cross with it.
  return { kind, mimeType, bytes: kind === 'other' ? new Uint8Array() : Uint8Array.from(bytes) }
}

/**
 * Saves an attachment where the person chooses.
 * @returns false where the person chose nothing
 * @throws CallFailed
 */
export async function saveAttachment(
  session: StationSession,
  named: Named,
  host: Pick<DeskHost, 'chooseSavePath'>,
): Promise<boolean> {
  const { attachment, bytes, contentType } = await fetched(session, named)
  const { extension } = fileKindOf(bytes, contentType)
  return saveFile(session, host, { name: safeFileName(attachment.fileName, extension), extension, bytes })
}

type Fetched = Downloaded & { readonly attachment: Attachment }

/** The attachment and its bytes; an address that has just ended is asked for once more. @throws CallFailed */
async function fetched(session: StationSession, { domain, appointmentId, guid }: Named): Promise<Fetched> {
  const client = clientOf(session, domain)
  const first = await addressed(client, appointmentId, guid)
  const download = await client.download({ url: first.url, maxBytes: MOST_BYTES })
  if (download.ok || !isExpired(download.failure))
    return { ...valueOf(download), attachment: first.attachment }
  const fresh = await addressed(client, appointmentId, guid)
  const again = await client.download({ url: fresh.url, maxBytes: MOST_BYTES })
  return { ...valueOf(again), attachment: fresh.attachment }
}

function isExpired({ kind, code }: Failure): boolean {
  return kind === 'gone' && code === 'expired'
}

/** @throws CallFailed */
async function addressed(
  client: QubsClient,
  appointmentId: string,
  guid: string,
): Promise<{ readonly attachment: Attachment; readonly url: string }> {
  const ask = (scope: 'reporting' | 'any'): Promise<Result<Attachment>> =>
    client.getAttachment(appointmentId, guid, { scope })
  const pending = await ask('reporting')
  const isGone = !pending.ok && pending.failure.kind === 'gone'
  const attachment = valueOf(isGone ? await ask('any') : pending)
  if (attachment.url === null)
    throw new CallFailed('gone', 'QUBS gives no address for this attachment; try again later.')
  return { attachment, url: attachment.url }
}
