import { createHash } from 'node:crypto'
import type { Reading } from '../../shared/document.ts'
import { parseSidecar } from '../intake/sidecar.ts'
import type { DocumentRecord } from '../journal/records.ts'

/** A document from which nothing would be uploaded. */
export const noPayload: DocumentRecord['payload'] = { sha256: '', sizeBytes: 0 }

/** What is kept of a file that was read: the reading, its sidecar, and the measure of what would be uploaded. */
export function documentRecord(
  reading: Reading,
  original: Uint8Array,
  sidecar: Uint8Array | null,
): DocumentRecord {
  const { innerPdf, ...kept } = reading
  const payload = innerPdf ?? original
  const parsed = sidecar === null ? null : parseSidecar(sidecar)
  return {
    reading: kept,
    sidecar: parsed?.ok === true ? parsed.sidecar : null,
    sidecarProblem: parsed?.ok === false ? parsed.message : '',
    payload: { sha256: createHash('sha256').update(payload).digest('hex'), sizeBytes: payload.length },
  }
}
