import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { contentHeaders } from '../../../electron/desktop/content-policy.ts'

const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Why these tests cannot run here; null when they can. */
export const missingBrowser = existsSync(chromiumPath)
  ? null
  : 'there is no Chromium (set CHROMIUM_PATH to one)'

export type BuiltWindow = {
  /** Opens the built window on sample data (renderer/dev) in one state of the station. */
  open(options: {
    readonly scenario: string
    readonly colorScheme?: 'light' | 'dark'
    readonly size?: { readonly width: number; readonly height: number }
  }): Promise<OpenWindow>
  close(): Promise<void>
}

export type OpenWindow = {
  readonly page: Page
  /** Errors of the page and refusals of the content security policy; a healthy window has none. */
  readonly complaints: readonly string[]
  /** Addresses that the page asked for beyond its own files. */
  readonly strayRequests: readonly string[]
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Builds the window as it ships, and serves it on loopback under the real content security policy. */
export async function buildWindow(): Promise<BuiltWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'radpost-window-'))
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  await build({
    configFile: join(root, 'renderer/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: join(folder, 'window') },
  })
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      outDir: join(folder, 'fake'),
      lib: { entry: 'renderer/dev/install.ts', formats: ['iife'], name: 'fake', fileName: () => 'fake.js' },
    },
  })
  const fake = await readFile(join(folder, 'fake/fake.js'), 'utf8')

  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = join(folder, 'window', path === '/' ? 'index.html' : path)
    if (!existsSync(file)) {
      response.writeHead(404)
      response.end()
      return
    }
    response.writeHead(200, contentHeaders(types[extname(file)] ?? 'application/octet-stream'))
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The window is not served.')
  const origin = `http://127.0.0.1:${address.port}`
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })

  return {
    async open({ scenario, colorScheme = 'light', size = { width: 1280, height: 800 } }) {
      const context = await browser.newContext({ colorScheme, viewport: size, reducedMotion: 'reduce' })
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      const complaints: string[] = []
      const strayRequests: string[] = []
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      page.on('request', (request) => {
        const url = request.url()
        const isOwn =
          url.startsWith(origin) &&
          ['document', 'script', 'stylesheet', 'other'].includes(request.resourceType())
        if (!isOwn && !url.startsWith('blob:')) strayRequests.push(url)
      })
      await page.addInitScript({ content: fake })
      await page.goto(`${origin}/?scenario=${scenario}`)
      return { page, complaints, strayRequests }
    },
    async close() {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
