import type { SoloAttachmentType } from '../../shared/solo.ts'
import { pdfHeaderOffset } from '../intake/pdf/signatures.ts'

const signatures: readonly (readonly [type: SoloAttachmentType, start: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
]

/** What a file is by its content, of the types that Solo takes; null for anything else. */
export function attachmentTypeOf(bytes: Uint8Array): SoloAttachmentType | null {
  const image = signatures.find(([, start]) => start.every((byte, at) => bytes[at] === byte))
  if (image !== undefined) return image[0]
  return pdfHeaderOffset(bytes) === -1 ? null : 'application/pdf'
}
