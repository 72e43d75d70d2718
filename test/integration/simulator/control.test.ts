import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { call, caller, json, report, type Answered, type Caller } from './client.ts'

let simulator: Simulator
let api: Caller
beforeEach(async () => {
  simulator = await startSimulator({ appointments: [{ appointmentId: 'A1', lastName: 'Doe' }] })
  api = await caller(simulator)
})
afterEach(() => simulator.close())

function control(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  return call(`${simulator.baseUrl}/_simulator/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}
const submit = (): Promise<Answered> => api.post('/reporting/appointments/A1/report', report)

describe('the control endpoints', () => {
  it('show the state and the traffic, without counting themselves', async () => {
    await submit()
    const state = json(await control('GET', 'state'))
    expect(state['appointments']?.[0]).toMatchObject({
      appointmentId: 'A1',
      reports: [{ reportText: report.reportText }],
    })
    const requests = json(await control('GET', 'requests'))
    expect(requests.map((request) => request['endpoint'])).toEqual(['token', 'report'])
    const sent = Buffer.from(String(requests[1]?.['bodyBase64']), 'base64').toString()
    expect(JSON.parse(sent)).toEqual(report)
  })

  it('set, list and remove faults', async () => {
    const rule = { endpoint: 'report', fault: { kind: 'throttle' }, times: 'always' }
    const id = String(json(await control('POST', 'faults', rule))['id'])
    expect((await submit()).status).toBe(429)
    expect(json(await control('GET', 'faults'))).toMatchObject([{ id, hits: 1 }])
    expect((await control('DELETE', `faults/${id}`)).status).toBe(200)
    expect((await control('DELETE', `faults/${id}`)).status).toBe(404)
    expect((await submit()).status).toBe(200)
  })

  it('release what is held', async () => {
    await control('POST', 'faults', { endpoint: 'report', fault: { kind: 'hold' } })
    const answer = submit()
    await simulator.waitForRequest(({ endpoint }) => endpoint === 'report', { phase: 'received' })
    await control('POST', 'release')
    expect((await answer).status).toBe(200)
  })

  it('change switches, one at a time', async () => {
    simulator.switches.replayErrors = true
    await control('PATCH', 'switches', { finalLeavesPending: false })
    expect(simulator.switches).toMatchObject({ finalLeavesPending: false, replayErrors: true })
  })

  it('add appointments, set a status, expire tokens and go back to the start', async () => {
    expect((await control('POST', 'appointments', { appointmentId: 'B1', lastName: 'Roe' })).status).toBe(201)
    await control('PUT', 'status', { domain: 'acme', appointmentId: 'A1', status: 'DICTATED' })
    expect(simulator.appointment('acme', 'A1').status).toBe('DICTATED')
    await control('POST', 'expire-tokens')
    expect((await submit()).status).toBe(401)
    await control('POST', 'reset')
    expect(simulator.appointment('acme', 'A1').status).toBe('PENDING REPORTING')
    expect(() => simulator.appointment('acme', 'B1')).toThrow(/no appointment B1/)
    expect(simulator.requests()).toEqual([])
  })

  it('show and drive Solo and Qualiphy, and cover their keys', async () => {
    const { solo, qualiphy } = simulator
    solo.addPatient({ id: 'P1' })
    const { id } = solo.addVisit({ externalId: 'acme:A1' })
    const change = { appointmentId: id, status: 'arrived', videoCall: 'waiting' }
    expect((await control('PUT', 'solo-visit', change)).status).toBe(200)
    const state = json(await control('GET', 'state'))
    expect(state['solo']?.['visits']).toMatchObject([
      { id, status: 'arrived', videoCall: { status: 'waiting' } },
    ])
    expect((await control('POST', 'solo-webhook', { event: 'patient:created' })).status).toBe(400)

    await call(`${solo.baseUrl}/qapi/v1/waiting-rooms`, { headers: { 'Api-Key': solo.apiKey } })
    const invite = { exams: [800], first_name: 'J', last_name: 'D', email: 'j@example.com', tele_state: 'NY' }
    await call(`${qualiphy.baseUrl}/api/exam_invite/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        ...invite,
        api_key: qualiphy.apiKey,
        dob: '1990-06-30',
        phone_number: '5552223344',
      }),
    })
    const patientExamId = qualiphy.invites()[0]?.patientExams[0]?.patientExamId
    const result = json(await control('POST', 'qualiphy-result', { patientExamId, status: 'Deferred' }))
    expect(JSON.parse(String(result['body']))).toMatchObject({ exam_status: 'Deferred' })
    const requests = json(await control('GET', 'requests')).slice(-2)
    const printed = requests.map(({ headers, bodyBase64 }) =>
      [JSON.stringify(headers), Buffer.from(String(bodyBase64), 'base64').toString()].join(),
    )
    expect(printed[0]).toContain('"api-key":"***"')
    expect(printed[1]).toContain('"api_key":"***"')
    for (const secret of [solo.apiKey, qualiphy.apiKey]) expect(printed.join()).not.toContain(secret)
  })

  it.each([
    ['PUT', 'solo-visit', { appointmentId: 1, status: 'arrived' }],
    ['POST', 'solo-webhook', { event: 'patient:eaten' }],
    ['POST', 'qualiphy-result', { patientExamId: 1 }],
    ['POST', 'faults', { endpoint: 'put', fault: { kind: 'throttle' } }],
    ['POST', 'faults', { endpoint: 'report', fault: { kind: 'meteor' } }],
    ['PATCH', 'switches', { colour: 'red' }],
    ['PUT', 'status', { domain: 'acme', appointmentId: 'none', status: 'DICTATED' }],
    ['POST', 'appointments', { appointmentId: 'A1' }],
    ['POST', 'appointments', { appointmentId: 'B2', lastName: 5 }],
  ])('refuse %s %s %j in one sentence', async (method, path, body) => {
    const answer = await control(method, path, body)
    expect(answer.status).toBe(400)
    expect(String(json(answer)['message'])).not.toContain('\n')
  })

  it('answer this machine only, and no web page', async () => {
    const statuses = await Promise.all([
      control('GET', 'state', undefined, { Host: 'attacker.example' }),
      control('GET', 'state', undefined, { Origin: 'https://attacker.example' }),
      control('POST', 'reset', undefined, { Origin: 'null' }),
    ])
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403])
    expect((await control('POST', 'faults', {}, { 'Content-Type': 'text/plain' })).status).toBe(400)
  })
})

describe('the command', () => {
  const main = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url))

  it('starts with sample data, prints its addresses and ends when told to', async () => {
    const child = spawn(process.execPath, [main, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line]: unknown[] = await once(child.stdout, 'data')
    const started: { controlUrl: string; clients: unknown[] } = JSON.parse(String(line))
    expect(started).toMatchObject({ tokenUrl: expect.stringMatching(/\/oauth2\/token$/) })
    expect(started.clients).toHaveLength(1)
    expect(started).toMatchObject({
      solo: { baseUrl: expect.stringMatching(/^http:\/\/127/), apiKey: expect.any(String) },
      qualiphy: { baseUrl: expect.stringMatching(/^http:\/\/127/), apiKey: expect.any(String) },
    })
    const state = json(await call(`${started.controlUrl}state`))
    expect(state['appointments']).toHaveLength(12)
    expect(state['solo']?.['visits']).toMatchObject([{ externalId: 'acme:A100001' }])
    child.kill('SIGTERM')
    const [exitCode]: unknown[] = await once(child, 'exit')
    expect(exitCode).toBe(0)
  })

  it('says how to use it, and what is wrong with a port', () => {
    const { port } = new URL(simulator.baseUrl)
    const runs = [
      ['--prot', '1'],
      ['--port', '70000'],
      ['--port', port],
    ].map((args) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' }))
    expect(runs.map(({ status }) => status)).toEqual([2, 2, 4])
    expect(runs[0]?.stderr).toContain('Usage:')
    expect(runs[2]?.stderr).toContain(`Port ${port} is in use`)
    for (const { stderr } of runs) expect(stderr).not.toContain('    at ')
  })
})
