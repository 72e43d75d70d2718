import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFDocumentProxy } from 'pdfjs-dist'

/**
 * pdf.js set up for reading text from untrusted bytes without a browser: its legacy build (the other one counts on
 * newer built-ins than Node 24 has), its parser in this same thread (a process of our own is around it), fonts and
 * character maps from the package, nothing from the network, no WebAssembly, no drawing.
 */
const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
GlobalWorkerOptions.workerSrc = pathToFileURL(join(packageFolder, 'legacy/build/pdf.worker.mjs')).href

const dataFolders: Readonly<Record<string, string>> = {
  cMapUrl: 'cmaps',
  standardFontDataUrl: 'standard_fonts',
}

/** What pdf.js asks for its own data files; only names inside the package are answered. */
class PackageData {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const folder = dataFolders[kind]
    if (folder === undefined) throw new Error(`pdf.js data of kind ${kind} is not used`)
    return new Uint8Array(await readFile(join(packageFolder, folder, basename(filename))))
  }
}

export type OpenPdf = { readonly document: PDFDocumentProxy; close: () => Promise<void> }

/**
 * Opens a PDF. The bytes are copied: pdf.js keeps what it is given. Rejects with pdf.js' own errors, among them
 * `PasswordException` (a password is needed) and `InvalidPDFException`.
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const task = getDocument({
    data: Uint8Array.from(bytes),
    verbosity: 0,
    useWasm: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    // Pictures are never wanted, least of all one of 100,000 by 100,000 points (PDF-8).
    maxImageSize: 1,
    cMapUrl: 'cmaps/',
    cMapPacked: true,
    standardFontDataUrl: 'standard_fonts/',
    BinaryDataFactory: PackageData,
  })
  try {
    const document = await task.promise
    return { document, close: () => task.destroy() }
  } catch (error) {
    await task.destroy().catch(() => undefined)
    throw error
  }
}
