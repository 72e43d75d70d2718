import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { activeAnnotation } from './active-content.ts'
import type { ActiveContentKind } from './active-content.ts'
import { pageText } from './page-text.ts'
import type { TypedText } from './page-text.ts'

/** Active content that pdf.js knows of at the document's own level, encrypted files included. */
export async function activeByPdfJs(document: PDFDocumentProxy): Promise<ReadonlySet<ActiveContentKind>> {
  const active = new Set<ActiveContentKind>()
  const { info } = await document.getMetadata()
  if (document.isPureXfa || new Map(Object.entries(info)).get('IsXFAPresent') === true) active.add('xfa')
  const attachments = await document.getAttachments()
  if (attachments !== null && attachments.size > 0) active.add('embedded-file')
  const scripts = await document.getJSActions()
  if ((scripts !== null && scripts.size > 0) || (await document.hasJSActions())) active.add('javascript')
  return active
}

export type PdfContents = {
  /** NFC, `\n` line ends, no control characters but `\n` and `\t`; pages parted by a blank line. */
  readonly text: string
  /** There is more text than `maxCharacters`. */
  readonly truncated: boolean
  /** Pages of which something could not be read. */
  readonly brokenPages: number
  readonly active: ReadonlySet<ActiveContentKind>
}

/** The text of all pages in order. A page that cannot be read is counted, not guessed. */
export async function documentText(document: PDFDocumentProxy, maxCharacters: number): Promise<PdfContents> {
  const pages: string[] = []
  const active = new Set<ActiveContentKind>()
  let characters = 0
  let brokenPages = 0
  for (let pageNumber = 1; pageNumber <= document.numPages; pageNumber++) {
    try {
      const page = await document.getPage(pageNumber)
      const annotations = await annotationsOf(page)
      for (const kind of annotations.active) active.add(kind)
      const content = await page.getTextContent()
      const runs = content.items.filter((item) => 'str' in item)
      const text = clean(pageText(runs, annotations.typed, page.getViewport({ scale: 1 }).transform))
      page.cleanup()
      if (text !== '') pages.push(text)
      characters += text.length
    } catch {
      brokenPages++
    }
    if (characters > maxCharacters) return { text: '', truncated: true, brokenPages, active }
  }
  return { text: pages.join('\n\n'), truncated: false, brokenPages, active }
}

/** NFC without control characters, without trailing blanks, at most one blank line in a row. */
function clean(text: string): string {
  return (
    text
      .normalize('NFC')
      // Zero-width and byte-order marks too: they would part an identifier unseen. Direction marks stay.
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\uFEFF\uFFF9-\uFFFB]/gu, '')
      // Fonts often give their visible hyphen as a soft one.
      .replace(/\u00AD/gu, '-')
      .replace(/[\uD800-\uDFFF]/gu, '\uFFFD')
      .replace(/[ \t]+$/gmu, '')
      .replace(/\n{3,}/gu, '\n\n')
      .trim()
  )
}

type PageAnnotations = { readonly typed: TypedText[]; readonly active: ActiveContentKind[] }

/** Bits of the annotation flags (ISO 32000-1 table 165): hidden, and not shown on screen. */
const HIDDEN = 2
const NO_VIEW = 32

async function annotationsOf(page: PDFPageProxy): Promise<PageAnnotations> {
  const typed: TypedText[] = []
  const active: ActiveContentKind[] = []
  const found: unknown[] = await page.getAnnotations()
  for (const annotation of found) {
    if (typeof annotation !== 'object' || annotation === null) continue
    const fields = new Map(Object.entries(annotation))
    const subtype = fields.get('subtype')
    const kind = typeof subtype === 'string' ? activeAnnotation(subtype) : null
    if (kind !== null) active.push(kind)
    const flags = fields.get('annotationFlags')
    if (typeof flags === 'number' && (flags & (HIDDEN | NO_VIEW)) !== 0) continue
    const text = typedText(fields)
    const rect = fields.get('rect')
    if (text !== '' && Array.isArray(rect)) typed.push({ text, rect: rect.map(Number) })
  }
  return { typed, active }
}

function typedText(fields: ReadonlyMap<string, unknown>): string {
  const subtype = fields.get('subtype')
  if (subtype === 'FreeText') {
    const contents = fields.get('contentsObj')
    return typeof contents === 'object' && contents !== null && 'str' in contents ? String(contents.str) : ''
  }
  const type = fields.get('fieldType')
  if (subtype !== 'Widget' || (type !== 'Tx' && type !== 'Ch') || fields.get('password') === true) return ''
  const value = fields.get('fieldValue')
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join(', ')
  return typeof value === 'string' ? value : ''
}
