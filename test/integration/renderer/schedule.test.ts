import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../renderer/words.ts'
import { buildWindow, missingBrowser, type BuiltWindow } from './built-window.ts'

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

type Asked = { readonly date: string; readonly site: string | null }

function asked(page: Page): Promise<readonly Asked[]> {
  return page.evaluate(
    `window.fakeRadpost.asked.filter(({ name }) => name === 'schedule.get').map(({ args }) => args)`,
  )
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const siteOf = (page: Page, name: string) => page.getByRole('region', { name })

describe.skipIf(missingBrowser !== null)(`the schedule (${missingBrowser ?? 'Chromium'})`, () => {
  let built: BuiltWindow
  beforeAll(async () => {
    built = await buildWindow()
  })
  afterAll(async () => {
    await built.close()
  })

  async function inSchedule(scenario: string, act: (page: Page) => Promise<void>): Promise<void> {
    const { page, complaints, strayRequests } = await built.open({ scenario })
    try {
      await page
        .getByRole('navigation', { name: words.shell.views })
        .getByRole('button', { name: words.shell.schedule })
        .click()
      await page.getByRole('heading', { level: 1, name: words.schedule.title }).waitFor()
      await act(page)
      expect(complaints).toEqual([])
      expect(strayRequests).toEqual([])
    } finally {
      await page.context().close()
    }
  }

  it('shows the day by site and status, in the site’s time, with who waits, and is accessible', async () => {
    await inSchedule('busy', async (page) => {
      const west = siteOf(page, 'Harbour West')
      await west.getByText(words.schedule.siteTime({ zone: 'Australia/Perth' })).waitFor()
      await west
        .getByRole('rowheader', { name: words.schedule.status({ status: 'ARRIVED', number: 1 }) })
        .waitFor()
      const waits = west.getByRole('row').filter({ hasText: 'CT Chest' })
      expect(await waits.textContent()).toMatch(/2[45] min/)
      // On the site's clock, and on hover on the viewer's.
      const arrived = waits.getByRole('cell').nth(4).locator('span')
      const perth = await page.evaluate(
        `new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', timeZone: 'Australia/Perth' }).format(Date.parse(window.fakeRadpost.data.status.practices[0].completeAt) + 40_000 - 25 * 60_000)`,
      )
      expect(await arrived.textContent()).toContain(perth)
      expect(await arrived.getAttribute('title')).toContain(words.schedule.yourTime({ time: '' }).trim())
      await page.getByText(words.schedule.total({ number: 10 })).waitFor()
      await page.getByText(words.schedule.waitingNow({ number: 2 })).waitFor()
      await page.getByText(/^Read at /).waitFor()
      await page.evaluate(axe)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const violations = await page.evaluate(
          `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))`,
        )
        expect({ colorScheme, violations }).toEqual({ colorScheme, violations: [] })
      }
    })
  })

  it('goes from day to day, and back to today, by keys and by buttons', async () => {
    await inSchedule('busy', async (page) => {
      const today = await page.getByLabel(words.schedule.date, { exact: true }).inputValue()
      await siteOf(page, 'Harbour Central').waitFor()
      await page.keyboard.press('n')
      await page.getByRole('button', { name: words.schedule.nextDay }).click()
      await page.keyboard.press('p')
      expect(await page.getByLabel(words.schedule.date, { exact: true }).inputValue()).toBe(
        dayAfter(today, 1),
      )
      await page.keyboard.press('t')
      await page.getByRole('button', { name: words.schedule.previousDay }).click()
      await page.getByRole('button', { name: words.schedule.today, exact: true }).click()
      await expect
        .poll(async () => (await asked(page)).map(({ date }) => date))
        .toEqual([0, 1, 2, 1, 0, -1, 0].map((days) => dayAfter(today, days)))
      await page.getByLabel(words.schedule.date, { exact: true }).fill('2020-03-01')
      await page.getByText(words.schedule.empty).waitFor()
    })
  })

  it('asks for one site, keeps the choice when the day changes, and says when there is no such site', async () => {
    await inSchedule('busy', async (page) => {
      const picker = page.getByLabel(words.schedule.site, { exact: true })
      await siteOf(page, 'Harbour Central').waitFor()
      await picker.selectOption('Harbour West')
      await siteOf(page, 'Harbour Central').waitFor({ state: 'detached' })
      await page.getByRole('heading', { level: 1 }).click()
      await page.keyboard.press('n')
      await siteOf(page, 'Harbour West').waitFor()
      expect((await asked(page)).map(({ site }) => site)).toEqual([null, 'Harbour West', 'Harbour West'])
      await picker.selectOption('Island')
      await page.getByText(words.schedule.empty).waitFor()
    })
  })

  it('opens a study that is pending, by keyboard alone', async () => {
    await inSchedule('busy', async (page) => {
      await siteOf(page, 'Harbour West').waitFor()
      await page.getByRole('heading', { level: 1 }).click()
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Thompson-Reid, Margaret' }).waitFor()
      expect(await page.getByRole('region', { name: 'Harbour West' }).count()).toBe(0)
    })
  })

  it('keeps the day in sight when it cannot be read again, and says since when', async () => {
    await inSchedule('busy', async (page) => {
      await siteOf(page, 'Harbour West').waitFor()
      await page.evaluate(`{
        const { call } = window.fakeRadpost
        window.fakeRadpost.call = (name, args) =>
          name === 'schedule.get'
            ? Promise.resolve({ ok: false, code: 'network', message: 'QUBS cannot be reached.' })
            : call(name, args)
      }`)
      await page.keyboard.press('r')
      await page.getByText(/^Not read since /).waitFor()
      expect(await siteOf(page, 'Harbour West').isVisible()).toBe(true)
      await page.keyboard.press('n')
      await page.getByRole('alert').getByText(words.schedule.offline, { exact: true }).waitFor()
    })
  })

  it.each([
    ['empty', words.schedule.empty],
    ['offline', words.schedule.offline],
    ['failing', words.shell.loadFailed],
  ])('says what is the matter: %s', async (scenario, text) => {
    await inSchedule(scenario, async (page) => {
      await page.getByText(text, { exact: true }).waitFor()
      expect(await page.getByRole('table').count()).toBe(0)
    })
  })
})
