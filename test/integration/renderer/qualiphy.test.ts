import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../renderer/words.ts'
import { buildWindow, missingBrowser, type BuiltWindow } from './built-window.ts'
import { accessibilityViolations, asked, goTo } from './in-window.ts'

const { qualiphy } = words

/** Opens a study by its patient's name. */
async function openStudy(page: Page, name: string): Promise<Locator> {
  await page.getByRole('grid', { name: words.worklist.table }).getByText(name).first().click()
  const panel = page.getByRole('region', { name: qualiphy.title, exact: true })
  await panel.waitFor()
  return panel
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page, name: string) => page.getByRole('alertdialog', { name })

async function fillIn(page: Page, exam = 'follow'): Promise<void> {
  await page.getByRole('combobox', { name: qualiphy.fields.exams }).fill(exam)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await field(page, qualiphy.fields.email).fill('pat@example.com')
  await field(page, qualiphy.fields.phone_number).fill('5552223232')
  await field(page, qualiphy.fields.tele_state).fill('ny')
}

describe.skipIf(missingBrowser !== null)(`exam invites (${missingBrowser ?? 'Chromium'})`, () => {
  let built: BuiltWindow
  beforeAll(async () => {
    built = await buildWindow()
  })
  afterAll(async () => {
    await built.close()
  })

  async function inWindow(scenario: string, act: (page: Page) => Promise<void>): Promise<void> {
    const opened = await built.open({ scenario })
    try {
      await act(opened.page)
      expect(opened.complaints).toEqual([])
      expect(opened.strayRequests).toEqual([])
    } finally {
      await opened.page.context().close()
    }
  }

  it('are accessible on the study, in the form and its preview, in light and dark', async () => {
    await inWindow('busy', async (page) => {
      const look = async (name: string): Promise<void> => {
        // What the library tells a screen reader of a button that was busy names that button, which may be gone by now.
        await expect
          .poll(() => page.locator('[data-live-announcer] [role="img"]').count(), { timeout: 15_000 })
          .toBe(0)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          expect(await accessibilityViolations(page)).toEqual([])
          const folder = process.env['RADPOST_PICTURES']
          if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` })
        }
      }
      const panel = await openStudy(page, 'Reid')
      await panel.getByText(qualiphy.states['may-have-been-sent'], { exact: true }).waitFor()
      await button(panel, qualiphy.showLink).click()
      await panel.getByText('https://app.qualiphy.me/meeting/sent').waitFor()
      await panel.getByText(qualiphy.states['not-sent'], { exact: true }).scrollIntoViewIfNeeded()
      await look('panel')
      await button(panel, qualiphy.newInvite).click()
      await button(page, qualiphy.review).click()
      await page.getByText('Choose at least one exam.').waitFor()
      await look('form-wrong')
      await fillIn(page)
      await button(page, qualiphy.moreFields).click()
      await look('form-more')
      await button(page, qualiphy.review).click()
      await dialog(page, qualiphy.previewTitle).waitFor()
      await look('preview')
      await button(page, qualiphy.send).click()
      await dialog(page, qualiphy.againTitle).waitFor()
      await look('again')
      await button(page, qualiphy.doNotSend).click()
      await goTo(page, words.shell.settings)
      await page.getByRole('region', { name: qualiphy.title }).scrollIntoViewIfNeeded()
      await look('settings')
    })
  })

  it('go out by keyboard: message at the field, preview with the going back chosen, one press one request', async () => {
    await inWindow('busy', async (page) => {
      const panel = await openStudy(page, 'Okonkwo')
      await button(panel, qualiphy.newInvite).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('combobox', { name: qualiphy.fields.exams }).waitFor()
      await fillIn(page)
      await field(page, qualiphy.fields.email).fill('no address')
      await button(page, qualiphy.review).focus()
      await page.keyboard.press('Enter')
      await page.getByText('The e-mail address must be like name@example.com.').waitFor()
      await expect.poll(() => page.locator('input:focus').inputValue()).toBe('no address')
      expect(await asked(page, 'qualiphy.prepare')).toEqual([])
      await page.keyboard.press('Control+A')
      await page.keyboard.type('pat@example.com')
      await button(page, qualiphy.review).press('Enter')
      const preview = dialog(page, qualiphy.previewTitle)
      for (const text of ['pat@example.com', '5552223232', 'NY', 'Imaging follow-up (801)'])
        await preview.getByText(text, { exact: true }).waitFor()
      // Another Enter in haste goes back, not out.
      await page.keyboard.press('Enter')
      await dialog(page, qualiphy.formTitle).waitFor()
      expect(await asked(page, 'qualiphy.send')).toEqual([])
      await button(page, qualiphy.review).press('Enter')
      await button(page, qualiphy.send).dblclick()
      await panel.getByText(qualiphy.states.sent, { exact: true }).waitFor()
      expect(await asked(page, 'qualiphy.send')).toMatchObject([
        { form: { exams: [801], email: 'pat@example.com', tele_state: 'NY' } },
      ])
    })
  })

  it('ask before another one, and say a refusal where it is read', async () => {
    await inWindow('busy', async (page) => {
      const panel = await openStudy(page, 'Okonkwo')
      await button(panel, qualiphy.newInvite).click()
      await fillIn(page, 'premedication')
      // A prescription wants fields that are folded away otherwise.
      await field(page, qualiphy.fields.address_line_1).waitFor()
      await page.getByText(qualiphy.prefills['2'], { exact: true }).click()
      await button(page, qualiphy.review).click()
      await button(page, qualiphy.send).click()
      await dialog(page, qualiphy.states['not-sent'])
        .getByText(/Prescriptive Services Contract/)
        .waitFor()
      await button(page, qualiphy.backToForm).click()
      expect(await field(page, qualiphy.fields.email).inputValue()).toBe('pat@example.com')
      await button(page, qualiphy.review).click()
      await button(page, qualiphy.send).click()
      await dialog(page, qualiphy.againTitle).waitFor()
      expect(await asked(page, 'qualiphy.send')).toHaveLength(2)
      await button(page, qualiphy.sendAnother).click()
      await dialog(page, qualiphy.states['not-sent']).waitFor()
      expect(await asked(page, 'qualiphy.send')).toMatchObject([{}, {}, { confirmation: 'again' }])
    })
  })

  it('are followed on the study: results, resends with their count, and the link as a comment', async () => {
    await inWindow('busy', async (page) => {
      const panel = await openStudy(page, 'Reid')
      await panel.getByText(qualiphy.outcomes.approved, { exact: true }).waitFor()
      await panel.getByText(qualiphy.said({ said: 'Rescheduled' })).waitFor()
      const again = panel.getByRole('button', { name: qualiphy.resendNamed({ exam: 'Imaging follow-up' }) })
      await again.click()
      await panel
        .getByText(qualiphy.resends({ number: 2, limit: 3 }))
        .nth(1)
        .waitFor()
      await again.click()
      await again.waitFor({ state: 'detached' })
      expect(await asked(page, 'qualiphy.resend')).toMatchObject([{ resendsShown: 1 }, { resendsShown: 2 }])
      await panel.getByText(words.deliveries.states.waiting).waitFor()
      expect(await page.content()).not.toContain('app.qualiphy.me')
      await button(panel, qualiphy.showLink).click()
      await panel.getByText('https://app.qualiphy.me/meeting/sent').waitFor()
      await button(panel, qualiphy.hideLink).click()
      expect(await page.content()).not.toContain('app.qualiphy.me')
    })
  })

  it('take exam ids by hand where there is no list, and hint at the settings where there is no key', async () => {
    await inWindow('offline', async (page) => {
      const panel = await openStudy(page, 'Okonkwo')
      await button(panel, qualiphy.newInvite).click()
      await field(page, qualiphy.examIds).fill('800, 801')
      await field(page, qualiphy.fields.email).fill('pat@example.com')
      await field(page, qualiphy.fields.phone_number).fill('5552223232')
      await field(page, qualiphy.fields.tele_state).fill('NY')
      await button(page, qualiphy.review).click()
      await dialog(page, qualiphy.previewTitle).getByText('Exam 800, Exam 801').waitFor()
    })
    await inWindow('paused', async (page) => {
      const panel = await openStudy(page, 'Okonkwo')
      await panel.getByText(qualiphy.notSetUp).waitFor()
      expect(await panel.getByRole('button').count()).toBe(0)
      await goTo(page, words.shell.settings)
      const section = page.getByRole('region', { name: qualiphy.title })
      const key = section.getByLabel(qualiphy.settings.apiKey, { exact: true })
      await key.fill('typed key')
      await button(section, qualiphy.settings.saveKey).click()
      await section.getByText(qualiphy.settings.keyStored).waitFor()
      expect(await key.inputValue()).toBe('')
      await button(section, qualiphy.settings.test).click()
      await section.getByText('Qualiphy accepts the API key.').waitFor()
    })
  })
})
