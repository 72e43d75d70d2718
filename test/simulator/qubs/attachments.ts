import { queryParameters, type ReceivedRequest } from '../core/received-request.ts'
import type { PresignedUrls } from '../object-store/presigned-urls.ts'
import type { StoredObjects } from '../object-store/stored-objects.ts'
import type { Switches } from '../switches.ts'
import { utcSeconds, type AppointmentRecord, type AttachmentRecord } from './practice-state.ts'
import { invalid } from './problem.ts'

/** Bounds that `urlTtlSeconds` is clamped to, in seconds. The vendor publishes none; these are the simulator's. */
export const urlTtlBoundsSeconds = { least: 60, most: 3600, byDefault: 900 } as const

type Wish = { readonly ttlSeconds: number; readonly disposition: 'inline' | 'attachment' }

/** @throws ProblemError 400 for a lifetime that is no whole number and an unknown disposition. */
export function readUrlWish(request: ReceivedRequest): Wish {
  const parameters = queryParameters(request.query)
  const { least, most, byDefault } = urlTtlBoundsSeconds
  const [ttl = String(byDefault)] = parameters.get('urlTtlSeconds') ?? []
  if (!/^-?\d{1,10}$/.test(ttl)) throw invalid('urlTtlSeconds', 'Must be a whole number of seconds.')
  const [disposition = 'inline'] = parameters.get('disposition') ?? []
  if (disposition !== 'inline' && disposition !== 'attachment') {
    throw invalid('disposition', 'Must be inline or attachment.')
  }
  return { ttlSeconds: Math.min(most, Math.max(least, Number(ttl))), disposition }
}

export function visibleAttachments(record: AppointmentRecord, switches: Switches): AttachmentRecord[] {
  return record.attachments.filter(({ origin }) => origin === 'seed' || switches.showReportArtefacts)
}

/** The wire form of an attachment (Q3, Q4, Q21) with a fresh URL; `url` is null as long as there is no content. */
export async function attachmentView(
  attachment: AttachmentRecord,
  wish: Wish,
  tools: { urls: PresignedUrls; objects: StoredObjects },
): Promise<unknown> {
  const { guid, category, fileName, addedDateTime, addedBy } = attachment
  const stored = tools.objects.get(attachment.objectKey)
  const presigned =
    stored === undefined
      ? null
      : await tools.urls.get({
          key: attachment.objectKey,
          ttlSeconds: wish.ttlSeconds,
          contentDisposition: `${wish.disposition}; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        })
  return {
    guid,
    category,
    fileName,
    addedDateTime,
    addedBy,
    lastModifiedDateTime: stored === undefined ? null : utcSeconds(stored.lastModifiedMs),
    url: presigned?.url ?? null,
    urlExpiresAtUtc: presigned === null ? null : utcSeconds(presigned.expiresAtMs),
  }
}
