import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { soloCalls } from '../../../electron/command-line/solo-calls.ts'
import { awaitEncounterReport } from '../../../electron/solo/encounter-report.ts'
import { encounterReportOrder } from '../../../electron/solo/requests.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts'
import { createWorkbench, type Workbench } from '../../support/station/workbench.ts'
import { nowSeconds, pdf, startTenant, valueOf } from './tenant.ts'

const day = { from: '2026-11-20', to: '2026-11-20' }
const order = { from: '2026-11-19T00:00:00+00:00', to: '2026-11-21T00:00:00+00:00', password: 'x' }

const answered = z.object({ value: z.record(z.string(), z.unknown()) })

/** Everything that the calls of the table need to be answered. */
async function furnished() {
  const tenant = await startTenant({ soloReportPolls: 0 })
  const { solo } = tenant.simulator
  const { spid } = solo.addPatient({ id: '220001', hsid: 'H1' })
  const { id } = solo.addVisit({ patientId: '220001', externalId: 'acme:A100001' })
  const { client } = tenant
  const attached = await client.uploadAttachment(String(id), { bytes: pdf(), contentType: 'application/pdf' })
  const wanted = { name: 'x', type: 'covid', from: '2026-11-20', status: 'ACTIVE' }
  const given = (body: unknown, parameters: readonly string[] = []) => ({
    parameters,
    values: {},
    body,
    file: null,
    baseUrl: solo.baseUrl,
    secret: solo.teamsToken,
  })
  const episode = await soloCalls['create-episode']?.run(client, given(wanted, ['220001']))
  const hook = { endpoint: 'https://relay.example.org/', events: ['episode:created'] }
  const webhook = await soloCalls['create-webhook']?.run(client, given(hook))
  const report = await soloCalls['order-encounter-report']?.run(
    client,
    given({ ...order, presetId: solo.presetId }),
  )
  await client.createAssistanceRequest({ patientMrn: '1234' })
  // A report is made while somebody asks for it.
  await client.getEncounterReport(solo.reports()[0]?.id ?? '')
  const idOf = (result: unknown, field: string): string => {
    const { value } = answered.parse(result)
    return String(value[field])
  }
  const parameters: Record<string, string> = {
    PATIENT: '220001',
    SPID: String(spid),
    HSID: 'H1',
    APPOINTMENT: String(id),
    SAID: String(id),
    'EXTERNAL-ID': 'acme:A100001',
    ATTACHMENT: idOf(attached, 'id'),
    EPISODE: idOf(episode, 'episodeId'),
    WEBHOOK: idOf(webhook, 'id'),
    REPORT: idOf(report, 'id'),
    FILE: 'report.pdf',
  }
  const bodies: Record<string, unknown> = {
    'create-patient': { id: '220002' },
    'update-patient': { race: 'x' },
    'update-patient-by-spid': { race: 'x' },
    'add-document': { name: 'x', dateTime: nowSeconds, responses: [{ question: 'q', response: 'r' }] },
    'update-appointment': { duration: 60 },
    'update-note': { name: 'Acute Neurology - Physician Services', questions: [] },
    'create-episode': wanted,
    'update-episode': wanted,
    'assign-episode': {},
    'order-encounter-report': { ...order, presetId: solo.presetId },
    'perfect-answer': {
      firstName: 'J',
      lastName: 'D',
      dob: '2001-01-20',
      locationId: 'b20be9ce-eb93-48be-ad56-271ec4b2973c',
      mrn: '1',
      requestingProvider: 'P',
      consultType: 'new',
      reason: 'Stroke',
    },
    'context-link': {
      user: 'dr.smith@example.org',
      type: 'provider',
      visit: String(id),
      date: nowSeconds,
      patient: { id: '220001', sex: 'female', dob: '1988-03-03', firstName: 'Jane', lastName: 'Doe' },
    },
    'create-webhook': hook,
    'update-webhook': hook,
  }
  const appointment = { waitingRoom: 'Imaging Results', date: nowSeconds + 3600 }
  const values: Record<string, Record<string, string | number>> = {
    slots: { after: nowSeconds, before: nowSeconds + 7200, waitingRoom: 'Imaging Results' },
    'data-dump': day,
  }
  return { ...tenant, given, parameters, bodies, appointment, values }
}

describe('every call of the table', () => {
  it.each(Object.keys(soloCalls))('%s gets an answer', async (name) => {
    const { client, given, parameters, bodies, appointment, values } = await furnished()
    const call = soloCalls[name]
    const isBooking = name.startsWith('create-appointment')
    const isNursing = name.includes('assistance')
    const body = isBooking ? appointment : isNursing ? { patientMrn: '1234' } : bodies[name]
    expect(call?.takesBody).toBe(body !== undefined)
    const named = (call?.parameters ?? []).map((parameter) => parameters[parameter] ?? '')
    const result = await call?.run(client, {
      ...given(body, named),
      values: values[name] ?? {},
      file: pdf(),
    })
    expect(result).toMatchObject({ ok: true })
  })

  it.each(Object.keys(soloCalls).filter((name) => soloCalls[name]?.takesBody === true))(
    '%s refuses another body by the same schema as the client',
    async (name) => {
      const { client, given, asked } = await furnished()
      asked()
      const result = await soloCalls[name]?.run(client, given({ surprise: 1 }, ['1']))
      expect(result).toMatchObject({ ok: false, failure: { kind: 'validation', status: null } })
      expect(asked()).toEqual([])
    },
  )
})

describe('waiting for an encounter report', () => {
  const wait = { forMs: 60_000, onPending: () => undefined, sleep: () => Promise.resolve() }
  async function ordered(options: SimulatorOptions) {
    const { client, simulator } = await startTenant(options)
    const wanted = encounterReportOrder.parse({ ...order, presetId: simulator.solo.presetId })
    const { id } = valueOf(await client.createEncounterReport(wanted))
    return { client, id }
  }

  it('tells how long it has waited, and ends when it is ready', async () => {
    const { client, id } = await ordered({ soloReportPolls: 5 })
    const told: number[] = []
    const onPending = (waitedMs: number) => void told.push(waitedMs)
    expect(await awaitEncounterReport(client, id, { ...wait, onPending })).toEqual({ kind: 'ready' })
    expect(told).toEqual([0, 2_000, 6_000, 14_000, 30_000])
  })

  it('ends when it failed, when the time is over, and when it is cancelled', async () => {
    const failed = await ordered({ soloReportPolls: 0, soloReportOutcome: 'failed' })
    expect(await awaitEncounterReport(failed.client, failed.id, wait)).toEqual({ kind: 'failed' })
    const slow = await ordered({ soloReportPolls: 50 })
    expect(await awaitEncounterReport(slow.client, slow.id, wait)).toEqual({ kind: 'not-yet' })
    const cancelled = { ...wait, sleep: () => Promise.reject(new Error('cancelled')) }
    expect(await awaitEncounterReport(slow.client, slow.id, cancelled)).toEqual({ kind: 'not-yet' })
    const gone = await awaitEncounterReport(slow.client, 'no-such-report', wait)
    expect(gone).toMatchObject({ kind: 'refused', failure: { kind: 'gone' } })
  })
})

describe('radpost solo', () => {
  async function startBench(
    options: SimulatorOptions = {},
  ): Promise<{ bench: Workbench; simulator: Simulator }> {
    const simulator = await startSimulator(options)
    onTestFinished(() => simulator.close())
    const { baseUrl, apiKey } = simulator.solo
    const bench = await createWorkbench(simulator, { settings: { solo: { baseUrl } } })
    onTestFinished(() => bench.remove())
    await writeFile(join(bench.credentials, 'solo:apiKey'), apiKey)
    return { bench, simulator }
  }

  it('reads the body from standard input or a file, and prints what came back', async () => {
    const { bench, simulator } = await startBench()
    const made = await bench.run(['solo', 'create-patient', '--json'], '{"id":"220001"}')
    expect([made.code, made.json]).toEqual([0, 12_345])
    const file = join(bench.folder, 'body.json')
    await writeFile(file, '\uFEFF{"waitingRoom":"Imaging Results"}')
    const booked = await bench.run(['solo', 'create-appointment', '220001', '--body', file, '--json'])
    expect(booked.json).toMatchObject({ id: String(simulator.solo.visits()[0]?.id) })
    const report = join(bench.folder, 'report.pdf')
    await writeFile(report, pdf())
    const id = String(simulator.solo.visits()[0]?.id)
    const sent = await bench.run(['solo', 'upload-attachment', id, report, '--file-name', 'R.pdf', '--json'])
    expect(sent.json).toMatchObject({ title: 'R.pdf', mimeType: 'application/pdf' })
  })

  it('says what is wrong in one sentence, with the exit code of its kind', async () => {
    const { bench, simulator } = await startBench()
    const said = async (args: readonly string[], input = ''): Promise<unknown[]> => {
      const { code, stdout, stderr } = await bench.run(['solo', ...args], input)
      return [code, stdout, stderr.trim().split('\n')[0]]
    }
    expect(await said(['toString'])).toMatchObject([
      2,
      '',
      expect.stringMatching(/^Usage: radpost solo CALL/),
    ])
    expect(await said(['patient'])).toEqual([2, '', 'Usage: radpost solo patient PATIENT'])
    expect(await said(['patient', '1', '--from', '2026-11-20'])).toEqual([
      2,
      '',
      'Usage: radpost solo patient PATIENT',
    ])
    expect(await said(['create-patient'], '{')).toMatchObject([
      2,
      '',
      expect.stringMatching(/not valid JSON/),
    ])
    expect(await said(['create-patient'], '{}')).toEqual([2, '', 'id must be a text.'])
    expect(await said(['slots', '--after', 'today', '--before', '2', '--waiting-room', 'x'])).toEqual([
      2,
      '',
      'after must be a whole number of seconds since 1970.',
    ])
    expect(await said(['patient', 'nobody'])).toMatchObject([5, '', expect.stringMatching(/\(404\)/)])
    expect(await said(['teams-link', '1'])).toMatchObject([4, '', expect.stringMatching(/teamsAuthToken/)])
    simulator.fault({ endpoint: 'solo-patient-create', fault: { kind: 'reset-after' } })
    expect(await said(['create-patient'], '{"id":"1"}')).toMatchObject([
      3,
      '',
      expect.stringMatching(/Before trying again, look/),
    ])
  })

  it('writes exports byte for byte to standard output or a file of this account only', async () => {
    const { bench, simulator } = await startBench({ soloReportPolls: 0 })
    const range = ['--from', day.from, '--to', day.to]
    const file = join(bench.folder, 'dump.csv')
    const running = bench.start(['solo', 'data-dump', ...range])
    let printed = ''
    running.process.stdout?.on('data', (part: string) => (printed += part))
    running.process.stdin?.end()
    expect(await running.finished).toMatchObject({ code: 0, stderr: '' })
    const toFile = await bench.run(['solo', 'data-dump', ...range, '--output', file, '--json'])
    const written = await readFile(file, 'utf8')
    expect(written).toMatch(/\r\n$/)
    expect(printed).toBe(written)
    expect(toFile.json).toEqual({ bytes: Buffer.byteLength(written) })
    expect((await stat(file)).mode & 0o077).toBe(0)
    expect(await bench.run(['solo', 'data-dump', ...range, '--json'])).toMatchObject({ code: 2 })

    const taken = join(bench.folder, 'taken')
    await mkdir(join(taken, 'inside'), { recursive: true })
    expect((await bench.run(['solo', 'data-dump', ...range, '--output', taken])).code).toBe(4)
    expect(await readdir(bench.folder)).not.toContain('taken.part')

    const zip = join(bench.folder, 'report.zip')
    const body = JSON.stringify({ ...order, presetId: simulator.solo.presetId })
    const report = await bench.run(['solo', 'encounter-report', '--output', zip], body)
    expect([report.code, report.stdout]).toEqual([0, ''])
    expect((await readFile(zip)).subarray(0, 2).toString('latin1')).toBe('PK')
    simulator.switches.soloReportPolls = 9
    const impatient = ['solo', 'encounter-report', '--output', zip, '--wait-minutes', '0']
    const late = await bench.run(impatient, body)
    expect([late.code, late.stderr]).toEqual([
      3,
      expect.stringMatching(/fetch it later with "radpost solo download-encounter-report/),
    ])
  })

  it('never prints the key of a webhook, and says so where it cannot be kept', async () => {
    const { bench, simulator } = await startBench()
    const body = '{"endpoint":"https://relay.example.org/","events":["episode:created"]}'
    const made = await bench.run(['solo', 'create-webhook', '--json'], body)
    const [webhook] = simulator.solo.webhooks()
    // A service's credentials directory cannot be written.
    expect(made).toMatchObject({ code: 3, json: { id: webhook?.id, keyKept: false } })
    expect(made.stderr).toContain(`radpost solo webhook ${webhook?.id}`)
    expect(made.stdout + made.stderr).not.toContain(webhook?.encryptionKey)
  })

  it('tests the API key', async () => {
    const { bench } = await startBench()
    expect(await bench.run(['credentials', 'test', 'solo', '--json'])).toMatchObject({
      code: 0,
      json: { ok: true, kind: null },
    })
    await writeFile(join(bench.credentials, 'solo:apiKey'), 'wrong')
    const wrong = await bench.run(['credentials', 'test', 'solo', '--json'])
    expect(wrong).toMatchObject({ code: 5, json: { ok: false, kind: 'auth' } })
    expect(wrong.stderr).toMatch(/rejected the API key/)
  })
})
