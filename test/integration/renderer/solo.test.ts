import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../renderer/words.ts'
import { buildWindow, missingBrowser, type BuiltWindow } from './built-window.ts'
import { accessibilityViolations, asked, goTo } from './in-window.ts'

const { solo } = words
const pictures = process.env['RADPOST_PICTURES']

/** Answers one call of the window in the test's own way. @param answer JavaScript for the envelope, from `args` */
async function answer(page: Page, name: string, envelope: string): Promise<void> {
  await page.evaluate(`{
    const { call } = window.fakeRadpost
    window.fakeRadpost.call = (name, args) =>
      name === '${name}' ? (window.fakeRadpost.asked.push({ name, args }), ${envelope}) : call(name, args)
  }`)
}

const panelOf = (page: Page) => page.getByRole('region', { name: solo.title })

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined)
    await page.screenshot({ path: `${pictures}/${name}.png`, animations: 'disabled' })
}

async function bothThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await picture(page, `${name}-${colorScheme}`)
    expect({ name, colorScheme, found: await accessibilityViolations(page) }).toEqual({
      name,
      colorScheme,
      found: [],
    })
  }
}

describe.skipIf(missingBrowser !== null)(`video visits (${missingBrowser ?? 'Chromium'})`, () => {
  let built: BuiltWindow
  beforeAll(async () => {
    built = await buildWindow()
  })
  afterAll(async () => {
    await built.close()
  })

  async function inWindow(act: (page: Page) => Promise<void>, scenario = 'busy'): Promise<void> {
    const { page, complaints, strayRequests } = await built.open({ scenario })
    try {
      await act(page)
      expect(complaints).toEqual([])
      expect(strayRequests).toEqual([])
    } finally {
      await page.context().close()
    }
  }

  async function openStudy(page: Page, id: string): Promise<void> {
    await page.getByRole('grid', { name: words.worklist.table }).getByText(id).dblclick()
    await panelOf(page).waitFor()
  }

  it('shows who waits, and leads to the visit without ever holding a link', async () => {
    await inWindow(async (page) => {
      await openStudy(page, 'A104211')
      const panel = panelOf(page)
      await panel.getByRole('status').getByText(solo.status.waiting).waitFor()
      await page.getByRole('status').filter({ hasText: solo.waitingNow }).waitFor()
      await picture(page, 'banner-light')
      await panel.scrollIntoViewIfNeeded()
      await bothThemes(page, 'visit')
      await panel.getByRole('button', { name: solo.join }).click()
      await panel.getByRole('button', { name: solo.copyNamed({ name: solo.links.patient }) }).click()
      await page.getByText(solo.copied).first().waitFor()
      const study = { domain: 'harbour', appointmentId: 'A104211' }
      expect(await asked(page, 'solo.openLink')).toEqual([{ ...study, link: { kind: 'provider' } }])
      expect(await asked(page, 'solo.copyLink')).toEqual([{ ...study, link: { kind: 'patient' } }])
      await panel.getByRole('button', { name: solo.links.context }).click()
      await panel.getByRole('button', { name: solo.openNamed({ name: solo.links.context }) }).click()
      await panel.getByText(solo.linkUserNeeded).waitFor()
      await panel.getByRole('textbox', { name: solo.linkUser }).fill('dr.smith@example.org')
      await panel.getByRole('button', { name: solo.openNamed({ name: solo.links.context }) }).click()
      expect(await asked(page, 'solo.openLink')).toMatchObject([
        {},
        { link: { kind: 'context', type: 'provider', user: 'dr.smith@example.org' } },
      ])
    })
  })

  it('books by keyboard, after what is sent was shown', async () => {
    await inWindow(async (page) => {
      await openStudy(page, 'A104183')
      const panel = panelOf(page)
      await panel.getByText(solo.none).waitFor()
      await picture(page, 'none-light')
      await panel.getByRole('button', { name: solo.book }).focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('alertdialog', { name: solo.bookTitle })
      await dialog.getByText(solo.toldCreate).waitFor()
      await dialog.getByRole('button', { name: solo.bookButton }).click()
      await dialog.getByRole('alert').getByText(solo.chooseTime).waitFor()
      expect(await asked(page, 'solo.book')).toEqual([])
      await dialog.getByLabel(solo.waitingRoom, { exact: true }).selectOption('Imaging results')
      await dialog.getByRole('button', { name: solo.nextDay }).click()
      const times = dialog.getByRole('radiogroup', { name: solo.time })
      await times.getByRole('radio').first().focus()
      await page.keyboard.press('ArrowRight')
      await bothThemes(page, 'booking')
      await dialog.getByRole('button', { name: solo.bookButton }).focus()
      await page.keyboard.press('Enter')
      await panel.getByRole('status').getByText(solo.status.scheduled).waitFor()
      const [booked] = await asked(page, 'solo.book')
      expect(booked).toMatchObject({
        appointmentId: 'A104183',
        waitingRoom: 'Imaging results',
        durationSeconds: null,
        shown: { kind: 'create' },
      })
    })
  })

  it('says what an unknown outcome means, and offers to look, not to repeat', async () => {
    await inWindow(async (page) => {
      await openStudy(page, 'A104211')
      await answer(
        page,
        'solo.cancel',
        `Promise.resolve({ ok: true, result: { kind: 'unknown', message: 'No answer came from Solo.' } })`,
      )
      const panel = panelOf(page)
      await panel.getByRole('button', { name: solo.cancel }).click()
      const dialog = page.getByRole('alertdialog', { name: solo.cancelTitle })
      await dialog.getByRole('button', { name: solo.cancelButton }).click()
      await dialog.getByText('No answer came from Solo.').waitFor()
      await bothThemes(page, 'unknown')
      expect(await dialog.getByRole('button', { name: solo.cancelButton }).count()).toBe(0)
      const looks = (await asked(page, 'solo.visit')).length
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(async () => (await asked(page, 'solo.visit')).length).toBeGreaterThan(looks)
      expect(await asked(page, 'solo.cancel')).toHaveLength(1)
    })
  })

  it('cannot be left, and presses nothing twice, while a write is under way', async () => {
    await inWindow(async (page) => {
      await openStudy(page, 'A104211')
      await answer(
        page,
        'solo.cancel',
        `new Promise((resolve) => { window.answerNow = () => resolve({ ok: true, result: { kind: 'done' } }) })`,
      )
      await panelOf(page).getByRole('button', { name: solo.cancel }).click()
      const dialog = page.getByRole('alertdialog', { name: solo.cancelTitle })
      const button = dialog.getByRole('button', { name: solo.cancelButton })
      await button.focus()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await dialog.getByRole('button', { name: solo.keep }).click()
      expect(await dialog.isVisible()).toBe(true)
      await page.evaluate('window.answerNow()')
      await dialog.waitFor({ state: 'detached' })
      expect(await asked(page, 'solo.cancel')).toHaveLength(1)
    })
  })

  it('does nothing with a visit of another patient', async () => {
    await inWindow(async (page) => {
      await openStudy(page, 'A104198')
      const panel = panelOf(page)
      await panel.getByRole('alert').getByText(solo.otherPatient).waitFor()
      await bothThemes(page, 'contradicts')
      expect(await panel.getByRole('button').count()).toBe(1)
    })
  })

  it('takes a number that was read in Solo, and refuses what is none', async () => {
    await inWindow(async (page) => {
      await openStudy(page, 'A104176')
      const panel = panelOf(page)
      await panel.getByText(solo.numberMissing).waitFor()
      await panel.getByRole('textbox', { name: solo.adopt }).fill('A12')
      await page.keyboard.press('Enter')
      await panel.getByText(solo.adoptInvalid).waitFor()
      await picture(page, 'number-light')
      await panel.getByRole('textbox', { name: solo.adopt }).fill('4799')
      await page.keyboard.press('Enter')
      await panel.getByRole('status').getByText(solo.status.waiting).waitFor()
      expect(await asked(page, 'solo.adopt')).toMatchObject([{ visit: '4799' }])
    })
  })

  it('attaches the delivered report once, and says when it is there already', async () => {
    await inWindow(async (page) => {
      await openStudy(page, 'A104211')
      const panel = panelOf(page)
      await panel.getByRole('button', { name: solo.note }).click()
      await panel.getByText('Patient prefers the phone.').waitFor()
      await panel.getByRole('button', { name: solo.attachments }).click()
      const attach = panel.getByRole('button', { name: solo.attach })
      await attach.click()
      await panel.getByText(solo.attached).waitFor()
      await bothThemes(page, 'attached')
      await attach.click()
      await panel.getByText(solo.alreadyThere).waitFor()
      expect(await panel.getByText('A104211-report.pdf', { exact: true }).count()).toBe(1)
    })
  })

  it('stops asking when the key is refused, and says so', async () => {
    await inWindow(async (page) => {
      await answer(
        page,
        'solo.visit',
        `Promise.resolve({ ok: false, code: 'auth', message: 'Solo refuses the API key; enter it again.' })`,
      )
      await openStudy(page, 'A104211')
      const panel = panelOf(page)
      await panel.getByText('Solo refuses the API key; enter it again.').waitFor()
      await panel.getByText(solo.keyRefused).waitFor()
      expect(await asked(page, 'solo.visit')).toHaveLength(1)
      await panel.getByRole('button', { name: solo.toSettings }).click()
      await page.getByRole('heading', { level: 1, name: words.settings.title }).waitFor()
    })
  })

  it('has its settings: secrets that are only typed in, and webhooks with their events', async () => {
    await inWindow(async (page) => {
      await goTo(page, words.shell.settings)
      const section = page.getByRole('region', { name: solo.settings.section })
      await section.getByText('https://relay.harbour.example/solo').waitFor()
      await section.scrollIntoViewIfNeeded()
      await bothThemes(page, 'settings')
      await section.getByRole('textbox', { name: solo.settings.visitId }).fill('no-part')
      await section.getByText(/must have \{appointmentId\} in it/).waitFor()
      expect(await section.getByRole('button', { name: words.settings.save }).isDisabled()).toBe(true)
      await section.getByRole('textbox', { name: solo.settings.visitId }).fill('x-{appointmentId}')
      await section.getByRole('button', { name: words.settings.save }).click()
      expect(await asked(page, 'solo.saveSettings')).toMatchObject([{ visitId: 'x-{appointmentId}' }])
      const name = solo.settings.secrets.teamsAuthToken
      await section.getByRole('button', { name: solo.settings.enterNamed({ name }) }).click()
      await page.getByLabel(name, { exact: true }).fill('token-1')
      await page.keyboard.press('Enter')
      await section.getByRole('button', { name: solo.settings.replaceNamed({ name }) }).waitFor()
      expect(await page.content()).not.toContain('token-1')
      await section.getByRole('button', { name: solo.settings.addWebhook }).click()
      const dialog = page.getByRole('alertdialog', { name: solo.settings.addTitle })
      await dialog.getByRole('textbox').fill('http://relay.example')
      await dialog.getByRole('button', { name: solo.settings.saveWebhook }).click()
      await dialog.getByText(solo.settings.endpointInvalid).waitFor()
      await dialog.getByText(solo.settings.eventsNeeded).waitFor()
      await dialog.getByRole('textbox').fill('https://relay.example/in')
      await dialog.getByText(solo.settings.eventNames['appointment:no-show']).click()
      await bothThemes(page, 'webhook')
      await dialog.getByRole('button', { name: solo.settings.saveWebhook }).click()
      await section.getByText('https://relay.example/in').waitFor()
      expect(await asked(page, 'solo.createWebhook')).toEqual([
        { endpoint: 'https://relay.example/in', events: ['appointment:no-show'] },
      ])
    })
  })
})
