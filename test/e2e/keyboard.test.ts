import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { words } from '../../renderer/words.ts'
import { pdfReport } from '../support/station/sample-reports.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, lastDone } from './support/window.ts'

const reason = whyNot()

/** The name of what has the focus, as it is read out; empty where nothing has it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return ''
    const label = element.labels?.[0]?.textContent ?? ''
    return (element.getAttribute('aria-label') ?? (label || element.textContent || '')).trim()
  })()`)

/** Goes on with Tab until that has the focus: a person would look for it on the screen in the same way. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const isIt = (text: string) => (typeof name === 'string' ? text === name : name.test(text))
  for (let presses = 0; presses < 60; presses += 1) {
    if (isIt(await focused(page))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${String(name)}.`)
}

describe.skipIf(reason !== null)(
  `the main flow without a mouse${reason === null ? '' : ` (skipped here: ${reason})`}`,
  () => {
    const used = useDesktopSite({ connected: true })
    const study = (id: string) => used.site.simulator.appointment('acme', id)

    it('finds, reads, comments, reports, decides, and sees it delivered', async () => {
      const page = await used.open()
      const key = (name: string) => page.keyboard.press(name)
      const write = (text: string) => page.keyboard.type(text)
      const list = page.getByRole('grid', { name: words.worklist.table })
      await list.getByText('MRI Lumbar spine').waitFor()

      // Worklist: search, go into the list, open.
      await key('/')
      await write('lumbar')
      await list.getByText('CT Chest').waitFor({ state: 'detached' })
      await tabTo(page, /Lumbar spine/)
      await key('Enter')
      await page.getByRole('heading', { level: 1, name: /O'Brien/ }).waitFor()

      // Study: a comment.
      await key('c')
      await write('Prior imaging requested.')
      await tabTo(page, words.study.addButton.AC)
      await key('Enter')
      await lastDone(page).getByText(words.study.commentDelivered).waitFor()
      expect(study('A100003').comments.map(({ commentText }) => commentText)).toContain(
        'Prior imaging requested.',
      )

      // Report: written, sent, confirmed as final.
      await key('Escape')
      await page.getByRole('heading', { level: 1, name: words.worklist.title }).waitFor()
      await list.getByText('MRI Lumbar spine').waitFor()
      await tabTo(page, /Lumbar spine/)
      await key('r')
      await page.getByRole('textbox', { name: words.compose.text, exact: true }).waitFor()
      await tabTo(page, words.compose.text)
      await write('Findings: disc bulge at L4/L5.')
      const { preliminary, final } = words.deliveries.reportStatuses
      await tabTo(page, new RegExp(`^(${preliminary}|${final})$`))
      if ((await focused(page)) !== final) await key('ArrowRight')
      expect(await focused(page)).toBe(final)
      await key('Control+Enter')
      await page.getByRole('alertdialog', { name: words.compose.confirmFinal }).waitFor()
      await tabTo(page, words.compose.compared)
      await key('Space')
      await tabTo(page, words.compose.by)
      await write('Dr Roe')
      await tabTo(page, words.compose.sendFinal)
      await key('Enter')
      await page.getByText(words.compose.delivered).waitFor()
      expect(study('A100003').reports.map(({ reportText }) => reportText)).toEqual([
        'Findings: disc bulge at L4/L5.',
      ])

      // Needs you: a report without an id, decided.
      await used.site.put('wrist.pdf', await pdfReport({ ...study('A100002'), appointmentId: '' }))
      await key('Control+3')
      const decision = page.getByRole('region', { name: words.needsYou.decision })
      await decision.getByText('wrist.pdf').waitFor()
      await tabTo(page, /A100001/)
      await key('ArrowDown')
      expect(await focused(page)).toContain('A100002')
      await decision.getByRole('table').first().waitFor()
      await tabTo(page, words.needsYou.reason)
      await write('Compared with the request.')
      // Who decides has been said with the report.
      await tabTo(page, words.needsYou.buttons.choose)
      await key('Enter')
      await lastDone(page).getByText(words.needsYou.resolved).waitFor()

      // Deliveries by the palette, and back.
      await key('Control+k')
      await write('deliv')
      await page
        .getByRole('option', { name: new RegExp(words.shell.deliveries) })
        .first()
        .waitFor()
      await key('Enter')
      await page.getByRole('heading', { level: 1, name: words.shell.deliveries }).waitFor()
      await deliveryRow(page, 'wrist.pdf', words.deliveries.states.delivered).waitFor()
      expect(study('A100002').reports).toHaveLength(1)
      await key('Control+1')
      await page.getByRole('heading', { level: 1, name: words.worklist.title }).waitFor()
    })
  },
)
