import { createServer } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openEnvelope, sealEnvelope } from '../../simulator/solo/envelope.ts'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { call, json, type Answered } from './client.ts'
import { nestedMessage, refusedFields, soloCaller, type SoloCaller } from './solo-caller.ts'

/** What is encrypted: webhooks and context-aware links. */

let simulator: Simulator
let solo: SoloCaller
beforeEach(async () => {
  simulator = await startSimulator({
    seed: 3,
    soloPatients: [{ id: 'P1' }],
    soloVisits: [{ externalId: 'acme:A1' }],
  })
  solo = soloCaller(simulator)
})
afterEach(() => simulator.close())

const wanted = { endpoint: 'https://relay.example/solo', events: ['appointment:scheduled'] }

describe('webhooks', () => {
  const create = async (body: unknown = wanted) => json(await solo.send('POST', '/webhooks', body))

  it('show their key at creation and one at a time, nowhere else', async () => {
    const created = await create()
    const key = created['encryptionKey']
    expect(Buffer.from(String(key), 'base64')).toHaveLength(16)
    const path = `/webhooks/${String(created['id'])}`
    expect(json(await solo.send('GET', path))).toEqual({ ...wanted, id: created['id'], encryptionKey: key })
    expect(json(await solo.send('GET', '/webhooks'))).toEqual([{ ...wanted, id: created['id'] }])
    const change = { endpoint: 'https://relay.example/new', events: ['patient:created', 'episode:updated'] }
    expect(json(await solo.send('PUT', path, change))).toEqual({ ...change, id: created['id'] })
    expect(json(await solo.send('GET', path))).toMatchObject({ ...change, encryptionKey: key })
    expect((await solo.send('DELETE', path)).status).toBe(200)
    expect(json(await solo.send('GET', '/webhooks'))).toEqual([])
    for (const method of ['GET', 'DELETE']) {
      const gone = await solo.send(method, path)
      expect([gone.status, nestedMessage(gone)]).toEqual([404, 'Webhook not found'])
    }
  })

  it.each([
    ['endpoint', { events: wanted.events }],
    ['endpoint', { ...wanted, endpoint: 'relay' }],
    ['endpoint', { ...wanted, endpoint: 'ftp://relay.example' }],
    ['events', { endpoint: wanted.endpoint }],
    ['events', { ...wanted, events: [] }],
    ['events.0', { ...wanted, events: ['intake:completed'] }],
  ])('are refused for %s: %j', async (field, body) => {
    expect(refusedFields(await solo.send('POST', '/webhooks', body))).toEqual([field])
    expect(simulator.solo.webhooks()).toEqual([])
  })

  it.each([
    ['appointment:scheduled', { appointmentId: 7 }, { appointmentId: 7 }],
    ['patient:updated', { patientId: 8 }, { patientId: 8 }],
    ['episode:created', { episodeId: 'E' }, { episodeId: 'E' }],
  ] as const)('of %s are sealed with the returned key', async (event, about, data) => {
    const key = String((await create({ ...wanted, events: [event] }))['encryptionKey'])
    const { body, endpoint, contentType } = await simulator.solo.sendWebhook({ event, ...about })
    expect([endpoint, contentType]).toEqual([wanted.endpoint, 'text/plain; charset=utf-8'])
    expect(JSON.parse(openEnvelope(body, key) ?? '')).toEqual({ event, data })
    expect(openEnvelope(body, Buffer.from(key, 'base64'))).toBeNull()
    expect((await simulator.solo.sendWebhook({ event, ...about })).body).not.toBe(body)
  })

  it('may use the bytes of the key, and wrap the body', async () => {
    const key = Buffer.from(String((await create())['encryptionKey']), 'base64')
    simulator.switches.soloWebhookKey = 'bytes'
    simulator.switches.soloWebhookBody = 'json-string'
    const event = 'appointment:scheduled'
    const asString = await simulator.solo.sendWebhook({ event })
    expect(openEnvelope(z.string().parse(JSON.parse(asString.body)), key)).toContain(event)
    simulator.switches.soloWebhookBody = 'object'
    const asObject = await simulator.solo.sendWebhook({ event })
    expect(openEnvelope(z.object({ data: z.string() }).parse(JSON.parse(asObject.body)).data, key)).toContain(
      event,
    )
  })

  it('are posted on request, to this machine only', async () => {
    await create()
    const event = 'appointment:scheduled'
    const received: string[] = []
    const receiver = createServer((incoming, response) => {
      const answer = async (): Promise<void> => {
        received.push(await text(incoming))
        response.writeHead(202).end()
      }
      void answer()
    }).listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    try {
      const address = receiver.address()
      const port = typeof address === 'object' ? address?.port : 0
      const sent = await simulator.solo.sendWebhook({ event }, `http://127.0.0.1:${port}/hook`)
      expect([sent.status, received]).toEqual([202, [sent.body]])
    } finally {
      receiver.close()
    }
    await expect(simulator.solo.sendWebhook({ event }, wanted.endpoint)).rejects.toThrow('loopback')
    await expect(simulator.solo.sendWebhook({ event: 'patient:created' })).rejects.toThrow('No webhook')
  })
})

describe('a context-aware link', () => {
  const context = () => ({
    user: 'dr.smith@example.org',
    type: 'provider',
    visit: 'acme:A1',
    date: 1_736_470_800,
    patient: { id: 'P1', sex: 'female', dob: '1988-03-03', firstName: 'Jäne', lastName: 'Döe' },
  })
  const sealed = (value: unknown, secret = simulator.solo.linkingSecret): string =>
    sealEnvelope(JSON.stringify(value), secret, (size) => Buffer.alloc(size, 251))
  const open = (arg: string): Promise<Answered> =>
    call(`${simulator.solo.baseUrl}/integrations/linking?arg=${arg}`)

  it('redirects to the visit, without an Api-Key', async () => {
    const [visit] = simulator.solo.visits()
    for (const wish of ['acme:A1', String(visit?.id)]) {
      const answer = await open(encodeURIComponent(sealed({ ...context(), visit: wish })))
      expect([answer.status, answer.headers['location']]).toEqual([
        302,
        `${simulator.solo.baseUrl}/videocalls/${visit?.id}`,
      ])
    }
    expect(simulator.solo.openedLinks()[0]).toMatchObject({
      user: 'dr.smith@example.org',
      type: 'provider',
      patient: { lastName: 'Döe' },
    })
  })

  it('does not survive a plus sign that was not encoded', async () => {
    const arg = sealed(context())
    expect(arg).toContain('+')
    expect((await open(arg)).status).toBe(400)
    expect(simulator.solo.openedLinks()).toEqual([])
  })

  it.each([
    ['another secret', () => sealed(context(), 'another')],
    ['no visit', () => sealed({ ...context(), visit: undefined })],
    ['an unknown type', () => sealed({ ...context(), type: 'nurse' })],
    ['a date as text', () => sealed({ ...context(), date: '1736470800' })],
    ['an unknown sex', () => sealed({ ...context(), patient: { ...context().patient, sex: 'F' } })],
    [
      'a day that does not exist',
      () => sealed({ ...context(), patient: { ...context().patient, dob: '1988-02-30' } }),
    ],
    ['no patient', () => sealed({ ...context(), patient: undefined })],
    ['garbage', () => 'garbage'],
    ['nothing', () => ''],
  ])('is refused with %s', async (_what, arg) => {
    const answer = await open(encodeURIComponent(arg()))
    expect([answer.status, typeof nestedMessage(answer)]).toEqual([400, 'string'])
    expect(simulator.solo.openedLinks()).toEqual([])
  })

  it('finds no visit of another name, and may work once only', async () => {
    expect((await open(encodeURIComponent(sealed({ ...context(), visit: 'acme:A2' })))).status).toBe(404)
    simulator.switches.soloLinksWorkOnce = true
    const arg = encodeURIComponent(sealed(context()))
    expect([(await open(arg)).status, (await open(arg)).status]).toEqual([302, 400])
  })
})

describe('faults and resets', () => {
  it('touch Solo as they touch QUBS', async () => {
    simulator.fault({ endpoint: 'solo-webhooks', fault: { kind: 'throttle', retryAfter: { seconds: 7 } } })
    const throttled = await solo.send('GET', '/webhooks')
    expect([throttled.status, throttled.headers['retry-after']]).toEqual([429, '7'])
    simulator.fault({ endpoint: '*', fault: { kind: 'server-error', status: 503, body: 'html' } })
    const { headers } = await solo.send('GET', '/webhooks')
    expect([headers['content-type'], headers['x-correlation-id']]).toEqual(['text/html', undefined])
    simulator.fault({ endpoint: 'solo-visit-create', fault: { kind: 'reset-after' } })
    const booking = solo.send('POST', '/patients/P1/appointments', { waitingRoom: 'Great Room' })
    await expect(booking).rejects.toThrow(/ECONNRESET|other side closed/)
    expect(simulator.solo.visits()).toHaveLength(2)
    const [record] = simulator.requests(({ endpoint }) => endpoint === 'solo-visit-create')
    expect(record).toMatchObject({ server: 'solo', faults: ['reset-after'], status: null })
    const visit = simulator.solo.visits()[0]
    const missed = { endpoint: 'solo-visit', appointmentId: '1', fault: { kind: 'captive-portal' } } as const
    simulator.fault(missed)
    expect(json(await solo.send('GET', `/appointments/${visit?.id}`))['id']).toBe(visit?.id)
  })

  it('go back to the start', async () => {
    await solo.send('POST', '/webhooks', wanted)
    simulator.solo.addPatient({ id: 'P2' })
    const before = simulator.solo.visits()[0]?.id
    simulator.reset()
    expect(simulator.solo.webhooks()).toEqual([])
    expect(simulator.solo.patients().map(({ id }) => id)).toEqual(['P1'])
    expect(simulator.solo.visits().map(({ id }) => id)).toEqual([before])
  })

  it('are the same for the same seed', async () => {
    const run = async (): Promise<string> => {
      const seeded = await startSimulator({ seed: 9, now: () => 0, soloPatients: [{ id: 'P1' }] })
      try {
        const created = await soloCaller(seeded).send('POST', '/webhooks', wanted)
        seeded.solo.addVisit()
        return created.text + (await seeded.solo.sendWebhook({ event: 'appointment:scheduled' })).body
      } finally {
        await seeded.close()
      }
    }
    expect(await run()).toBe(await run())
  })

  it('refuse connections while offline', async () => {
    await simulator.goOffline()
    await expect(solo.send('GET', '/webhooks')).rejects.toThrow('ECONNREFUSED')
    await simulator.goOnline()
    expect((await solo.send('GET', '/webhooks')).status).toBe(200)
  })
})
