import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../renderer/words.ts'
import { buildWindow, missingBrowser, type BuiltWindow } from './built-window.ts'

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const { compose } = words

async function accessibilityViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) =>
      r.violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))`,
  )
}

function asked(page: Page, name: string): Promise<readonly Record<string, unknown>[]> {
  return page.evaluate(
    `window.fakeRadpost.asked.filter((one) => one.name === '${name}').map((one) => one.args)`,
  )
}

const textbox = (page: Page) => page.getByRole('textbox', { name: compose.text, exact: true })
const sendButton = (page: Page) => page.getByRole('button', { name: compose.send, exact: true })

/** Half a character does not travel from here to the page, so it is made there. */
async function typeBroken(page: Page): Promise<void> {
  await textbox(page).selectText()
  await page.evaluate(`document.execCommand('insertText', false, 'one\\ntwo \\ud83d')`)
}

/** Opens the report of the first study by keyboard. */
async function write(page: Page): Promise<void> {
  await page.getByRole('grid', { name: words.worklist.table }).getByText('Okonkwo').click()
  await page.getByRole('heading', { name: words.study.clinicalInfo }).waitFor()
  await page.keyboard.press('r')
  await textbox(page).waitFor()
}

describe.skipIf(missingBrowser !== null)(`writing a report (${missingBrowser ?? 'Chromium'})`, () => {
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

  it('is accessible while it is written, confirmed, and on its way, in light and dark', async () => {
    await inWindow('busy', async (page) => {
      const look = async (): Promise<void> => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          expect(await accessibilityViolations(page)).toEqual([])
        }
      }
      await write(page)
      await page.getByRole('button', { name: compose.attach }).click()
      await page.getByText('Measurements.pdf').waitFor()
      await typeBroken(page)
      await page.getByText(compose.faults.broken({ line: 2, column: 5 })).waitFor()
      await look()
      await textbox(page).fill('No acute disease.')
      await page.getByText(words.deliveries.reportStatuses.final, { exact: true }).click()
      await sendButton(page).click()
      await page.getByRole('alertdialog', { name: compose.confirmFinal }).waitFor()
      await look()
    })
  })

  it('goes final only after the tick; Enter and a second press send nothing more', async () => {
    await inWindow('busy', async (page) => {
      await write(page)
      await page.keyboard.type('Line one.')
      await page.keyboard.press('Enter')
      await page.keyboard.type('  Line two. ')
      await page.getByText(words.deliveries.reportStatuses.final, { exact: true }).click()
      await page.keyboard.press('Control+Enter')
      const dialog = page.getByRole('alertdialog', { name: compose.confirmFinal })
      await dialog.getByText('Okonkwo').waitFor()
      for (const shown of ['Feb', 'A104211', 'CT Brain', words.deliveries.reportStatuses.final])
        await dialog.getByText(shown).first().waitFor()
      await page.keyboard.press('Enter')
      await dialog.getByRole('textbox', { name: compose.by }).fill('Dr Roe')
      await page.keyboard.press('Enter')
      await dialog.getByRole('button', { name: compose.sendFinal }).click()
      await dialog.getByText(compose.tickFirst).waitFor()
      expect(await asked(page, 'compose.send')).toEqual([])
      await dialog.getByText(compose.compared).click()
      await dialog.getByRole('button', { name: compose.sendFinal }).dblclick()
      await page.getByRole('heading', { name: compose.sentTitle }).waitFor()
      expect(await asked(page, 'compose.send')).toMatchObject([
        { status: 'final', by: 'Dr Roe', confirmed: true, content: { text: 'Line one.\n  Line two. ' } },
      ])
    })
  })

  it('is kept as a draft when the view is left at once, and is there again; discarding it can be undone', async () => {
    await inWindow('busy', async (page) => {
      await write(page)
      await page.keyboard.type('Half a thought')
      await page.getByRole('button', { name: compose.back }).click()
      const again = page.getByRole('button', { name: compose.continueDraft({ time: '' }).trim() })
      await again.click()
      await expect.poll(() => textbox(page).inputValue()).toBe('Half a thought')
      await page.getByRole('button', { name: compose.draftsButton({ number: 1 }) }).click()
      await page.getByRole('dialog', { name: compose.drafts }).getByText('Okonkwo').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: compose.discard }).click()
      await page.getByRole('button', { name: compose.undo }).click()
      await expect.poll(() => textbox(page).inputValue()).toBe('Half a thought')
    })
  })

  it('counts bytes, says where half a character stands, and does not ask to confirm it', async () => {
    await inWindow('busy', async (page) => {
      await write(page)
      await sendButton(page).click()
      await page.getByText(compose.faults.blank).waitFor()
      await textbox(page).fill('Zoë ≥ 5')
      await page.getByText(compose.size({ bytes: 10, limit: 2_097_152 })).waitFor()
      await typeBroken(page)
      await page.getByText(compose.faults.broken({ line: 2, column: 5 })).waitFor()
      await sendButton(page).click()
      await textbox(page).fill('ä'.repeat(1_000_000))
      await page.getByText(compose.nearLimit({ left: 97_152 })).waitFor()
      await textbox(page).fill('ä'.repeat(1_048_577))
      await page.getByText(compose.faults['too-long']({ bytes: 2_097_154, limit: 2_097_152 })).waitFor()
      await sendButton(page).click()
      expect(await asked(page, 'compose.check')).toEqual([])
    })
  })

  it('takes dropped files for itself and says what it does not take', async () => {
    await inWindow('busy', async (page) => {
      await write(page)
      await page.evaluate(`(() => {
        const carried = new DataTransfer()
        carried.items.add(new File(['%PDF-1.7'], 'referral.pdf'))
        carried.items.add(new File(['words'], 'notes.txt'))
        const target = document.querySelector('.compose-panel')
        for (const type of ['dragover', 'drop'])
          target.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }))
      })()`)
      await page.getByText('referral.pdf').waitFor()
      await page.getByText(/notes.txt was not attached/).waitFor()
      await page.getByRole('button', { name: compose.removeFile({ file: 'referral.pdf' }) }).click()
      await page.getByText('referral.pdf').waitFor({ state: 'detached' })
      expect(await page.getByRole('dialog').count()).toBe(0)
    })
  })

  it.each([
    ['offline', compose.offline],
    ['signed-out', compose.signedOut],
    ['paused', compose.paused],
  ])('says what stands in the way when the station is %s', async (scenario, sentence) => {
    await inWindow(scenario, async (page) => {
      await write(page)
      await page.getByText(sentence).waitFor()
      expect(await page.getByRole('button', { name: compose.send, exact: true }).isEnabled()).toBe(true)
    })
  })
})
