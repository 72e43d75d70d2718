import { getDocument, PDFWorker, type PDFDocumentProxy } from 'pdfjs-dist'
// Vite makes this module: the address of the worker's file.
// oxlint-disable-next-line import/default
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { ModuleDataFactory } from './pdf-data.ts'

/** Lays out the text of a page; exported from here so that pdf.js stays in one chunk, loaded on demand. */
export { TextLayer } from 'pdfjs-dist'

/** The largest image that is drawn, in pixels: a scan of A3 at 600 dpi. A larger one is an attack on memory. */
const MAX_IMAGE_PIXELS = 70_000_000

/**
 * Opens a PDF in a worker of its own, which ends with it: whatever a hostile document does there ends too. The bytes
 * are copied, because the worker takes what it is given. `signal` closes the document. @throws when the document cannot be read.
 */
export async function openPdf(bytes: Uint8Array, signal: AbortSignal): Promise<PDFDocumentProxy> {
  const port = new Worker(new URL(workerUrl, document.baseURI), { type: 'module' })
  const worker = PDFWorker.create({ port })
  const task = getDocument({
    data: bytes.slice(),
    worker,
    BinaryDataFactory: ModuleDataFactory,
    useWorkerFetch: false,
    // Named so that pdf.js asks for these files at all; the factory answers by file name.
    cMapUrl: 'cmaps/',
    standardFontDataUrl: 'standard_fonts/',
    // Decoders of scanned pages, imported by the worker from here (renderer/vite.config.ts).
    wasmUrl: new URL('pdf/', document.baseURI).href,
    useWasm: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    enableXfa: false,
    stopAtErrors: false,
  })
  const close = () => {
    void task.destroy().finally(() => {
      worker.destroy()
      port.terminate()
    })
  }
  signal.addEventListener('abort', close, { once: true })
  return task.promise
}
