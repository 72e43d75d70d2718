import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { TextRun } from './find-in-text.ts'

type Content = Awaited<ReturnType<Awaited<ReturnType<PDFDocumentProxy['getPage']>>['getTextContent']>>

const known = new WeakMap<PDFDocumentProxy, Map<number, Promise<Content>>>()

/** The text of a page, read once for search and for selecting. @throws when the page cannot be read */
export function readPageText(pdf: PDFDocumentProxy, number: number): Promise<Content> {
  const pages = known.get(pdf) ?? new Map<number, Promise<Content>>()
  known.set(pdf, pages)
  const reading = pages.get(number) ?? pdf.getPage(number).then((page) => page.getTextContent())
  pages.set(number, reading)
  return reading
}

/** The runs of text alone: what marks the structure of the document has no text. */
export function runsOf({ items }: Content): readonly TextRun[] {
  return items.filter((item) => 'str' in item)
}
