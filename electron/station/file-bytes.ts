import { createHash } from 'node:crypto'
import type { PlannedFile, ReportPlan } from '../../shared/delivery.ts'
import type { Reading } from '../../shared/document.ts'
import { readDropped } from '../intake/drop-folder.ts'
import type { Spool } from '../intake/spool.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { SealBroken } from '../vault/seal.ts'

/**
 * The bytes of a delivery: from the sealed copy, or, where that cannot be opened, from the original if that still is
 * what was hashed (design.md 3 "Spooled").
 */
export type FileBytes = {
  original(record: DeliveryRecord): Promise<Uint8Array | null>
  planned(record: DeliveryRecord, plan: ReportPlan, index: number): Promise<Uint8Array | null>
}

export function createFileBytes(
  spool: Spool,
  root: string,
  read: (bytes: Uint8Array) => Promise<Reading>,
): FileBytes {
  async function spooled(id: string, name: string): Promise<Uint8Array | null> {
    try {
      return await spool.load(id, name)
    } catch (error) {
      if (error instanceof SealBroken) return null
      throw error
    }
  }

  async function original(record: DeliveryRecord): Promise<Uint8Array | null> {
    const kept = await spooled(record.id, 'original')
    if (kept !== null || record.original === null) return kept
    const dropped = await readDropped(root, record.original.path).catch(() => null)
    return dropped !== null && sha256(dropped.bytes) === record.contentSha256 ? dropped.bytes : null
  }

  async function planned(
    record: DeliveryRecord,
    plan: ReportPlan,
    index: number,
  ): Promise<Uint8Array | null> {
    const file = plan.files[index]
    if (file === undefined) return null
    const whole =
      file.spoolName === 'original' ? await original(record) : await spooled(record.id, file.spoolName)
    const bytes = whole !== null && file.part === 'inner-pdf' ? (await read(whole)).innerPdf : whole
    return isWhatWasPlanned(bytes, file) ? bytes : null
  }

  return { original, planned }
}

function isWhatWasPlanned(bytes: Uint8Array | null, file: PlannedFile): boolean {
  return bytes !== null && sha256(bytes) === file.sha256
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
