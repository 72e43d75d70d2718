import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type FaultRuleInput, type Simulator } from '../../simulator/simulator.ts'
import {
  call,
  caller,
  credentials,
  form,
  json,
  report,
  testClock,
  type Answered,
  type Caller,
  type TestClock,
} from './client.ts'

let simulator: Simulator
let api: Caller
let clock: TestClock
beforeEach(async () => {
  clock = testClock()
  simulator = await startSimulator({ now: clock.now })
  for (const appointmentId of ['A1', 'A2', 'A3', 'A4', 'A5']) {
    simulator.addAppointment({ appointmentId, patientId: '220000', startTime: '13:45:00' })
  }
  api = await caller(simulator)
})
afterEach(() => simulator.close())

const list = (query = ''): Promise<Answered> => api.get(`/reporting/appointments/pending${query}`)
const submit = (id = 'A1', key?: string): Promise<Answered> =>
  api.post(`/reporting/appointments/${id}/report`, report, key)
const effects = (id = 'A1'): number => simulator.appointment('acme', id).reports.length
const ids = (page: Answered): string[] =>
  (json(page)['items'] ?? []).map((item) => String(item['appointmentId']))

async function uploadUrl(): Promise<string> {
  const items = [{ fileName: 'r.pdf' }]
  const made = json(await api.post('/reporting/appointments/A1/report/attachments', { items }))
  return String(made['items']?.[0]?.['uploadUrl'])
}
/** What undici says when the other end went away. */
const brokenConnection = {
  code: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/),
}

const put = (url: string): Promise<Answered> => call(url, { method: 'PUT', body: Buffer.from('%PDF-') })

describe('an answer in place of the real one', () => {
  it.each([
    [undefined, undefined],
    [{ seconds: 7 }, '7'],
    [{ seconds: -1 }, '-1'],
    [{ dateInSeconds: 60 }, 'Fri, 20 Nov 2026 01:03:03 GMT'],
    [{ raw: 'soon' }, 'soon'],
  ])('is a 429 with Retry-After %j', async (retryAfter, header) => {
    simulator.fault({
      endpoint: 'report',
      fault: { kind: 'throttle', ...(retryAfter === undefined ? {} : { retryAfter }) },
    })
    const answer = await submit()
    expect([answer.status, answer.headers['retry-after'], effects()]).toEqual([429, header, 0])
    expect((await submit()).status).toBe(200)
  })

  it.each([
    ['problem', 'application/problem+json', /requestId/],
    ['gateway', 'application/json; charset=utf-8', /^\{"message":"Endpoint request timed out"\}$/],
    ['html', 'text/html', /^<html>/],
  ] as const)('is a 504 with a body of the kind %s', async (body, contentType, text) => {
    simulator.fault({ endpoint: 'pending', fault: { kind: 'server-error', status: 504, body } })
    const answer = await list()
    expect([answer.status, answer.headers['content-type']]).toEqual([504, contentType])
    expect(answer.text).toMatch(text)
  })

  it('is a refusal with an errors map, or 409 while the first attempt runs', async () => {
    const errors = { reportText: ['Too clever.'] }
    simulator.fault({ endpoint: 'report', fault: { kind: 'problem', status: 400, errors } })
    simulator.fault({ endpoint: 'report', fault: { kind: 'in-progress' }, times: 2 })
    const refused = await submit('A1', 'k')
    expect([refused.status, json(refused)['errors']]).toEqual([400, errors])
    const statuses = [await submit('A1', 'k'), await submit('A1', 'k'), await submit('A1', 'k')]
    expect(statuses.map(({ status }) => status)).toEqual([409, 409, 200])
    expect(effects()).toBe(1)
  })

  it('is the page of a captive portal, on either server', async () => {
    simulator.fault({ endpoint: '*', fault: { kind: 'captive-portal' }, times: 'always' })
    for (const answer of [
      await list(),
      await call(simulator.tokenUrl),
      await call(`${simulator.storeUrl}/x`),
    ]) {
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    }
  })

  it('is any refusal of the token endpoint', async () => {
    simulator.fault({ endpoint: 'token', fault: { kind: 'token-error', error: 'unauthorized_client' } })
    const answer = await call(simulator.tokenUrl, form(credentials(simulator)))
    expect([answer.status, json(answer)]).toEqual([400, { error: 'unauthorized_client' }])
  })

  it.each([
    ['slow-down', 503, 'SlowDown'],
    ['expired-token', 400, 'ExpiredToken'],
    ['expired-url', 403, 'AccessDenied'],
    ['server-error', 500, 'InternalError'],
  ] as const)('is %s of the object store', async (kind, status, code) => {
    const url = await uploadUrl()
    simulator.fault({ endpoint: 'put', appointmentId: 'A1', fault: { kind } })
    const answer = await put(url)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(`<Code>${code}</Code>`)
    expect(simulator.appointment('acme', 'A1').artefacts[0]?.putCount).toBe(0)
    expect((await put(url)).status).toBe(200)
  })
})

describe('a broken connection', () => {
  it('before processing leaves no effect', async () => {
    simulator.fault({ endpoint: 'report', fault: { kind: 'reset-before' } })
    await expect(submit('A1', 'k')).rejects.toMatchObject(brokenConnection)
    expect(effects()).toBe(0)
    expect((await submit('A1', 'k')).status).toBe(200)
  })

  it.each(['reset-after', 'cut-answer'] as const)(
    'by %s leaves the effect, and the retry replays it',
    async (kind) => {
      simulator.fault({ endpoint: 'report', fault: { kind } })
      await expect(submit('A1', 'k')).rejects.toMatchObject(brokenConnection)
      expect(effects()).toBe(1)
      expect(json(await submit('A1', 'k'))['reportGuid']).toBe(
        simulator.appointment('acme', 'A1').currentReport?.reportGuid,
      )
      expect(effects()).toBe(1)
    },
  )

  it.each(['reset-after', 'cut-answer'] as const)('by %s leaves the bytes in the store', async (kind) => {
    const url = await uploadUrl()
    simulator.fault({ endpoint: 'put', fault: { kind } })
    await expect(put(url)).rejects.toMatchObject(brokenConnection)
    expect(simulator.appointment('acme', 'A1').artefacts[0]?.putCount).toBe(1)
  })

  it('of both servers lasts until they are online again, at the same addresses', async () => {
    await simulator.goOffline()
    await expect(list()).rejects.toThrow(/ECONNREFUSED/)
    await expect(call(`${simulator.storeUrl}/x`)).rejects.toThrow(/ECONNREFUSED/)
    await simulator.goOnline()
    expect(ids(await list())).toHaveLength(5)
  })
})

describe('a held request', () => {
  it('before processing has no effect until it is released', async () => {
    const held = simulator.fault({ endpoint: 'report', fault: { kind: 'hold' } })
    const answer = submit()
    const request = await simulator.waitForRequest(({ endpoint }) => endpoint === 'report', {
      phase: 'received',
    })
    expect([request.status, effects()]).toEqual([null, 0])
    held.release()
    expect((await answer).status).toBe(200)
    expect(request.status).toBe(200)
  })

  it('after processing has its effect already; removing the rule releases it too', async () => {
    const held = simulator.fault({ endpoint: 'report', fault: { kind: 'hold', when: 'after' } })
    const answer = submit('A1', 'k')
    await simulator.waitForRequest(({ endpoint }) => endpoint === 'report', { phase: 'received' })
    const replayed = await submit('A1', 'k')
    expect([replayed.status, effects()]).toEqual([200, 1])
    held.remove()
    expect((await answer).text).toBe(replayed.text)
  })

  it('waits for the injected timer', async () => {
    await simulator.close()
    const waits: number[] = []
    simulator = await startSimulator({
      now: clock.now,
      wait: async (ms) => {
        waits.push(ms)
      },
    })
    api = await caller(simulator)
    simulator.fault({ endpoint: 'pending', fault: { kind: 'hold', ms: 30_000 } })
    expect((await list()).status).toBe(200)
    expect(waits).toEqual([30_000])
  })

  it('is let go when the simulator closes', async () => {
    simulator.fault({ endpoint: 'report', fault: { kind: 'hold' } })
    const answer = submit().catch(() => 'cut')
    await simulator.waitForRequest(({ endpoint }) => endpoint === 'report', { phase: 'received' })
    await simulator.close()
    await expect(answer).resolves.toBeDefined()
  })
})

describe('something that happens just then', () => {
  it('is the end of all tokens', async () => {
    simulator.fault({ endpoint: 'report', fault: { kind: 'expire-tokens' } })
    expect((await submit()).status).toBe(401)
    api = await caller(simulator)
    expect((await submit()).status).toBe(200)
  })

  it('is someone else finishing the study first', async () => {
    simulator.fault({
      endpoint: 'report',
      appointmentId: 'A2',
      fault: { kind: 'change-status', status: 'FINALISED' },
    })
    expect((await submit('A1')).status).toBe(200)
    expect((await submit('A2')).status).toBe(404)
    expect(simulator.appointment('acme', 'A2').status).toBe('FINALISED')
  })
})

describe('an altered list', () => {
  const page = (number: number, fault: FaultRuleInput['fault']): FaultRuleInput => ({
    endpoint: 'pending',
    page: number,
    fault,
  })
  const token = (answer: Answered): string => encodeURIComponent(String(json(answer)['nextToken']))

  it('has an empty page with a token, and loses nothing', async () => {
    simulator.fault(page(2, { kind: 'empty-page' }))
    const first = await list('?pageSize=3')
    const second = await list(`?pageSize=3&nextToken=${token(first)}`)
    const third = await list(`?pageSize=3&nextToken=${token(second)}`)
    expect([first, second, third].map(ids)).toEqual([['A1', 'A2', 'A3'], [], ['A4', 'A5']])
    expect(token(second)).not.toBe(token(first))
    expect(json(third)['nextToken']).toBeUndefined()
  })

  it('repeats a token', async () => {
    simulator.fault(page(2, { kind: 'repeated-token' }))
    const first = await list('?pageSize=2')
    const second = await list(`?pageSize=2&nextToken=${token(first)}`)
    expect(token(second)).toBe(token(first))
  })

  it('has a row twice', async () => {
    simulator.fault(page(2, { kind: 'duplicate-row' }))
    const first = await list('?pageSize=4')
    expect(ids(await list(`?pageSize=4&nextToken=${token(first)}`))).toEqual(['A1', 'A5'])
  })

  it('has rows of the old generation, one that cannot be read, or an unknown status', async () => {
    simulator.fault(page(1, { kind: 'old-rows' }))
    const [old] = json(await list())['items'] ?? []
    expect(old).toMatchObject({ appointmentId: 'A1', patientId: 220_000, startTime: null, batchSk: '1204' })
    simulator.fault(page(1, { kind: 'unreadable-row' }))
    const items = json(await list())['items'] ?? []
    expect([items.length, typeof items[0]?.['appointmentId']]).toEqual([6, 'object'])
    simulator.fault(page(1, { kind: 'unknown-status' }))
    expect(json(await list())['items']?.[0]?.['status']).toBe('SENT TO THE MOON')
  })

  it('fails on one page only', async () => {
    simulator.fault(page(3, { kind: 'server-error', status: 503 }))
    const first = await list('?pageSize=2')
    const second = await list(`?pageSize=2&nextToken=${token(first)}`)
    expect((await list(`?pageSize=2&nextToken=${token(second)}`)).status).toBe(503)
    expect((await list(`?pageSize=2&nextToken=${token(second)}`)).status).toBe(200)
  })
})

describe('altered upload URLs', () => {
  it('come in another order', async () => {
    simulator.fault({ endpoint: 'upload-urls', fault: { kind: 'reversed-items' } })
    const items = ['a.pdf', 'b.pdf', 'c.pdf'].map((fileName) => ({ fileName }))
    const made = json(await api.post('/reporting/appointments/A1/report/attachments', { items }))
    expect(made['items']?.map((item) => item['fileName'])).toEqual(['c.pdf', 'b.pdf', 'a.pdf'])
    await put(String(made['items']?.[0]?.['uploadUrl']))
    const { artefacts } = simulator.appointment('acme', 'A1')
    expect(artefacts.map(({ fileName, putCount }) => [fileName, putCount])).toEqual([
      ['a.pdf', 0],
      ['b.pdf', 0],
      ['c.pdf', 1],
    ])
  })

  it('live only as long as told', async () => {
    simulator.fault({ endpoint: 'upload-urls', fault: { kind: 'short-url', seconds: 5 } })
    const url = await uploadUrl()
    clock.pass(5000)
    expect((await put(url)).status).toBe(403)
  })
})

describe('a skewed clock', () => {
  it('shows in the Date header of both servers', async () => {
    simulator.fault({ endpoint: '*', fault: { kind: 'date-skew', minutes: -20 }, times: 'always' })
    const expected = new Date(clock.now() - 1_200_000).toUTCString()
    const dates = [(await list()).headers['date'], (await call(`${simulator.storeUrl}/x`)).headers['date']]
    expect(dates).toEqual([expected, expected])
  })
})

describe('a rule', () => {
  it('hits as many requests as it says, after letting some pass', async () => {
    const handle = simulator.fault({ endpoint: 'report', fault: { kind: 'throttle' }, after: 1, times: 2 })
    const statuses: number[] = []
    for (let i = 0; i < 5; i += 1) statuses.push((await submit()).status)
    expect(statuses).toEqual([200, 429, 429, 200, 200])
    expect(handle.hits()).toBe(2)
  })

  it('lasts until it is removed', async () => {
    const handle = simulator.fault({ endpoint: 'report', fault: { kind: 'throttle' }, times: 'always' })
    expect([(await submit()).status, (await submit()).status]).toEqual([429, 429])
    handle.remove()
    expect((await submit()).status).toBe(200)
  })

  it('does not use up another rule that answers in its place', async () => {
    simulator.fault({ endpoint: 'report', fault: { kind: 'throttle' } })
    simulator.fault({ endpoint: 'report', fault: { kind: 'server-error' } })
    const statuses = [await submit(), await submit(), await submit()].map(({ status }) => status)
    expect(statuses).toEqual([429, 500, 200])
  })
})
