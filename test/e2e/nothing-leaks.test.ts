import { join } from 'node:path'
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
      const writing = '0b5c2a64-6f1e-4c53-9a1d-5a0f7f6f4d21'
      const clinician = { name: 'Dr Rory Smith', providerNumber: '', email: '' }
      const { patientId = null, patientName = null, firstName = null, lastName = null } = study('A100001')
      const { dateOfBirth = null } = study('A100001')
      const shown = { patientId, patientName, firstName, lastName, dateOfBirth }
      // Bytes go as numbers and become bytes again in the page.
      const bytes = [...(await pdfReport(study('A100003')))]
      const tenant = simulator.solo
      tenant.addPatient({ id: patientId ?? '' })
      const visit = tenant.addVisit({ patientId: patientId ?? '', externalId: 'acme:A100001' })
      const ofVisit = { ...key, visit: String(visit.id) }
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
      const webhook = { endpoint: 'https://relay.example/solo', events: ['appointment:scheduled'] }
      await desktop.chooseFolder(site.drop)
      // In the order in which they are asked for: the drop folder, two inboxes, then a file for the report.
      await desktop.chooseFolder(site.home)
      await desktop.chooseFolder(site.home)
      await desktop.chooseFolder(join(site.home, 'not-there.pdf'))
      await desktop.chooseSavePath(join(site.home, 'saved.pdf'))
      await desktop.chooseSavePath(join(site.home, 'audit.jsonl'))
      await desktop.chooseFolder(join(site.home, 'not-there.pem'))
      await desktop.chooseSavePath(join(site.home, 'diagnostics.json'))
      // Every call of the contract at least once, with arguments that do something; the compiler counts them.
      const session: { readonly [Name in CallName]: readonly object[] } = {
        'app.info': [{}],
        'preferences.get': [{}],
        'preferences.save': [{ density: 'compact' }],
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
        'worklist.look': [{ studies: null }],
        'schedule.get': [{ domain: 'acme', date: new Date().toISOString().slice(0, 10), site: null }],
        'study.get': [key],
        'study.addComment': [{ ...key, type: 'AC', text: 'Phoned.' }],
        'study.attachment': [{ ...key, guid: attachment?.guid ?? '' }],
        'study.saveAttachment': [{ ...key, guid: attachment?.guid ?? '' }],
        'qualiphy.saveSettings': [
          { baseUrl: simulator.qualiphy.baseUrl, invitePath: null, webhookUrl: null },
        ],
        'qualiphy.setKey': [{ apiKey: simulator.qualiphy.apiKey }],
        'qualiphy.settings': [{}],
        'qualiphy.test': [{}],
        'qualiphy.chooseInbox': [{}],
        'qualiphy.removeInbox': [{}],
        'qualiphy.exams': [{}],
        'qualiphy.study': [key],
        'qualiphy.prepare': [{ ...key, form: { exams: [800] } }],
        'qualiphy.send': [{ ...key, form: { exams: [800] }, confirmation: '' }],
        'qualiphy.resend': [{ id, patientExamId: '1', resendsShown: 0 }],
        'qualiphy.openLink': [{ id }],
        'qualiphy.copyLink': [{ id }],
        'qualiphy.showLink': [{ id }],
        'qualiphy.addComment': [{ id }],
        'solo.saveSettings': [{ baseUrl: tenant.baseUrl, visitId: null, linkHosts: [] }],
        'solo.setSecret': [
          { secret: 'apiKey', value: tenant.apiKey },
          { secret: 'linkingSecret', value: tenant.linkingSecret },
          { secret: 'teamsAuthToken', value: tenant.teamsToken },
        ],
        'solo.settings': [{}],
        'solo.test': [{}],
        'solo.createWebhook': [webhook],
        'solo.webhooks': [{}],
        'solo.updateWebhook': [{ ...webhook, id }],
        'solo.keepWebhookKey': [{ id }],
        'solo.deleteWebhook': [{ id }],
        'solo.chooseInbox': [{}],
        'solo.inbox': [{}],
        'solo.removeInbox': [{}],
        'solo.adopt': [ofVisit],
        'solo.visit': [key],
        'solo.openLink': [
          { ...key, link: { kind: 'provider' } },
          { ...key, link: { kind: 'context', type: 'provider', user: 'dr.smith@example.org' } },
        ],
        'solo.copyLink': [{ ...key, link: { kind: 'patient' } }],
        'solo.note': [ofVisit],
        'solo.attachments': [ofVisit],
        'solo.reports': [key],
        'solo.attachReport': [{ ...ofVisit, delivery: id, index: 0 }],
        'solo.waitingRooms': [{}],
        'solo.slots': [
          {
            waitingRoom: 'Imaging Results',
            after: new Date().toISOString(),
            before: tomorrow,
            durationSeconds: null,
          },
        ],
        'solo.previewPatient': [key],
        'solo.reschedule': [{ ...ofVisit, at: tomorrow, durationSeconds: null }],
        'solo.cancel': [ofVisit],
        'solo.book': [
          {
            ...key,
            waitingRoom: 'Imaging Results',
            at: tomorrow,
            durationSeconds: null,
            reasons: [],
            shown: { kind: 'unchanged', fields: [] },
          },
        ],
        'compose.open': [key],
        'compose.save': [{ ...key, id: writing, status: 'preliminary', text: 'Clear.', clinician }],
        'compose.drafts': [{}],
        'compose.chooseFiles': [{ ...key, id: writing }],
        'compose.attach': [{ ...key, id: writing, label: join(site.home, 'scan.pdf'), bytes }],
        'compose.detach': [{ ...key, id: writing, attachment: writing }],
        'compose.discard': [{ ...key, id: writing }],
        'compose.restore': [{ ...key, id: writing }],
        'compose.check': [{ ...key, id: writing, status: 'preliminary', shown }],
        'compose.send': [
          {
            ...key,
            id: writing,
            status: 'preliminary',
            shown,
            content: { text: 'Clear.', clinician },
            attachments: [],
            by: 'Dr Rory Smith',
            confirmed: true,
            release: null,
          },
        ],
        'deliveries.list': [{ limit: 100 }],
        'deliveries.retry': [{ id }],
        'held.detail': [{ id }],
        'held.document': [{ id }],
        'held.weigh': [{ ...key, id }],
        'inspect.file': [{ name: 'report.pdf', bytes, sidecar: null }],
        'inspect.templates': [{ name: 'report.pdf', bytes, templates: [] }],
        'deliveries.answerDiscrepancy': [{ id, by: 'Dr Rory Smith', reason: 'Compared', told: null }],
        'deliveries.retryAll': [{ ids: [id] }],
        'deliveries.markCritical': [
          { id, by: 'Dr Rory Smith', reason: 'Bleeding', told: null, isWithdrawn: false },
        ],
        'history.search': [
          { text: '', from: null, to: null, status: null, kind: null, result: null, offset: 0, limit: 50 },
        ],
        'history.trail': [{ id }],
        'history.verify': [{}],
        'history.export': [{ what: { kind: 'report', id }, withWords: true }],
        'desk.copy': [{ text: 'A104183' }],
        'lock.get': [{}],
        'lock.set': [{ minutes: null }],
        'lock.now': [{}],
        'lock.unlock': [{}],
        'lock.touch': [{}],
        'settings.setDateOrder': [{ domain: 'acme', dateOrder: 'dmy' }],
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
        'about.get': [{}],
        'about.saveDiagnostics': [{}],
        'network.chooseCa': [{}],
        'network.forgetCa': [{}],
        'settings.removePractice': [{ domain: 'acme' }],
      }
      for (const [name, asked] of Object.entries(session))
        for (const args of asked)
          await page.evaluate(`(() => {
            const args = ${JSON.stringify(args)}
            if (args.bytes !== undefined) args.bytes = Uint8Array.from(args.bytes)
            return window.radpost.call(${JSON.stringify(name)}, args)
          })()`)

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
        simulator.qualiphy.apiKey,
        tenant.apiKey,
        tenant.linkingSecret,
        tenant.teamsToken,
        ...tenant.webhooks().map(({ encryptionKey }) => encryptionKey),
        // Every link of a visit: a login each.
        '/videocalls/',
        '/check-in/',
        '/integrations/linking',
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
