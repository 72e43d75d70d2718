/** What bytes are, by the bytes themselves and not by what anybody calls them. */
export type FileKind = {
  readonly kind: 'pdf' | 'image' | 'text' | 'other'
  readonly mimeType: string
  /** Without the dot. */
  readonly extension: string
}

const pictures: readonly (readonly [mimeType: string, extension: string, signature: RegExp])[] = [
  ['image/png', 'png', /^\u0089PNG\r\n/u],
  ['image/jpeg', 'jpg', /^\u00ff\u00d8\u00ff/u],
  ['image/gif', 'gif', /^GIF8[79]a/u],
  ['image/webp', 'webp', /^RIFF[\s\S]{4}WEBP/u],
  ['image/bmp', 'bmp', /^BM/u],
]

/** @param contentType what the server says: only plain text has no signature of its own and needs its word */
export function fileKindOf(bytes: Uint8Array, contentType: string | null): FileKind {
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1')
  if (head.includes('%PDF-')) return { kind: 'pdf', mimeType: 'application/pdf', extension: 'pdf' }
  const picture = pictures.find(([, , signature]) => signature.test(head))
  if (picture !== undefined) return { kind: 'image', mimeType: picture[0], extension: picture[1] }
  if (head.slice(128, 132) === 'DICM') return { ...unknownKind, extension: 'dcm' }
  if (/^text\/plain\b/iu.test(contentType ?? '') && isUtf8(bytes)) {
    return { kind: 'text', mimeType: 'text/plain', extension: 'txt' }
  }
  return unknownKind
}

const unknownKind: FileKind = { kind: 'other', mimeType: 'application/octet-stream', extension: 'bin' }

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
