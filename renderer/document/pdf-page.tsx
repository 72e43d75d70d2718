import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { words } from '../words.ts'
import { markMatches, type ShownMatch } from './highlights.ts'
import { readPageText } from './page-text.ts'
import { useDrawnPage } from './use-drawn-page.ts'

/** One page, drawn when it comes near the part in sight, its text over it: to be found, selected and read aloud. */
export function PdfPage({
  pdf,
  number,
  widthPixels,
  matches,
}: {
  readonly pdf: PDFDocumentProxy
  readonly number: number
  readonly widthPixels: number
  readonly matches: readonly ShownMatch[]
}): ReactNode {
  const { canvas, isNear, naturalWidth, heightPixels } = useDrawnPage(pdf, number, widthPixels)
  const isWanted = isNear || matches.some((match) => match.isCurrent)
  const scale = naturalWidth === null ? null : { '--total-scale-factor': widthPixels / naturalWidth }
  return (
    <div className="page" data-page={number} style={{ width: widthPixels, height: heightPixels, ...scale }}>
      <canvas ref={canvas} role="img" aria-label={words.needsYou.page({ number, total: pdf.numPages })} />
      {isWanted && scale !== null ? <PageText pdf={pdf} number={number} matches={matches} /> : null}
    </div>
  )
}

/** The page's text as pdf.js lays it out, unseen: the drawn page is what is seen. */
function PageText({
  pdf,
  number,
  matches,
}: {
  readonly pdf: PDFDocumentProxy
  readonly number: number
  readonly matches: readonly ShownMatch[]
}): ReactNode {
  const layer = useRef<HTMLDivElement>(null)
  const [runs, setRuns] = useState<readonly HTMLElement[]>([])
  useEffect(() => {
    const ending = new AbortController()
    const show = async () => {
      const element = layer.current
      const { TextLayer } = await import('./pdf-document.ts')
      const [page, content] = [await pdf.getPage(number), await readPageText(pdf, number)]
      if (ending.signal.aborted || element === null) return
      element.replaceChildren()
      const text = new TextLayer({
        textContentSource: content,
        container: element,
        viewport: page.getViewport({ scale: 1 }),
      })
      await text.render()
      if (!ending.signal.aborted) setRuns(text.textDivs)
    }
    // Without its text the page is still there to be looked at.
    show().catch(() => undefined)
    return () => ending.abort()
  }, [pdf, number])
  useEffect(() => markMatches(runs, matches), [runs, matches])
  return <div className="page-text" ref={layer} />
}
