import { MAX_UPLOAD_BYTES, noIdentity, refused } from '../../../shared/document.ts'
import type { ArtefactProblem, Reading } from '../../../shared/document.ts'
import { findIdentity } from '../identifiers/find-identity.ts'
import { noSitePatterns } from '../identifiers/site-patterns.ts'
import type { SitePatterns } from '../identifiers/site-patterns.ts'
import { namesInObjects } from './active-content.ts'
import type { ActiveContentKind, NamesFound } from './active-content.ts'
import { crossReferenceState } from './cross-reference.ts'
import { isoFromPdfDate } from './pdf-date.ts'
import { activeByPdfJs, documentText } from './pdf-contents.ts'
import { openPdf } from './pdfjs.ts'
import { hasPdfEnd, pdfHeaderOffset } from './signatures.ts'
import { judgeText, MIN_LETTERS, MIN_LETTERS_PER_PAGE } from './text-quality.ts'

/** Caps of PDF-8 (safety-and-standards.md 4). */
export const MAX_PAGES = 50
export const MAX_TEXT_CHARACTERS = 200_000
/** From here on the meaning of "2 MB" is in doubt (contract 1.6 Q9), which a person should know. */
const SIZE_WARNING_BYTES = 2_000_000

const number = (value: number): string => value.toLocaleString('en-US')

/**
 * Reads a PDF: is it a report that can go out as it is, what does it say, whom does it name (PDF-1 to PDF-12).
 * Untrusted input: call it only inside the parser process. Never throws; whatever is wrong with the file is the
 * `problem` of the reading. `bytes` are not changed. `site`: the site's own labels beside the built-in ones.
 */
export async function readPdf(bytes: Uint8Array, site: SitePatterns = noSitePatterns): Promise<Reading> {
  const headerOffset = pdfHeaderOffset(bytes)
  if (headerOffset < 0) {
    return refused(
      'not-a-report',
      'This is not a PDF: it does not begin with a PDF header. Export the report as PDF again.',
    )
  }
  if (bytes.length > MAX_UPLOAD_BYTES) {
    return refused(
      'too-large',
      `The file has ${number(bytes.length)} bytes; the server takes at most ${number(MAX_UPLOAD_BYTES)}. Export it smaller and drop it again.`,
      'pdf',
    )
  }
  if (!hasPdfEnd(bytes)) {
    return refused(
      'damaged',
      'The PDF has no proper end: it was cut off or is still being written. Export it again and drop it anew.',
      'pdf',
    )
  }
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  try {
    return await readOpened(bytes, file, headerOffset, site)
  } catch (error) {
    return failure(error, file)
  }
}

async function readOpened(
  bytes: Uint8Array,
  file: string,
  headerOffset: number,
  site: SitePatterns,
): Promise<Reading> {
  const names = namesInObjects(file)
  const { document, close } = await openPdf(bytes)
  try {
    const pages = document.numPages
    const held = (problem: ArtefactProblem, message: string): Reading => ({
      ...refused(problem, message, 'pdf'),
      pages,
    })
    if (pages > MAX_PAGES) {
      return held(
        'unsupported',
        `The PDF has ${number(pages)} pages; a report may have at most ${MAX_PAGES}. Export the report alone.`,
      )
    }
    const crossReference = crossReferenceState(file, headerOffset)
    if (crossReference === 'rootless') {
      return held(
        'damaged',
        'The PDF is damaged so badly that only some readers can show it. Export it again and drop it anew.',
      )
    }
    const active = await activeByPdfJs(document)
    const activeMessage = activeContentMessage(names, active)
    if (activeMessage !== null) return held('active-content', activeMessage)
    if (names.brotli) {
      return held(
        'unsupported',
        'The PDF is compressed with Brotli, which many readers cannot show. Export it again for an older PDF version.',
      )
    }
    const contents = await documentText(document, MAX_TEXT_CHARACTERS)
    // Annotations are met while reading the pages, and they may carry active content of their own.
    const [found] = contents.active
    if (found !== undefined) return held('active-content', sentenceFor(found))
    if (contents.brokenPages > 0) {
      return held(
        'damaged',
        `${contents.brokenPages} of the PDF's ${pages} pages cannot be read, so its text would not be whole. Export it again.`,
      )
    }
    if (contents.truncated) {
      return held(
        'unsupported',
        `The PDF has more than ${number(MAX_TEXT_CHARACTERS)} characters of text. Export the report alone.`,
      )
    }
    const { info } = await document.getMetadata()
    const dates = new Map(Object.entries(info))
    const quality = judgeText(contents.text, Math.max(pages, 1))
    return {
      ...refused('no-text', '', 'pdf'),
      problem: quality === 'readable' ? null : 'no-text',
      message: qualityMessages[quality],
      text: contents.text,
      pages,
      identity: quality === 'garbled' ? noIdentity : findIdentity(contents.text, site),
      times: {
        srContent: null,
        pdfModified: isoFromPdfDate(dates.get('ModDate')),
        pdfCreated: isoFromPdfDate(dates.get('CreationDate')),
      },
      warnings: warningsFor(bytes, headerOffset, {
        repaired: crossReference === 'shifted',
        restricted: (await document.getPermissions()) !== null,
      }),
    }
  } finally {
    await close().catch(() => undefined)
  }
}

const qualityMessages = {
  readable: '',
  'too-little': `The PDF has hardly any text (fewer than ${MIN_LETTERS} letters, or fewer than ${MIN_LETTERS_PER_PAGE} a page): a scan or a blank page. Type in the report text.`,
  garbled:
    'The text inside the PDF is not readable words, whatever its pages look like. Type in the report text.',
} as const

function activeContentMessage(names: NamesFound, active: ReadonlySet<ActiveContentKind>): string | null {
  const [first] = [...active, ...names.active]
  return first === undefined ? null : sentenceFor(first)
}

function sentenceFor(kind: ActiveContentKind): string {
  const what = {
    javascript: 'JavaScript',
    xfa: 'an XFA form',
    'embedded-file': 'another file inside it',
    'launch-action': 'an action that starts a program',
    'rich-media': 'video, sound or other media',
  }[kind]
  return `The PDF contains ${what}, which a report must not. Print it to a plain PDF and drop that.`
}

type Oddities = { readonly repaired: boolean; readonly restricted: boolean }

function warningsFor(bytes: Uint8Array, headerOffset: number, odd: Oddities): string[] {
  const warnings: string[] = []
  if (bytes.length > SIZE_WARNING_BYTES) {
    warnings.push(
      `The file has ${number(bytes.length)} bytes, more than 2,000,000: a server that reads "2 MB" strictly refuses it.`,
    )
  }
  if (headerOffset > 0) {
    warnings.push(`The PDF begins with ${number(headerOffset)} foreign bytes; some readers refuse it.`)
  }
  if (odd.repaired) {
    warnings.push('The PDF is damaged and was repaired for reading; the receiver may see less of it.')
  }
  if (odd.restricted) {
    warnings.push('The PDF is protected by its owner against some uses; it is sent as it is.')
  }
  return warnings
}

function failure(error: unknown, file: string): Reading {
  const name = error instanceof Error ? error.name : ''
  if (name === 'PasswordException') {
    return refused(
      'encrypted',
      'The PDF needs a password to open. Export it without a password and drop it again.',
      'pdf',
    )
  }
  if (/\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(file)) {
    return refused(
      'encrypted',
      'The PDF is protected in a way that cannot be opened. Export it without protection and drop it again.',
      'pdf',
    )
  }
  return refused(
    'damaged',
    'The PDF is damaged and cannot be opened. Export it again and drop it anew.',
    'pdf',
  )
}
