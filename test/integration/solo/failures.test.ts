import { describe, expect, it } from 'vitest'
import { deceasedMoment, isoDay, unixSeconds } from '../../../electron/solo/dates.ts'
import { closedPort } from '../qubs/http-core.ts'
import { json, startScriptedServer, text } from '../qubs/scripted-server.ts'
import { nowSeconds, pdf, startTenant, study } from './tenant.ts'

const at = unixSeconds.parse(nowSeconds + 3600)
const appointment = { waitingRoom: 'Imaging Results', date: at, externalId: 'acme:A100001' }

describe('a write whose answer does not arrive', () => {
  it.each(['reset-after', 'cut-answer'] as const)(
    'is never sent again, and says where to look: %s',
    async (kind) => {
      const { client, simulator, asked } = await startTenant()
      simulator.solo.addPatient({ id: '220001' })
      simulator.fault({ endpoint: 'solo-visit-create', fault: { kind } })
      expect(await client.createAppointment('220001', appointment)).toMatchObject({
        ok: false,
        failure: {
          outcomeKnown: false,
          message: expect.stringMatching(
            /Before trying again, look for the appointment by the same externalId\.$/,
          ),
        },
      })
      expect(asked()).toEqual(['POST patients/220001/appointments'])
      expect(simulator.solo.visits()).toHaveLength(1)
    },
  )

  it('is not sent again after 500 and 429 either; only the 429 is known not to have been taken', async () => {
    const { client, simulator, asked, waits } = await startTenant()
    simulator.solo.addPatient({})
    const { id } = simulator.solo.addVisit({})
    const upload = { bytes: pdf(), contentType: 'application/pdf' } as const
    simulator.fault({ endpoint: 'solo-attachment-upload', fault: { kind: 'server-error' } })
    const broken = await client.uploadAttachment(String(id), upload)
    expect(broken).toMatchObject({ ok: false, failure: { outcomeKnown: false, kind: 'server' } })
    simulator.fault({ endpoint: 'solo-attachment-upload', fault: { kind: 'throttle' } })
    const throttled = await client.uploadAttachment(String(id), upload)
    expect(throttled).toMatchObject({ ok: false, failure: { outcomeKnown: true, kind: 'throttled' } })
    expect(asked()).toHaveLength(2)
    expect(waits).toEqual([])
  })
})

describe('a read', () => {
  it('is tried again after 429, 5xx and a break', async () => {
    const { client, simulator, asked, waits } = await startTenant()
    for (const kind of ['throttle', 'server-error', 'reset-before'] as const)
      simulator.fault({ endpoint: 'solo-waiting-rooms', fault: { kind } })
    expect(await client.listWaitingRooms()).toMatchObject({ ok: true })
    expect(asked()).toHaveLength(4)
    expect(waits).toHaveLength(3)
  })
})

describe('what is wrong is said in one sentence', () => {
  it('a 401 names the API key, and no user', async () => {
    const { client } = await startTenant({}, { credentials: async () => ({ apiKey: 'wrong-key-12345' }) })
    const refused = await client.getPatient('220001')
    expect(refused).toMatchObject({
      ok: false,
      failure: {
        kind: 'auth',
        status: 401,
        message: expect.stringMatching(/rejected the API key of Teladoc Health Solo \(401\)/),
      },
    })
    expect(JSON.stringify(refused)).not.toMatch(/wrong-key|220001/)
  })

  it('no key, and a keychain that does not answer, stop before anything is sent', async () => {
    const none = await startTenant({}, { credentials: () => Promise.resolve(null) })
    expect(await none.client.listWaitingRooms()).toMatchObject({
      ok: false,
      failure: { kind: 'auth', code: 'no-credentials' },
    })
    const locked = await startTenant({}, { credentials: () => Promise.reject(new Error('locked')) })
    expect(await locked.client.listWaitingRooms()).toMatchObject({
      ok: false,
      failure: { kind: 'auth', code: 'keychain' },
    })
    expect([...none.asked(), ...locked.asked()]).toEqual([])
  })

  it('a tenant host that cannot be reached is named', async () => {
    const host = `127.0.0.1:${await closedPort()}`
    const { client } = await startTenant({}, { baseUrl: `http://${host}/` })
    const failed = await client.createAppointment('220001', appointment)
    expect(failed).toMatchObject({
      ok: false,
      failure: { kind: 'network', outcomeKnown: true, message: expect.stringContaining(host) },
    })
  })

  it('the two shapes of errors are read, and an empty one has our own words', async () => {
    const server = await startScriptedServer()
    const { client } = await startTenant({}, { baseUrl: server.url })
    const place = { patientMrn: '9876543' }
    const create = 'POST /qapi/v1/request-assistance'
    const said = async (): Promise<string> => {
      const result = await client.createAssistanceRequest(place)
      return result.ok ? '' : result.failure.message
    }
    server.on(create, json(400, { message: 'Device could not be found from the data submitted' }))
    expect(await said()).toMatch(/Device could not be found/)
    server.on(create, json(400, { error: { message: 'Bad parameters [bed: too long.]' } }))
    expect(await said()).toMatch(/Bad parameters/)
    server.on(create, json(400, { error: { message: '' } }))
    expect(await said()).toMatch(/^127\.0\.0\.1:\d+ .*\(400\)/)
    server.on(create, json(422, { error: { message: 'Patient 9876543 is not in a room' } }))
    expect(await said()).not.toMatch(/9876543/)
  })

  it('a sign-in page in place of an answer is no success', async () => {
    const server = await startScriptedServer()
    const { client } = await startTenant({}, { baseUrl: server.url })
    const page = text(200, '<html>Sign in</html>', { 'content-type': 'text/html' })
    server.on('DELETE ', page)
    server.on('GET ', page)
    const day = isoDay.parse('2026-11-20')
    for (const result of [
      await client.deleteWebhook('w1'),
      await client.listWaitingRooms(),
      await client.downloadDataDump({ from: day, to: day }),
    ])
      expect(result).toMatchObject({ ok: false, failure: { code: 'not-json' } })
  })

  it('links of another appointment are not taken', async () => {
    const server = await startScriptedServer()
    const { client } = await startTenant({}, { baseUrl: server.url })
    const urls = { providerVisitUrl: 'https://x/1', patientVisitUrl: 'https://x/2' }
    server.on('GET ', json(200, { appointmentExternalId: 'acme:OTHER', ...urls }))
    expect(await client.getVideoCallLinks('acme:A100001')).toMatchObject({
      ok: false,
      failure: { message: expect.stringMatching(/about another appointment/) },
    })
  })

  it('unknown fields, nulls and odd types in an answer cost nothing but themselves', async () => {
    const server = await startScriptedServer()
    const { client } = await startTenant({}, { baseUrl: server.url })
    const odd = {
      id: 7,
      status: 'arrived',
      videoCall: 'x',
      patient: null,
      providers: [1, { id: 5 }],
      new: {},
    }
    server.on('GET ', json(200, odd))
    expect(await client.getAppointment('7')).toMatchObject({
      ok: true,
      value: { id: '7', status: 'arrived', videoCall: null, patient: null, providers: [{ id: '5' }] },
    })
  })
})

describe('nothing is sent', () => {
  it('with a field outside its limits, or an id that cannot stand in an address', async () => {
    const { client, asked } = await startTenant()
    const refused = [
      await client.createAppointment('220001', { ...appointment, duration: 86_401 }),
      await client.updatePatient('220001', { deceasedAt: deceasedMoment.parse('2020-03-31 10:12 AM') }),
      await client.getAppointment('..'),
      await client.getPatientBySpid(0.5),
      await client.getVideoCallLinksBySaid(Number.NaN),
      await client.uploadAttachment('1', { bytes: pdf(), contentType: 'application/pdf', fileName: 'a/b' }),
    ]
    for (const result of refused)
      expect(result).toMatchObject({ ok: false, failure: { kind: 'validation', status: null } })
    expect(asked()).toEqual([])
    expect(JSON.stringify(refused)).not.toContain(study.patientId)
  })
})
