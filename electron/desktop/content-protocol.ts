import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { contentHeaders } from './content-policy.ts'
import { APP_SCHEME } from './origin.ts'
import { staticFileOf } from './static-files.ts'

/** Before `ready`: our scheme is a proper origin with fetch, and nothing that web pages could reach. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves app://radpost/ from the built window's folder (Electron checklist 7, 18). */
export function serveApp(folder: string): void {
  protocol.handle(APP_SCHEME, async ({ url, method }) => {
    const file = method === 'GET' || method === 'HEAD' ? staticFileOf(url, folder) : null
    if (file === null) return notFound()
    try {
      const bytes = await readFile(file.path)
      return new Response(method === 'HEAD' ? null : new Uint8Array(bytes), {
        headers: contentHeaders(file.mimeType),
      })
    } catch {
      return notFound()
    }
  })
}

function notFound(): Response {
  return new Response(null, { status: 404, headers: contentHeaders('text/plain') })
}
