import { describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import { pdfReport, srReport } from '../support/station/sample-reports.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, goTo, overallState } from './support/window.ts'

const reason = whyNot()

describe.skipIf(reason !== null)(
  `a report on its way${reason === null ? '' : ` (skipped here: ${reason})`}`,
  () => {
    const used = useDesktopSite({ connected: true })
    const study = (id: string) => used.site.simulator.appointment('acme', id)

    it('is dropped, delivered, and seen in the window and in the tray', async () => {
      const page = await used.open()
      const { site, desktop } = used
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').waitFor()
      const last = await page.getByRole('columnheader', { name: words.worklist.columns.id }).boundingBox()
      expect(last?.x, 'all columns are inside the window').toBeLessThan(1_280)
      await site.put('ct-chest.pdf', await pdfReport(study('A100001')))
      await site.put('mri-spine.dcm', srReport(study('A100003')))
      await goTo(page, 'deliveries')
      await deliveryRow(page, 'ct-chest.pdf', words.deliveries.states.delivered).waitFor()
      const row = deliveryRow(page, 'mri-spine.dcm', words.deliveries.states.delivered)
      await row.click()
      const [sent] = study('A100003').reports
      expect(sent?.reportStatus).toBe('final')
      await page
        .getByRole('region', { name: 'mri-spine.dcm' })
        .getByText(sent?.reportGuid ?? 'no report')
        .waitFor()
      await overallState(page).getByText(words.shell.overall.idle).waitFor()
      const { tray } = await desktop.until(
        'the tray to be idle',
        (state) => state.tray?.image === 'tray-idle.png',
      )
      expect(tray?.toolTip).toMatch(/^Radpost: /)
      expect(JSON.stringify(tray)).toContain('Delivered today: 2')
      expect(JSON.stringify(tray)).not.toMatch(/chest|spine|Thompson|Brien/)
    })

    it('is told of by a notification without a name, which leads to the deliveries', async () => {
      const page = await used.open()
      const { site, desktop } = used
      await desktop.closeWindow()
      await site.put('ct-chest.pdf', await pdfReport(study('A100001')))
      const { notifications } = await desktop.until('the notification', (state) =>
        state.notifications.some(({ title }) => title.includes('delivered')),
      )
      expect(JSON.stringify(notifications)).not.toMatch(/chest|Thompson|A100001/)
      await desktop.clickNotification(notifications.findIndex(({ title }) => title.includes('delivered')))
      await desktop.until('the window', ({ windows }) => windows[0]?.visible ?? false)
      await deliveryRow(page, 'ct-chest.pdf', words.deliveries.states.delivered).waitFor()
    })

    it('goes on after the app was killed in the middle, once and only once', async () => {
      await used.open()
      const { site, desktop } = used
      const held = site.simulator.fault({ endpoint: 'report', fault: { kind: 'hold' } })
      await site.put('ct-chest.pdf', await pdfReport(study('A100001')))
      // Without its answer: the app is killed while it waits for it.
      await site.simulator.waitForRequest(({ endpoint }) => endpoint === 'report', { phase: 'received' })
      await desktop.kill()
      held.remove()
      const page = await used.open()
      await goTo(page, 'deliveries')
      await deliveryRow(page, 'ct-chest.pdf', words.deliveries.states.delivered).waitFor({ timeout: 60_000 })
      expect(study('A100001').reports).toHaveLength(1)
    })

    it('waits while QUBS is away, says so, and goes when it is back', async () => {
      const page = await used.open()
      const { site, desktop } = used
      await goTo(page, 'deliveries')
      // For an hour, so that it cannot go by itself before the button is pressed.
      site.simulator.fault({
        endpoint: 'upload-urls',
        times: 'always',
        fault: { kind: 'throttle', retryAfter: { seconds: 3_600 } },
      })
      await site.put('ct-chest.pdf', await pdfReport(study('A100001')))
      const waiting = deliveryRow(page, 'ct-chest.pdf', words.deliveries.states.waiting)
      await waiting.waitFor()
      expect((await desktop.state()).tray?.image).not.toBe('tray-idle.png')
      site.simulator.reset()
      await waiting.click()
      await page.getByRole('button', { name: words.deliveries.retry }).click()
      await deliveryRow(page, 'ct-chest.pdf', words.deliveries.states.delivered).waitFor()
    })

    it('carries a comment from the study to QUBS', async () => {
      const page = await used.open()
      await page.getByRole('grid', { name: words.worklist.table }).getByText('MRI Lumbar spine').dblclick()
      await page.getByRole('heading', { name: /O'Brien/ }).waitFor()
      const form = page.getByRole('region', { name: words.study.addComment })
      await form.getByRole('textbox', { name: words.study.comment }).fill('Phoned the clinic at nine.')
      await form.getByRole('button', { name: words.study.addButton.AC }).click()
      await expect
        .poll(() => study('A100003').comments.map((comment) => comment.commentText))
        .toContain('Phoned the clinic at nine.')
      await page.getByText('Phoned the clinic at nine.').first().waitFor()
    })
  },
)
