import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { words } from '../../renderer/words.ts'
import { pdfReport } from '../support/station/sample-reports.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'

const reason = whyNot()
const { compose } = words

/** From the worklist to the empty report of A100003. */
async function write(page: Page): Promise<void> {
  await page.getByRole('grid', { name: words.worklist.table }).getByText('MRI Lumbar spine').dblclick()
  await page.getByRole('heading', { name: /O'Brien/ }).waitFor()
  await page.keyboard.press('r')
  await textbox(page).waitFor()
}

const textbox = (page: Page) => page.getByRole('textbox', { name: compose.text, exact: true })

/** Everything below a folder as text: what somebody with the disk in hand could read. */
async function readAll(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true })
  const texts = names.map(async (name) => {
    const path = join(folder, name)
    return `${name} ${(await stat(path)).isFile() ? await readFile(path, 'latin1') : ''}`
  })
  return (await Promise.all(texts)).join('\n')
}

describe.skipIf(reason !== null)(
  `a report written by hand${reason === null ? '' : ` (skipped here: ${reason})`}`,
  () => {
    const used = useDesktopSite({ connected: true })
    const study = () => used.site.simulator.appointment('acme', 'A100003')

    it('is written, gets a file, is confirmed as final, and is delivered as it was typed', async () => {
      const page = await used.open()
      const { site, desktop } = used
      const pdf = await pdfReport(study())
      const chosen = join(site.home, 'Measurements.pdf')
      await writeFile(chosen, pdf)
      await write(page)
      await page.keyboard.type('Findings: disc bulge at L4/L5.')
      await page.keyboard.press('Enter')
      await page.keyboard.type('  Impression: ≥ 5 mm. ')
      await page.getByRole('button', { name: compose.attach }).click()
      await desktop.chooseFolder(chosen)
      await page.getByText('Measurements.pdf').waitFor()
      await page.getByText(words.deliveries.reportStatuses.final, { exact: true }).click()
      await page.getByRole('button', { name: compose.send, exact: true }).click()

      const dialog = page.getByRole('alertdialog', { name: compose.confirmFinal })
      for (const shown of [/O'Brien/, 'A100003', 'Measurements.pdf']) {
        await dialog.getByText(shown).first().waitFor()
      }
      await dialog.getByText(compose.compared).click()
      await dialog.getByRole('textbox', { name: compose.by }).fill('Dr Roe')
      await dialog.getByRole('button', { name: compose.sendFinal }).click()
      await page.getByText(compose.delivered).waitFor()

      const [report] = study().reports
      expect(report).toMatchObject({
        reportStatus: 'final',
        reportText: 'Findings: disc bulge at L4/L5.\n  Impression: ≥ 5 mm. ',
      })
      await page.getByText(report?.reportGuid ?? 'no report').waitFor()
      expect(study().artefacts.map(({ bytes }) => bytes?.equals(pdf))).toEqual([true])
      expect(JSON.stringify(await desktop.traffic())).not.toContain(site.home)
    })

    it('survives a kill as a sealed draft, and the study says so', async () => {
      const page = await used.open()
      await write(page)
      await page.keyboard.type('Unfinished impression of Lumbago.')
      await page.getByText(compose.kept({ time: '' }).trim()).waitFor()
      await used.desktop.kill()
      expect(await readAll(used.site.profile)).not.toMatch(/Lumbago|Unfinished/)

      const again = await used.open()
      await again.getByRole('grid', { name: words.worklist.table }).getByText('MRI Lumbar spine').dblclick()
      await again.getByRole('button', { name: compose.continueDraft({ time: '' }).trim() }).click()
      await expect.poll(() => textbox(again).inputValue()).toBe('Unfinished impression of Lumbago.')
    })
  },
)
