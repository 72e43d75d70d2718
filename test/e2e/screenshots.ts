import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { words } from '../../renderer/words.ts'
import type { Desktop } from '../desktop-host/desktop.ts'
import { pdfReport, srReport } from '../support/station/sample-reports.ts'
import { writeScanPdf } from '../support/pdf/write-report-pdf.ts'
import { appFolder, openSite, unknownStudy as nobody, whyNot, type DesktopSite } from './support/site.ts'
import { fakeLogin } from './support/fake-login.ts'
import { setUpQualiphy, setUpSolo } from './support/telehealth.ts'
import { deliveryRow, goTo, openHeld } from './support/window.ts'

/**
 * `npm run screenshots`: every view of the running app in light and dark, 1280×800, into docs/screenshots/. The data is
 * the simulator's; nobody in it exists.
 */

const folder = join(appFolder, 'docs', 'screenshots')

type View = {
  readonly name: string
  readonly show: (page: Page) => Promise<void>
  /** Clears away what would lie over the next view. */
  readonly leave?: (page: Page) => Promise<void>
}

const views: readonly View[] = [
  {
    name: 'worklist',
    async show(page) {
      await goTo(page, 'worklist')
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').waitFor()
    },
  },
  {
    name: 'study',
    async show(page) {
      await goTo(page, 'worklist')
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').dblclick()
      await page.getByRole('region', { name: words.study.addComment }).waitFor()
    },
  },
  {
    name: 'report',
    async show(page) {
      await goTo(page, 'worklist')
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').dblclick()
      await page.getByRole('region', { name: words.study.addComment }).waitFor()
      await page.keyboard.press('r')
      const text = page.getByRole('textbox', { name: words.compose.text, exact: true })
      await text.fill(
        'CT CHEST\n\nFindings: The lungs are clear. No effusion. Heart size is normal.\n\nImpression: No acute disease.',
      )
      await page.getByText(words.compose.kept({ time: '' }).trim()).waitFor()
    },
  },
  {
    name: 'deliveries',
    async show(page) {
      await goTo(page, 'deliveries')
      await deliveryRow(page, 'mri-spine.dcm', words.deliveries.states.delivered).click()
      await page.getByText(words.deliveries.receipt).first().waitFor()
    },
  },
  {
    name: 'needs-you',
    async show(page) {
      const form = await openHeld(page, 'mammogram.pdf')
      await form.getByRole('table').first().waitFor()
      await page.locator('canvas').first().waitFor()
    },
  },
  {
    name: 'schedule',
    async show(page) {
      await goTo(page, 'schedule')
      await page.getByRole('table').or(page.getByRole('grid')).first().waitFor()
    },
  },
  {
    name: 'history',
    async show(page) {
      await openView(page, words.history.title)
      await page.getByRole('listbox', { name: words.history.list }).getByRole('option').first().click()
      await page.getByRole('region', { name: words.history.trail }).waitFor()
    },
  },
  {
    name: 'inspect',
    async show(page) {
      const report = await pdfReport(nobody)
      const file = { name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.from(report) }
      await page.getByRole('navigation').locator('input[type=file]').first().setInputFiles(file)
      await page.getByRole('dialog').getByText(nobody.appointmentId).first().waitFor()
    },
    leave: leaveDialog,
  },
  {
    name: 'palette',
    async show(page) {
      await goTo(page, 'worklist')
      await page.keyboard.press('Control+k')
      await page.keyboard.type('ct')
      await page.getByRole('dialog', { name: words.palette.title }).getByRole('option').first().waitFor()
    },
    leave: leaveDialog,
  },
  {
    name: 'keys',
    async show(page) {
      await goTo(page, 'worklist')
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: words.keys.title }).waitFor()
    },
    leave: leaveDialog,
  },
  {
    name: 'telehealth',
    async show(page) {
      await goTo(page, 'worklist')
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').dblclick()
      await page.getByRole('region', { name: words.solo.title }).getByText(words.solo.none).waitFor()
      await page
        .getByRole('region', { name: words.qualiphy.title, exact: true })
        .getByRole('button', { name: words.qualiphy.newInvite, exact: true })
        .scrollIntoViewIfNeeded()
    },
  },
  { name: 'settings', show: (page) => showSettings(page, null) },
  { name: 'settings-solo', show: (page) => showSettings(page, words.solo.settings.section) },
  { name: 'settings-qualiphy', show: (page) => showSettings(page, words.qualiphy.title) },
  { name: 'settings-computer', show: (page) => showSettings(page, words.settings.sections.desktop) },
  { name: 'settings-network', show: (page) => showSettings(page, words.settings.sections.network) },
  { name: 'settings-about', show: (page) => showSettings(page, words.about.title) },
]

/** As a person covers the window: switched on in the settings, then by its key. */
async function cover(page: Page): Promise<void> {
  await goTo(page, 'settings')
  await page
    .getByRole('radiogroup', { name: words.lock.setting })
    .getByText(words.lock.minutes({ minutes: 5 }), { exact: true })
    .click()
  await goTo(page, 'worklist')
  await page.keyboard.press('Control+l')
  await page.getByRole('heading', { level: 1, name: words.lock.title }).waitFor()
}

async function openView(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: words.shell.views })
    .getByRole('button', { name, exact: true })
    .click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** A section of the settings by their outline; null: the beginning. */
async function showSettings(page: Page, section: string | null): Promise<void> {
  await goTo(page, 'settings')
  const outline = page.getByRole('navigation', { name: words.about.sections })
  await outline.waitFor()
  if (section !== null) await outline.getByRole('button', { name: section, exact: true }).click()
}

/** What is typed goes first, then the dialog. */
async function leaveDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  while (await dialog.isVisible()) await page.keyboard.press('Escape')
}

async function dropSamples(site: DesktopSite, desktop: Desktop): Promise<void> {
  const study = (id: string) => site.simulator.appointment('acme', id)
  await site.put('ct-chest.pdf', await pdfReport(study('A100001')))
  await site.put('mri-spine.dcm', srReport(study('A100003')))
  await site.put('xray-chest.pdf', await pdfReport(study('A100010')))
  await site.put('scan.pdf', await writeScanPdf())
  await site.put('wrist.pdf', await pdfReport({ ...study('A100002'), appointmentId: '' }))
  await site.put('mammogram.pdf', await pdfReport({ ...study('A100006'), appointmentId: 'A100007' }))
  await desktop.until('all six', ({ tray }) => {
    const text = JSON.stringify(tray)
    return text.includes('3 reports need you') && text.includes('Delivered today: 3')
  })
}

/** Pictures of what has come to rest: nothing turns, fades or blinks any more. */
async function takePicture(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready')
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
}

async function firstRun(colours: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const site = await openSite({ connected: false })
  try {
    const page = await (await site.start(environment)).page()
    await page.getByRole('heading', { name: words.firstRun.title }).waitFor()
    await takePicture(page, `first-run-${colours}`)
  } finally {
    await site.close()
  }
}

async function allViews(colours: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const site = await openSite({ connected: true })
  try {
    const login = await fakeLogin(site.home)
    const desktop = await site.start({ ...login.environment, ...environment })
    const page = await desktop.page()
    await dropSamples(site, desktop)
    await setUpSolo(page, site.simulator.solo)
    await setUpQualiphy(page, site.simulator.qualiphy)
    for (const { name, show, leave } of views) {
      await show(page)
      await takePicture(page, `${name}-${colours}`)
      await leave?.(page)
    }
    await cover(page)
    await takePicture(page, `cover-${colours}`)
  } finally {
    await site.close()
  }
}

const reason = whyNot()
if (reason === null) {
  await mkdir(folder, { recursive: true })
  for (const [colours, environment] of [
    ['light', {}],
    ['dark', { RADPOST_STAND_IN_DARK: '1' }],
  ] as const) {
    await firstRun(colours, environment)
    await allViews(colours, environment)
  }
  process.stdout.write(`${(views.length + 2) * 2} pictures are in docs/screenshots.\n`)
} else {
  process.stderr.write(`No pictures were taken: this machine has ${reason}.\n`)
  process.exitCode = 1
}
