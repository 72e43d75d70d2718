import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { caller, json, report, testClock, type Caller, type TestClock } from './client.ts'

let simulator: Simulator
let api: Caller
let clock: TestClock
beforeEach(async () => {
  clock = testClock()
  simulator = await startSimulator({ now: clock.now, tokenLifetimeSeconds: 1_000_000 })
  simulator.addAppointment({ appointmentId: 'A1' })
  simulator.addAppointment({ appointmentId: 'A2' })
  api = await caller(simulator)
})
afterEach(() => simulator.close())

const A1 = '/reporting/appointments/A1'
const calls = [
  ['report', `${A1}/report`, report, 86_400_000],
  ['comment', `${A1}/comments`, { commentText: 'Seen.' }, 86_400_000],
  ['upload URLs', `${A1}/report/attachments`, { items: [{ fileName: 'r.pdf' }] }, 900_000],
] as const

const effects = (): number => {
  const { reports, comments, artefacts } = simulator.appointment('acme', 'A1')
  return reports.length + comments.length + artefacts.length
}

describe.each(calls)('a key on a %s', (_name, path, body, retentionMs) => {
  it('gives the original answer for the same bytes, with one effect', async () => {
    const first = await api.post(path, body, 'key-1')
    clock.pass(retentionMs - 1)
    const again = await api.post(path, body, 'key-1')
    expect([again.status, again.text]).toEqual([first.status, first.text])
    expect(effects()).toBe(1)
  })

  it('is forgotten when its time is over', async () => {
    await api.post(path, body, 'key-1')
    clock.pass(retentionMs)
    expect((await api.post(path, body, 'key-1')).status).toBeLessThan(300)
    expect(effects()).toBe(2)
  })

  it('conflicts with other bytes and with another appointment', async () => {
    await api.post(path, body, 'key-1')
    const conflicts = [
      await api.post(path, `${JSON.stringify(body)} `, 'key-1'),
      await api.post(path.replace('A1', 'A2'), body, 'key-1'),
    ]
    expect(conflicts.map(({ status }) => status)).toEqual([409, 409])
    expect(effects()).toBe(1)
    expect(simulator.appointment('acme', 'A2').reports).toEqual([])
  })

  it('is not needed, but then each request counts', async () => {
    await api.post(path, body)
    await api.post(path, body)
    expect(effects()).toBe(2)
  })

  it.each(['', 'two words', 'a'.repeat(129), 'kéy'])(
    'must be visible ASCII, 128 at most: "%s"',
    async (key) => {
      expect((await api.post(path, body, undefined, { 'Idempotency-Key': key })).status).toBe(400)
      expect(effects()).toBe(0)
    },
  )

  it('may have 128 characters', async () => {
    expect((await api.post(path, body, '~'.repeat(128))).status).toBeLessThan(300)
  })

  it('lets exactly one of many at the same time through', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post(path, body, 'key-1')))
    const taken = answers.filter(({ status }) => status < 300)
    expect(new Set(taken.map(({ text }) => text)).size).toBe(1)
    expect(answers.every(({ status }) => status < 300 || status === 409)).toBe(true)
    expect(effects()).toBe(1)
  })
})

describe('a key', () => {
  it('means something else at each kind of endpoint', async () => {
    for (const [, path, body] of calls) expect((await api.post(path, body, 'same')).status).toBeLessThan(300)
    expect(effects()).toBe(3)
  })

  it('replays a final report although the appointment has left the list', async () => {
    const final = { ...report, reportStatus: 'final' }
    const first = await api.post(`${A1}/report`, final, 'key-1')
    expect((await api.get(A1)).status).toBe(404)
    const again = await api.post(`${A1}/report`, final, 'key-1')
    expect([again.status, again.text]).toEqual([200, first.text])
    expect((await api.post(`${A1}/report`, final, 'key-2')).status).toBe(404)
    expect(effects()).toBe(1)
  })

  it('replays the original, nearly dead upload URLs', async () => {
    const body = { items: [{ fileName: 'r.pdf' }] }
    const first = json(await api.post(`${A1}/report/attachments`, body, 'key-1'))
    clock.pass(840_000)
    const again = json(await api.post(`${A1}/report/attachments`, body, 'key-1'))
    expect(again).toEqual(first)
    const expiresAtMs = Date.parse(String(again['items']?.[0]?.['uploadUrlExpiresAtUtc']))
    expect(expiresAtMs - clock.now()).toBe(60_000)
  })

  it('does not keep a refusal, unless told to', async () => {
    simulator.setStatus('acme', 'A1', 'DICTATED')
    expect((await api.post(`${A1}/report`, report, 'key-1')).status).toBe(404)
    simulator.setStatus('acme', 'A1', 'PENDING REPORTING')
    expect((await api.post(`${A1}/report`, report, 'key-1')).status).toBe(200)

    simulator.switches.replayErrors = true
    simulator.setStatus('acme', 'A1', 'DICTATED')
    const refused = await api.post(`${A1}/report`, report, 'key-2')
    simulator.setStatus('acme', 'A1', 'PENDING REPORTING')
    const again = await api.post(`${A1}/report`, report, 'key-2')
    expect([again.status, again.text]).toEqual([404, refused.text])
  })
})
