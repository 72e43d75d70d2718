import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import type { HeldReason } from '../../shared/delivery.ts'
import { sampleParagraphs, writeScanPdf } from '../support/pdf/write-report-pdf.ts'
import { pdfReport, srReport, type ReportFor } from '../support/station/sample-reports.ts'
import { unknownStudy, whyNot, type DesktopSite } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, goTo, lastDone, openHeld, sayWhoAndWhy } from './support/window.ts'

const notHere = whyNot()
const { needsYou, deliveries } = words
type Study = (id: string) => ReportFor
type Case = {
  readonly reason: HeldReason
  /** Drops the report under this name. */
  readonly drop: (site: DesktopSite, study: Study, file: string) => Promise<void>
  /** What the person answers in the form, before saying who and why; then the button that is pressed. */
  readonly answer: (form: Locator, page: Page, site: DesktopSite) => Promise<void>
  readonly button: string
  /** The appointment that has the report in the end, and how many it then has. */
  readonly delivered: { readonly appointmentId: string; readonly reports: number }
}

const radio = (form: Locator, text: string | RegExp): Promise<void> =>
  form.getByRole('radio', { name: text }).click({ force: true })

async function searchAndTake(form: Locator, search: string, found: string): Promise<void> {
  await form.getByRole('searchbox', { name: needsYou.otherStudy }).fill(search)
  await form
    .getByRole('listbox', { name: needsYou.otherResults })
    .getByRole('option')
    .filter({ hasText: found })
    .click()
}

const cases: readonly Case[] = [
  {
    reason: 'study-unnamed',
    drop: async (site, study, file) =>
      site.put(file, await pdfReport({ ...study('A100001'), appointmentId: '' })),
    answer: async (form) => radio(form, /A100001/),
    button: needsYou.buttons.choose,
    delivered: { appointmentId: 'A100001', reports: 1 },
  },
  {
    reason: 'ambiguous-match',
    drop: async (site, study, file) =>
      site.put(
        file,
        await pdfReport(study('A100001'), {
          paragraphs: [...sampleParagraphs, 'Compare with A100002 of today.'],
        }),
      ),
    answer: async (form) => radio(form, /A100002/),
    button: needsYou.buttons.choose,
    delivered: { appointmentId: 'A100002', reports: 1 },
  },
  {
    reason: 'no-match',
    drop: async (site, _study, file) => site.put(file, await pdfReport(unknownStudy)),
    answer: async (form) => {
      await searchAndTake(form, 'Adichie', 'A100012')
      // The document names another patient: the birth date of the study's patient proves that somebody looked.
      await form.getByRole('textbox', { name: needsYou.birthDate }).fill('1968-08-15')
    },
    button: needsYou.buttons.choose,
    delivered: { appointmentId: 'A100012', reports: 1 },
  },
  {
    reason: 'identity-unverified',
    drop: async (site, study, file) =>
      site.put(file, await pdfReport({ ...study('A100003'), patientId: '', dateOfBirth: '' })),
    answer: async (form) =>
      form.getByRole('table', { name: needsYou.evidenceFor({ id: 'A100003' }) }).waitFor(),
    button: needsYou.buttons.choose,
    delivered: { appointmentId: 'A100003', reports: 1 },
  },
  {
    reason: 'identity-mismatch',
    drop: async (site, study, file) =>
      site.put(file, await pdfReport({ ...study('A100006'), appointmentId: 'A100007' })),
    answer: async (form) => form.getByRole('textbox', { name: needsYou.birthDate }).fill('1983-05-17'),
    button: needsYou.buttons.mismatch,
    delivered: { appointmentId: 'A100007', reports: 1 },
  },
  {
    reason: 'no-text',
    drop: async (site, _study, file) => site.put(file, await writeScanPdf()),
    answer: async (form) => {
      await form
        .getByRole('textbox', { name: needsYou.reportText })
        .fill('Normal study. Typed from the scan.')
      await searchAndTake(form, 'A100009', 'A100009')
    },
    button: needsYou.buttons.text,
    delivered: { appointmentId: 'A100009', reports: 1 },
  },
  {
    reason: 'status-unclear',
    drop: async (site, study, file) =>
      site.put(
        file,
        srReport(study('A100004'), {
          flags: { preliminary: 'FINAL', completion: 'PARTIAL', verification: 'UNVERIFIED' },
        }),
      ),
    answer: async (form) => radio(form, deliveries.reportStatuses.preliminary),
    button: needsYou.buttons.status,
    delivered: { appointmentId: 'A100004', reports: 1 },
  },
  {
    reason: 'correction',
    drop: async (site, study, file) => {
      site.simulator.switches.finalLeavesPending = false
      await deliverFirst(site, 'Final/first-a.pdf', await pdfReport(study('A100005')))
      await site.put(
        `Final/${file}`,
        await pdfReport(study('A100005'), {
          paragraphs: [...sampleParagraphs, 'Corrected: left, not right.'],
        }),
      )
    },
    answer: async () => undefined,
    button: needsYou.buttons.release,
    delivered: { appointmentId: 'A100005', reports: 2 },
  },
  {
    reason: 'already-final',
    drop: async (site, study, file) => {
      site.simulator.switches.finalLeavesPending = false
      await deliverFirst(site, 'Final/first-b.pdf', await pdfReport(study('A100006')))
      await site.put(
        `Preliminary/${file}`,
        await pdfReport(study('A100006'), { paragraphs: [...sampleParagraphs, 'Early words.'] }),
      )
    },
    answer: async () => undefined,
    button: needsYou.buttons.release,
    delivered: { appointmentId: 'A100006', reports: 2 },
  },
  {
    reason: 'superseded',
    drop: async (site, study, file) => {
      await deliverFirst(
        site,
        'first-c.dcm',
        srReport(study('A100008'), {
          flags: { preliminary: 'PRELIMINARY', completion: 'COMPLETE', verification: 'UNVERIFIED' },
        }),
      )
      await site.put(
        file,
        srReport(study('A100008'), {
          flags: { preliminary: 'PRELIMINARY', completion: 'COMPLETE', verification: 'UNVERIFIED' },
          contentDate: '20261118',
        }),
      )
    },
    answer: async () => undefined,
    button: needsYou.buttons.release,
    delivered: { appointmentId: 'A100008', reports: 2 },
  },
  {
    reason: 'rejected',
    drop: async (site, study, file) => {
      site.simulator.fault({ endpoint: 'report', times: 1, fault: { kind: 'problem', status: 422 } })
      await site.put(file, await pdfReport(study('A100010')))
    },
    answer: async () => undefined,
    button: needsYou.buttons.retry,
    delivered: { appointmentId: 'A100010', reports: 1 },
  },
  {
    reason: 'gone',
    drop: async (site, study, file) => {
      const report = await pdfReport(study('A100011'))
      site.simulator.setStatus('acme', 'A100011', 'CANCELLED')
      await site.put(file, report)
    },
    answer: async (_form, _page, site) => site.simulator.setStatus('acme', 'A100011', 'PENDING REPORTING'),
    button: needsYou.buttons.retry,
    delivered: { appointmentId: 'A100011', reports: 1 },
  },
]

/** The version that the next one is measured by. */
async function deliverFirst(site: DesktopSite, file: string, bytes: Uint8Array): Promise<void> {
  const before = site.simulator.requests(({ endpoint }) => endpoint === 'report').length
  await site.put(file, bytes)
  await expect
    .poll(() => site.simulator.requests(({ endpoint }) => endpoint === 'report').length, { timeout: 60_000 })
    .toBe(before + 1)
}

const skipped = notHere === null ? '' : ` (skipped here: ${notHere})`

describe.skipIf(notHere !== null)(`a report that needs a person${skipped}`, () => {
  const used = useDesktopSite({ connected: true, shared: true })
  const study: Study = (id) => used.site.simulator.appointment('acme', id)
  const reportsOf = (id: string) => used.site.simulator.appointment('acme', id).reports

  it.each(cases)(
    'held as $reason, decided in the window, delivered',
    async ({ reason, drop, answer, button, delivered: { appointmentId, reports } }) => {
      const page = await used.page()
      const { site, desktop } = used
      const file = `${reason}.pdf`
      await goTo(page, 'worklist')
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Brain').waitFor()
      await drop(site, study, file)
      const { tray } = await desktop.until(
        'the tray to ask',
        (state) => state.tray?.image === 'tray-needs-you.png',
      )
      expect(tray?.toolTip).toContain('1 report needs you')
      const before = reportsOf(appointmentId).length
      const form = await openHeld(page, file)
      await form.getByRole('heading', { name: needsYou.reasons[reason] }).waitFor()
      await answer(form, page, site)
      expect(reportsOf(appointmentId)).toHaveLength(before)
      if (button !== needsYou.buttons.retry)
        await sayWhoAndWhy(form, 'Dr Rory Smith', 'Compared document and study')
      await form.getByRole('button', { name: button }).click()
      // In its own place, where no button of the next case can be.
      await lastDone(page)
        .getByText(button === needsYou.buttons.retry ? needsYou.retried : needsYou.resolved)
        .waitFor()
      await goTo(page, 'deliveries')
      await deliveryRow(page, file, deliveries.states.delivered).waitFor()
      expect(reportsOf(appointmentId)).toHaveLength(reports)
    },
  )
})
