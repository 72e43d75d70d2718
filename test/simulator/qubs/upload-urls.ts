import { z } from 'zod'
import { jsonAnswer, type Answer } from '../core/answer.ts'
import type { Alteration } from '../core/faults.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import type { PresignedUrls } from '../object-store/presigned-urls.ts'
import { bodyObject } from '../core/json-request.ts'
import { optionalText, readBody } from './json-body.ts'
import {
  integrationUser,
  objectKeyOf,
  utcSeconds,
  type AppointmentRecord,
  type AttachmentRecord,
} from './practice-state.ts'

/** Lifetime of an upload URL in seconds: the 15 minutes of the vendor's example. */
const uploadUrlTtlSeconds = 900

/** The items of a request for upload URLs, checked (Q9). @throws ProblemError when they break a limit. */
export function readUploadItems(request: ReceivedRequest, refuseUnknown: boolean): UploadItem[] {
  const item = bodyObject(
    {
      fileName: z.string().max(255, { error: 'Must be 255 characters or less.' }).nullish(),
      contentType: z
        .enum(['application/pdf', 'application/dicom'], {
          error: 'Must be application/pdf or application/dicom.',
        })
        .nullish(),
      category: optionalText,
    },
    refuseUnknown,
  )
  const items = z
    .array(item)
    .min(1, { error: 'At least 1 item is required.' })
    .max(20, { error: 'At most 20 items are allowed.' })
  return readBody(request, bodyObject({ items }, refuseUnknown)).items
}

export type UploadItem = {
  fileName?: string | null | undefined
  contentType?: 'application/pdf' | 'application/dicom' | null | undefined
  category: string | null
}

/**
 * Makes the attachments' metadata at once, and a URL for the content of each: without a PUT it stays empty.
 */
export async function createUploadUrls(
  items: readonly UploadItem[],
  record: AppointmentRecord,
  tools: { urls: PresignedUrls; now: () => number; newId: () => string },
  alterations: readonly Alteration[],
): Promise<Answer> {
  const shortUrl = alterations.find((fault) => fault.kind === 'short-url')
  const made: { attachment: AttachmentRecord; uploadUrl: string; uploadUrlExpiresAtUtc: string }[] = []
  for (const { fileName, contentType = null, category } of items) {
    const guid = tools.newId()
    const name = strippedName(fileName ?? '') || fallbackName(guid, contentType)
    const attachment: AttachmentRecord = {
      guid,
      fileName: name,
      category: category ?? 'report',
      contentType,
      addedDateTime: utcSeconds(tools.now()),
      addedBy: integrationUser,
      origin: 'report',
      objectKey: objectKeyOf(record.fields, guid, name),
    }
    const { url, expiresAtMs } = await tools.urls.put({
      key: attachment.objectKey,
      contentType,
      ttlSeconds: shortUrl?.seconds ?? uploadUrlTtlSeconds,
      emptyBodyChecksum: alterations.some((fault) => fault.kind === 'checksum-url'),
    })
    made.push({ attachment, uploadUrl: url, uploadUrlExpiresAtUtc: utcSeconds(expiresAtMs) })
  }
  record.attachments.push(...made.map(({ attachment }) => attachment))
  const answered = made.map(({ attachment, uploadUrl, uploadUrlExpiresAtUtc }) => ({
    guid: attachment.guid,
    fileName: attachment.fileName,
    category: attachment.category,
    uploadUrl,
    uploadUrlExpiresAtUtc,
  }))
  if (alterations.some((fault) => fault.kind === 'reversed-items')) answered.reverse()
  return jsonAnswer(201, { items: answered })
}

/** The last segment of a path, whichever slash it uses; empty where nothing usable is left. */
export function strippedName(fileName: string): string {
  const name = (fileName.split(/[/\\]/).at(-1) ?? '').trim()
  return name === '.' || name === '..' ? '' : name
}

function fallbackName(guid: string, contentType: string | null): string {
  const extension =
    contentType === 'application/dicom' ? 'dcm' : contentType === 'application/pdf' ? 'pdf' : 'bin'
  return `attachment-${guid.slice(0, 8)}.${extension}`
}
