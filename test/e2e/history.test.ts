import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import { pdfReport } from '../support/station/sample-reports.ts'
import { fakeLogin } from './support/fake-login.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, goTo } from './support/window.ts'

const reason = whyNot()

describe.skipIf(reason !== null)(
  `history and the safety of the desk${reason === null ? '' : ` (skipped here: ${reason})`}`,
  () => {
    const used = useDesktopSite({ connected: true })

    it('finds what was delivered by its patient, and exports its trail where the person says', async () => {
      const page = await used.open()
      const { site, desktop } = used
      const study = site.simulator.appointment('acme', 'A100005')
      await writeFile(join(site.drop, 'report.pdf'), await pdfReport(study))
      await goTo(page, 'deliveries')
      await deliveryRow(page, 'report.pdf', words.deliveries.states.delivered).waitFor()
      await page.keyboard.press('Control+6')
      await page.getByRole('searchbox', { name: words.history.search }).fill(study.lastName ?? '')
      await page.getByText(words.history.count({ number: 1 })).waitFor()
      await page.getByRole('listbox', { name: words.history.list }).getByText('report.pdf').click()
      await page
        .getByRole('region', { name: words.history.trail })
        .getByText(words.history.steps.delivered)
        .waitFor()
      await page.getByRole('button', { name: words.history.verify }).click()
      await page.getByText(/^The audit trail is whole/u).waitFor()

      const path = join(site.home, 'trail.jsonl')
      await desktop.chooseSavePath(path)
      await page.getByRole('button', { name: words.history.export }).click()
      await page.getByRole('button', { name: words.history.exportConfirm }).click()
      await page.getByText(/entries were saved/u).waitFor()
      const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
      expect(lines.map((line) => (JSON.parse(line) as { what: string }).what)).toContain('delivered')
      expect(lines.join('\n')).not.toContain(study.lastName ?? '')
    })

    it.skipIf(process.platform !== 'linux')(
      'covers the window, refuses its questions, and opens when the person has passed the lock screen',
      async () => {
        const login = await fakeLogin(used.site.home)
        const page = await used.open(login.environment)
        const name = used.site.simulator.appointment('acme', 'A100001').lastName ?? ''
        await goTo(page, 'settings')
        await page
          .getByRole('radiogroup', { name: words.lock.setting })
          .getByText(words.lock.minutes({ minutes: 1 }), { exact: true })
          .click()
        await goTo(page, 'worklist')
        await page.getByRole('grid', { name: words.worklist.table }).getByText(name).first().waitFor()
        await page.keyboard.press('Control+l')
        await page.getByRole('heading', { level: 1, name: words.lock.title }).waitFor()
        expect(await page.content()).not.toContain(name)
        // Not only drawn: the page itself gets no answer.
        expect(await page.evaluate(`window.radpost.call('worklist.get', {})`)).toMatchObject({
          ok: false,
          code: 'locked',
        })
        await page.getByText(words.lock.how['lock-screen']).waitFor()
        await page.getByRole('button', { name: words.lock.unlock }).click()
        await login.comeBack()
        await page.getByRole('grid', { name: words.worklist.table }).getByText(name).first().waitFor()
      },
    )
  },
)
