import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inviteView } from '../../../shared/qualiphy.ts'
import { faultOf } from '../../support/station/opened-journal.ts'
import type { FaultRuleInput } from '../../simulator/simulator.ts'
import { useSite } from '../../support/station/site.ts'
import { bytesBelow } from '../../support/station/workbench.ts'

const site = useSite()
const study = 'A100003'

/** What the study does not know; name, birth date and sex come from there. */
const contact = { email: 'sean@example.com', phone_number: '5552223232', tele_state: 'NY' }
const done = z.object({ kind: z.literal('done'), invite: inviteView })
const asked = z.object({ kind: z.literal('ask-again'), confirmation: z.string() })
const listed = z.object({
  invites: z.array(inviteView),
  problems: z.array(z.object({ file: z.string(), reason: z.string(), message: z.string() })),
})

let inbox = ''
let plain = 0

beforeEach(async () => {
  const { bench, simulator } = site
  inbox = join(bench.folder, 'inbox')
  await mkdir(inbox)
  plain = simulator.qualiphy.exams().find(({ rxType }) => rxType === null)?.id ?? 0
  await setUp({})
})

async function setUp(qualiphy: object): Promise<void> {
  const { bench, simulator } = site
  await writeFile(join(bench.credentials, 'qualiphy:apiKey'), simulator.qualiphy.apiKey)
  await bench.writeSettings({ qualiphy: { baseUrl: simulator.qualiphy.baseUrl, inbox, ...qualiphy } })
}

const run = (args: readonly string[], input: object = {}) =>
  site.bench.run(['qualiphy', ...args, '--json'], JSON.stringify(input))
const invite = (form: object = {}, ...options: readonly string[]) =>
  run(['invite', study, ...options], { exams: [plain], ...contact, ...form })
const list = async () => listed.parse((await run(['invites', study])).json)

describe('qualiphy invite', () => {
  it('starts with the study, sends once, and shows the link', async () => {
    const sent = await invite()
    expect(sent.code).toBe(0)
    const { qualiphy } = site.simulator
    const [made] = qualiphy.invites()
    const patient = site.study(study)
    expect(made?.fields).toMatchObject({
      first_name: patient.firstName,
      last_name: patient.lastName,
      dob: patient.dateOfBirth,
      ...contact,
    })
    const { invite: shown } = done.parse(sent.json)
    expect(shown).toMatchObject({
      domain: 'acme',
      appointmentId: study,
      state: 'sent',
      link: made?.meetingUrl,
    })
    expect(await list()).toMatchObject({ invites: [shown], problems: [] })
    expect(await faultOf(site.bench)).toBeNull()
  })

  it('asks before the same patient gets such an exam twice within a day', async () => {
    expect((await invite()).code).toBe(0)
    const second = await invite()
    expect(second.code).toBe(3)
    const { confirmation } = asked.parse(second.json)
    expect(second.stderr).toContain('Nothing was sent')
    expect(site.simulator.qualiphy.invites()).toHaveLength(1)
    expect((await invite({ email: 'other@example.com' }, '--confirm-again', confirmation)).code).toBe(3)
    expect(site.simulator.qualiphy.invites()).toHaveLength(1)
    expect((await invite({}, '--confirm-again', confirmation)).code).toBe(0)
    expect((await invite({}, '--confirm-again', confirmation)).code).toBe(3)
    expect(site.simulator.qualiphy.invites()).toHaveLength(2)
    expect((await list()).invites).toHaveLength(2)
  })

  it('names every field that is wrong, sends nothing, and knows another patient’s birth date', async () => {
    const bad = await invite({ phone_number: '12', tele_state: 'ny', redirect_na: 'http://x.example.com' })
    expect([bad.code, bad.stdout]).toEqual([2, ''])
    expect(bad.stderr).toMatch(/^Nothing was sent\.\nphone_number: .+\nredirect_na: .+\ntele_state: .+\n$/)
    expect((await invite({ dob: '1950-01-01' })).stderr).toMatch(/dob: The birth date is not the one of/)
    const [one, two] = site.simulator.qualiphy.exams().filter(({ rxType }) => rxType === 1)
    expect((await invite({ exams: [one?.id, two?.id], patient_address_prefill: 2 })).code).toBe(2)
    expect((await run(['invite', 'A999999'], contact)).code).toBe(5)
    expect((await site.bench.run(['qualiphy', 'invite', study], 'no json')).code).toBe(2)
    expect((await site.bench.run(['qualiphy', 'fly'], '')).code).toBe(2)
    expect(site.simulator.requests(({ endpoint }) => endpoint === 'qualiphy-invite')).toEqual([])
  })

  it.each<['no-provider' | 'no-contract' | 'no-prescriptive-contract', RegExp]>([
    ['no-provider', /must add one in the Qualiphy portal/],
    ['no-contract', /DocuSign/],
    ['no-prescriptive-contract', /Prescriptive Services Contract/],
  ])('refused for %s ends with 5 and says who must do what', async (qualiphyAccount, sentence) => {
    site.simulator.switches.qualiphyAccount = qualiphyAccount
    const refused = await invite()
    expect(refused.code).toBe(5)
    expect(done.parse(refused.json).invite).toMatchObject({
      state: 'not-sent',
      message: expect.stringMatching(sentence),
    })
    site.simulator.switches.qualiphyAccount = 'ready'
    expect((await invite()).code).toBe(0)
  })

  it('without a key ends with 4, with a wrong one with 5', async () => {
    await writeFile(join(site.bench.credentials, 'qualiphy:apiKey'), 'wrong')
    expect((await invite()).code).toBe(5)
    const tested = await site.bench.run(['credentials', 'test', 'qualiphy', '--json'])
    expect([tested.code, tested.json]).toEqual([5, { ok: false, kind: 'auth' }])
    await setUp({})
    expect((await site.bench.run(['credentials', 'test', 'qualiphy'])).code).toBe(0)
  })

  it.each<[string, FaultRuleInput['fault']]>([
    ['a 500', { kind: 'server-error', status: 500 }],
    ['a lost answer', { kind: 'reset-after' }],
    ['a cut answer', { kind: 'cut-answer' }],
    ['a web page', { kind: 'captive-portal' }],
  ])('that ends in %s may have been sent, and is never sent again by itself', async (_, fault) => {
    site.simulator.fault({ endpoint: 'qualiphy-invite', fault })
    const sent = await invite()
    expect(sent.code).toBe(3)
    expect(done.parse(sent.json).invite).toMatchObject({
      state: 'may-have-been-sent',
      message: expect.stringContaining('ask the patient whether it arrived'),
    })
    expect(site.simulator.requests(({ endpoint }) => endpoint === 'qualiphy-invite')).toHaveLength(1)
    expect((await invite()).code).toBe(3)
    expect(site.simulator.requests(({ endpoint }) => endpoint === 'qualiphy-invite')).toHaveLength(1)
  })

  it('killed while the answer is awaited may have been sent, and asks before the next', async () => {
    site.simulator.fault({ endpoint: 'qualiphy-invite', fault: { kind: 'hold', when: 'after' } })
    const running = site.bench.start(['qualiphy', 'invite', study, '--json'])
    running.process.stdin?.end(JSON.stringify({ exams: [plain], ...contact }))
    await site.simulator.waitForRequest(({ endpoint }) => endpoint === 'qualiphy-invite', {
      phase: 'received',
    })
    await running.kill()
    expect((await list()).invites).toMatchObject([{ state: 'may-have-been-sent' }])
    expect(asked.safeParse((await invite()).json).success).toBe(true)
    expect(await faultOf(site.bench)).toBeNull()
  })
})

describe('qualiphy exams', () => {
  it('lists what can be chosen, also beside a running station', async () => {
    const exams = await run(['exams'])
    expect(exams.code).toBe(0)
    expect(exams.json).toMatchObject({
      unreadable: 0,
      exams: expect.arrayContaining([{ id: plain, title: expect.any(String), rxType: 0 }]),
    })
    site.simulator.switches.qualiphyExamList = 'missing'
    expect((await run(['exams'])).code).toBe(5)
    expect((await invite()).code).toBe(0)
  })
})

describe('qualiphy resend', () => {
  it('sends the link again three times and counts', async () => {
    const { invite: shown } = done.parse((await invite()).json)
    const wish = { id: shown.id, patient_exam_id: shown.exams[0]?.patientExamId }
    for (const resends of [1, 2, 3]) {
      const again = await run(['resend'], wish)
      expect([again.code, inviteView.parse(again.json).exams[0]]).toMatchObject([
        0,
        { resends, lastResend: 'sent' },
      ])
    }
    const fourth = await run(['resend'], wish)
    expect([fourth.code, fourth.stderr]).toEqual([2, expect.stringContaining('3 times')])
    expect(site.simulator.requests(({ endpoint }) => endpoint === 'qualiphy-resend')).toHaveLength(3)
    expect((await run(['resend'], { ...wish, id: 'x' })).code).toBe(2)
  })

  it('counts one that may have gone out, and not one that did not', async () => {
    const { invite: shown } = done.parse((await invite()).json)
    const wish = { id: shown.id, patient_exam_id: shown.exams[0]?.patientExamId }
    site.simulator.fault({ endpoint: 'qualiphy-resend', fault: { kind: 'throttle' } })
    expect((await run(['resend'], wish)).code).toBe(5)
    site.simulator.fault({ endpoint: 'qualiphy-resend', fault: { kind: 'reset-after' } })
    expect((await run(['resend'], wish)).code).toBe(3)
    expect((await list()).invites[0]?.exams).toMatchObject([{ resends: 1, lastResend: 'may-have-been-sent' }])
  })
})

describe('results in the inbox', () => {
  /** As the relay does it: written whole under another name, then renamed. */
  async function drop(name: string, body: string): Promise<void> {
    await writeFile(join(inbox, `${name}.part`), body)
    await rename(join(inbox, `${name}.part`), join(inbox, name))
  }

  it.each<['text' | 'number', string, string]>([
    ['text', 'Approved', 'approved'],
    ['number', 'approved', 'approved'],
    ['text', 'Deferred', 'deferred'],
    ['text', 'N/A', 'not-available'],
    ['text', 'Approved with conditions', 'unknown'],
    ['text', '', 'unknown'],
  ])('are taken with ids as %s, and "%s" is %s', async (ids, status, outcome) => {
    const { qualiphy, switches } = site.simulator
    switches.qualiphyWebhookIds = ids
    const { invite: shown } = done.parse((await invite()).json)
    const { body } = await qualiphy.finish(Number(shown.exams[0]?.patientExamId), status)
    await drop('one.json', body)
    await drop('the-same.json', body)
    const { invites, problems } = await list()
    expect(problems).toEqual([])
    expect(invites[0]?.exams).toMatchObject([{ mayResend: false, results: [{ outcome, said: status }] }])
    expect((await readdir(join(inbox, 'Taken'))).toSorted()).toEqual(['one.json', 'the-same.json'])
  })

  it('count only with the exam and the code of its invite together; others stay and are said', async () => {
    const { qualiphy } = site.simulator
    const first = done.parse((await invite()).json).invite.exams[0]?.patientExamId ?? ''
    const other = await run(['invite', 'A100005'], { exams: [plain], ...contact })
    const second = done.parse(other.json).invite.exams[0]?.patientExamId ?? ''
    const { body } = await qualiphy.finish(Number(first))
    await drop('crossed.json', body.replace(`"patient_exam_id":"${first}"`, `"patient_exam_id":"${second}"`))
    await drop('no-code.json', JSON.stringify({ patient_exam_id: first, exam_status: 'Approved' }))
    await drop(
      'guessed.json',
      JSON.stringify({ patient_exam_id: first, exam_status: 'Approved', additional_data: '{"radpost":"x"}' }),
    )
    await drop('broken.json', body.slice(0, 40))
    await drop('parcel.json', (await qualiphy.ship(Number(first))).body)
    const found = await run(['invites'])
    expect(found.code).toBe(3)
    const { invites, problems } = listed.parse(found.json)
    expect(problems.map(({ file, reason }) => [file, reason])).toEqual([
      ['broken.json', 'malformed'],
      ['crossed.json', 'unmatched'],
      ['guessed.json', 'unmatched'],
      ['no-code.json', 'unmatched'],
      ['parcel.json', 'tracking'],
    ])
    expect(invites.flatMap(({ exams }) => exams.flatMap(({ results }) => results))).toEqual([])
    expect((await readdir(inbox)).toSorted()).toEqual(problems.map(({ file }) => file))
    await setUp({ inbox: join(inbox, 'gone') })
    expect((await run(['invites'])).stderr).toContain('cannot be read (ENOENT)')
  })
})

describe('what is kept', () => {
  it('has neither the key nor anything that was typed', async () => {
    const { simulator, bench } = site
    await invite()
    simulator.switches.qualiphyAccount = 'no-contract'
    const said = [
      await invite({ exams: [plain, plain + 1] }),
      await run(['invites']),
      await bench.run(['audit']),
    ]
    const { firstName, lastName, dateOfBirth } = site.study(study)
    const link = simulator.qualiphy.invites()[0]?.meetingUuid ?? ''
    const words = [
      simulator.qualiphy.apiKey,
      contact.email,
      contact.phone_number,
      dateOfBirth,
      firstName,
      lastName,
    ]
    for (const [path, bytes] of await bytesBelow(bench.profile)) {
      for (const word of [...words, link]) {
        expect([path, bytes.includes(word ?? '-'), word]).toEqual([path, false, word])
      }
    }
    for (const { stdout, stderr } of said) {
      for (const word of words) expect(stdout + stderr).not.toContain(word)
    }
  })
})
