import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClipboard } from '../../../electron/desktop/desk/clipboard.ts'
import { createDesk } from '../../../electron/desktop/desk/desk.ts'
import type { DeliveryItem } from '../../../shared/ipc.ts'
import { VaultError, type Vault } from '../../../electron/vault/vault.ts'
import { sampleAppointments, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import {
  createDeskBench,
  credentialsOf,
  practiceOf,
  type DeskBench,
} from '../../support/desktop/desk-bench.ts'
import { pdfReport } from '../../support/station/sample-reports.ts'

let simulator: Simulator
let bench: DeskBench

beforeEach(async () => {
  simulator = await startSimulator({ appointments: sampleAppointments(Date.now()) })
  bench = await createDeskBench()
})
afterEach(async () => {
  await bench.remove()
  await simulator.close()
  if (bench.bugs.length > 0) throw bench.bugs[0]
})

const study = (id: string) => simulator.appointment('acme', id)
const status = () => bench.result('station.status', {})

async function deliveryOf(file: string, state: DeliveryItem['state']): Promise<DeliveryItem> {
  const list = await bench.until(
    () => bench.result('deliveries.list', { limit: 100 }),
    (items) => items.some((item) => item.file === file && item.state === state),
  )
  const found = list.find((item) => item.file === file && item.state === state)
  if (found === undefined) throw new Error('It was there a moment ago.')
  return found
}

describe('the first run', () => {
  it('says that nothing is set up, tests the credentials, and refuses to guess', async () => {
    expect((await status()).overall).toBe('not-set-up')
    const wrong = { clientId: credentialsOf(simulator).clientId, clientSecret: 'not the secret' }
    const tested = await bench.result('setup.testConnection', {
      practice: practiceOf(simulator),
      credentials: wrong,
    })
    expect(tested).toMatchObject({ ok: false, kind: 'auth' })

    const early = await bench.result('setup.connect', {
      practice: practiceOf(simulator),
      credentials: credentialsOf(simulator),
      forSession: false,
    })
    expect(early).toMatchObject({ ok: false, kind: 'settings' })
    expect(early.message).toMatch(/folder/u)
    const worklist = await bench.call('worklist.get', {})
    expect(worklist).toMatchObject({ ok: false, code: 'not-set-up' })
  })

  it('connects: settings without secrets on disk, a worklist in the window, a label for the folder', async () => {
    await bench.connect(simulator)

    const present = await bench.until(status, ({ practices }) => practices[0]?.connection === 'connected')
    expect(present).toMatchObject({ folderLabel: 'finished reports', secrets: 'session' })
    const worklist = await bench.result('worklist.get', {})
    expect(worklist.appointments.map((row) => row.appointmentId)).toContain('A100003')
    expect(await bench.settingsFile()).toEqual({
      practices: [practiceOf(simulator)],
      dropFolder: { path: bench.drop },
    })
    expect((await bench.result('settings.get', {})).practices).toEqual([
      { ...practiceOf(simulator), signedIn: true, dateOrder: null },
    ])
  })

  it('refuses plain http to another machine by the field, and writes nothing', async () => {
    const tested = await bench.result('setup.testConnection', {
      practice: { ...practiceOf(simulator), baseUrl: 'http://partners.example' },
      credentials: credentialsOf(simulator),
    })
    expect(tested).toMatchObject({ ok: false, kind: 'settings' })
    expect(tested.message).toMatch(/"baseUrl".*https/u)
    await expect(bench.settingsFile()).rejects.toThrow(/ENOENT/u)
  })
})

describe('a dropped report', () => {
  it('is delivered, and list, status and tray say so without its name', async () => {
    await bench.connect(simulator)
    await bench.put('Smith Mary report.pdf', await pdfReport(study('A100003')))

    const delivered = await deliveryOf('Smith Mary report.pdf', 'delivered')
    expect(delivered).toMatchObject({ appointmentId: 'A100003', receipt: { kind: 'report' } })
    const present = await bench.until(status, ({ overall }) => overall === 'idle')
    expect(present).toMatchObject({ deliveredToday: 1, needsYou: 0, inProgress: 0 })
    expect(bench.desk.recent().map(({ what }) => what)).toEqual(['delivered'])
    expect(JSON.stringify(bench.desk.recent())).not.toContain('Smith')
  })

  it('of another patient is held with its evidence; the right birth date, and only that, lets it go', async () => {
    await bench.connect(simulator)
    const wrong = {
      ...study('A100003'),
      firstName: 'Quite',
      lastName: 'Different',
      dateOfBirth: '1931-02-03',
    }
    await bench.put('wrong.pdf', await pdfReport(wrong))
    const held = await deliveryOf('wrong.pdf', 'held')
    expect(held.reason).toBe('identity-mismatch')
    expect((await bench.until(status, ({ overall }) => overall !== 'working')).overall).toBe('needs-you')

    const detail = await bench.result('held.detail', { id: held.id })
    expect(detail.preview).toBe('pdf')
    expect(detail.candidates).toMatchObject([
      {
        appointmentId: 'A100003',
        identity: 'mismatch',
        evidence: { name: 'contradicts', birthDate: 'contradicts' },
      },
    ])
    expect(detail.candidates[0]?.appointment?.appointmentId).toBe('A100003')
    const { bytes } = await bench.result('held.document', { id: held.id })
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
    const weighed = await bench.result('held.weigh', {
      id: held.id,
      domain: 'acme',
      appointmentId: 'A100004',
    })
    expect(weighed.identity).toBe('mismatch')

    const decision = {
      id: held.id,
      by: 'Dr Rory Smith',
      reason: 'spoke to the referrer',
      appointment: { domain: 'acme', appointmentId: 'A100003' },
      text: null,
      status: null,
      release: false,
      settled: null,
    }
    expect(await bench.call('held.resolve', { ...decision, birthDate: null })).toMatchObject({
      ok: false,
      code: 'invalid',
    })
    expect(await bench.call('held.resolve', { ...decision, birthDate: '1931-02-03' })).toMatchObject({
      ok: false,
      code: 'refused',
    })
    expect(simulator.requests(({ endpoint }) => endpoint === 'report')).toHaveLength(0)

    await bench.result('held.resolve', { ...decision, birthDate: study('A100003').dateOfBirth ?? '' })
    await deliveryOf('wrong.pdf', 'delivered')
    expect(study('A100003').reports).toHaveLength(1)
  })

  it('can be discarded by a named person', async () => {
    await bench.connect(simulator)
    await bench.put('junk.pdf', new TextEncoder().encode('%PDF-1.4 nothing at all %%EOF'))
    const held = await deliveryOf('junk.pdf', 'held')
    const refusedByName = await bench.call('deliveries.discard', { id: held.id, by: ' ', reason: 'junk' })
    expect(refusedByName).toMatchObject({ ok: false, code: 'invalid' })
    await bench.result('deliveries.discard', { id: held.id, by: 'Rory', reason: 'junk' })
    await deliveryOf('junk.pdf', 'discarded')
    expect((await bench.until(status, ({ overall }) => overall === 'idle')).needsYou).toBe(0)
  })
})

describe('pause', () => {
  it('keeps everything and sends nothing, survives a restart, and ends with resume', async () => {
    await bench.connect(simulator)
    await bench.result('station.pause', { minutes: null })
    await bench.put('report.pdf', await pdfReport(study('A100003')))
    await deliveryOf('report.pdf', 'queued')
    expect(await status()).toMatchObject({ overall: 'paused', paused: true, inProgress: 1 })

    await bench.restart()
    await deliveryOf('report.pdf', 'queued')
    expect((await status()).paused).toBe(true)
    expect(simulator.requests(({ endpoint }) => endpoint === 'report')).toHaveLength(0)

    await bench.result('station.resume', {})
    await deliveryOf('report.pdf', 'delivered')
    expect((await status()).paused).toBe(false)
  })

  it('while the machine sleeps nothing begins; waking up goes on at once', async () => {
    await bench.connect(simulator)
    await bench.until(status, ({ overall }) => overall === 'idle')
    bench.desk.suspend()
    await bench.put('report.pdf', await pdfReport(study('A100003')))
    await deliveryOf('report.pdf', 'queued')
    expect(simulator.requests(({ endpoint }) => endpoint === 'upload-urls')).toHaveLength(0)
    bench.desk.wakeFromSleep()
    await deliveryOf('report.pdf', 'delivered')
  })
})

describe('a study', () => {
  it('shows its details, takes a comment, and shows that comment and its delivery', async () => {
    await bench.connect(simulator)
    const key = { domain: 'acme', appointmentId: 'A100003' }
    const sent = await bench.result('study.addComment', { ...key, type: 'AA', text: 'Please call me.' })
    expect(sent).toMatchObject({ state: 'delivered', kind: 'comment', receipt: { kind: 'comment' } })
    const shown = await bench.result('study.get', key)
    expect(shown.pending).toBe(true)
    expect(shown.comments[0]).toMatchObject({ text: 'Please call me.', isAlert: true })
    expect(shown.deliveries.map(({ id }) => id)).toContain(sent.id)
    expect(
      study('A100003').comments.filter(({ commentText }) => commentText === 'Please call me.'),
    ).toHaveLength(1)

    const blank = await bench.call('study.addComment', { ...key, type: 'AC', text: '  ' })
    expect(blank).toMatchObject({ ok: false, code: 'invalid' })
    const unknown = await bench.call('study.get', { domain: 'acme', appointmentId: 'NOSUCH' })
    expect(unknown).toMatchObject({ ok: false, code: 'gone' })
  })

  it('gets one comment from a double press, and another one beside it', async () => {
    await bench.connect(simulator)
    const key = { domain: 'acme', appointmentId: 'A100003' }
    const [first, second, other] = await Promise.all(
      ['Once.', 'Once.', 'Another.'].map((text) =>
        bench.call('study.addComment', { ...key, type: 'AC', text }),
      ),
    )
    expect(first).toMatchObject({ ok: true, result: { state: 'delivered' } })
    expect(second).toMatchObject({ ok: false, code: 'conflict' })
    expect(other).toMatchObject({ ok: true })
    const texts = study('A100003').comments.map(({ commentText }) => commentText)
    expect(texts.filter((text) => text === 'Once.')).toHaveLength(1)
    expect(await bench.call('study.addComment', { ...key, type: 'AC', text: 'Once.' })).toMatchObject({
      ok: true,
    })
  })

  it('shows an attachment by its bytes, fetched without credentials', async () => {
    await bench.connect(simulator)
    await bench.put('report.pdf', await pdfReport(study('A100003')))
    await deliveryOf('report.pdf', 'delivered')
    const key = { domain: 'acme', appointmentId: 'A100003' }
    const [guid] = study('A100003').artefacts.map((artefact) => artefact.guid)
    const shown = await bench.result('study.attachment', { ...key, guid: guid ?? '' })
    expect(shown).toMatchObject({ kind: 'pdf', mimeType: 'application/pdf' })
    const gets = simulator.requests(({ endpoint }) => endpoint === 'get-object')
    expect(gets.length).toBeGreaterThan(0)
    for (const request of gets) expect(request.headers).not.toHaveProperty('authorization')
  })
})

describe('settings', () => {
  it('saves what belongs to the station beside what an administrator wrote, and the rest for the desktop', async () => {
    await bench.connect(simulator)
    const saved = await bench.result('settings.save', {
      theme: 'dark',
      notifications: false,
      refreshSeconds: 90,
      clinician: { name: 'Dr Rory Smith', providerNumber: '', email: '' },
    })
    expect(saved).toMatchObject({ theme: 'dark', notifications: false, refreshSeconds: 90 })
    expect(await bench.settingsFile()).toEqual({
      practices: [practiceOf(simulator)],
      dropFolder: { path: bench.drop },
      worklist: { refreshSeconds: 90 },
      clinician: { name: 'Dr Rory Smith', providerNumber: '', email: '' },
    })
    await bench.restart()
    expect(await bench.result('settings.get', {})).toMatchObject({ theme: 'dark', refreshSeconds: 90 })
    expect(await bench.call('settings.save', { proxy: 'ftp://x' })).toMatchObject({
      ok: false,
      code: 'invalid',
    })
    expect(await bench.call('settings.save', { refreshSeconds: 1 })).toMatchObject({
      ok: false,
      code: 'settings',
    })
    expect(await bench.call('settings.removePractice', { domain: 'acme' })).toMatchObject({
      ok: false,
      code: 'refused',
    })
  })
})

describe('trouble', () => {
  it('is told as what it is: servers away, credentials refused', async () => {
    await bench.connect(simulator)
    await bench.until(status, ({ overall }) => overall === 'idle')
    await simulator.goOffline()
    await bench.result('worklist.refresh', {})
    expect(await bench.until(status, ({ overall }) => overall === 'offline')).toMatchObject({
      practices: [{ connection: 'offline', message: expect.stringMatching(/127\.0\.0\.1/u) }],
    })
    await simulator.goOnline()
    await bench.result('worklist.refresh', {})
    await bench.until(status, ({ overall }) => overall === 'idle')
  }, 60_000)

  it('of a keychain that does not answer: nothing is kept on disk, but for this session it works', async () => {
    const fail = () => Promise.reject(new VaultError('unavailable', 'No Secret Service answers here.'))
    const broken: Vault = { kind: 'os', get: fail, set: fail, delete: fail }
    const other = await createDeskBench(broken)
    try {
      await other.result('setup.chooseFolder', {})
      const request = { practice: practiceOf(simulator), credentials: credentialsOf(simulator) }
      const refused = await other.result('setup.connect', { ...request, forSession: false })
      expect(refused).toMatchObject({ ok: false, kind: 'settings' })
      expect(refused.message).toMatch(/this session only/u)
      expect(await other.result('setup.connect', { ...request, forSession: true })).toMatchObject({
        ok: true,
      })
      const present = await other.until(
        () => other.result('station.status', {}),
        ({ practices }) => practices[0]?.connection === 'connected',
      )
      expect(present.secrets).toBe('session')

      await other.restart()
      expect(await other.result('station.status', {})).toMatchObject({
        overall: 'signed-out',
        secrets: 'unavailable',
      })
    } finally {
      await other.remove()
    }
  })
})

it('a start that waits for its keychain is no first run', async () => {
  const answer = Promise.withResolvers<never>()
  const slow: Vault = {
    kind: 'os',
    get: () => answer.promise,
    set: () => answer.promise,
    delete: () => answer.promise,
  }
  await bench.connect(simulator)
  await bench.desk.stop()
  const waiting = createDesk({
    profileFolder: bench.profile,
    vault: slow,
    host: {
      chooseFolder: () => Promise.resolve(null),
      openFolder: () => Promise.resolve(),
      chooseSavePath: () => Promise.resolve(null),
      chooseFiles: () => Promise.resolve([]),
      openAddress: () => Promise.resolve(),
      clipboard: createClipboard({
        read: () => Promise.resolve(''),
        write: () => Promise.resolve(),
        clear: () => undefined,
      }),
      osUser: { how: async () => 'none', prove: async () => 'impossible' },
      systemIdleMs: () => null,
      applyDesktopSettings: () => undefined,
    },
    version: '0',
    platform: 'test',
    hostKind: 'stand-in',
    now: Date.now,
    random: Math.random,
    push: () => undefined,
    onStatus: () => undefined,
    onDeliveries: () => undefined,
  })
  const started = waiting.start()
  expect(waiting.status()).toMatchObject({ overall: 'working', folderLabel: 'finished reports' })
  answer.reject(new VaultError('denied', 'The keychain is locked. Unlock it.'))
  await started
  expect(waiting.status()).toMatchObject({
    overall: 'signed-out',
    secrets: 'unavailable',
    problem: 'The keychain is locked. Unlock it.',
  })
  await waiting.stop()
})

it('neither a secret nor a path ever crosses to the window', async () => {
  await bench.connect(simulator)
  await bench.put('report.pdf', await pdfReport(study('A100003')))
  await bench.put('junk.pdf', new TextEncoder().encode('%PDF-1.4 nothing at all %%EOF'))
  await deliveryOf('report.pdf', 'delivered')
  const junk = await deliveryOf('junk.pdf', 'held')
  await bench.result('held.detail', { id: junk.id })
  await bench.result('settings.get', {})
  await bench.result('study.get', { domain: 'acme', appointmentId: 'A100003' })
  await bench.result('station.openFolder', {})
  await bench.restart()
  await bench.until(status, ({ practices }) => practices[0]?.connection === 'connected')

  expect(bench.opened).toEqual([bench.drop])
  const everything = bench.crossed.join('\n')
  expect(everything).not.toContain(credentialsOf(simulator).clientSecret)
  expect(everything).not.toContain(bench.folder)
  expect(everything).not.toMatch(/X-Amz-|Bearer /u)
})
