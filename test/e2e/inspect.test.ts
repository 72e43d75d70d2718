import { readdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import { sampleParagraphs } from '../support/pdf/write-report-pdf.ts'
import { pdfReport, type ReportFor } from '../support/station/sample-reports.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, goTo, sayWhoAndWhy } from './support/window.ts'

const notHere = whyNot()
const skipped = notHere === null ? '' : ` (skipped here: ${notHere})`
const { inspect, needsYou, deliveries } = words

/** Lets a file go over the window, as from the system's file manager. */
async function dropOnWindow(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    `(() => {
      const bytes = Uint8Array.from(atob('${Buffer.from(bytes).toString('base64')}'), (letter) => letter.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], ${JSON.stringify(name)}))
      return transfer
    })()`,
  )
  await page.locator('body').dispatchEvent('dragover', { dataTransfer })
  await page.locator('body').dispatchEvent('drop', { dataTransfer })
}

describe.skipIf(notHere !== null)(`a report that is looked at, not sent${skipped}`, () => {
  const used = useDesktopSite({ connected: true, shared: true })
  const study = (id: string): ReportFor => used.site.simulator.appointment('acme', id)

  it('dropped on the window, gets its verdict; nothing was sent, and the folder is as it was', async () => {
    const page = await used.page()
    const { site } = used
    await goTo(page, 'worklist')
    await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Brain').waitFor()
    const [address, files] = [page.url(), await readdir(site.drop)]

    await dropOnWindow(page, 'scan of the day.pdf', await pdfReport(study('A100003')))
    const dialog = page.getByRole('dialog', { name: inspect.title({ file: 'scan of the day.pdf' }) })
    await dialog.getByText(inspect.nothingSent, { exact: true }).waitFor()
    await dialog.getByText(inspect.verdicts.report).waitFor()
    await dialog
      .getByText(inspect.outlooks.send({ id: 'A100003', status: inspect.statusInSentence.preliminary }))
      .waitFor()
    await dialog.getByRole('table', { name: needsYou.evidenceFor({ id: 'A100003' }) }).waitFor()
    expect(await dialog.innerText()).toContain('No acute disease of the chest.')
    await dialog.getByRole('button', { name: words.shell.close }).click()

    const written = site.simulator.requests(({ endpoint }) =>
      ['report', 'upload-urls', 'comment-create'].includes(endpoint ?? ''),
    )
    expect(written).toEqual([])
    expect(page.url()).toBe(address)
    expect(await readdir(site.drop)).toEqual(files)
    await goTo(page, 'deliveries')
    await page.getByText(deliveries.empty).waitFor()
  })

  it('a final that differs from its preliminary goes out, asks, and keeps the answer', async () => {
    const page = await used.page()
    const { site } = used
    await site.put('Preliminary/early.pdf', await pdfReport(study('A100005')))
    await goTo(page, 'deliveries')
    await deliveryRow(page, 'early.pdf', deliveries.states.delivered).waitFor()
    const nodule = [...sampleParagraphs, 'Addendum: there is a nodule in the left upper lobe after all.']
    await site.put('Final/late.pdf', await pdfReport(study('A100005'), { paragraphs: nodule }))
    await deliveryRow(page, 'late.pdf', deliveries.states.delivered).waitFor()

    const asks = needsYou.discrepancy
    await goTo(page, 'needsYou')
    const decision = page.getByRole('region', { name: needsYou.decision })
    await decision.getByRole('heading', { name: asks.heading }).waitFor()
    await decision.getByRole('radio', { name: asks.answers.told }).click({ force: true })
    await decision.getByRole('textbox', { name: asks.whom }).fill('Dr Ada Referrer')
    await decision.getByLabel(asks.at, { exact: true }).fill('2026-11-01T09:30')
    await decision.getByRole('radio', { name: asks.channels.phone }).click({ force: true })
    await sayWhoAndWhy(decision, 'Dr Rory Smith', 'Compared both reports')
    await decision.getByRole('button', { name: asks.keep }).click()
    await page.getByText(needsYou.empty).waitFor()

    await goTo(page, 'deliveries')
    await deliveryRow(page, 'late.pdf', deliveries.states.delivered).click()
    await page
      .getByRole('region', { name: asks.answered })
      .getByText(/Dr Ada Referrer/)
      .waitFor()
    expect(await page.getByRole('region', { name: deliveries.versions }).getByRole('listitem').count()).toBe(
      2,
    )
  })
})
