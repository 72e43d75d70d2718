import type { Page } from 'playwright-core'
import { describe, it, type ExpectStatic } from 'vitest'
import { words } from '../../../renderer/words.ts'
import { missingBrowser } from './built-window.ts'
import { misfits } from './fitting.ts'
import { accessibilityViolations, goTo } from './in-window.ts'
import { useWindow } from './use-window.ts'

/**
 * Every view in every state of the station: accessible in both themes, its accessibility tree as it was agreed on, and
 * nothing cut off in any size. The agreed trees are in snapshots/; after a wanted change write them anew and read the
 * difference:
 *
 *     npx vitest run --project window test/integration/renderer/views.test.ts -u
 */

/** All that is reached by the navigation, in its order. */
const views = {
  worklist: words.shell.worklist,
  deliveries: words.shell.deliveries,
  'needs-you': words.shell.needsYou,
  schedule: words.shell.schedule,
  settings: words.shell.settings,
  history: words.history.title,
} as const

const states = ['busy', 'empty', 'offline', 'never', 'signed-out', 'paused', 'failing'] as const

const grid = (page: Page) => page.getByRole('grid', { name: words.worklist.table })
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })

async function openStudy(page: Page): Promise<void> {
  await grid(page).getByText('Okonkwo').click()
  await page.getByRole('heading', { name: words.study.clinicalInfo }).waitFor()
}

type Special = {
  readonly scenario?: string
  readonly query?: string
  /** What the tree is taken of; the whole page where nothing is said. */
  readonly part?: string
  readonly open: (page: Page) => Promise<void>
}

/** What is not reached by the navigation alone. */
const specials: Readonly<Record<string, Special>> = {
  study: { open: openStudy },
  'study-attachment': {
    part: '.modal',
    async open(page) {
      await openStudy(page)
      await page.getByRole('button', { name: words.study.openNamed({ name: 'referral.pdf' }) }).click()
      await page.locator('.page-text span').first().waitFor()
    },
  },
  report: {
    async open(page) {
      await openStudy(page)
      await page.keyboard.press('r')
      await page.getByRole('textbox', { name: words.compose.text, exact: true }).waitFor()
    },
  },
  'delivery-receipt': {
    async open(page) {
      await goTo(page, words.shell.deliveries)
      await page.getByRole('option').filter({ hasText: 'A104170' }).click()
      await page.getByRole('heading', { name: words.deliveries.receipt }).waitFor()
    },
  },
  'needs-you-mismatch': {
    async open(page) {
      await goTo(page, words.shell.needsYou)
      await page.getByRole('option').filter({ hasText: 'CTPA_Reid' }).click()
      await page.locator('.page-text span').first().waitFor()
    },
  },
  palette: {
    part: '.modal',
    async open(page) {
      await grid(page).getByText('Okonkwo').waitFor()
      await page.keyboard.press('Control+k')
      await dialog(page, words.palette.title).getByRole('option').first().waitFor()
    },
  },
  'palette-search': {
    part: '.modal',
    async open(page) {
      await grid(page).getByText('Okonkwo').waitFor()
      await page.keyboard.press('Control+k')
      await page.keyboard.type('thomp')
      await dialog(page, words.palette.title)
        .getByRole('option')
        .filter({ hasText: 'Thompson-Reid' })
        .waitFor()
    },
  },
  keys: {
    part: '.modal',
    async open(page) {
      await grid(page).getByText('Okonkwo').waitFor()
      await page.keyboard.press('?')
      await dialog(page, words.keys.title).waitFor()
    },
  },
  licences: {
    async open(page) {
      await goTo(page, words.shell.settings)
      await page.getByRole('button', { name: words.about.showLicences }).click()
      await page.getByText('pdfjs-dist').waitFor()
    },
    // The list changes with every package; that it is there is looked at above.
    part: '.modal .dialog-head',
  },
  'settings-unsaved': {
    part: '.outline',
    async open(page) {
      await goTo(page, words.shell.settings)
      await page.getByRole('textbox', { name: words.settings.clinicianName, exact: true }).fill('Dr Bell')
      await page.getByRole('img', { name: words.about.unsaved }).waitFor()
    },
  },
  locked: {
    query: 'lock=covered',
    open: (page) => page.getByRole('button', { name: words.lock.unlock }).waitFor(),
  },
  'first-run': {
    scenario: 'first-run',
    open: (page) => page.getByRole('heading', { name: words.firstRun.title }).waitFor(),
  },
}

/** Pages of a document that are in sight and whose text is not laid out yet; runs in the page. */
const pagesUnderWay = `[...document.querySelectorAll('.page')].filter((page) => {
  const around = page.closest('.pages-scroller').getBoundingClientRect()
  const { top, bottom } = page.getBoundingClientRect()
  return top < around.bottom && bottom > around.top && page.querySelector('.page-text span') === null
}).length`

/** What is under way has come to rest: nothing loads any more, and documents have their text. */
async function atRest(page: Page, expect: ExpectStatic): Promise<void> {
  const underWay = async () =>
    (await page.getByText(words.shell.loading).count()) + (await page.evaluate<number>(pagesUnderWay))
  await expect.poll(underWay, { timeout: 20_000 }).toBe(0)
}

async function isAccessible(page: Page, expect: ExpectStatic): Promise<void> {
  expect({ light: await accessibilityViolations(page) }).toEqual({ light: [] })
  // The theme changes colours and nothing else.
  await page.emulateMedia({ colorScheme: 'dark' })
  expect({ dark: await accessibilityViolations(page, 'html', 'color-contrast') }).toEqual({ dark: [] })
  await page.emulateMedia({ colorScheme: 'light' })
}

async function isAsAgreed(page: Page, name: string, expect: ExpectStatic, part = 'body'): Promise<void> {
  await page.mouse.move(0, 0)
  const tree = await page.locator(part).last().ariaSnapshot()
  await expect(`${tree}\n`).toMatchFileSnapshot(`snapshots/${name}.yaml`)
}

describe.skipIf(missingBrowser !== null).concurrent(`every view (${missingBrowser ?? 'Chromium'})`, () => {
  const inWindow = useWindow()

  for (const state of states) {
    // oxlint-disable-next-line jest/expect-expect -- isAccessible and isAsAgreed expect
    it(`is accessible and as agreed while the station is ${state}`, async ({ expect }) => {
      await inWindow({ scenario: state, isFixed: true }, async (page) => {
        for (const [name, title] of Object.entries(views)) {
          await goTo(page, title)
          await page.getByRole('heading', { level: 1, name: title }).waitFor()
          await atRest(page, expect)
          await isAccessible(page, expect)
          await isAsAgreed(page, `${state}/${name}`, expect, 'main')
        }
        await isAsAgreed(page, `${state}/status-line`, expect, 'footer')
      })
    })
  }

  for (const [name, { scenario = 'busy', query = '', part, open }] of Object.entries(specials)) {
    it(`${name}: accessible, as agreed, and whole in every size`, async ({ expect }) => {
      await inWindow({ scenario, query, isFixed: true }, async (page) => {
        await open(page)
        await atRest(page, expect)
        await isAccessible(page, expect)
        await isAsAgreed(page, name, expect, part)
        expect(await misfits(page)).toEqual([])
      })
    })
  }

  it('is whole in every size and zoom', async ({ expect }) => {
    await inWindow({ scenario: 'busy', isFixed: true }, async (page) => {
      for (const title of Object.values(views)) {
        await goTo(page, title)
        await page.getByRole('heading', { level: 1, name: title }).waitFor()
        await atRest(page, expect)
        expect.soft({ [title]: await misfits(page) }).toEqual({ [title]: [] })
      }
    })
  })
})
