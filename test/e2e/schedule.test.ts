import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { goTo } from './support/window.ts'

const reason = whyNot()

describe.skipIf(reason !== null)(
  `what the site sees coming, and what comes with a study${reason === null ? '' : ` (skipped here: ${reason})`}`,
  () => {
    const used = useDesktopSite({ connected: true })

    it('shows the day of the practice with its operational times, and leads to the study', async () => {
      const page = await used.open()
      await goTo(page, 'schedule')
      // The samples are of the UTC day, which may be another one than this computer's.
      await page.getByLabel(words.schedule.date, { exact: true }).fill(new Date().toISOString().slice(0, 10))
      const central = page.getByRole('region', { name: 'Central Clinic' })
      const row = central.getByRole('row').filter({ hasText: 'A100001' })
      await row.waitFor()
      expect(await row.textContent()).toMatch(/08:00(\sAM)?–08:20(\sAM)?.*CT Chest/u)
      await page.getByText(words.schedule.total({ number: 12 })).waitFor()
      await row.getByRole('button', { name: words.schedule.openStudy({ id: 'A100001' }) }).click()
      await page.getByRole('heading', { level: 1, name: /Thompson-Reid/ }).waitFor()
    })

    it('saves an attachment where the person says, and opens nothing', async () => {
      const page = await used.open()
      const { site, desktop } = used
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').dblclick()
      await page.getByRole('heading', { level: 1, name: /Thompson-Reid/ }).waitFor()
      await page.getByRole('button', { name: words.study.saveNamed({ name: 'referral.pdf' }) }).click()
      const { dialogs } = await desktop.until('the save dialog', (state) =>
        state.dialogs.some(({ kind }) => kind === 'save'),
      )
      expect(dialogs.find(({ kind }) => kind === 'save')?.proposed).toBe('referral.pdf')
      const path = join(site.home, 'kept.pdf')
      await desktop.chooseSavePath(path)
      await page.getByText(words.study.saved).first().waitFor()
      expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-')
      expect((await desktop.state()).openedPaths).toEqual([])
      expect(JSON.stringify(await desktop.traffic())).not.toContain(path)
    })
  },
)
