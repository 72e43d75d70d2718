import { describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import { calls, type CallName } from '../../shared/ipc.ts'
import { pdfReport } from '../support/station/sample-reports.ts'
import { writeScanPdf } from '../support/pdf/write-report-pdf.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'
import { deliveryRow, goTo, openHeld, sayWhoAndWhy } from './support/window.ts'

/** Reads everything that crossed between main process and page in a whole session (issue 3, acceptance). */

const notHere = whyNot()

describe.skipIf(notHere !== null)(
  `what the window is told${notHere === null ? '' : ` (skipped here: ${notHere})`}`,
  () => {
    const used = useDesktopSite({ connected: true })

    it('holds no secret, no token, no presigned address and no path, whatever was asked', async () => {
      const page = await used.open()
      const { site, desktop } = used
      const { simulator } = site
      const study = (id: string) => simulator.appointment('acme', id)
      await page.getByRole('grid', { name: words.worklist.table }).getByText('CT Chest').waitFor()

      await site.put('ct-chest.pdf', await pdfReport(study('A100001')))
      await site.put('scan.pdf', await writeScanPdf())
      await site.put('other.pdf', await pdfReport({ ...study('A100006'), appointmentId: 'A100007' }))
      await goTo(page, 'deliveries')
      await deliveryRow(page, 'ct-chest.pdf', words.deliveries.states.delivered).waitFor()
      await goTo(page, 'settings')
      await openHeld(page, 'scan.pdf')
      const form = await openHeld(page, 'other.pdf')
      await form.getByRole('textbox', { name: words.needsYou.birthDate }).fill('1983-05-17')
      await sayWhoAndWhy(form, 'Dr Rory Smith', 'Compared')
      await form.getByRole('button', { name: words.needsYou.buttons.mismatch }).click()
      await goTo(page, 'worklist')

      const id = (await page.evaluate(
        "window.radpost.call('deliveries.list', { limit: 10 }).then(({ result }) => result.find((item) => item.state === 'held').id)",
      )) as string
      const key = { domain: 'acme', appointmentId: 'A100001' }
      const practice = {
        domain: 'acme',
        name: 'Acme',
        baseUrl: simulator.baseUrl,
        tokenUrl: simulator.tokenUrl,
      }
      const credentials = { clientId: site.clientId, clientSecret: site.clientSecret }
      const [attachment] = study('A100001').attachments
      await desktop.chooseFolder(site.drop)
      // Every call of the contract at least once, with arguments that do something; the compiler counts them.
      const session: { readonly [Name in CallName]: readonly object[] } = {
        'app.info': [{}],
        'station.status': [{}],
        'station.pause': [{ minutes: 1 }],
        'station.resume': [{}],
        'station.openFolder': [{}],
        'setup.chooseFolder': [{}],
        'setup.testConnection': [
          { practice, credentials },
          { practice, credentials: null },
          { practice, credentials: { clientId: 'nobody', clientSecret: site.clientSecret } },
        ],
        'worklist.get': [{}],
        'worklist.refresh': [{}],
        'study.get': [key],
        'study.addComment': [{ ...key, type: 'AC', text: 'Phoned.' }],
        'study.attachment': [{ ...key, guid: attachment?.guid ?? '' }],
        'deliveries.list': [{ limit: 100 }],
        'deliveries.retry': [{ id }],
        'held.detail': [{ id }],
        'held.document': [{ id }],
        'held.weigh': [{ ...key, id }],
        'held.resolve': [
          {
            id,
            by: 'Dr Rory Smith',
            reason: 'Compared',
            appointment: null,
            birthDate: null,
            text: null,
            status: null,
            release: false,
            settled: null,
          },
        ],
        'deliveries.discard': [{ id, by: 'Dr Rory Smith', reason: 'Not needed' }],
        'settings.get': [{}],
        'settings.save': [{ refreshSeconds: 120 }, { proxy: 'none' }],
        'setup.connect': [
          { practice, credentials: { clientId: 'nobody', clientSecret: 'wrong' }, forSession: false },
          { practice, credentials, forSession: false },
        ],
        'settings.removePractice': [{ domain: 'acme' }],
      }
      for (const [name, asked] of Object.entries(session))
        for (const args of asked)
          await page.evaluate(`window.radpost.call(${JSON.stringify(name)}, ${JSON.stringify(args)})`)

      const traffic = await desktop.traffic()
      const told = traffic.filter(({ kind }) => kind !== 'call')
      const heard = new Set(
        traffic.flatMap((item) =>
          item.kind === 'call' && typeof item.args[0] === 'string' ? [item.args[0]] : [],
        ),
      )
      expect(Object.keys(calls).filter((name) => !heard.has(name))).toEqual([])
      expect(told.some(({ kind }) => kind === 'event')).toBe(true)

      const secrets = [
        site.clientSecret,
        ...simulator
          .requests(() => true)
          .flatMap(({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? []),
        'X-Amz-Signature',
        simulator.storeUrl,
      ]
      const paths = [site.home, site.profile, site.drop, process.cwd(), 'node_modules', '/tmp/']
      const everything = JSON.stringify(told, (_name, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      )
      expect(everything.length).toBeGreaterThan(10_000)
      for (const forbidden of [...new Set(secrets), ...paths])
        expect(everything.includes(forbidden), forbidden.slice(0, 12)).toBe(false)
      // Any absolute path at all, of this system or another; documents themselves are not searched for these.
      const withoutBytes = JSON.stringify(told, (_name, value: unknown) =>
        value instanceof Uint8Array ? null : value,
      )
      expect(withoutBytes).not.toMatch(/"(?:\/(?:home|root|tmp|var|usr|Users)\/|[A-Z]:\\\\|file:)/)
      expect(used.desktop.output()).not.toContain(site.clientSecret)
    })
  },
)
