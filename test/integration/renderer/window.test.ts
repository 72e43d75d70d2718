import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../renderer/words.ts'
import { buildWindow, missingBrowser, type BuiltWindow } from './built-window.ts'
import { accessibilityViolations, asked, goTo } from './in-window.ts'

function list(page: Page) {
  return page.getByRole('grid', { name: words.worklist.table })
}

describe.skipIf(missingBrowser !== null)(`the built window (${missingBrowser ?? 'Chromium'})`, () => {
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

  const views: Readonly<Record<string, readonly [scenario: string, open: (page: Page) => Promise<void>]>> = {
    worklist: ['busy', (page) => list(page).getByText('Okonkwo').waitFor()],
    study: [
      'busy',
      async (page) => {
        await list(page).getByText('Okonkwo').click()
        await page.getByRole('heading', { name: words.study.clinicalInfo }).waitFor()
      },
    ],
    deliveries: [
      'busy',
      async (page) => {
        await goTo(page, words.shell.deliveries)
        await page.getByRole('option').filter({ hasText: 'A104170' }).click()
        await page.getByRole('heading', { name: words.deliveries.receipt }).waitFor()
      },
    ],
    'needs you': [
      'busy',
      async (page) => {
        await goTo(page, words.shell.needsYou)
        await page.getByRole('option').filter({ hasText: 'CTPA_Reid' }).click()
        await page.getByRole('img', { name: words.needsYou.page({ number: 1, total: 2 }) }).waitFor()
      },
    ],
    settings: [
      'busy',
      async (page) => {
        await goTo(page, words.shell.settings)
        await page.getByText('Harbour Imaging', { exact: true }).waitFor()
      },
    ],
    'first run': ['first-run', (page) => page.getByRole('heading', { name: words.firstRun.title }).waitFor()],
    'empty worklist': ['empty', (page) => page.getByText(words.worklist.empty).waitFor()],
    'offline worklist': [
      'offline',
      (page) =>
        page
          .getByText(/Offline, list of/)
          .first()
          .waitFor(),
    ],
    'failing worklist': [
      'failing',
      (page) => page.getByRole('button', { name: words.shell.tryAgain }).waitFor(),
    ],
  }

  for (const [name, [scenario, open]] of Object.entries(views)) {
    it(`${name} is accessible in light and dark`, async () => {
      await inWindow(scenario, async (page) => {
        await open(page)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          expect({ colorScheme, violations: await accessibilityViolations(page) }).toEqual({
            colorScheme,
            violations: [],
          })
        }
      })
    })
  }

  it('leads through the worklist by keyboard alone', async () => {
    await inWindow('busy', async (page) => {
      await list(page).getByText('Okonkwo').waitFor()
      await page.keyboard.press('/')
      await page.keyboard.type('thompson')
      await page.getByText(words.worklist.shown({ number: 1, total: 14 })).waitFor()
      await page.keyboard.press('Escape')
      await list(page).getByText('Okonkwo').waitFor()
      await page.getByRole('heading', { level: 1 }).click()
      for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Thompson-Reid, Margaret' }).waitFor()
      await page.keyboard.press('j')
      await page.getByRole('heading', { level: 1, name: 'Vasquez, Rafael' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('heading', { level: 1, name: words.worklist.title }).waitFor()
      expect(await asked(page, 'study.get')).toMatchObject([
        { appointmentId: 'A104198' },
        { appointmentId: 'A104202' },
      ])
    })
  })

  it('keeps every row in its place while the pointer is on the list', async () => {
    await inWindow('busy', async (page) => {
      const second = list(page).getByRole('row').nth(2)
      await second.hover()
      await page.evaluate(`{
        const fake = window.fakeRadpost
        const [first, ...others] = fake.data.appointments
        fake.data.appointments = [...others, { ...first, appointmentId: 'A999999', lastName: 'Newman', reportNeededBy: '2020-01-01T00:00:00Z' }]
        fake.push('worklist.changed', {})
      }`)
      await page.getByText(words.worklist.news({ added: 1, gone: 1 })).waitFor()
      expect(await second.textContent()).toContain('Thompson-Reid')
      expect(await list(page).getByText('Newman').count()).toBe(0)
      await list(page).getByRole('row').nth(1).getByText(words.worklist.gone).waitFor()
      await page.getByRole('button', { name: words.worklist.showNews }).click()
      await list(page).getByRole('row').nth(1).getByText('Newman').waitFor()
    })
  })

  it('asks for patient comments by an explicit choice only', async () => {
    await inWindow('busy', async (page) => {
      await list(page).getByText('Okonkwo').click()
      const form = page.getByRole('region', { name: words.study.addComment })
      await form.getByRole('button', { name: words.study.addButton.AC }).click()
      await form.getByText(words.study.commentNeeded).waitFor()
      await form.getByRole('textbox', { name: words.study.comment }).fill('Call the referrer.')
      await form.getByText(words.study.kinds.alert, { exact: true }).click()
      await form.getByText(words.study.appliesToPatient).click()
      await form.getByRole('button', { name: words.study.addButton.PA }).click()
      await page.getByRole('status').getByText(words.study.commentOnItsWay).waitFor()
      expect(await asked(page, 'study.addComment')).toEqual([
        { domain: 'harbour', appointmentId: 'A104211', type: 'PA', text: 'Call the referrer.' },
      ])
    })
  })

  it('opens an attachment inside the window', async () => {
    await inWindow('busy', async (page) => {
      await list(page).getByText('Okonkwo').click()
      await page.getByRole('button', { name: words.study.openNamed({ name: 'referral.pdf' }) }).click()
      const dialog = page.getByRole('dialog', { name: 'referral.pdf' })
      const first = dialog.getByRole('img', { name: words.needsYou.page({ number: 1, total: 2 }) })
      await first.waitFor()
      // Drawn, not blank: some pixel of the page is dark.
      const isDrawn = `(() => {
        const canvas = document.querySelector('[role=dialog] .page canvas')
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
        return data.some((value, index) => index % 4 === 0 && value < 80 && data[index + 3] === 255)
      })()`
      await expect.poll(() => page.evaluate<boolean>(isDrawn), { timeout: 20_000 }).toBe(true)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      expect(await asked(page, 'study.attachment')).toHaveLength(1)
    })
  })

  it('sends a contradicted report only with the birth date, a name and a reason, and the next one comes', async () => {
    await inWindow('busy', async (page) => {
      await goTo(page, words.shell.needsYou)
      await page.getByRole('option').filter({ hasText: 'scan0041' }).click()
      await page.getByRole('option').filter({ hasText: 'CTPA_Reid' }).click()
      const form = page.getByRole('region', { name: words.needsYou.decision })
      await form.getByRole('heading', { name: words.needsYou.reasons['identity-mismatch'] }).waitFor()
      const evidence = form.getByRole('table', { name: words.needsYou.evidenceFor({ id: 'A104198' }) })
      await evidence.getByRole('row', { name: /Birth date Contradicts 28\/03\/1916/ }).waitFor()
      const send = form.getByRole('button', { name: words.needsYou.buttons.mismatch })
      await send.click()
      await form.getByText(words.needsYou.birthDateNeeded).waitFor()
      expect(await asked(page, 'held.resolve')).toEqual([])
      await form.getByRole('textbox', { name: words.needsYou.birthDate }).fill('1961-03-28')
      await form.getByRole('button', { name: words.needsYou.suggested.choose.compared }).click()
      await form.getByRole('textbox', { name: words.needsYou.by }).fill('Dr Bell')
      await send.click()
      await page.getByRole('status').getByText(words.needsYou.resolved).waitFor()
      expect(await asked(page, 'held.resolve')).toEqual([
        {
          id: 'h0',
          by: 'Dr Bell',
          reason: words.needsYou.suggested.choose.compared,
          appointment: { domain: 'harbour', appointmentId: 'A104198' },
          birthDate: '1961-03-28',
          text: null,
          status: null,
          settled: null,
          release: false,
        },
      ])
      await form.getByRole('heading', { name: words.needsYou.reasons['study-unnamed'] }).waitFor()
      await form.getByText(words.needsYou.decidingAs({ name: 'Dr Bell' })).waitFor()
    })
  })

  it('weighs a study that was searched for, and asks for the birth date when it contradicts', async () => {
    await inWindow('busy', async (page) => {
      await goTo(page, words.shell.needsYou)
      await page.getByRole('option').filter({ hasText: 'dictation-88213' }).click()
      const form = page.getByRole('region', { name: words.needsYou.decision })
      await form.getByRole('searchbox', { name: words.needsYou.otherStudy }).fill('thompson')
      await form.getByRole('option').filter({ hasText: 'Thompson-Reid' }).click()
      await form.getByRole('table', { name: words.needsYou.evidenceFor({ id: 'A104198' }) }).waitFor()
      await form.getByRole('textbox', { name: words.needsYou.birthDate }).waitFor()
      expect(await asked(page, 'held.weigh')).toEqual([
        { id: 'h3', domain: 'harbour', appointmentId: 'A104198' },
      ])
    })
  })

  it('goes through the first run, explains a failed test, and forgets the secret', async () => {
    await inWindow('first-run', async (page) => {
      await page.getByRole('button', { name: words.firstRun.next }).click()
      await page.getByText(words.firstRun.domainNeeded).waitFor()
      await page.getByRole('textbox', { name: words.firstRun.domain }).fill('acme')
      await page.keyboard.press('Enter')
      await page.getByRole('textbox', { name: words.firstRun.clientId }).fill('client')
      const secret = page.getByLabel(words.firstRun.clientSecret, { exact: true })
      expect(await secret.getAttribute('type')).toBe('password')
      await secret.fill('a secret value')
      await page.evaluate(`window.fakeRadpost.data.connection = { ok: false, kind: 'scope', message: '' }`)
      await page.getByRole('button', { name: words.firstRun.test }).click()
      await page.getByText(words.firstRun.failures.scope).waitFor()
      await page.evaluate(`window.fakeRadpost.data.connection = { ok: true, kind: null, message: '' }`)
      await page.getByRole('button', { name: words.firstRun.next }).click()
      await page.getByText(words.firstRun.forSessionNeeded).waitFor()
      await page.getByText(words.firstRun.forSession, { exact: true }).click()
      await page.getByRole('button', { name: words.firstRun.next }).click()
      await page.getByRole('button', { name: words.firstRun.finish }).click()
      await page.getByText(words.firstRun.folderNeeded).waitFor()
      await page.getByRole('button', { name: words.firstRun.chooseFolder }).click()
      await page.getByText(words.firstRun.folderChosen({ label: 'Reports' })).waitFor()
      await page.getByRole('button', { name: words.firstRun.finish }).click()
      await page.getByRole('heading', { name: words.firstRun.doneTitle }).waitFor()
      expect(await asked(page, 'setup.connect')).toMatchObject([
        { practice: { domain: 'acme', name: 'acme' }, forSession: true },
      ])
      expect(await page.content()).not.toContain('a secret value')
      await page.getByRole('button', { name: words.firstRun.toWorklist }).click()
      await page.getByRole('heading', { level: 1, name: words.worklist.title }).waitFor()
    })
  })

  it('pauses, resumes, and says so', async () => {
    await inWindow('busy', async (page) => {
      const bar = page.getByRole('contentinfo', { name: words.shell.statusLine })
      await bar.getByRole('button', { name: words.shell.pause }).click()
      await page.getByRole('menuitem', { name: words.shell.pauseHour }).click()
      await bar.getByRole('status').getByText(words.shell.overall.paused, { exact: true }).waitFor()
      expect(await asked(page, 'station.pause')).toEqual([{ minutes: 60 }])
      await bar.getByRole('button', { name: words.shell.resume }).click()
      await bar.getByRole('button', { name: words.shell.pause }).waitFor()
    })
  })

  it('discards only with a name and a reason', async () => {
    await inWindow('busy', async (page) => {
      await goTo(page, words.shell.deliveries)
      await page.getByRole('option').filter({ hasText: 'protected.pdf' }).click()
      await page.getByRole('button', { name: words.deliveries.discard }).click()
      const dialog = page.getByRole('alertdialog', { name: words.deliveries.discardTitle })
      const confirm = dialog.getByRole('button', { name: words.deliveries.discardConfirm, exact: true })
      await confirm.click()
      await dialog.getByText(words.needsYou.reasonNeeded).waitFor()
      expect(await asked(page, 'deliveries.discard')).toEqual([])
      await dialog.getByRole('textbox', { name: words.needsYou.reason }).fill('Sent by fax')
      await dialog.getByRole('textbox', { name: words.needsYou.by }).fill('Dr Bell')
      await confirm.click()
      await page.getByRole('status').getByText(words.deliveries.discarded).waitFor()
      expect(await asked(page, 'deliveries.discard')).toEqual([
        { id: 'h8', by: 'Dr Bell', reason: 'Sent by fax' },
      ])
    })
  })

  it('saves a choice at once and follows the theme', async () => {
    await inWindow('busy', async (page) => {
      await goTo(page, words.shell.settings)
      await page.getByText(words.settings.themeOptions.dark, { exact: true }).click()
      await page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' })
      expect(await asked(page, 'settings.save')).toEqual([{ theme: 'dark' }])
    })
  })
})
