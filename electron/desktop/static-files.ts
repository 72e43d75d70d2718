import { extname, isAbsolute, join, relative } from 'node:path'
import { isOwnAddress } from './origin.ts'

/** What the window may load: file types by extension. A file of another type is not served. */
const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.icc': 'application/octet-stream',
}

export type StaticFile = { readonly path: string; readonly mimeType: string }

/**
 * The file below `folder` that an address of ours means; null for everything else: another origin, a way out of the
 * folder, a type that we do not have (Electron checklist 18).
 */
export function staticFileOf(address: string, folder: string): StaticFile | null {
  if (!isOwnAddress(address)) return null
  let path: string
  try {
    path = decodeURIComponent(new URL(address).pathname)
  } catch {
    return null
  }
  if (path.includes('\0') || path.includes('\\')) return null
  const file = join(folder, path === '/' ? 'index.html' : path)
  const below = relative(folder, file)
  if (below === '' || below.startsWith('..') || isAbsolute(below)) return null
  const mimeType = mimeTypes[extname(file).toLowerCase()]
  return mimeType === undefined ? null : { path: file, mimeType }
}
