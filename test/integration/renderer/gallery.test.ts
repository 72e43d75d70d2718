import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { weighBundle } from '../../bench/bundle.ts'
import { missingBrowser } from './built-window.ts'
import { accessibilityViolations } from './in-window.ts'
import { useWindow } from './use-window.ts'

const themes = ['light', 'dark'] as const

async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    expect({ colorScheme, violations: await accessibilityViolations(page) }).toEqual({
      colorScheme,
      violations: [],
    })
  }
}

describe.skipIf(missingBrowser !== null)(
  `the gallery of components (${missingBrowser ?? 'Chromium'})`,
  () => {
    const inWindow = useWindow('dev/gallery.html')

    it('is accessible in both themes, and its parts read as agreed', async () => {
      await inWindow({ scenario: 'busy', isFixed: true }, async (page) => {
        await page.getByRole('heading', { level: 1 }).waitFor()
        await isAccessible(page)
        await expect(`${await page.locator('main').ariaSnapshot()}\n`).toMatchFileSnapshot(
          'snapshots/gallery.yaml',
        )
      })
    })

    it('tells successes and failures, and leaves every dialog by Escape', async () => {
      await inWindow({ scenario: 'busy', isFixed: true }, async (page) => {
        await page.getByRole('button', { name: 'Tell a success' }).click()
        await page.getByRole('status').getByText('Done.').waitFor()
        await page.getByRole('button', { name: 'Tell a failure' }).click()
        await page.getByRole('alert').getByText('It failed; do this.').waitFor()
        for (const kind of ['dialog', 'alert', 'wide']) {
          const opener = page.getByRole('button', { name: `Open ${kind}` })
          await opener.click()
          const dialog = page.getByRole(kind === 'alert' ? 'alertdialog' : 'dialog', { name: `A ${kind}` })
          await dialog.waitFor()
          await isAccessible(page)
          await page.keyboard.press('Escape')
          await dialog.waitFor({ state: 'detached' })
          expect(await page.evaluate('document.activeElement?.textContent')).toBe(`Open ${kind}`)
        }
      })
    })

    it('does not ship', async () => {
      const { files, viewer } = await weighBundle()
      expect(
        [...files.map(({ name }) => name), ...viewer].filter((name) => name.includes('gallery')),
      ).toEqual([])
    })
  },
)
