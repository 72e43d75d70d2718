import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState, type RefObject } from 'react'

/** Height over width of A4, until the page has said its own. */
const A4 = 1.414

export type DrawnPage = {
  readonly canvas: RefObject<HTMLCanvasElement | null>
  /** Whether it has come near the part in sight. */
  readonly isNear: boolean
  /** Width of the page in its own units, once it is known. */
  readonly naturalWidth: number | null
  readonly heightPixels: number
}

/** Draws a page into the canvas when it comes near, at the screen's own resolution. */
export function useDrawnPage(pdf: PDFDocumentProxy, number: number, widthPixels: number): DrawnPage {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isNear, setIsNear] = useState(number === 1)
  const [natural, setNatural] = useState<Size | null>(null)

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
      if (drawn !== null && !ending.signal.aborted) setNatural(drawn)
    }
    // A drawing that was given up rejects; a page that cannot be drawn stays blank beside the text.
    show().catch(() => undefined)
    return () => ending.abort()
  }, [pdf, number, widthPixels, isNear])

  const proportion = natural === null ? A4 : natural.height / natural.width
  return {
    canvas,
    isNear,
    naturalWidth: natural?.width ?? null,
    heightPixels: Math.round(widthPixels * proportion),
  }
}

type Size = { readonly width: number; readonly height: number }

/** Draws aside and puts the finished picture in place, so that zooming never flashes white. Gives the page's own size. */
async function draw(
  pdf: PDFDocumentProxy,
  number: number,
  widthPixels: number,
  target: HTMLCanvasElement | null,
  signal: AbortSignal,
): Promise<Size | null> {
  const page = await pdf.getPage(number)
  if (signal.aborted || target === null) return null
  const { width, height } = page.getViewport({ scale: 1 })
  const density = Math.min(window.devicePixelRatio, 2)
  const viewport = page.getViewport({ scale: (widthPixels * density) / width })
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
  return { width, height }
}
