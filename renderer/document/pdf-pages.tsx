import { FileX, PanelLeft, Search } from 'lucide-react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useShortcuts } from '../data/shortcuts.ts'
import { IconButton } from '../ui/button.tsx'
import { Empty, Loading } from '../ui/empty.tsx'
import { words } from '../words.ts'
import { PdfFind } from './pdf-find.tsx'
import { PdfPage } from './pdf-page.tsx'
import { PdfThumbnails } from './pdf-thumbnails.tsx'
import { useFind } from './use-find.ts'
import { useZoom, ZoomButtons } from './zoom.tsx'

/** Below this width a page is drawn no smaller but scrolls: print must stay readable. */
const MIN_PAGE_WIDTH_PIXELS = 260
/** From this width of the whole on there is room for the thumbnails beside the pages. */
const ROOM_FOR_THUMBNAILS_PIXELS = 700
/** Blank around the pages, both sides together. */
const AROUND_PIXELS = 32

type State =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly pdf: PDFDocumentProxy }
  | { readonly kind: 'failed' }

/** A PDF inside the window. pdf.js is loaded only when one is opened. */
export function PdfPages({ bytes }: { readonly bytes: Uint8Array }): ReactNode {
  const [state, setState] = useState<State>({ kind: 'opening' })
  useEffect(() => {
    const ending = new AbortController()
    const show = async () => {
      const next = await open(bytes, ending.signal)
      if (!ending.signal.aborted) setState(next)
    }
    void show()
    return () => ending.abort()
  }, [bytes])
  switch (state.kind) {
    case 'opening':
      return <Loading />
    case 'failed':
      return <Empty icon={FileX} title={words.needsYou.previewFailed} />
    case 'open':
      return <OpenPdf pdf={state.pdf} />
  }
}

/** Tools above, pages below each other, thumbnails beside them where they are wanted. */
function OpenPdf({ pdf }: { readonly pdf: PDFDocumentProxy }): ReactNode {
  const whole = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [widths, setWidths] = useState({ whole: 0, pages: 0 })
  const [current, setCurrent] = useState(1)
  const [isFinding, setIsFinding] = useState(false)
  const [listWanted, setListWanted] = useState<boolean | null>(null)
  const zoom = useZoom(whole)
  const find = useFind(isFinding ? pdf : null)
  useShortcuts({ 'mod+f': () => setIsFinding(true) }, whole)

  useEffect(() => {
    const measure = () =>
      setWidths({ whole: whole.current?.clientWidth ?? 0, pages: scroller.current?.clientWidth ?? 0 })
    const observer = new ResizeObserver(measure)
    for (const { current: element } of [whole, scroller]) if (element !== null) observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const isListShown = pdf.numPages > 1 && (listWanted ?? widths.whole >= ROOM_FOR_THUMBNAILS_PIXELS)
  const pageWidth = Math.max(MIN_PAGE_WIDTH_PIXELS, widths.pages - AROUND_PIXELS) * zoom.factor
  const endFinding = () => {
    setIsFinding(false)
    // The field goes, and with it the focus would leave the dialog.
    scroller.current?.focus({ preventScroll: true })
  }
  const goTo = (page: number) =>
    scroller.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView({ block: 'start' })
  return (
    <div className="pages" ref={whole}>
      <div className="pages-tools" role="toolbar" aria-label={words.document.tools}>
        {pdf.numPages > 1 ? (
          <IconButton
            icon={PanelLeft}
            size="small"
            name={words.document.pageList}
            onPress={() => setListWanted(!isListShown)}
          />
        ) : null}
        <span className="small soft pages-position">
          {words.document.position({ number: current, total: pdf.numPages })}
        </span>
        <IconButton
          icon={Search}
          size="small"
          name={words.document.find}
          onPress={() => (isFinding ? endFinding() : setIsFinding(true))}
        />
        <ZoomButtons zoom={zoom} fitName={words.needsYou.fitWidth} />
      </div>
      {isFinding ? <PdfFind find={find} onClose={endFinding} /> : null}
      <div className="pages-body">
        {isListShown ? <PdfThumbnails pdf={pdf} current={current} onChoose={goTo} /> : null}
        <div
          className="pages-scroller"
          ref={scroller}
          tabIndex={0}
          role="region"
          aria-label={words.needsYou.pages}
          onScroll={(event) => setCurrent(pageInSight(event.currentTarget))}
        >
          {widths.pages === 0
            ? null
            : Array.from({ length: pdf.numPages }, (_, index) => (
                <PdfPage
                  key={index}
                  pdf={pdf}
                  number={index + 1}
                  widthPixels={pageWidth}
                  matches={find.onPage(index + 1)}
                />
              ))}
        </div>
      </div>
    </div>
  )
}

/** The page that stands at a third of the height, which is where one reads. */
function pageInSight(scroller: HTMLElement): number {
  const line = scroller.getBoundingClientRect().top + scroller.clientHeight / 3
  const pages = [...scroller.querySelectorAll('[data-page]')]
  const at = pages.findLastIndex((page) => page.getBoundingClientRect().top <= line)
  return Math.max(0, at) + 1
}

/** Never rejects: what cannot be opened, or is no longer wanted, has failed. */
async function open(bytes: Uint8Array, signal: AbortSignal): Promise<State> {
  try {
    const { openPdf } = await import('./pdf-document.ts')
    if (signal.aborted) return { kind: 'failed' }
    return { kind: 'open', pdf: await openPdf(bytes, signal) }
  } catch {
    return { kind: 'failed' }
  }
}
