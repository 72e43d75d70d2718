/** Both windows of PDF-1 and PDF-2 (safety-and-standards.md 4), in bytes. */
const WINDOW_BYTES = 1024

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** Byte offset of `%PDF-` in the first 1,024 bytes, or -1 (PDF-1; interfaces.md 3). */
export function pdfHeaderOffset(bytes: Uint8Array): number {
  return latin1(bytes.subarray(0, WINDOW_BYTES)).indexOf('%PDF-')
}

/** Whether `%%EOF` stands in the last 1,024 bytes (PDF-2; interfaces.md 3). */
export function hasPdfEnd(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(Math.max(0, bytes.length - WINDOW_BYTES))).includes('%%EOF')
}

/**
 * Whether this was a PDF once, although it does not begin as one: its header stands far behind other bytes, or its end
 * is all there. It is no report all the same (interfaces.md 3), but a person is told what it is.
 */
export function looksLikePdf(bytes: Uint8Array): boolean {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return all.includes('%PDF-') || (hasPdfEnd(bytes) && all.includes('startxref'))
}

/** Whether `DICM` stands at byte 128 (PS3.10 7.1). */
export function hasDicomSignature(bytes: Uint8Array): boolean {
  return bytes.length >= 132 && latin1(bytes.subarray(128, 132)) === 'DICM'
}
