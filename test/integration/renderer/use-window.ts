import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { buildWindow, type BuiltWindow } from './built-window.ts'

type Opening = Parameters<BuiltWindow['open']>[0]
type InWindow = (opening: Opening, act: (page: Page) => Promise<void>) => Promise<void>

/**
 * Builds the window for a file of specs; call it once within a `describe`. What it returns opens the window on sample
 * data (`entry`: another page than the window's own, see buildWindow), and holds every spec to a silent console, an unhurt content security policy, and no request to anywhere.
 */
export function useWindow(entry?: string): InWindow {
  let built: BuiltWindow | undefined
  beforeAll(async () => {
    built = await buildWindow(entry)
  })
  afterAll(() => built?.close())
  return async (opening, act) => {
    if (built === undefined) throw new Error('There is a window only within a test.')
    const { page, complaints, strayRequests } = await built.open(opening)
    try {
      await act(page)
      expect(complaints).toEqual([])
      expect(strayRequests).toEqual([])
    } finally {
      await page.context().close()
    }
  }
}
