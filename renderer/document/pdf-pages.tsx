import { FileX, Maximize2, ZoomIn, ZoomOut } from 'lucide-react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { IconButton } from '../ui/button.tsx'
import { Empty, Loading } from '../ui/empty.tsx'
import { words } from '../words.ts'
import { PdfPage } from './pdf-page.tsx'

const ZOOM_STEPS = [0.6, 0.8, 1, 1.25, 1.5, 2, 2.5, 3] as const
const FIT = ZOOM_STEPS.indexOf(1)
/** Below this width a page is drawn no smaller but scrolls: print must stay readable. */
const MIN_PAGE_WIDTH_PIXELS = 260

type State =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly pdf: PDFDocumentProxy }
  | { readonly kind: 'failed' }

/** Pages of a PDF below each other, drawn when they come into sight; pdf.js is loaded only when one is opened. */
export function PdfPages({ bytes }: { readonly bytes: Uint8Array }): ReactNode {
  const [state, setState] = useState<State>({ kind: 'opening' })
  const [step, setStep] = useState(FIT)
  const [width, setWidth] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const ending = new AbortController()
    const show = async () => {
      const next = await open(bytes, ending.signal)
      if (!ending.signal.aborted) setState(next)
    }
    void show()
    return () => ending.abort()
  }, [bytes])

  useEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const fitWidth = Math.max(MIN_PAGE_WIDTH_PIXELS, width - 32)
  return (
    <div className="pages">
      <div
        className="pages-scroller"
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={words.needsYou.pages}
      >
        {state.kind === 'opening' || width === 0 ? <Loading /> : null}
        {state.kind === 'failed' ? <Empty icon={FileX} title={words.needsYou.previewFailed} /> : null}
        {state.kind === 'open' && width > 0
          ? Array.from({ length: state.pdf.numPages }, (_, index) => (
              <PdfPage
                key={index}
                pdf={state.pdf}
                number={index + 1}
                widthPixels={fitWidth * (ZOOM_STEPS[step] ?? 1)}
              />
            ))
          : null}
      </div>
      {state.kind === 'open' ? (
        <div className="pages-zoom">
          <IconButton
            icon={ZoomOut}
            size="small"
            name={words.needsYou.zoomOut}
            isDisabled={step === 0}
            onPress={() => setStep(step - 1)}
          />
          <IconButton
            icon={Maximize2}
            size="small"
            name={words.needsYou.fitWidth}
            isDisabled={step === FIT}
            onPress={() => setStep(FIT)}
          />
          <IconButton
            icon={ZoomIn}
            size="small"
            name={words.needsYou.zoomIn}
            isDisabled={step === ZOOM_STEPS.length - 1}
            onPress={() => setStep(step + 1)}
          />
        </div>
      ) : null}
    </div>
  )
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
