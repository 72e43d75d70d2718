import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { words } from '../../renderer/words.ts'
import { pdfReport } from '../support/station/sample-reports.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, goTo } from './support/window.ts'

const notHere = whyNot()
const { firstRun } = words

describe.skipIf(notHere !== null)(
  `the first run${notHere === null ? '' : ` (skipped here: ${notHere})`}`,
  () => {
    const used = useDesktopSite({ connected: false })

    async function fillPractice(page: Page, domain: string): Promise<void> {
      const { simulator } = used.site
      await page.getByRole('textbox', { name: firstRun.domain }).fill(domain)
      await page.getByRole('button', { name: firstRun.addresses }).click()
      await page.getByRole('textbox', { name: firstRun.baseUrl }).fill(simulator.baseUrl)
      await page.getByRole('textbox', { name: firstRun.tokenUrl }).fill(simulator.tokenUrl)
      await page.getByRole('button', { name: firstRun.next }).click()
    }

    async function fillCredentials(page: Page, id: string, secret: string): Promise<void> {
      await page.getByRole('textbox', { name: firstRun.clientId }).fill(id)
      await page.getByLabel(firstRun.clientSecret, { exact: true }).fill(secret)
    }

    const test = (page: Page): Promise<void> => page.getByRole('button', { name: firstRun.test }).click()

    it('goes from nothing to a delivered report', async () => {
      const page = await used.open()
      const { site, desktop } = used
      expect((await desktop.state()).windows).toMatchObject([{ visible: true, title: 'Radpost' }])
      await page.getByRole('heading', { name: firstRun.title }).waitFor()
      await page.getByRole('button', { name: firstRun.next }).click()
      await page.getByText(firstRun.domainNeeded).waitFor()
      await fillPractice(page, 'acme')
      await fillCredentials(page, site.clientId, site.clientSecret)
      await test(page)
      await page.getByText(firstRun.testPassed).waitFor()
      await page.getByRole('button', { name: firstRun.next }).click()
      await page.getByRole('button', { name: firstRun.finish }).click()
      await page.getByText(firstRun.folderNeeded).waitFor()
      await page.getByRole('button', { name: firstRun.chooseFolder }).click()
      await desktop.chooseFolder(site.drop)
      await page.getByText(firstRun.folderChosen({ label: 'Reports' })).waitFor()
      await page.getByRole('button', { name: firstRun.finish }).click()
      await page.getByText(firstRun.doneTitle).waitFor()
      await page.getByRole('button', { name: firstRun.toWorklist }).click()
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').waitFor()
      await site.put('ct-chest.pdf', await pdfReport(site.simulator.appointment('acme', 'A100001')))
      await goTo(page, 'deliveries')
      await deliveryRow(page, 'ct-chest.pdf', words.deliveries.states.delivered).waitFor()
    })

    it('is over at the next start: settings and credentials were kept', async () => {
      const page = await used.open()
      const { site, desktop } = used
      await fillPractice(page, 'acme')
      await fillCredentials(page, site.clientId, site.clientSecret)
      await page.getByRole('button', { name: firstRun.next }).click()
      await desktop.chooseFolder(site.drop)
      await page.getByRole('button', { name: firstRun.chooseFolder }).click()
      await page.getByText(firstRun.folderChosen({ label: 'Reports' })).waitFor()
      await page.getByRole('button', { name: firstRun.finish }).click()
      await page.getByText(firstRun.doneTitle).waitFor()
      expect(await desktop.quit()).toBe(0)
      const again = await used.open()
      await again.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').waitFor()
    })

    it('says what is wrong when the connection fails, each time anew, and never repeats the secret', async () => {
      const page = await used.open()
      const { simulator, clientId, clientSecret } = used.site
      await fillPractice(page, 'acme')

      async function fails(kind: keyof typeof firstRun.failures): Promise<void> {
        await test(page)
        await page.getByText(firstRun.failures[kind]).waitFor()
        await page.getByText(firstRun.testFailed).waitFor()
        expect(await page.locator('body').innerText()).not.toContain(clientSecret)
        simulator.reset()
      }
      await fillCredentials(page, 'nobody', 'wrong secret')
      await fails('auth')
      await fillCredentials(page, clientId, clientSecret)
      simulator.fault({ endpoint: 'pending', times: 'always', fault: { kind: 'problem', status: 403 } })
      await fails('scope')
      simulator.fault({ endpoint: 'token', times: 'always', fault: { kind: 'server-error' } })
      await fails('server')
      await simulator.goOffline()
      await fails('network')
    })
  },
)
