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
    /** Time, zone and language stand still, so that what is shown is the same tomorrow and elsewhere. */
    readonly isFixed?: boolean
    /** More of the page's address, for example `lock=covered`: what the sample data is asked for. */
    readonly query?: string
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

/** The window's own page. */
const OWN_ENTRY = 'index.html'

/** A Thursday morning in Sydney. */
const FIXED_TIME = new Date('2026-11-19T22:00:00Z')

/** Not every refusal of the policy is told on the console. */
const watchPolicy = `document.addEventListener('securitypolicyviolation', (event) => {
  window.tellViolation('policy: ' + event.violatedDirective + ' ' + event.blockedURI)
})`

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Where `build-once.ts` has put the window that all spec files share. */
const SHARED_FOLDER = 'RADPOST_TEST_WINDOW'

async function buildInto(folder: string, entry: string): Promise<void> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  await build({
    configFile: join(root, 'renderer/vite.config.ts'),
    logLevel: 'error',
    build: {
      outDir: join(folder, 'window'),
      rolldownOptions: { input: join(root, 'renderer', entry) },
    },
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
}

/** Builds the window once for all spec files of a run; what it returns takes it away again. */
export async function buildSharedWindow(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'radpost-window-'))
  await buildInto(folder, OWN_ENTRY)
  process.env[SHARED_FOLDER] = folder
  return () => rm(folder, { recursive: true, force: true })
}

/**
 * Builds the window as it ships, where the run has not built it already, and serves it on loopback under the real content
 * security policy.
 * @param entry the page in renderer/; another one than the window's own does not ship
 */
export async function buildWindow(entry = OWN_ENTRY): Promise<BuiltWindow> {
  const shared = entry === OWN_ENTRY ? process.env[SHARED_FOLDER] : undefined
  const folder = shared ?? (await mkdtemp(join(tmpdir(), 'radpost-window-')))
  if (shared === undefined) await buildInto(folder, entry)
  const fake = await readFile(join(folder, 'fake/fake.js'), 'utf8')

  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = join(folder, 'window', path === '/' ? entry : path)
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
    async open({
      scenario,
      colorScheme = 'light',
      size = { width: 1280, height: 800 },
      isFixed = false,
      query = '',
    }) {
      const context = await browser.newContext({
        colorScheme,
        viewport: size,
        reducedMotion: 'reduce',
        ...(isFixed ? { timezoneId: 'Australia/Sydney', locale: 'en-AU' } : {}),
      })
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
      if (isFixed) await page.clock.setFixedTime(FIXED_TIME)
      await page.exposeFunction('tellViolation', (what: string) => void complaints.push(what))
      await page.addInitScript({ content: watchPolicy })
      await page.addInitScript({ content: fake })
      await page.goto(`${origin}/${entry === OWN_ENTRY ? '' : entry}?scenario=${scenario}&${query}`)
      return { page, complaints, strayRequests }
    },
    async close() {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
      if (shared === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
