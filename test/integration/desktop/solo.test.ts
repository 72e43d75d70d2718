import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallArgs, CallResult } from '../../../shared/ipc.ts'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import type { Vault } from '../../../electron/vault/vault.ts'
import { sampleAppointments, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { createDeskBench, type DeskBench } from '../../support/desktop/desk-bench.ts'
import { pdfReport } from '../../support/station/sample-reports.ts'

let simulator: Simulator
let bench: DeskBench
let vault: Vault
const key = { domain: 'acme', appointmentId: 'A100001' }
const room = 'Imaging Results'

beforeEach(async () => {
  simulator = await startSimulator({ appointments: sampleAppointments(Date.now()) })
  vault = createMemoryVault()
  bench = await createDeskBench(vault)
  await bench.connect(simulator)
  await bench.until(
    () => bench.result('worklist.get', {}),
    ({ appointments }) => appointments.length === 12,
  )
})
afterEach(async () => {
  await bench.remove()
  await simulator.close()
  if (bench.bugs.length > 0) throw bench.bugs[0]
})

const asked = (part: string) =>
  simulator
    .requests(({ endpoint }) => endpoint.startsWith('solo-'))
    .filter(({ endpoint }) => endpoint === part)
const visit = () => bench.result('solo.visit', key)

/** As a person does it in the settings. */
async function setUp(): Promise<void> {
  await bench.result('solo.saveSettings', { baseUrl: simulator.solo.baseUrl, visitId: null, linkHosts: [] })
  await bench.result('solo.setSecret', { secret: 'apiKey', value: ` ${simulator.solo.apiKey} ` })
}

async function bookingOf(): Promise<CallArgs<'solo.book'>> {
  const now = Date.now()
  const { slots } = await bench.result('solo.slots', {
    waitingRoom: room,
    after: new Date(now).toISOString(),
    before: new Date(now + 3 * 86_400_000).toISOString(),
    durationSeconds: null,
  })
  return {
    ...key,
    waitingRoom: room,
    at: slots[0]?.at ?? '',
    durationSeconds: null,
    reasons: ['Results'],
    shown: await bench.result('solo.previewPatient', key),
  }
}

/** Books the study's visit and gives Solo's number. */
async function book(): Promise<string> {
  expect(await bench.result('solo.book', await bookingOf())).toEqual({ kind: 'booked' })
  return (await visit()).visit?.id ?? ''
}

async function deliver(): Promise<Uint8Array> {
  const bytes = await pdfReport(simulator.appointment('acme', 'A100001'))
  await bench.put('ct-chest.pdf', bytes)
  await bench.until(
    () => bench.result('deliveries.list', { limit: 10 }),
    (items) => items.some(({ state }) => state === 'delivered'),
  )
  return bytes
}

describe('the visit of a study', () => {
  it('is not asked for before there is a key', async () => {
    expect(await visit()).toEqual({ isConfigured: false, visit: null, canBook: false, links: [] })
    expect(simulator.requests(({ endpoint }) => endpoint.startsWith('solo-'))).toEqual([])
  })

  it('is booked as it was shown, seen waiting, moved and cancelled, and can be booked again', async () => {
    await setUp()
    expect(await visit()).toMatchObject({ isConfigured: true, visit: null, canBook: true })
    const id = await book()
    expect(await visit()).toMatchObject({
      visit: { id, status: { kind: 'scheduled' }, reasons: ['Results'], patient: 'agrees' },
      canBook: false,
      links: ['provider', 'patient'],
    })
    simulator.solo.setVisit(Number(id), { status: 'arrived', videoCall: 'waiting' })
    expect((await visit()).visit?.status).toEqual({ kind: 'waiting' })
    const at = new Date((Math.floor(Date.now() / 1000) + 7_200) * 1000).toISOString()
    expect(await bench.result('solo.reschedule', { ...key, visit: id, at, durationSeconds: 1_200 })).toEqual({
      kind: 'done',
    })
    expect((await visit()).visit).toMatchObject({ at, durationSeconds: 1_200 })
    expect(await bench.result('solo.cancel', { ...key, visit: id })).toEqual({ kind: 'done' })
    expect(await visit()).toMatchObject({ visit: { status: { kind: 'cancelled' } }, canBook: true })
    expect(await book()).not.toBe(id)
  })

  it('is not booked when something else would be sent than was shown', async () => {
    await setUp()
    const booking = await bookingOf()
    simulator.solo.addPatient({ id: '220001', demographics: {} })
    expect(await bench.result('solo.book', booking)).toEqual({ kind: 'changed' })
    expect(asked('solo-visit-create')).toEqual([])
    expect(asked('solo-patient-create')).toEqual([])
  })

  it('is not booked when what was shown cannot be compared for a moment', async () => {
    await setUp()
    const booking = await bookingOf()
    simulator.fault({ endpoint: 'solo-patient', fault: { kind: 'problem', status: 403 } })
    expect(await bench.result('solo.book', booking)).toMatchObject({ kind: 'refused', step: 'look' })
    expect(asked('solo-visit-create')).toEqual([])
    expect(asked('solo-patient-create')).toEqual([])
  })

  it('is booked once by a double press', async () => {
    await setUp()
    const booking = await bookingOf()
    const [first, second] = await Promise.all([
      bench.call('solo.book', booking),
      bench.call('solo.book', booking),
    ])
    expect(first).toMatchObject({ ok: true, result: { kind: 'booked' } })
    expect(second).toMatchObject({ ok: false, code: 'conflict' })
    expect(simulator.solo.visits()).toHaveLength(1)
  })

  it('whose booking lost its answer is unknown; looking finds it, and nothing is sent twice', async () => {
    await setUp()
    const booking = await bookingOf()
    simulator.fault({ endpoint: 'solo-visit-create', fault: { kind: 'reset-after' } })
    expect(await bench.result('solo.book', booking)).toMatchObject({ kind: 'unknown', step: 'appointment' })
    expect(asked('solo-visit-create')).toHaveLength(1)
    expect(await visit()).toMatchObject({ visit: { id: null, status: null }, canBook: false })
    const shown = await bench.result('solo.previewPatient', key)
    expect(await bench.result('solo.book', { ...booking, shown })).toEqual({ kind: 'has-visit' })
    const [made] = simulator.solo.visits()
    await bench.result('solo.adopt', { ...key, visit: String(made?.id) })
    expect((await visit()).visit).toMatchObject({ id: String(made?.id), status: { kind: 'scheduled' } })
  })

  it('of another patient can be looked at, and nothing be done with it', async () => {
    await setUp()
    const id = await book()
    const [patient] = simulator.solo.patients()
    Object.assign(patient?.demographics ?? {}, { birthDate: '1951-01-01' })
    expect((await visit()).visit?.patient).toBe('contradicts')
    for (const link of [{ kind: 'provider' }, { kind: 'patient' }] as const) {
      expect(await bench.call('solo.openLink', { ...key, link })).toMatchObject({ ok: false })
      expect(await bench.call('solo.copyLink', { ...key, link })).toMatchObject({ ok: false })
    }
    expect(await bench.result('solo.cancel', { ...key, visit: id })).toMatchObject({ kind: 'refused' })
    expect([bench.openedAddresses, bench.clipboard.text]).toEqual([[], ''])
    expect(simulator.solo.visit(Number(id)).status).toBe('scheduled')
  })

  it('names the key where Solo refuses it', async () => {
    await setUp()
    await bench.result('solo.setSecret', { secret: 'apiKey', value: 'wrong' })
    expect(await bench.call('solo.visit', key)).toMatchObject({ ok: false, code: 'auth' })
    expect(await bench.result('solo.test', {})).toMatchObject({ ok: false })
  })
})

describe('the links of a visit', () => {
  it('open in the browser or go to the clipboard, and never to the window', async () => {
    await setUp()
    const id = await book()
    await bench.result('solo.setSecret', { secret: 'linkingSecret', value: simulator.solo.linkingSecret })
    expect((await visit()).links).toEqual(['provider', 'patient', 'context'])
    await bench.result('solo.openLink', { ...key, link: { kind: 'provider' } })
    await bench.result('solo.copyLink', { ...key, link: { kind: 'patient' } })
    await bench.result('solo.openLink', {
      ...key,
      link: { kind: 'context', type: 'provider', user: 'dr.smith@example.org' },
    })
    const [provider = '', context = ''] = bench.openedAddresses
    const copied = bench.clipboard.text
    for (const link of [provider, copied, context]) expect(link.startsWith(simulator.solo.baseUrl)).toBe(true)
    const followed = await fetch(context, { redirect: 'manual' })
    await followed.body?.cancel()
    expect(simulator.solo.openedLinks()).toMatchObject([{ visit: id, user: 'dr.smith@example.org' }])
    for (const told of bench.crossed)
      for (const link of [provider, copied, context]) expect(told.includes(link)).toBe(false)
  })

  it('lead to hosts of the list only', async () => {
    await setUp()
    await book()
    simulator.switches.soloLinkOrigin = 'https://elsewhere.example'
    const link = { ...key, link: { kind: 'provider' } } as const
    expect(await bench.call('solo.openLink', link)).toMatchObject({
      ok: false,
      message: expect.stringContaining('elsewhere.example'),
    })
    expect(bench.openedAddresses).toEqual([])
    await bench.result('solo.saveSettings', {
      baseUrl: simulator.solo.baseUrl,
      visitId: null,
      linkHosts: [' Elsewhere.example ', ''],
    })
    await bench.result('solo.openLink', link)
    expect(bench.openedAddresses[0]).toMatch(/^https:\/\/elsewhere\.example\//u)
  })
})

describe('the delivered report', () => {
  it('is attached byte for byte, once', async () => {
    await setUp()
    const id = await book()
    expect(await bench.result('solo.reports', key)).toEqual({ reports: [], isWithoutPdf: false })
    const bytes = await deliver()
    const { reports } = await bench.result('solo.reports', key)
    expect(reports).toMatchObject([{ index: 0, sizeBytes: bytes.length }])
    const { delivery = '', index = 0 } = reports[0] ?? {}
    const attach = () => bench.result('solo.attachReport', { ...key, visit: id, delivery, index })
    expect(await attach()).toEqual({ kind: 'attached', isNearLimit: false })
    expect(await attach()).toEqual({ kind: 'already-there' })
    const [sent, ...more] = asked('solo-attachment-upload')
    expect(more).toEqual([])
    expect(Buffer.from(sent?.body ?? '').equals(Buffer.from(bytes))).toBe(true)
    const { attachments } = await bench.result('solo.attachments', { ...key, visit: id })
    expect(attachments).toMatchObject([{ sizeBytes: bytes.length }])
    expect(
      await bench.call('solo.attachReport', { ...key, visit: id, delivery: 'other', index }),
    ).toMatchObject({ ok: false, code: 'refused' })
  })
})

describe('the settings of Solo', () => {
  it('hold what was typed, leave out what is not, and never give a secret', async () => {
    await setUp()
    expect(await bench.result('solo.settings', {})).toEqual({
      baseUrl: simulator.solo.baseUrl,
      visitId: null,
      needsDomain: false,
      linkHosts: [],
      inboxLabel: null,
      secrets: { apiKey: true, linkingSecret: false, teamsAuthToken: false },
    })
    expect(await bench.settingsFile()).toMatchObject({ solo: { baseUrl: simulator.solo.baseUrl } })
    expect(await vault.get('solo:apiKey')).toBe(simulator.solo.apiKey)
    expect(await bench.result('solo.test', {})).toMatchObject({ ok: true })
    for (const told of bench.crossed) expect(told.includes(simulator.solo.apiKey)).toBe(false)
  })

  it.each([
    { visitId: 'no-such-part' },
    { visitId: 'a/{appointmentId}' },
    { baseUrl: 'http://solo.example' },
    { linkHosts: ['https://solo.example/'] },
  ])('refuse what cannot be: %o', async (wrong) => {
    const before = await bench.settingsFile()
    const saved = { baseUrl: simulator.solo.baseUrl, visitId: null, linkHosts: [], ...wrong }
    expect(await bench.call('solo.saveSettings', saved)).toMatchObject({ ok: false, code: 'settings' })
    expect(await bench.settingsFile()).toEqual(before)
  })
})

describe('the inbox', () => {
  it('is never the folder for finished reports, nor in it, nor around it, by whatever way it is named', async () => {
    const inside = join(bench.drop, 'inbox')
    const link = join(bench.folder, 'another name')
    await mkdir(inside)
    await symlink(bench.drop, link)
    for (const folder of [bench.drop, inside, bench.folder, link]) {
      bench.inbox = folder
      expect(await bench.call('solo.chooseInbox', {})).toMatchObject({
        ok: false,
        code: 'refused',
        message: expect.stringMatching(/^Choose another folder/u),
      })
    }
    expect(await bench.result('solo.settings', {})).toMatchObject({ inboxLabel: null })
  })
})

describe('webhooks', () => {
  const endpoint = 'https://relay.example/solo'
  const webhooks = async () => (await bench.result('solo.webhooks', {})).webhooks

  it('are made, changed and deleted, and their keys stay in the keychain', async () => {
    await setUp()
    const events: CallArgs<'solo.createWebhook'>['events'] = ['appointment:scheduled']
    expect(await bench.result('solo.createWebhook', { endpoint, events })).toEqual({
      kind: 'done',
      message: null,
    })
    const [made] = await webhooks()
    expect(made).toMatchObject({ endpoint, events, isKeyKept: true })
    const id = made?.id ?? ''
    const secret = simulator.solo.webhooks()[0]?.encryptionKey ?? 'none'
    expect(await vault.get('solo:webhookKeys')).toContain(secret)
    await bench.result('solo.updateWebhook', { id, endpoint, events: ['patient:created'] })
    expect((await webhooks())[0]?.events).toEqual(['patient:created'])
    await vault.delete('solo:webhookKeys')
    expect((await webhooks())[0]?.isKeyKept).toBe(false)
    expect(await bench.result('solo.keepWebhookKey', { id })).toEqual({ message: null })
    expect((await webhooks())[0]?.isKeyKept).toBe(true)
    expect(await bench.result('solo.deleteWebhook', { id })).toEqual({ kind: 'done' })
    expect([await webhooks(), await vault.get('solo:webhookKeys')]).toEqual([[], null])
    for (const told of bench.crossed) expect(told.includes(secret)).toBe(false)
  })

  it('need an https address and an event', async () => {
    await setUp()
    for (const wrong of [
      { endpoint: 'http://relay.example', events: ['appointment:scheduled'] },
      { endpoint, events: [] },
    ] satisfies CallArgs<'solo.createWebhook'>[])
      expect(await bench.result('solo.createWebhook', wrong)).toMatchObject({ kind: 'refused' })
    expect(simulator.solo.webhooks()).toEqual([])
  })

  it('that arrive in the inbox are hints: the visit is read again, and known from then on', async () => {
    await setUp()
    const inbox = join(bench.folder, 'webhooks')
    await mkdir(inbox)
    bench.inbox = inbox
    expect(await bench.result('solo.chooseInbox', {})).toMatchObject({ inboxLabel: expect.any(String) })
    await bench.result('solo.createWebhook', { endpoint, events: ['appointment:scheduled'] })
    const patient = simulator.appointment('acme', 'A100001')
    simulator.solo.addPatient({
      id: '220001',
      demographics: {
        name: [{ firstName: patient.firstName, lastName: patient.lastName }],
        birthDate: patient.dateOfBirth,
      },
    })
    // Booked in Solo itself: so far it has links only.
    const { id } = simulator.solo.addVisit({ patientId: '220001', externalId: 'acme:A100001' })
    simulator.solo.setVisit(id, { status: 'arrived', videoCall: 'waiting' })
    bench.desk.watch(true)
    expect((await visit()).visit).toMatchObject({ id: null, status: null })
    const { body } = await simulator.solo.sendWebhook({ event: 'appointment:scheduled', appointmentId: id })
    await drop(inbox, 'one', body)
    await bench.until(
      async () => bench.pushes,
      (pushes) => pushes.some(({ name }) => name === 'solo.changed'),
    )
    const { hints, problems }: CallResult<'solo.inbox'> = await bench.result('solo.inbox', {})
    expect(problems).toEqual([])
    expect(hints).toMatchObject([
      { event: 'appointment:scheduled', visit: String(id), status: { kind: 'waiting' }, message: null },
    ])
    expect((await visit()).visit).toMatchObject({ id: String(id), status: { kind: 'waiting' } })
    await drop(inbox, 'two', 'not for us')
    expect((await bench.result('solo.inbox', {})).problems).toHaveLength(1)
    bench.desk.watch(false)
  })
})

/** As a relay does it. */
async function drop(inbox: string, name: string, body: string): Promise<void> {
  await writeFile(join(inbox, `${name}.part`), body)
  await rename(join(inbox, `${name}.part`), join(inbox, name))
}
