import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/** What the window loads without the PDF viewer, which comes on demand; bytes after gzip (issue "The window"). */
export const BUNDLE_LIMIT_BYTES = 450_000

export type BundleFile = { readonly name: string; readonly gzipBytes: number }
export type Bundle = {
  readonly files: readonly BundleFile[]
  readonly gzipBytes: number
  /** Files of the PDF viewer: with pdf.js in them, or its data. */
  readonly viewer: readonly string[]
}

/** Builds the window as it ships, in memory, and weighs it. */
export async function weighBundle(): Promise<Bundle> {
  const built = await build({
    configFile: fileURLToPath(new URL('../../renderer/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { write: false },
  })
  if (!('output' in built)) throw new Error('The window was not built once.')
  const files: BundleFile[] = []
  const viewer: string[] = []
  for (const file of built.output) {
    const name = file.fileName
    const isViewer =
      name.startsWith('pdf/') ||
      /\/pdf\.worker[.-]/.test(name) ||
      (file.type === 'chunk' && file.moduleIds.some((id) => id.includes('/pdfjs-dist/')))
    if (isViewer) viewer.push(name)
    else files.push({ name, gzipBytes: gzipSync(file.type === 'chunk' ? file.code : file.source).length })
  }
  return { files, viewer, gzipBytes: files.reduce((sum, file) => sum + file.gzipBytes, 0) }
}
