import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { ReactNode } from 'react'
import { words } from '../words.ts'
import { useDrawnPage } from './use-drawn-page.ts'

const WIDTH_PIXELS = 92

/** Every page as a small picture that leads to it. */
export function PdfThumbnails({
  pdf,
  current,
  onChoose,
}: {
  readonly pdf: PDFDocumentProxy
  readonly current: number
  readonly onChoose: (page: number) => void
}): ReactNode {
  return (
    <nav className="thumbnails" aria-label={words.document.pageList}>
      <ol>
        {Array.from({ length: pdf.numPages }, (_, index) => (
          <li key={index}>
            <Thumbnail
              pdf={pdf}
              number={index + 1}
              isCurrent={current === index + 1}
              onChoose={() => onChoose(index + 1)}
            />
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Thumbnail({
  pdf,
  number,
  isCurrent,
  onChoose,
}: {
  readonly pdf: PDFDocumentProxy
  readonly number: number
  readonly isCurrent: boolean
  readonly onChoose: () => void
}): ReactNode {
  const { canvas, heightPixels } = useDrawnPage(pdf, number, WIDTH_PIXELS)
  return (
    <button
      type="button"
      className="thumbnail"
      aria-label={words.document.goToPage({ number })}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={onChoose}
    >
      <canvas ref={canvas} aria-hidden="true" style={{ width: WIDTH_PIXELS, height: heightPixels }} />
      <span className="caption">{number}</span>
    </button>
  )
}
