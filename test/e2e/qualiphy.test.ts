import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { refusalSentences, type Refusal } from '../../electron/qualiphy/answers.ts'
import { whatToDo } from '../../electron/qualiphy/invite-record.ts'
import { words } from '../../renderer/words.ts'
import type { FaultRuleInput } from '../simulator/simulator.ts'
import { whyNot } from './support/site.ts'
import { setUpQualiphy } from './support/telehealth.ts'
import { useDesktopSite } from './support/use-site.ts'
import { goTo } from './support/window.ts'

const notHere = whyNot()
const { qualiphy } = words
const button = (where: Page | Locator, name: string) => where.getByRole('button', { name, exact: true })
const dialog = (page: Page, name: string) => page.getByRole('alertdialog', { name })

async function openStudy(page: Page): Promise<Locator> {
  await goTo(page, 'worklist')
  await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').dblclick()
  await page.getByRole('heading', { level: 1, name: /Thompson-Reid/ }).waitFor()
  return page.getByRole('region', { name: qualiphy.title, exact: true })
}

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: qualiphy.fields.exams }).fill('GFE')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  await field(qualiphy.fields.email).fill('pat@example.com')
  await field(qualiphy.fields.phone_number).fill('5552223232')
  await field(qualiphy.fields.tele_state).fill('NY')
}

async function send(page: Page): Promise<void> {
  await button(page, qualiphy.review).click()
  await dialog(page, qualiphy.previewTitle).getByText('pat@example.com').waitFor()
  await button(page, qualiphy.send).click()
}

const endpoint = 'qualiphy-invite' as const
const problem = (status: number, detail: string): FaultRuleInput => ({
  endpoint,
  fault: { kind: 'problem', status, detail },
})

/** Every documented answer that is a no (contract 5.1), as the vendor words it. */
const answers: Readonly<Record<Exclude<Refusal, 'server-error'>, FaultRuleInput>> = {
  'invalid-request': problem(400, 'Invalid Request.'),
  unauthorized: problem(401, 'Unauthorized access.'),
  'provider-missing': problem(401, 'Need to add Patient Care Provider via Qualiphy Portal!'),
  contract: problem(401, 'Need to sign contract!'),
  'prescriptive-contract': problem(401, 'Need to sign Prescriptive Services Contract via\nQualiphy Portal!'),
  refused: problem(401, 'Something else.'),
}

describe.skipIf(notHere !== null)(
  `an exam invite from a study${notHere === null ? '' : ` (skipped here: ${notHere})`}`,
  () => {
    const used = useDesktopSite({ connected: true })

    it('says each refusal and each open end, asks before another, and then its link is opened, shown and a comment in QUBS', async () => {
      const page = await used.open()
      const { simulator } = used.site
      const requests = () => simulator.requests((request) => request.endpoint === endpoint)
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').waitFor()
      await setUpQualiphy(page, simulator.qualiphy)
      const panel = await openStudy(page)
      await button(panel, qualiphy.newInvite).click()
      await fillIn(page)
      for (const [refusal, rule] of Object.entries(answers)) {
        simulator.fault(rule)
        await send(page)
        const outcome = dialog(page, qualiphy.states['not-sent'])
        const sentence = Object.entries(refusalSentences).find(([code]) => code === refusal)?.[1] ?? '-'
        await outcome.getByText(sentence).waitFor()
        await button(outcome, qualiphy.backToForm).click()
      }
      expect(simulator.qualiphy.invites()).toEqual([])
      expect(requests()).toHaveLength(6)

      simulator.switches.qualiphyOutage = 'busy'
      await send(page)
      const open = dialog(page, qualiphy.states['may-have-been-sent'])
      await open.getByText(`${refusalSentences['server-error']} ${whatToDo}`).waitFor()
      await button(open, words.shell.close).last().click()
      await panel.getByText(qualiphy.states['may-have-been-sent'], { exact: true }).waitFor()
      simulator.switches.qualiphyOutage = 'none'
      expect(requests()).toHaveLength(7)

      await button(panel, qualiphy.newInvite).click()
      await send(page)
      await dialog(page, qualiphy.againTitle).waitFor()
      expect(requests()).toHaveLength(7)
      await button(page, qualiphy.sendAnother).click()
      await panel.getByText(qualiphy.states.sent, { exact: true }).waitFor()
      expect(requests()).toHaveLength(8)
      const link = simulator.qualiphy.invites().at(-1)?.meetingUrl ?? '-'

      await button(panel, qualiphy.openLink).click()
      const state = await used.desktop.until('the meeting', ({ openedExternally }) =>
        openedExternally.includes(link),
      )
      expect(state.openedExternally).toEqual([link])
      expect(JSON.stringify(await used.desktop.traffic())).not.toContain(link)
      await button(panel, qualiphy.showLink).click()
      await panel.getByText(link).waitFor()

      await button(panel, qualiphy.addComment).click()
      const written = await simulator.waitForRequest((request) => request.endpoint === 'comment-create')
      expect(String(written.body)).toContain(link)
      await panel.getByText(words.deliveries.states.delivered).waitFor()
      const comments = simulator.appointment('acme', 'A100001').comments
      expect(comments.filter(({ commentText }) => (commentText ?? '').includes(link))).toMatchObject([
        { commentType: 'AC' },
      ])
      const told = (await used.desktop.traffic()).filter(({ kind }) => kind !== 'call')
      expect(JSON.stringify(told)).not.toContain(simulator.qualiphy.apiKey)
      expect(used.desktop.output()).not.toContain(link)
    })
  },
)
