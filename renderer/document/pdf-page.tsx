import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { words } from '../words.ts'

/** Height over width of A4, until the page has said its own. */
const A4 = 1.414

/** One page, drawn when it comes near the part in sight and at the screen's own resolution. */
export function PdfPage({
  pdf,
  number,
  widthPixels,
}: {
  readonly pdf: PDFDocumentProxy
  readonly number: number
  readonly widthPixels: number
}): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isNear, setIsNear] = useState(number === 1)
  const [proportion, setProportion] = useState(A4)

  useEffect(() => {
    const element = canvas.current
    if (element === null) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setIsNear(true)
      },
      { rootMargin: '600px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    if (!isNear) return undefined
    const ending = new AbortController()
    const show = async () => {
      const drawn = await draw(pdf, number, widthPixels, canvas.current, ending.signal)
      if (drawn !== null && !ending.signal.aborted) setProportion(drawn)
    }
    // A drawing that was given up rejects; a page that cannot be drawn stays blank beside the text.
    show().catch(() => undefined)
    return () => ending.abort()
  }, [pdf, number, widthPixels, isNear])

  return (
    <canvas
      ref={canvas}
      className="page"
      role="img"
      aria-label={words.needsYou.page({ number, total: pdf.numPages })}
      style={{ width: widthPixels, height: Math.round(widthPixels * proportion) }}
    />
  )
}

/** Draws aside and puts the finished picture in place, so that zooming never flashes white. Gives height over width. */
async function draw(
  pdf: PDFDocumentProxy,
  number: number,
  widthPixels: number,
  target: HTMLCanvasElement | null,
  signal: AbortSignal,
): Promise<number | null> {
  const page = await pdf.getPage(number)
  if (signal.aborted || target === null) return null
  const natural = page.getViewport({ scale: 1 })
  const density = Math.min(window.devicePixelRatio, 2)
  const viewport = page.getViewport({ scale: (widthPixels * density) / natural.width })
  const aside = document.createElement('canvas')
  aside.width = Math.floor(viewport.width)
  aside.height = Math.floor(viewport.height)
  const task = page.render({ canvas: aside, viewport })
  signal.addEventListener('abort', () => task.cancel(), { once: true })
  await task.promise
  if (signal.aborted) return null
  target.width = aside.width
  target.height = aside.height
  target.getContext('2d')?.drawImage(aside, 0, 0)
  return natural.height / natural.width
}
