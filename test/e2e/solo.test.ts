import { describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import type { SoloSimulator } from '../simulator/solo/solo-simulator.ts'
import { pdfReport } from '../support/station/sample-reports.ts'
import { whyNot } from './support/site.ts'
import { setUpSolo } from './support/telehealth.ts'
import { useDesktopSite } from './support/use-site.ts'
import { goTo } from './support/window.ts'

const reason = whyNot()
const { solo } = words

describe.skipIf(reason !== null)(
  `a video visit${reason === null ? '' : ` (skipped here: ${reason})`}`,
  () => {
    const used = useDesktopSite({ connected: true })

    it('is booked from a study, seen waiting, joined, and gets the delivered report', async () => {
      const page = await used.open()
      const { site, desktop } = used
      const { simulator } = site
      const tenant = simulator.solo
      await setUpSolo(page, tenant)

      await goTo(page, 'worklist')
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').dblclick()
      const panel = page.getByRole('region', { name: solo.title })
      await panel.getByText(solo.none).waitFor()
      await panel.getByRole('button', { name: solo.book }).click()
      const dialog = page.getByRole('alertdialog', { name: solo.bookTitle })
      await dialog.getByLabel(solo.waitingRoom, { exact: true }).selectOption('Imaging Results')
      // Today may have no free time left.
      await dialog.getByRole('button', { name: solo.nextDay }).click()
      await dialog.getByRole('radiogroup', { name: solo.time }).getByText(/\d/).first().click()
      await dialog.getByText('220001').waitFor()
      await dialog.getByRole('button', { name: solo.bookButton }).click()
      await panel.getByRole('status').getByText(solo.status.scheduled).waitFor()
      const [visit, ...more] = tenant.visits()
      if (visit === undefined) throw new Error('No visit was booked.')
      expect([visit.externalId, more]).toEqual(['acme:A100001', []])

      tenant.setVisit(visit.id, { status: 'arrived', videoCall: 'waiting' })
      await panel.getByRole('status').getByText(solo.status.waiting).waitFor()

      await panel.getByRole('button', { name: solo.join }).click()
      const { openedExternally } = await desktop.until(
        'the visit in the browser',
        (state) => state.openedExternally.length > 0,
      )
      expect(openedExternally).toEqual([await providerLink(tenant)])
      expect(JSON.stringify(await desktop.traffic())).not.toContain(openedExternally[0])

      const bytes = await pdfReport(simulator.appointment('acme', 'A100001'))
      await site.put('ct-chest.pdf', bytes)
      await panel.getByRole('button', { name: solo.attachments }).click()
      await panel.getByRole('button', { name: solo.attach }).click()
      await panel.getByText(solo.attached).waitFor()
      const uploads = simulator.requests(({ endpoint }) => endpoint === 'solo-attachment-upload')
      expect(uploads).toHaveLength(1)
      expect(Buffer.from(uploads[0]?.body ?? '').equals(Buffer.from(bytes))).toBe(true)
      expect(uploads[0]?.headers['content-type']).toBe('application/pdf')
      await panel.getByRole('button', { name: solo.attach }).click()
      await panel.getByText(solo.alreadyThere).waitFor()
      expect(tenant.attachments(visit.id)).toHaveLength(1)
    })
  },
)

/** As Solo gives it to anybody who has the key. */
async function providerLink({ baseUrl, apiKey }: SoloSimulator): Promise<unknown> {
  const answer = await fetch(`${baseUrl}/qapi/v1/appointments/acme%3AA100001/video-call-links`, {
    headers: { 'Api-Key': apiKey },
  })
  const links: unknown = await answer.json()
  return typeof links === 'object' && links !== null && 'providerVisitUrl' in links
    ? links.providerVisitUrl
    : null
}
