import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import { sampleAppointments } from '../simulator/simulator.ts'
import { pdfReport } from '../support/station/sample-reports.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, goTo, overallState } from './support/window.ts'

const notHere = whyNot()

describe.skipIf(notHere !== null)(
  `the app on the desktop${notHere === null ? '' : ` (skipped here: ${notHere})`}`,
  () => {
    const used = useDesktopSite({ connected: true, shared: true })
    const study = (id: string) => used.site.simulator.appointment('acme', id)

    it('stays in the tray when its window is closed, works on, and ends only when told to quit', async () => {
      const page = await used.page()
      const { site, desktop } = used
      await desktop.closeWindow()
      expect((await desktop.state()).windows).toMatchObject([{ visible: false }])
      await site.put('ct-chest.pdf', await pdfReport(study('A100001')))
      await desktop.until('the delivery', ({ tray }) => /Delivered today: [1-9]/.test(JSON.stringify(tray)))
      await desktop.chooseTrayItem('Open Radpost')
      expect((await desktop.state()).windows).toMatchObject([{ visible: true, title: 'Radpost' }])
      await goTo(page, 'deliveries')
      await deliveryRow(page, 'ct-chest.pdf', words.deliveries.states.delivered).waitFor()
      await desktop.chooseTrayItem('Quit Radpost')
      expect(await desktop.exited).toBe(0)
    })

    it('shows its window when it is started a second time', async () => {
      await used.page()
      const { site, desktop } = used
      await desktop.closeWindow()
      const second = await site.start()
      expect(await second.exited).toBe(0)
      await desktop.until('the window', ({ windows }) => windows[0]?.visible ?? false)
    })

    it('pauses from the tray and from the window, keeps what is dropped, and remembers the pause', async () => {
      const page = await used.page()
      const { site, desktop } = used
      await desktop.chooseTrayItem('Pause')
      await overallState(page).getByText(words.shell.overall.paused).waitFor()
      await site.put('mri-spine.pdf', await pdfReport(study('A100003')))
      await goTo(page, 'deliveries')
      await page.getByRole('option').filter({ hasText: 'mri-spine.pdf' }).waitFor()
      expect(await desktop.quit()).toBe(0)
      const again = await used.open()
      await overallState(again).getByText(words.shell.overall.paused).waitFor()
      expect(study('A100003').reports).toEqual([])
      await again.getByRole('button', { name: words.shell.resume, exact: true }).click()
      await goTo(again, 'deliveries')
      await deliveryRow(again, 'mri-spine.pdf', words.deliveries.states.delivered).waitFor()
    })

    it('begins nothing while the machine sleeps, and looks at once when it wakes', async () => {
      const page = await used.page()
      const { site, desktop } = used
      await goTo(page, 'worklist')
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').waitFor()
      await desktop.power('suspend')
      site.simulator.addAppointment({
        ...sampleAppointments()[11],
        appointmentId: 'A200001',
        studyInstanceUid: '1.2.276.0.99.77',
        studyDescription: 'CT Added while asleep',
      })
      await site.put('xray-chest.pdf', await pdfReport(study('A100010')))
      await desktop.power('lock-screen')
      expect(
        site.simulator.requests(
          ({ endpoint, appointmentId }) => endpoint === 'upload-urls' && appointmentId === 'A100010',
        ),
      ).toEqual([])
      await desktop.power('resume')
      await page.getByText('CT Added while asleep').waitFor()
      await goTo(page, 'deliveries')
      await deliveryRow(page, 'xray-chest.pdf', words.deliveries.states.delivered).waitFor()
    })

    it('says in the tray and in the window that it is signed out, until it is signed in again', async () => {
      const page = await used.page()
      const { site, desktop } = used
      await goTo(page, 'worklist')
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').waitFor()
      const refusal = site.simulator.fault({
        endpoint: 'token',
        times: 'always',
        fault: { kind: 'token-error', error: 'invalid_client' },
      })
      site.simulator.expireTokens({ refresh: true })
      await page.getByRole('button', { name: words.worklist.refresh }).click()
      await overallState(page).getByText(words.shell.overall['signed-out']).waitFor()
      await desktop.until('the tray to say so', ({ tray }) => tray?.image === 'tray-signed-out.png')
      refusal.remove()
      await page.getByRole('button', { name: words.worklist.refresh }).click()
      await overallState(page).getByText(words.shell.overall.idle).waitFor()
    })

    it('follows its appearance setting, and keeps it', async () => {
      const page = await used.page()
      const { desktop } = used
      await goTo(page, 'settings')
      const isDark = (): Promise<boolean> =>
        page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
      expect(await isDark()).toBe(false)
      await page.getByText(words.settings.themeOptions.dark, { exact: true }).click()
      await expect.poll(isDark).toBe(true)
      await desktop.quit()
      const again = await used.open()
      expect(await again.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")).toBe(true)
    })

    it.runIf(process.platform === 'linux')(
      'starts with the session on its own profile, and touches no entry but its own',
      async () => {
        await used.page()
        const { site, desktop } = used
        await desktop.quit()
        const entry = join(site.home, '.config', 'autostart', 'radpost.desktop')
        await mkdir(dirname(entry), { recursive: true })
        await writeFile(entry, 'made by an administrator')
        const page = await used.open()
        await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Brain').waitFor()
        expect(await readFile(entry, 'utf8')).toBe('made by an administrator')
        await goTo(page, 'settings')
        const wish = page.getByText(words.settings.startAtLogin, { exact: true })
        await wish.click()
        await expect.poll(() => readFile(entry, 'utf8')).toContain(`"--profile" "${site.profile}" "--hidden"`)
        await wish.click()
        await expect.poll(() => existsSync(entry)).toBe(false)
      },
    )
  },
)
