import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../renderer/words.ts'
import { buildWindow, missingBrowser, type BuiltWindow } from './built-window.ts'
import { accessibilityViolations, asked, goTo } from './in-window.ts'

const { inspect, templates, needsYou, settings, deliveries } = words
const report = 'Patient: Thomson, Margaret\nClient ref: HB-40155\nNo pulmonary embolism.\n'

/** Drags a file over the page, and lets it go there. A page that does not take the event is left for the file. */
async function drop(target: Locator, name: string, text: string): Promise<void> {
  const page = target.page()
  const dataTransfer = await page.evaluateHandle(`(() => {
    // Heard after everything that the window itself listens with.
    window.addEventListener('drop', (event) => { window.dropIsTaken = event.defaultPrevented }, { once: true })
    const transfer = new DataTransfer()
    transfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}))
    return transfer
  })()`)
  await target.dispatchEvent('dragover', { dataTransfer })
  await target.dispatchEvent('drop', { dataTransfer })
  expect(await page.evaluate('window.dropIsTaken')).toBe(true)
}

describe.skipIf(missingBrowser !== null)(
  `reading in the built window (${missingBrowser ?? 'Chromium'})`,
  () => {
    let built: BuiltWindow
    beforeAll(async () => {
      built = await buildWindow()
    })
    afterAll(async () => {
      await built.close()
    })

    async function inWindow(act: (page: Page) => Promise<void>): Promise<void> {
      const { page, complaints, strayRequests } = await built.open({ scenario: 'busy' })
      try {
        await page.getByRole('grid', { name: words.worklist.table }).waitFor()
        await act(page)
        expect(complaints).toEqual([])
        expect(strayRequests).toEqual([])
      } finally {
        await page.context().close()
      }
    }

    it('a file that is dropped on any view is looked at: verdict, why, text, evidence; nothing was sent', async () => {
      await inWindow(async (page) => {
        const address = page.url()
        for (const view of [words.shell.worklist, words.shell.settings]) {
          await goTo(page, view)
          await drop(page.locator('body'), 'CTPA Reid.pdf', report)
          const dialog = page.getByRole('dialog', { name: inspect.title({ file: 'CTPA Reid.pdf' }) })
          await dialog.getByText(inspect.nothingSent, { exact: true }).waitFor()
          await dialog.getByText(inspect.verdicts.report).waitFor()
          await dialog
            .getByText(inspect.outlooks.hold({ reason: deliveries.heldReasons['identity-mismatch'] }))
            .waitFor()
          const evidence = dialog.getByRole('table', { name: needsYou.evidenceFor({ id: 'A104198' }) })
          expect(await evidence.getByText(needsYou.comparisons.contradicts).count()).toBe(2)
          await dialog.getByText(inspect.ambiguousDate({ date: '03/04/1916' })).waitFor()
          await dialog.getByText(inspect.textCounts({ characters: 71, words: 9, lines: 3 })).waitFor()
          expect(await dialog.getByRole('region', { name: inspect.text }).last().innerText()).toContain(
            'No pulmonary embolism.',
          )
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme })
            expect(await accessibilityViolations(page)).toEqual([])
          }
          await dialog.getByRole('button', { name: words.shell.close }).click()
          await dialog.waitFor({ state: 'detached' })
        }
        expect(page.url()).toBe(address)
        expect(await asked(page, 'inspect.file')).toHaveLength(2)
      })
    })

    it('a file that cannot go says why; a drag is announced and forgotten', async () => {
      await inWindow(async (page) => {
        const dataTransfer = await page.evaluateHandle(
          `(() => { const t = new DataTransfer(); t.items.add(new File(['x'], 'x.pdf')); return t })()`,
        )
        await page.locator('body').dispatchEvent('dragover', { dataTransfer })
        await page.getByText(inspect.dropHere).waitFor()
        await page.locator('body').dispatchEvent('dragleave', { dataTransfer })
        await page.getByText(inspect.dropHere).waitFor({ state: 'detached' })

        await page
          .getByRole('navigation')
          .locator('input[type=file]')
          .setInputFiles({
            name: 'locked.pdf',
            mimeType: 'application/pdf',
            buffer: Buffer.from('%PDF-'),
          })
        const dialog = page.getByRole('dialog', { name: inspect.title({ file: 'locked.pdf' }) })
        await dialog.getByText(inspect.verdicts.held).waitFor()
        await dialog.getByText(needsYou.reasons.encrypted, { exact: true }).waitFor()
        await dialog.getByText(inspect.noText).waitFor()
        expect(await dialog.getByRole('table').count()).toBe(0)
      })
    })

    it('a template is written, refused at its field, tried on a file, saved, removed, and had back', async () => {
      await inWindow(async (page) => {
        await goTo(page, words.shell.settings)
        const section = page.getByRole('region', { name: templates.title })
        await section.getByRole('button', { name: templates.add }).click()
        const form = page.getByRole('dialog', { name: templates.newTitle })
        const label = form.getByRole('textbox', { name: templates.fields.patientId })
        await form.getByRole('button', { name: templates.save }).click()
        await form.getByText(templates.nameNeeded({ limit: 100 })).waitFor()
        await form.getByText(templates.fieldNeeded).waitFor()
        await label.fill('(a+)+')
        await form.getByText(/This looks like a regular expression/).waitFor()
        expect(await asked(page, 'settings.save')).toEqual([])

        await label.fill('Client ref')
        await drop(form.getByText(templates.tryHint), 'sample.pdf', report)
        await form.getByRole('region', { name: templates.byDraft }).getByText('HB-40155').waitFor()
        await form.getByRole('region', { name: templates.byBuiltIn }).getByText('Thomson, Margaret').waitFor()
        const text = form.getByRole('region', { name: templates.text })
        expect(await text.locator('mark[data-by=template]').allInnerTexts()).toEqual(['HB-40155'])
        expect(await text.locator('mark[data-by=built-in]').allInnerTexts()).toEqual(['Thomson, Margaret'])
        // The form took the file; the window did not inspect it as well.
        expect(await asked(page, 'inspect.file')).toEqual([])
        expect(await accessibilityViolations(page)).toEqual([])

        await form.getByRole('textbox', { name: templates.name }).fill('Old RIS')
        await form.getByRole('button', { name: templates.save }).click()
        const ours = { name: 'Old RIS', fields: { patientId: 'Client ref' } }
        expect(await asked(page, 'settings.save')).toMatchObject([{ reports: { templates: [ours] } }])

        await section.getByRole('button', { name: templates.remove({ name: 'Old RIS' }) }).click()
        await section.getByText(templates.none).waitFor()
        await section.getByRole('button', { name: templates.undo }).click()
        await section.getByRole('button', { name: templates.edit({ name: 'Old RIS' }) }).waitFor()
        expect((await asked(page, 'settings.save')).at(-1)).toMatchObject({ reports: { templates: [ours] } })
      })
    })

    it('a decision suggests a template, which is saved only on a person’s word', async () => {
      await inWindow(async (page) => {
        await goTo(page, words.shell.needsYou)
        await page.getByRole('option').filter({ hasText: 'knee left JM' }).click()
        const decision = page.getByRole('region', { name: needsYou.decision })
        await decision.getByText('knee left JM.pdf').waitFor()
        await decision.getByRole('textbox', { name: needsYou.reason }).fill('Compared')
        await decision.getByRole('textbox', { name: needsYou.by }).fill('Dr Rory Smith')
        await decision.getByRole('radio').first().click({ force: true })
        await decision.getByRole('button', { name: needsYou.buttons.choose }).click()
        const dialog = page.getByRole('dialog', { name: templates.suggestionTitle })
        await dialog.getByText('Client ref').waitFor()
        await dialog.getByRole('region', { name: templates.suggestionFound }).getByText('HB-40155').waitFor()
        // The library's own announcer, outside of the dialog, still names the button that was busy.
        expect(await accessibilityViolations(page, '[role=dialog]')).toEqual([])
        expect(await asked(page, 'settings.save')).toEqual([])
        await dialog.getByRole('textbox', { name: templates.name }).fill('Knee clinic')
        await dialog.getByRole('button', { name: templates.accept }).click()
        await dialog.waitFor({ state: 'detached' })
        expect(await asked(page, 'settings.save')).toMatchObject([
          { reports: { templates: [{ name: 'Knee clinic', fields: { patientId: 'Client ref' } }] } },
        ])
      })
    })

    it('a final that differs asks until it is answered, in needs-you and at the delivery', async () => {
      await inWindow(async (page) => {
        await page.evaluate(`(() => {
        const { data, push } = window.fakeRadpost
        data.deliveries = data.deliveries.map((item) =>
          item.id === '11' ? { ...item, appointmentId: 'A104170', status: 'preliminary', version: 1 } :
          item.id === '5' ? { ...item, version: 2, follows: '11', discrepancy: { state: 'asked', preliminary: '11' } } : item)
        push('deliveries.changed', { ids: ['5', '11'] })
      })()`)
        const asks = needsYou.discrepancy
        await goTo(page, words.shell.deliveries)
        await page.getByRole('option').filter({ hasText: 'A104170.pdf' }).click()
        const detail = page.getByRole('region', { name: 'A104170.pdf' })
        await detail.getByRole('region', { name: asks.heading }).waitFor()
        expect(
          await detail.getByRole('region', { name: deliveries.versions }).getByRole('listitem').count(),
        ).toBe(2)

        await goTo(page, words.shell.needsYou)
        await page.getByRole('option').filter({ hasText: 'A104170.pdf' }).click()
        const decision = page.getByRole('region', { name: needsYou.decision })
        const keep = decision.getByRole('button', { name: asks.keep })
        await keep.click()
        await decision.getByText(asks.answerNeeded).waitFor()
        await decision.getByRole('radio', { name: asks.answers.told }).click({ force: true })
        await decision.getByText(asks.whomNeeded).waitFor()
        await decision.getByText(asks.atNeeded).waitFor()
        await decision.getByText(asks.howNeeded).waitFor()
        expect(await accessibilityViolations(page)).toEqual([])
        await decision.getByRole('textbox', { name: asks.whom }).fill('Dr Ada Referrer')
        await decision.getByLabel(asks.at, { exact: true }).fill('2026-11-01T09:30')
        await decision.getByRole('radio', { name: asks.channels.phone }).click({ force: true })
        await decision.getByRole('textbox', { name: needsYou.reason }).fill('Compared both reports')
        await decision.getByRole('textbox', { name: needsYou.by }).fill('Dr Rory Smith')
        await keep.click()
        await page.getByText(asks.kept).waitFor()
        expect(await asked(page, 'deliveries.answerDiscrepancy')).toMatchObject([
          {
            id: '5',
            by: 'Dr Rory Smith',
            reason: 'Compared both reports',
            told: { whom: 'Dr Ada Referrer', how: 'phone' },
          },
        ])
        await page.getByRole('option').filter({ hasText: 'A104170.pdf' }).waitFor({ state: 'detached' })
        await goTo(page, words.shell.deliveries)
        await page.getByRole('option').filter({ hasText: 'A104170.pdf' }).click()
        await detail
          .getByRole('region', { name: asks.answered })
          .getByText(/Dr Ada Referrer/)
          .waitFor()
      })
    })

    it('three identifiers with a local patient id are refused at the field; dates are ordered by practice', async () => {
      await inWindow(async (page) => {
        await goTo(page, words.shell.settings)
        const section = page.getByRole('region', { name: settings.sections.identity })
        const choose = (name: string) => section.getByText(name, { exact: true }).click()
        await choose(settings.patientIdIsOptions.local)
        await page.getByText(settings.saved).waitFor()
        await choose(settings.elementsOptions['3'])
        await section.getByText(settings.elementsNeedQubs).waitFor()
        expect(await asked(page, 'settings.save')).toEqual([
          { identity: { elements: 2, patientIdIs: 'local' } },
        ])
        await choose(settings.patientIdIsOptions.qubs)
        await section.getByText(settings.elementsNeedQubs).waitFor({ state: 'detached' })
        expect((await asked(page, 'settings.save')).at(-1)).toEqual({
          identity: { elements: 3, patientIdIs: 'qubs' },
        })

        await page
          .getByRole('radiogroup', { name: settings.dateOrder({ name: 'Harbour Imaging' }) })
          .getByText(settings.dateOrderOptions.dmy)
          .click()
        await expect
          .poll(() => asked(page, 'settings.setDateOrder'))
          .toEqual([{ domain: 'harbour', dateOrder: 'dmy' }])
      })
    })
  },
)
