import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../renderer/words.ts'
import { buildWindow, missingBrowser, type BuiltWindow } from './built-window.ts'
import { accessibilityViolations, asked, goTo } from './in-window.ts'

const { history, lock, critical, deliveries } = words

async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect({ colorScheme, violations: await accessibilityViolations(page) }).toEqual({
      colorScheme,
      violations: [],
    })
  }
}

/** All that a person or a screen reader could get hold of. */
const inPage = (page: Page): Promise<string> => page.evaluate('document.documentElement.outerHTML')

describe.skipIf(missingBrowser !== null)(
  `history and the safety of the desk (${missingBrowser ?? 'Chromium'})`,
  () => {
    let built: BuiltWindow
    beforeAll(async () => {
      built = await buildWindow()
    })
    afterAll(async () => {
      await built.close()
    })

    async function inWindow(scenario: string, act: (page: Page) => Promise<void>): Promise<void> {
      const { page, complaints, strayRequests } = await built.open({ scenario })
      try {
        await act(page)
        expect(complaints).toEqual([])
        expect(strayRequests).toEqual([])
      } finally {
        await page.context().close()
      }
    }

    it('finds what was sent by keys alone, and tells its trail', async () => {
      await inWindow('busy', async (page) => {
        await page.getByRole('navigation', { name: words.shell.views }).waitFor()
        await page.keyboard.press('Control+6')
        await page.getByRole('heading', { level: 1, name: history.title }).waitFor()
        await page.getByRole('listbox', { name: history.list }).waitFor()
        await page.keyboard.press('/')
        await page.keyboard.type('A104151')
        await page.getByText(history.count({ number: 1 })).waitFor()
        expect(await asked(page, 'history.search')).toContainEqual(
          expect.objectContaining({ text: 'A104151', offset: 0 }),
        )
        await page.keyboard.press('Escape')
        await page.getByRole('heading', { level: 1 }).click()
        await page.keyboard.press('j')
        const trail = page.getByRole('region', { name: history.trail })
        await trail.getByText(history.steps.planned).waitFor()
        const name = history.factNames.appointmentId
        await trail.getByText(history.fact({ name, value: 'A104176' })).waitFor()
        expect(await trail.getByRole('list').first().getByText(history.steps.delivered).count()).toBe(1)
        await isAccessible(page)
      })
    })

    it('narrows down by day and outcome, and says when nothing is left', async () => {
      await inWindow('busy', async (page) => {
        await goTo(page, history.title)
        await page.getByRole('combobox', { name: history.result }).selectOption('duplicate')
        await page.getByLabel(history.to, { exact: true }).fill('2001-01-02')
        await page.getByText(history.nothingFound, { exact: true }).waitFor()
        const last = (await asked(page, 'history.search')).at(-1)
        // The whole of the last day: up to the first moment of the next, on this computer's clock.
        const end = await page.evaluate('new Date(2001, 0, 3).toISOString()')
        expect(last).toMatchObject({ result: 'duplicate', from: null, to: end })
        await isAccessible(page)
      })
    })

    it('checks the chain, and exports what the person has chosen and nothing more', async () => {
      await inWindow('busy', async (page) => {
        await goTo(page, history.title)
        await page.getByRole('button', { name: history.verify }).click()
        await page.getByText('The audit trail is whole: 48 entries').waitFor()
        await page.getByRole('listbox', { name: history.list }).getByRole('option').first().click()
        await page.getByRole('button', { name: history.export }).click()
        const dialog = page.getByRole('dialog', { name: history.exportTitle })
        await dialog.getByText(history.exportHolds).waitFor()
        await dialog.getByText(history.exportOptions.range).click()
        await dialog.getByRole('button', { name: history.exportConfirm }).click()
        expect(await dialog.getByText(history.exportDaysNeeded).count()).toBe(2)
        await isAccessible(page)
        expect(await asked(page, 'history.export')).toEqual([])
        await dialog.getByText(history.exportOptions.report).click()
        await dialog.getByRole('button', { name: history.exportConfirm }).click()
        await page.getByText(history.exported({ entries: 7 })).waitFor()
        expect(await asked(page, 'history.export')).toMatchObject([
          { what: { kind: 'report' }, withWords: false },
        ])
      })
    })

    it('marks a critical result, keeps it in sight until somebody was told, and corrects by one more entry', async () => {
      await inWindow('busy', async (page) => {
        await goTo(page, deliveries.title)
        await page
          .locator('label', { hasText: new RegExp(`^${deliveries.filters.delivered} \\d`, 'u') })
          .click()
        await page
          .getByRole('listbox', { name: deliveries.list })
          .getByRole('option')
          .filter({ hasText: '.pdf' })
          .first()
          .click()
        const detail = page.getByRole('complementary')
        await detail.getByRole('button', { name: critical.mark }).click()
        const dialog = page.getByRole('alertdialog', { name: critical.title })
        await dialog.getByRole('button', { name: critical.keep }).click()
        await dialog.getByText(critical.answerNeeded).waitFor()
        await dialog.getByText(critical.answers.told, { exact: true }).click()
        await dialog.getByRole('button', { name: critical.keep }).click()
        await dialog.getByText(critical.readBackNeeded).waitFor()
        await isAccessible(page)
        await dialog.getByText(critical.answers.open, { exact: true }).click()
        await dialog.getByRole('textbox', { name: words.needsYou.reason }).fill('Tension pneumothorax')
        await dialog.getByLabel(words.needsYou.by).fill('Dr Rory Smith')
        await dialog.getByRole('button', { name: critical.keep }).click()
        await detail.getByText(critical.badge.open).waitFor()
        await page
          .getByText(deliveries.filterCount({ filter: deliveries.filters.critical, number: 1 }), {
            exact: true,
          })
          .click()
        await isAccessible(page)

        await detail.getByRole('button', { name: critical.add }).click()
        await dialog.getByText(critical.answers.told, { exact: true }).click()
        await dialog.getByLabel(words.needsYou.discrepancy.whom).fill('Dr Ada Referrer')
        await dialog.getByLabel(words.needsYou.discrepancy.at, { exact: true }).fill('2026-11-20T03:00')
        await dialog.getByText(words.needsYou.discrepancy.channels.phone, { exact: true }).click()
        await dialog
          .getByRole('radiogroup', { name: critical.readBack })
          .getByText(critical.readBackOptions.yes, { exact: true })
          .click()
        await dialog.getByRole('textbox', { name: words.needsYou.reason }).fill('Told at once')
        await dialog.getByRole('button', { name: critical.keep }).click()
        await page.getByText(critical.kept).waitFor()
        expect(await asked(page, 'deliveries.markCritical')).toMatchObject([
          { told: null, isWithdrawn: false, by: 'Dr Rory Smith' },
          { told: { whom: 'Dr Ada Referrer', how: 'phone', readBack: true }, by: 'Dr Rory Smith' },
        ])
        // Nobody is left to be told, so that the strip has gone.
        await page
          .getByRole('radio', { name: new RegExp(`^${deliveries.filters.critical}`, 'u') })
          .waitFor({ state: 'detached' })
      })
    })

    it('tries again everything in sight that may be tried again', async () => {
      await inWindow('busy', async (page) => {
        await goTo(page, deliveries.title)
        await page.getByRole('button', { name: /^Try all now/u }).click()
        await page.getByText(/are tried again now/u).waitFor()
        const [first] = await asked(page, 'deliveries.retryAll')
        expect(first).toMatchObject({ ids: expect.arrayContaining([expect.any(String)]) })
      })
    })

    it('leaves nothing of a patient in the page while it is covered, and goes on where it was', async () => {
      await inWindow('busy', async (page) => {
        const patients: readonly string[] = await page.evaluate(
          `window.fakeRadpost.data.appointments.flatMap((row) => [row.lastName, row.patientId, row.appointmentId]).filter((text) => (text ?? '').length > 3)`,
        )
        await page.getByRole('row').nth(2).dblclick()
        const heading = page.getByRole('heading', { level: 1 })
        await page.getByRole('heading', { name: words.study.reports }).waitFor()
        const before = await heading.textContent()
        await page.keyboard.press('Control+l')
        await page.getByRole('heading', { level: 1, name: lock.title }).waitFor()
        const covered = await inPage(page)
        expect(patients.filter((text) => covered.includes(text))).toEqual([])
        expect(await page.locator('body').ariaSnapshot()).not.toContain(before ?? 'a name')
        await isAccessible(page)
        await page.keyboard.press('Enter')
        await page.getByRole('heading', { name: words.study.reports }).waitFor()
        expect(await heading.textContent()).toBe(before)
      })
    })

    it('begins covered where main says so', async () => {
      await inWindow('busy&lock=covered', async (page) => {
        await page.getByRole('heading', { level: 1, name: lock.title }).waitFor()
        expect(await asked(page, 'worklist.get')).toEqual([])
        // A notification that was clicked meanwhile leads there afterwards, and shows nothing before.
        await page.evaluate(`window.fakeRadpost.push('navigate', { view: 'needs-you', id: null })`)
        expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(lock.title)
        await page.getByRole('button', { name: lock.unlock }).click()
        await page.getByRole('heading', { level: 1, name: words.needsYou.title }).waitFor()
      })
    })

    it('is switched on in the settings, and cannot be where nobody could uncover it', async () => {
      await inWindow('busy', async (page) => {
        await goTo(page, words.settings.title)
        const setting = page.getByRole('radiogroup', { name: lock.setting })
        await setting.getByText(lock.minutes({ minutes: 5 }), { exact: true }).click()
        await setting
          .getByRole('radio', { name: lock.minutes({ minutes: 5 }), exact: true, checked: true })
          .waitFor()
        expect(await asked(page, 'lock.set')).toEqual([{ minutes: 5 }])
        await setting.getByText(lock.off, { exact: true }).click()
        await page.getByRole('button', { name: lock.lockNow, exact: true }).waitFor({ state: 'detached' })
        await isAccessible(page)
      })
      await inWindow('busy&lock=none', async (page) => {
        await goTo(page, words.settings.title)
        await page.getByText(lock.notPossible).waitFor()
        expect(await page.getByRole('radiogroup', { name: lock.setting }).count()).toBe(0)
      })
    })
  },
)
