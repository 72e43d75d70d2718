import { mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallResult } from '../../../shared/ipc.ts'
import { typedInvite, type TypedInvite } from '../../../shared/ipc/qualiphy-calls.ts'
import { prefillInvite } from '../../../shared/qualiphy-form.ts'
import { sampleAppointments, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { createDeskBench, type DeskBench } from '../../support/desktop/desk-bench.ts'

let simulator: Simulator
let bench: DeskBench
const key = { domain: 'acme', appointmentId: 'A100003' }

beforeEach(async () => {
  simulator = await startSimulator({ appointments: sampleAppointments(Date.now()) })
  bench = await createDeskBench()
  await bench.connect(simulator)
  await bench.result('qualiphy.saveSettings', {
    baseUrl: simulator.qualiphy.baseUrl,
    invitePath: null,
    webhookUrl: null,
  })
  await bench.result('qualiphy.setKey', { apiKey: simulator.qualiphy.apiKey })
})
afterEach(async () => {
  await bench.remove()
  await simulator.close()
  if (bench.bugs.length > 0) throw bench.bugs[0]
})

const requests = () => simulator.requests(({ endpoint }) => endpoint === 'qualiphy-invite')

/** As the window fills it in for the study's patient. */
async function filledForm(more: TypedInvite = {}): Promise<TypedInvite> {
  const { appointment } = await bench.result('study.get', key)
  const contact = { email: 'pat@example.com', phone_number: '5552223232', tele_state: 'NY' }
  return typedInvite.parse({ ...prefillInvite(appointment, {}), exams: [800], ...contact, ...more })
}

async function confirmationOf(form: TypedInvite): Promise<string> {
  const prepared = await bench.result('qualiphy.prepare', { ...key, form })
  if (prepared.kind !== 'ready') throw new Error(prepared.problems.map(({ message }) => message).join(' '))
  return prepared.confirmation
}

async function sendOne(more: TypedInvite = {}): Promise<CallResult<'qualiphy.send'>> {
  const form = await filledForm(more)
  return bench.result('qualiphy.send', { ...key, form, confirmation: await confirmationOf(form) })
}

async function sentId(): Promise<string> {
  const sent = await sendOne()
  if (sent.kind !== 'done' || sent.invite.state !== 'sent') throw new Error('This must be sent.')
  return sent.invite.id
}

describe('an invite from the window', () => {
  it('is prepared with what will be sent, sent once, and listed for its study without its link', async () => {
    const form = await filledForm()
    const prepared = await bench.result('qualiphy.prepare', { ...key, form })
    if (prepared.kind !== 'ready') throw new Error('The form must pass.')
    expect(prepared.preview).toContainEqual({ field: 'email', value: 'pat@example.com' })
    expect(requests()).toEqual([])
    const press = () => bench.result('qualiphy.send', { ...key, form, confirmation: prepared.confirmation })
    const [first, second] = await Promise.all([press(), press()])
    expect(first).toMatchObject({ kind: 'done', invite: { state: 'sent', hasLink: true, comment: null } })
    expect(second).toEqual({ kind: 'in-flight' })
    expect(await press()).toEqual({ kind: 'stale' })
    expect(requests()).toHaveLength(1)
    const { invites, isConfigured } = await bench.result('qualiphy.study', key)
    expect(isConfigured).toBe(true)
    expect(invites).toMatchObject([{ state: 'sent', exams: [{ title: 'GFE Test', results: [] }] }])
    const other = await bench.result('qualiphy.study', { ...key, appointmentId: 'A100001' })
    expect(other.invites).toEqual([])
    const [sent] = simulator.qualiphy.invites()
    expect(bench.crossed.join('')).not.toContain(sent?.meetingUrl)
    expect(bench.crossed.join('')).not.toContain(simulator.qualiphy.apiKey)
  })

  it('of another patient than the study’s gets no confirmation', async () => {
    const form = await filledForm({ dob: '1999-09-09' })
    expect(await bench.result('qualiphy.prepare', { ...key, form })).toMatchObject({
      kind: 'invalid',
      problems: [{ field: 'dob' }],
    })
    const confirmation = await confirmationOf(await filledForm())
    expect(await bench.result('qualiphy.send', { ...key, form, confirmation })).toEqual({ kind: 'stale' })
    expect(requests()).toEqual([])
  })

  it('of a study that is no longer pending is not prepared', async () => {
    const form = await filledForm()
    simulator.setStatus('acme', key.appointmentId, 'REPORTED')
    expect(await bench.call('qualiphy.prepare', { ...key, form })).toMatchObject({ ok: false, code: 'gone' })
  })

  it('asks before the same patient and exam are invited again, and then sends one more', async () => {
    await sentId()
    const asked = await sendOne()
    if (asked.kind !== 'ask-again') throw new Error('This must ask.')
    expect(asked.earlier).toMatchObject([{ state: 'sent' }])
    expect(requests()).toHaveLength(1)
    const form = await filledForm()
    const again = { ...key, form, confirmation: asked.confirmation }
    expect(await bench.result('qualiphy.send', again)).toMatchObject({ kind: 'done' })
    expect(await bench.result('qualiphy.send', again)).toEqual({ kind: 'stale' })
    expect(requests()).toHaveLength(2)
  })

  it('under way when the app ends may have been sent, and is listed so by the next', async () => {
    const form = await filledForm()
    const confirmation = await confirmationOf(form)
    simulator.fault({ endpoint: 'qualiphy-invite', fault: { kind: 'hold' } })
    const arrived = simulator.waitForRequest(({ endpoint }) => endpoint === 'qualiphy-invite', {
      phase: 'received',
    })
    const sending = bench.call('qualiphy.send', { ...key, form, confirmation })
    await arrived
    expect((await bench.result('qualiphy.study', key)).invites).toMatchObject([{ state: 'sending' }])
    await bench.restart()
    expect(await sending).toMatchObject({ ok: true, result: { invite: { state: 'may-have-been-sent' } } })
    const { invites } = await bench.result('qualiphy.study', key)
    expect(invites).toMatchObject([{ state: 'may-have-been-sent', hasLink: false }])
  })

  it('has the address for results of the settings where the form has none, and keeps its own', async () => {
    const webhookUrl = 'https://relay.example.com/qualiphy/9f2c'
    const { baseUrl } = simulator.qualiphy
    await bench.result('qualiphy.saveSettings', { baseUrl, invitePath: null, webhookUrl })
    await sendOne({ webhook_url: '  ' })
    await sendOne({ exams: [801], webhook_url: 'https://relay.example.com/own' })
    expect(simulator.qualiphy.invites().map(({ fields }) => fields.webhook_url)).toEqual([
      webhookUrl,
      'https://relay.example.com/own',
    ])
  })
})

describe('the link of an invite', () => {
  it('is opened and copied in the main process, and crosses only when a person wants to see it', async () => {
    const id = await sentId()
    const link = simulator.qualiphy.invites()[0]?.meetingUrl
    await bench.result('qualiphy.openLink', { id })
    await bench.result('qualiphy.copyLink', { id })
    expect(bench.openedAddresses).toEqual([link])
    expect(bench.clipboard.text).toBe(link)
    expect(bench.crossed.join('')).not.toContain(link)
    expect(await bench.result('qualiphy.showLink', { id })).toEqual({ link })
  })

  it('that leads elsewhere is not opened', async () => {
    simulator.switches.qualiphyMeetingOrigin = 'https://app.qualiphy.me.example.com'
    const id = await sentId()
    expect(await bench.call('qualiphy.openLink', { id })).toMatchObject({ ok: false, code: 'refused' })
    expect(bench.openedAddresses).toEqual([])
  })

  it('is a comment (AC) of the study after one click, and only once', async () => {
    const id = await sentId()
    const [one, two] = await Promise.all([
      bench.result('qualiphy.addComment', { id }),
      bench.result('qualiphy.addComment', { id }),
    ])
    expect(two.id).toBe(one.id)
    const { invites } = await bench.until(
      () => bench.result('qualiphy.study', key),
      ({ invites: [invite] }) => invite?.comment?.state === 'delivered',
    )
    expect(invites[0]?.comment?.id).toBe(one.id)
    expect((await bench.result('qualiphy.addComment', { id })).id).toBe(one.id)
    const written = simulator.appointment('acme', key.appointmentId).comments
    const link = simulator.qualiphy.invites()[0]?.meetingUrl ?? '-'
    const texts = written.filter(({ commentText }) => (commentText ?? '').includes(link))
    expect(texts).toMatchObject([{ commentType: 'AC' }])
  })

  it('is sent again for a press at the number that was shown, three times at most', async () => {
    await sentId()
    const press = async (resendsShown: number) => {
      const { invites } = await bench.result('qualiphy.study', key)
      const patientExamId = invites[0]?.exams[0]?.patientExamId ?? ''
      return bench.result('qualiphy.resend', { id: invites[0]?.id ?? '', patientExamId, resendsShown })
    }
    expect(await press(0)).toEqual({ message: null })
    expect((await press(0)).message).toMatch(/since you looked/)
    expect([await press(1), await press(2)]).toEqual([{ message: null }, { message: null }])
    expect((await press(3)).message).toMatch(/3 times/)
    const [exam] = simulator.qualiphy.invites()[0]?.patientExams ?? []
    expect(exam?.resends).toBe(3)
  })
})

describe('results', () => {
  it('are in the list once the relay has dropped them, and what nobody can take is said', async () => {
    bench.inbox = join(bench.folder, 'qualiphy results')
    await mkdir(bench.inbox)
    expect(await bench.result('qualiphy.chooseInbox', {})).toMatchObject({ inboxLabel: 'qualiphy results' })
    await sentId()
    const [exam] = simulator.qualiphy.invites()[0]?.patientExams ?? []
    const { body } = await simulator.qualiphy.finish(exam?.patientExamId ?? 0, 'Deferred')
    await writeFile(join(bench.inbox, 'a.part'), body)
    await rename(join(bench.inbox, 'a.part'), join(bench.inbox, 'a.json'))
    await writeFile(join(bench.inbox, 'b.json'), 'no json')
    const { invites, inboxProblems } = await bench.result('qualiphy.study', key)
    expect(invites[0]?.exams[0]).toMatchObject({ mayResend: false, results: [{ outcome: 'deferred' }] })
    expect(inboxProblems).toHaveLength(1)
    expect(await readdir(bench.inbox)).toContain('b.json')
    expect(bench.crossed.join('')).not.toContain(bench.folder)
    expect(await bench.result('qualiphy.removeInbox', {})).toMatchObject({ inboxLabel: null })
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
      expect(await bench.call('qualiphy.chooseInbox', {})).toMatchObject({
        ok: false,
        code: 'refused',
        message: expect.stringMatching(/^Choose another folder/u),
      })
    }
    expect(await bench.result('qualiphy.settings', {})).toMatchObject({ inboxLabel: null })
  })
})

describe('the exams', () => {
  it('are the clinic’s; without the list a sentence says why', async () => {
    const { exams, message } = await bench.result('qualiphy.exams', {})
    expect([exams?.map(({ id }) => id), message]).toEqual([[800, 801, 900, 901, 902], null])
    simulator.switches.qualiphyExamList = 'missing'
    const without = await bench.result('qualiphy.exams', {})
    expect(without.exams).toBeNull()
    expect(without.message).toMatch(/\w+\./)
  })
})

describe('the settings', () => {
  it('keep the key in the vault, test it, and take it away', async () => {
    expect(await bench.result('qualiphy.test', {})).toMatchObject({ ok: true })
    await bench.result('qualiphy.setKey', { apiKey: 'some other key' })
    expect(await bench.result('qualiphy.test', {})).toMatchObject({ ok: false })
    expect(await bench.result('qualiphy.setKey', { apiKey: null })).toMatchObject({ hasKey: false })
    expect(await bench.result('qualiphy.study', key)).toMatchObject({ isConfigured: false })
    expect(await bench.call('qualiphy.setKey', { apiKey: 'a\nb' })).toMatchObject({
      ok: false,
      code: 'invalid',
    })
    const everything = bench.crossed.join('') + JSON.stringify(await bench.settingsFile())
    for (const secret of ['some other key', simulator.qualiphy.apiKey])
      expect(everything).not.toContain(secret)
  })

  it('write only what is set, and refuse what cannot be used', async () => {
    const saved = {
      baseUrl: simulator.qualiphy.baseUrl,
      invitePath: '/api/exam_invite',
      webhookUrl: 'https://relay.example.com/x',
    }
    expect(await bench.result('qualiphy.saveSettings', saved)).toMatchObject(saved)
    expect(await bench.settingsFile()).toMatchObject({ qualiphy: saved })
    for (const wrong of [
      { baseUrl: 'http://example.com' },
      { invitePath: 'x' },
      { webhookUrl: 'http://a' },
    ]) {
      const envelope = await bench.call('qualiphy.saveSettings', { ...saved, ...wrong })
      expect(envelope).toMatchObject({ ok: false, code: 'settings' })
    }
    const back = { baseUrl: ' ', invitePath: '', webhookUrl: null }
    expect(await bench.result('qualiphy.saveSettings', back)).toMatchObject({
      baseUrl: 'https://api.qualiphy.me',
      invitePath: null,
    })
    expect(await bench.settingsFile()).toMatchObject({ qualiphy: {} })
  })
})
