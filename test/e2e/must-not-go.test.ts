import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import type { HeldReason } from '../../shared/delivery.ts'
import { sequenceOf } from '../support/dicom/encode-dicom.ts'
import { codeItem, contentItem, writeEncapsulatedPdf, writeSrFile } from '../support/dicom/write-dicom.ts'
import { padPdf, writeReportPdf } from '../support/pdf/write-report-pdf.ts'
import { pdfReport, printedPatient, type ReportFor } from '../support/station/sample-reports.ts'
import { unknownStudy, whyNot, type DesktopSite } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, goTo, openHeld, sayWhoAndWhy } from './support/window.ts'

/** What a person can only discard, and what a person knows better than Radpost: whether a lost answer meant yes. */

const notHere = whyNot()
const { needsYou, deliveries } = words
const skipped = notHere === null ? '' : ` (skipped here: ${notHere})`

const aboutAFetus = contentItem(
  'HAS OBS CONTEXT',
  'CODE',
  { code: '121024', scheme: 'DCM', meaning: 'Subject Class' },
  [sequenceOf('0040a168', codeItem('121026', 'DCM', 'Fetus'))],
)

type Discarded = {
  readonly reason: HeldReason
  readonly file: string
  /** The report, of a study that is pending; its sidecar, if it has one, is dropped before it. */
  readonly write: (study: ReportFor) => Promise<Uint8Array | string> | Uint8Array | string
  readonly sidecar?: string
}

const discarded: readonly Discarded[] = [
  {
    reason: 'damaged',
    file: 'cut-off.pdf',
    write: async () => (await pdfReport(unknownStudy)).subarray(0, 700),
  },
  { reason: 'not-a-report', file: 'letter.pdf', write: () => 'not a report at all' },
  { reason: 'encrypted', file: 'locked.pdf', write: () => writeReportPdf({ password: 'locked' }) },
  {
    reason: 'too-large',
    file: 'large.pdf',
    write: async (study) => padPdf(await pdfReport(study), 2_097_153),
  },
  {
    reason: 'active-content',
    file: 'script.pdf',
    write: (study) => writeReportPdf({ patient: printedPatient(study), javaScript: 'app.alert(1)' }),
  },
  {
    reason: 'unsupported',
    file: 'document.dcm',
    write: () => writeEncapsulatedPdf({ pdf: Buffer.from('<ClinicalDocument/>'), mimeType: 'text/xml' }),
  },
  {
    reason: 'other-subject',
    file: 'fetus.dcm',
    write: () =>
      writeSrFile({
        sections: [{ heading: 'Findings', text: 'A single live fetus of twenty weeks, without anomaly.' }],
        items: [aboutAFetus],
      }),
  },
  {
    reason: 'sidecar-invalid',
    file: 'misspelt.pdf',
    write: (study) => pdfReport(study),
    sidecar: '{ "reportStatus": "finall" }',
  },
  { reason: 'sidecar-orphan', file: 'alone.pdf.json', write: () => '{}' },
]

describe.skipIf(notHere !== null)(`a report that must not go${skipped}`, () => {
  const used = useDesktopSite({ connected: true, shared: true })
  const study = (id: string) => used.site.simulator.appointment('acme', id)
  const idle = () =>
    used.desktop.until('the tray to be idle', (state) => state.tray?.image === 'tray-idle.png')

  it.each(discarded)(
    'held as $reason, is discarded with name and reason',
    async ({ reason, file, write, sidecar }) => {
      const page = await used.page()
      const { site } = used
      if (sidecar !== undefined) await site.put(`${file}.json`, sidecar)
      await site.put(file, await write(study('A100001')))
      const form = await openHeld(page, file)
      await form.getByRole('heading', { name: needsYou.reasons[reason] }).waitFor()
      await form.getByRole('button', { name: needsYou.buttons.discard }).click()
      const dialog = page.getByRole('alertdialog', { name: deliveries.discardTitle })
      await dialog.getByRole('button', { name: deliveries.discardConfirm, exact: true }).click()
      await dialog.getByText(needsYou.reasonNeeded).waitFor()
      await sayWhoAndWhy(dialog, 'Dr Rory Smith', 'Dropped by mistake')
      await dialog.getByRole('button', { name: deliveries.discardConfirm, exact: true }).click()
      await page.getByText(needsYou.empty).waitFor()
      await goTo(page, 'deliveries')
      await deliveryRow(page, file, deliveries.states.discarded).waitFor()
      await idle()
      expect(site.simulator.requests(({ endpoint }) => endpoint === 'upload-urls')).toEqual([])
    },
  )

  it('stays where it is when the birth date typed is not the patient’s', async () => {
    const page = await used.page()
    const { site } = used
    await site.put('other.pdf', await pdfReport({ ...study('A100006'), appointmentId: 'A100007' }))
    const form = await openHeld(page, 'other.pdf')
    await form.getByRole('textbox', { name: needsYou.birthDate }).fill('1950-12-31')
    await sayWhoAndWhy(form, 'Dr Rory Smith', 'Compared document and study')
    const button = form.getByRole('button', { name: needsYou.buttons.mismatch })
    await button.click()
    const refusal = page.getByRole('alert').filter({ hasText: /birth date/i })
    await refusal.waitFor()
    // The sentence stays until it is dismissed, and must not lie over the button that it speaks of.
    const [said, pressed] = [await refusal.boundingBox(), await button.boundingBox()]
    expect((pressed?.y ?? Infinity) + (pressed?.height ?? 0)).toBeLessThanOrEqual(said?.y ?? 0)
    await goTo(page, 'deliveries')
    await deliveryRow(page, 'other.pdf', deliveries.states.held).waitFor()
    expect(site.simulator.requests(({ endpoint }) => endpoint === 'report')).toEqual([])
  })
})

describe.skipIf(notHere !== null)(`an outcome that nobody knows${skipped}`, () => {
  const used = useDesktopSite({ connected: true, shared: true })
  const study = (id: string) => used.site.simulator.appointment('acme', id)

  /** The answer to the first try is lost; meanwhile the study has left the list, and nothing says by whose report. */
  async function loseTheAnswer(site: DesktopSite, appointmentId: string): Promise<void> {
    site.simulator.fault({ endpoint: 'report', appointmentId, fault: { kind: 'reset-before' } })
    site.simulator.fault({
      endpoint: 'report',
      appointmentId,
      after: 1,
      fault: { kind: 'change-status', status: 'AUTHORISED' },
    })
    await site.put(`${appointmentId}.pdf`, await pdfReport(study(appointmentId)))
  }

  async function settle(page: Page, file: string, found: string): Promise<void> {
    const form = await openHeld(page, file)
    await form.getByRole('heading', { name: needsYou.reasons['outcome-unknown'] }).waitFor()
    await form.getByRole('radio', { name: found }).click({ force: true })
    await sayWhoAndWhy(form, 'Dr Rory Smith', 'Looked in QUBS')
    await form.getByRole('button', { name: needsYou.buttons.settle }).click()
    await goTo(page, 'deliveries')
    await deliveryRow(page, file, deliveries.states.delivered).waitFor()
  }

  it('is delivered when a person found the report in QUBS, and nothing more is sent', async () => {
    const page = await used.page()
    await loseTheAnswer(used.site, 'A100001')
    await settle(page, 'A100001.pdf', needsYou.settledOptions.delivered)
    const asked = used.site.simulator.requests(
      ({ endpoint, appointmentId }) => endpoint === 'report' && appointmentId === 'A100001',
    )
    expect(asked).toHaveLength(2)
    expect(study('A100001').reports).toHaveLength(0)
  })

  it('is sent again when a person did not find it, and arrives once', async () => {
    const page = await used.page()
    await loseTheAnswer(used.site, 'A100002')
    await openHeld(page, 'A100002.pdf')
    used.site.simulator.setStatus('acme', 'A100002', 'PENDING REPORTING')
    await settle(page, 'A100002.pdf', needsYou.settledOptions['not-delivered'])
    expect(study('A100002').reports).toHaveLength(1)
  })
})
