import { constants, inflateSync } from 'node:zlib'

/** All object streams of one file together are unpacked to at most this many bytes. */
const MAX_UNPACKED_BYTES = 32 * 1024 * 1024

export const activeContentKinds = [
  'javascript',
  'xfa',
  'embedded-file',
  'launch-action',
  'rich-media',
] as const
/** What makes a PDF more than a page of text (PDF-5). */
export type ActiveContentKind = (typeof activeContentKinds)[number]

/** What the names in a file's objects tell about it. */
export type NamesFound = {
  readonly active: ReadonlySet<ActiveContentKind>
  /** A stream filter that common readers cannot undo (PDF-9): the receiver may see nothing. */
  readonly brotli: boolean
}

const signs: readonly (readonly [ActiveContentKind, RegExp])[] = [
  ['javascript', /\/(?:JavaScript|JS)(?![A-Za-z0-9_.-])/],
  ['xfa', /\/XFA(?![A-Za-z0-9_.-])/],
  ['embedded-file', /\/(?:EF|EmbeddedFile|FileAttachment)(?![A-Za-z0-9_.-])/],
  ['launch-action', /\/Launch(?![A-Za-z0-9_.-])/],
  [
    'rich-media',
    /\/RichMedia|\/(?:Subtype|S)\s*\/(?:Screen|Movie|Sound|3D|Rendition|GoTo3DView)(?![A-Za-z0-9_.-])/,
  ],
]

/** Names that no page's own drawing uses: looked for in the whole file, so that no odd nesting of streams hides them. */
const anywhere: readonly (readonly [ActiveContentKind, RegExp])[] = [
  ['javascript', /\/JavaScript(?![A-Za-z0-9_.-])/],
  ['embedded-file', /\/EmbeddedFile(?![A-Za-z0-9_.-])/],
  ['launch-action', /\/S\s*\/Launch(?![A-Za-z0-9_.-])/],
  ['rich-media', /\/RichMedia(?![A-Za-z0-9_.-])/],
]

/**
 * Looks for the names of active content in the objects of a PDF: in the file outside its streams, and inside its
 * object streams. pdf.js tells of scripts and attachments only where it knows their place, while a script can hang
 * on any annotation, so the bytes are asked too. Object streams of an encrypted file stay closed to this; there
 * pdf.js' answers count.
 *
 * @param file the whole file, one character a byte
 */
export function namesInObjects(file: string): NamesFound {
  const active = new Set(anywhere.filter(([, sign]) => sign.test(file)).map(([kind]) => kind))
  let brotli = false
  for (const part of objectTexts(file)) {
    // A name may spell any of its characters as #xx (ISO 32000-1 7.3.5).
    const plain = part.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    )
    for (const [kind, sign] of signs) if (sign.test(plain)) active.add(kind)
    brotli ||= /\/BrotliDecode(?![A-Za-z0-9_.-])/.test(plain)
  }
  return { active, brotli }
}

/** The kind of an annotation as pdf.js names it, where it is active content by itself. */
export function activeAnnotation(subtype: string): ActiveContentKind | null {
  if (subtype === 'FileAttachment') return 'embedded-file'
  return ['RichMedia', 'Screen', 'Movie', 'Sound', '3D'].includes(subtype) ? 'rich-media' : null
}

function* objectTexts(file: string): Generator<string> {
  const streamStart = /(?<!end)stream(?:\r\n|\n|\r)/g
  let from = 0
  let budget = MAX_UNPACKED_BYTES
  const outside: string[] = []
  for (;;) {
    streamStart.lastIndex = from
    const start = streamStart.exec(file)
    if (start === null) break
    const end = file.indexOf('endstream', streamStart.lastIndex)
    // Without its end the rest is looked at as objects: nothing hides behind an unclosed stream.
    if (end < 0) break
    const before = file.slice(from, start.index)
    outside.push(before)
    const dictionary = before.slice(before.lastIndexOf(' obj') + 1)
    if (/\/ObjStm\b/.test(dictionary) && budget > 0) {
      const unpacked = unpack(file.slice(streamStart.lastIndex, end), dictionary, budget)
      budget -= unpacked.length
      yield unpacked
    }
    from = end + 'endstream'.length
  }
  outside.push(file.slice(from))
  yield outside.join('\n')
}

function unpack(body: string, dictionary: string, maxBytes: number): string {
  if (!/\/(?:FlateDecode|Fl)\b/.test(dictionary)) return body.slice(0, maxBytes)
  try {
    return inflateSync(Buffer.from(body, 'latin1'), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: maxBytes,
    }).toString('latin1')
  } catch {
    // Encrypted or broken: pdf.js is the one to say more about it.
    return ''
  }
}
