import type { Page } from 'playwright-core'
import { matchesWords, searchWords, studyRow } from '../../renderer/worklist/study-row.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { buildWindow, missingBrowser } from '../integration/renderer/built-window.ts'
import { BUNDLE_LIMIT_BYTES, weighBundle } from './bundle.ts'
import { firstRowsMs, framesWhile, keystrokeMs, loadWith } from './in-page.ts'
import { manyStudies } from './studies.ts'
import { percentile, type Measured } from './table.ts'

const ROWS = 5_000
const LOADS = 7
const WHEEL_TURNS = 120

/** Typed one after the other; each key must leave another number of studies. */
const searches = ['nguyen 96', 'singh 9', 'a2041', 'okonkwo 5']

/**
 * The worklist with 5,000 studies in the built window and a real Chromium: first rows, the search, scrolling.
 * @returns what was measured beside its limits (issue "The window")
 * @throws Error where there is no Chromium
 */
export async function measureWindow(): Promise<readonly Measured[]> {
  if (missingBrowser !== null) throw new Error(`The window cannot be measured here: ${missingBrowser}.`)
  const bundle = await weighBundle()
  const built = await buildWindow()
  try {
    const studies = manyStudies(ROWS, Date.now())
    const first: number[] = []
    const keys: number[] = []
    const frames: number[] = []
    for (let load = 0; load < LOADS; load += 1) {
      const { page } = await built.open({ scenario: 'busy' })
      await loadWith(page, studies)
      first.push(await firstRowsMs(page))
      if (load < 3) keys.push(...(await typeSearches(page, studies)))
      if (load < 2) frames.push(...(await framesWhile(page, () => scroll(page))))
      await page.context().close()
    }
    return [
      {
        what: `first rows of ${ROWS} after the data, median`,
        measured: percentile(first, 0.5),
        limit: 300,
        unit: 'ms',
        runs: first.length,
      },
      {
        what: 'first rows, slowest',
        measured: percentile(first, 1),
        limit: 300,
        unit: 'ms',
        runs: first.length,
      },
      {
        what: 'search key to its result on the screen, p95',
        measured: percentile(keys, 0.95),
        limit: 50,
        unit: 'ms',
        runs: keys.length,
      },
      {
        what: 'frame while scrolling, p99',
        measured: percentile(frames, 0.99),
        limit: 50,
        unit: 'ms',
        runs: frames.length,
      },
      {
        what: 'window without the PDF viewer, gzip',
        measured: bundle.gzipBytes / 1_000,
        limit: BUNDLE_LIMIT_BYTES / 1_000,
        unit: 'KB',
        runs: 1,
      },
    ]
  } finally {
    await built.close()
  }
}

/** Types every search and takes it back, key by key. */
async function typeSearches(page: Page, studies: readonly PendingAppointment[]): Promise<readonly number[]> {
  const measured: number[] = []
  const matching = (search: string) =>
    studies.filter((study) => matchesWords(studyRow(study), searchWords(search))).length
  await page.keyboard.press('/')
  for (const search of searches) {
    for (let length = 1; length <= search.length; length += 1) {
      const key = search.charAt(length - 1) === ' ' ? 'Space' : search.charAt(length - 1)
      measured.push(await keystrokeMs(page, key, matching(search.slice(0, length))))
    }
    for (let length = search.length - 1; length >= 0; length -= 1) {
      measured.push(await keystrokeMs(page, 'Backspace', matching(search.slice(0, length))))
    }
  }
  return measured
}

async function scroll(page: Page): Promise<void> {
  await page.mouse.move(640, 500)
  for (let turn = 0; turn < WHEEL_TURNS; turn += 1) await page.mouse.wheel(0, turn % 20 === 19 ? 20_000 : 260)
}
