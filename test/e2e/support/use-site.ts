import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Desktop } from '../../desktop-host/desktop.ts'
import { appFolder, openSite, type DesktopSite, type SiteOptions } from './site.ts'

/** A workplace for each test of a file, or one for all of them. */
export type UsedSite = {
  readonly site: DesktopSite
  /** The app that was started last. */
  readonly desktop: Desktop
  /** Starts the app and gives the page in its window. */
  open(environment?: NodeJS.ProcessEnv): Promise<Page>
  /** The page of the app that runs, started where none does (any more): for tests that share one. */
  page(): Promise<Page>
}

/** More than the half minute after which the station looks by itself. */
const PATIENCE_MS = 60_000

/** What a failed test leaves behind: out/ is nobody's to commit. */
const pictures = join(appFolder, 'out', 'failed')

export type UsedSiteOptions = SiteOptions & {
  /** One workplace for all tests of the file. */
  readonly shared?: boolean
  /** The page is meant to try what it must not: the console may complain. */
  readonly isHostile?: boolean
}

/**
 * Registers the hooks; call it once within a `describe`. Every test ends red when the page's console complained, which is
 * also where what the content security policy refused is written.
 */
export function useDesktopSite(options: UsedSiteOptions): UsedSite {
  let site: DesktopSite | undefined
  let desktop: Desktop | undefined
  let runs = false
  let complaints: string[] = []

  const isShared = options.shared === true
  const before = isShared ? beforeAll : beforeEach
  const after = isShared ? afterAll : afterEach
  before(async () => {
    site = await openSite(options)
  })
  after(async () => {
    await site?.close()
    site = undefined
    desktop = undefined
  })
  afterEach(() => {
    const heard = complaints
    complaints = []
    if (options.isHostile !== true) expect(heard).toEqual([])
  })
  // Hooks run in reverse order: the window is still there.
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || desktop === undefined) return
    process.stderr.write(desktop.output())
    await mkdir(pictures, { recursive: true })
    const path = join(pictures, `${task.name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`)
    await (await desktop.page()).screenshot({ path, timeout: 5_000 })
  })

  function present<T>(value: T | undefined): T {
    if (value === undefined)
      throw new Error('There is a site only within a test, and an app only after open().')
    return value
  }

  async function open(environment?: NodeJS.ProcessEnv): Promise<Page> {
    const started = await present(site).start(environment)
    desktop = started
    runs = true
    void started.exited.finally(() => {
      if (desktop === started) runs = false
    })
    const page = await started.page()
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    return page
  }

  return {
    open,
    page: async () => (desktop === undefined || !runs ? open() : desktop.page()),
    get site() {
      return present(site)
    },
    get desktop() {
      return present(desktop)
    },
  }
}
