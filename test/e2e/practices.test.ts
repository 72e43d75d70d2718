import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { words } from '../../renderer/words.ts'
import { startSimulator, type Simulator } from '../simulator/simulator.ts'
import { pdfReport } from '../support/station/sample-reports.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, goTo } from './support/window.ts'

const reason = whyNot()
const { firstRun } = words

describe.skipIf(reason !== null)(
  `several practices in one window${reason === null ? '' : ` (skipped here: ${reason})`}`,
  () => {
    const used = useDesktopSite({ connected: true })
    let harbour: Simulator
    beforeEach(async () => {
      harbour = await startSimulator({
        domains: ['harbour'],
        appointments: [
          {
            appointmentId: 'H700001',
            patientId: '77001',
            firstName: 'Ines',
            lastName: 'Moreau',
            dateOfBirth: '1970-05-06',
            modality: 'MR',
            studyDescription: 'MRI Knee',
          },
        ],
      })
    })
    afterEach(() => harbour.close())

    /** Settings, Add practice, and the steps of the first run. */
    async function addHarbour(page: Page): Promise<void> {
      const [client] = harbour.clients
      await goTo(page, 'settings')
      await page.getByRole('button', { name: words.settings.addPractice }).click()
      await page.getByRole('heading', { name: firstRun.addTitle }).waitFor()
      await page.getByRole('textbox', { name: firstRun.domain }).fill('harbour')
      await page.getByRole('button', { name: firstRun.addresses }).click()
      await page.getByRole('textbox', { name: firstRun.baseUrl }).fill(harbour.baseUrl)
      await page.getByRole('textbox', { name: firstRun.tokenUrl }).fill(harbour.tokenUrl)
      await page.getByRole('button', { name: firstRun.next }).click()
      await page.getByRole('textbox', { name: firstRun.clientId }).fill(client?.clientId ?? '')
      await page.getByLabel(firstRun.clientSecret, { exact: true }).fill(client?.clientSecret ?? '')
      await page.getByRole('button', { name: firstRun.next }).click()
      await page.getByRole('button', { name: firstRun.finish }).click()
      await page.getByRole('button', { name: firstRun.toWorklist }).click()
    }

    it('stand in one worklist by name, and the outage of one leaves the other at work', async () => {
      const page = await used.open()
      const { site } = used
      const list = page.getByRole('grid', { name: words.worklist.table })
      await list.getByText('CT Chest').waitFor()
      const column = page.getByRole('columnheader', { name: words.worklist.columns.practice })
      expect(await column.count(), 'one practice needs no column').toBe(0)
      await addHarbour(page)
      await column.waitFor()
      await list.getByRole('row').filter({ hasText: 'MRI Knee' }).getByText('harbour').waitFor()
      await list.getByRole('row').filter({ hasText: 'CT Chest' }).getByText('Acme Radiology').waitFor()

      await harbour.goOffline()
      await page.getByRole('button', { name: words.worklist.refresh }).click()
      const line = page.getByRole('contentinfo', { name: words.shell.statusLine })
      await line.getByText('harbour:').waitFor()
      await line.getByText(words.shell.offlineSince({ time: '' }).trim()).waitFor()
      await line.getByText(words.shell.completeAt({ time: '' }).trim()).waitFor()
      await list.getByText('MRI Knee').waitFor()

      await site.put('ct-chest.pdf', await pdfReport(site.simulator.appointment('acme', 'A100001')))
      await goTo(page, 'deliveries')
      await deliveryRow(page, 'ct-chest.pdf', words.deliveries.states.delivered).waitFor()
    })
  },
)
