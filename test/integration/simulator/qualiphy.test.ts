import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { call, json, testClock, type Answered } from './client.ts'

const clock = testClock()
let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ now: clock.now })
})
afterEach(() => simulator.close())

const post = (path: string, body: unknown, type = 'application/json'): Promise<Answered> =>
  call(`${simulator.qualiphy.baseUrl}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const invitation = () => ({
  api_key: simulator.qualiphy.apiKey,
  exams: [800],
  first_name: 'John',
  last_name: 'Doe',
  email: 'johndoe@example.com',
  dob: '1990-06-30',
  phone_number: '+15552223344',
  tele_state: 'NY',
})
const invite = (change: Record<string, unknown> = {}, path = '/api/exam_invite/'): Promise<Answered> =>
  post(path, { ...invitation(), ...change })
const outcome = (answer: Answered): unknown => [answer.status, json(answer)]
const invalid = [400, { error_message: 'Invalid Request.' }]
const unauthorized = [401, { error_message: 'Unauthorized access.' }]

const rest = {
  webhook_url: 'https://example.com/webhook',
  additional_data: '{"token":"x"}',
  redirect_approve: 'https://example.com/approve',
  redirect_reject: 'https://example.com/reject',
  redirect_na: 'https://example.com/na',
  redirect_missed: 'https://example.com/missed',
  dmv_license_number: 'D1234567',
  address_line_1: '123 Main St',
  address_line_2: 'Apt 4B',
  city: 'New York',
  state: 'NY',
  zip_code: '10001',
  shipping_address_line_1: '123 Main St',
  shipping_address_line_2: 'Apt 4B',
  shipping_city: 'New York',
  shipping_state: 'NY',
  shipping_zip_code: '10001',
  patient_address_prefill: 1,
  gender: 1,
}

describe('an exam invite', () => {
  it('goes out once, with every exam in one meeting', async () => {
    const answer = await invite({ exams: [800, 801] })
    const [sent] = simulator.qualiphy.invites()
    expect(outcome(answer)).toEqual([
      200,
      {
        http_code: 200,
        meeting_url: `https://app.qualiphy.me/meeting/${sent?.meetingUuid}`,
        meeting_uuid: sent?.meetingUuid,
        patient_exams: [
          { patient_exam_id: 4844, exam_title: 'GFE Test', exam_id: 800 },
          { patient_exam_id: 4845, exam_title: 'Imaging follow-up', exam_id: 801 },
        ],
      },
    ])
    expect(simulator.qualiphy.invites()).toHaveLength(1)
  })

  it('keeps every documented field but the key', async () => {
    const all = { ...rest, exams: [902], pharmacy_id: 1, exam_pos_id: '1', phone_number: '1234567890' }
    expect((await invite(all)).status).toBe(200)
    const { api_key: _key, ...expected } = { ...invitation(), ...all }
    expect(simulator.qualiphy.invites()[0]?.fields).toEqual(expected)
  })

  type Row = readonly [field: string, change: Readonly<Record<string, unknown>>]
  it.each<Row>([
    ...['exams', 'first_name', 'last_name', 'email', 'dob', 'phone_number', 'tele_state'].map(
      (field): Row => [field, { [field]: undefined }],
    ),
    ['exams', { exams: [] }],
    ['exams.0', { exams: ['800'] }],
    ['exams', { exams: 800 }],
    ['exams', { exams: [12] }],
    ['exams', { exams: [900, 901] }],
    ['exams', { exams: [900, 902], patient_address_prefill: 1, pharmacy_id: 1, exam_pos_id: 1 }],
    ['patient_address_prefill', { exams: [900] }],
    ['pharmacy_id', { exams: [902], patient_address_prefill: 1 }],
    ['exam_pos_id', { exams: [902], patient_address_prefill: 1, pharmacy_id: 1 }],
    ['pharmacy_id', { pharmacy_id: 1, exam_pos_id: 1 }],
    ['exam_pos_id', { exams: [900], patient_address_prefill: 1, exam_pos_id: 1 }],
    ['first_name', { first_name: ' ' }],
    ['email', { email: 'johndoe' }],
    ['dob', { dob: '06/30/1990' }],
    ['dob', { dob: '1990-06-31' }],
    ['phone_number', { phone_number: '555-222-3344' }],
    ['phone_number', { phone_number: '15552223344' }],
    ['phone_number', { phone_number: '+445552223344' }],
    ['state', { state: 'ny' }],
    ['shipping_state', { shipping_state: 'New York' }],
    ['tele_state', { tele_state: 'N' }],
    ['gender', { gender: 4 }],
    ['gender', { gender: '1' }],
    ['patient_address_prefill', { patient_address_prefill: 0 }],
    ['webhook_url', { webhook_url: 'example.com' }],
    ['redirect_na', { redirect_na: 'javascript:alert(1)' }],
    ['additional_data', { additional_data: { token: 'x' } }],
    ['city', { city: null }],
  ])('is refused for %s: %j', async (field, change) => {
    expect(outcome(await invite(change))).toEqual(invalid)
    expect(simulator.qualiphy.invites()).toEqual([])
    expect(simulator.qualiphy.refusals()).toEqual([expect.stringMatching(`^${field}: `)])
  })

  it('is unauthorized with a wrong key, before anything else is looked at', async () => {
    expect(outcome(await invite({ api_key: 'wrong', exams: [] }))).toEqual(unauthorized)
    expect(outcome(await invite({ api_key: undefined }))).toEqual(invalid)
    expect(simulator.qualiphy.invites()).toEqual([])
  })

  it.each([
    ['no-provider', 'Need to add Patient Care Provider via Qualiphy Portal!'],
    ['no-contract', 'Need to sign contract!'],
    ['no-prescriptive-contract', 'Need to sign Prescriptive Services Contract via\nQualiphy Portal!'],
  ] as const)('is refused as documented while the clinic has %s', async (account, message) => {
    simulator.switches.qualiphyAccount = account
    expect(outcome(await invite())).toEqual([401, { http_code: 401, error_message: message }])
    expect(simulator.qualiphy.invites()).toEqual([])
  })

  it.each([
    ['idle', 0],
    ['busy', 1],
  ] as const)('is answered 500 in an outage that is %s', async (outage, sent) => {
    simulator.switches.qualiphyOutage = outage
    expect(outcome(await invite())).toEqual([
      500,
      { error_message: 'Something went wrong. Please try again later.' },
    ])
    expect(simulator.qualiphy.invites()).toHaveLength(sent)
  })

  it('obeys its switches', async () => {
    Object.assign(simulator.switches, { qualiphyTeleStateRequired: false, qualiphyHttpCode: 202 })
    expect(outcome(await invite({ tele_state: undefined }))).toMatchObject([200, { http_code: 202 }])
    simulator.switches.qualiphyMeetingOrigin = 'https://meet.example'
    expect(json(await invite())['meeting_url']).toMatch(/^https:\/\/meet\.example\/meeting\//)
    const pharmacy = { exams: [902], patient_address_prefill: 2, pharmacy_id: '1', exam_pos_id: '1' }
    simulator.switches.qualiphyPharmacyIds = 'number'
    expect((await invite(pharmacy)).status).toBe(400)
    simulator.switches.qualiphyPharmacyIds = 'text'
    expect((await invite(pharmacy)).status).toBe(200)
    simulator.switches.refuseUnknownFields = true
    expect((await invite({ phone: '1' })).status).toBe(400)
  })

  it('has a path with a slash at the end, or without', async () => {
    expect((await invite({}, '/api/exam_invite')).status).toBe(200)
    simulator.switches.qualiphySlash = 'required'
    expect((await invite({}, '/api/exam_invite')).status).toBe(404)
    simulator.switches.qualiphySlash = 'redirect'
    const redirected = await invite({}, '/api/exam_invite')
    expect([redirected.status, redirected.headers['location']]).toEqual([301, '/api/exam_invite/'])
    expect(simulator.qualiphy.invites()).toHaveLength(1)
  })

  it('is JSON in a POST', async () => {
    expect((await post('/api/exam_invite/', invitation(), 'application/x-www-form-urlencoded')).status).toBe(
      415,
    )
    expect(outcome(await post('/api/exam_invite/', '{'))).toEqual(invalid)
    expect(outcome(await post('/api/exam_invite/', '[]'))).toEqual(invalid)
    const got = await call(`${simulator.qualiphy.baseUrl}/api/exam_invite/`)
    expect([got.status, got.headers['allow']]).toEqual([405, 'POST'])
    expect((await post('/api/exam_cancel', invitation())).status).toBe(404)
  })

  it('is limited when told so, by the clock', async () => {
    simulator.switches.qualiphyCallsPerMinute = 2
    const statuses = [await invite(), await invite(), await invite()].map(({ status }) => status)
    clock.pass(60_000)
    expect([...statuses, (await invite()).status]).toEqual([200, 200, 429, 200])
  })

  it('may fail like any other call', async () => {
    simulator.fault({ endpoint: 'qualiphy-invite', fault: { kind: 'throttle', retryAfter: { seconds: 5 } } })
    const throttled = await invite()
    expect([throttled.status, throttled.headers['retry-after']]).toEqual([429, '5'])
    simulator.fault({ endpoint: 'qualiphy-invite', fault: { kind: 'reset-after' } })
    await expect(invite()).rejects.toThrow(/ECONNRESET|other side closed/)
    expect(simulator.qualiphy.invites()).toHaveLength(1)
    expect(simulator.requests(({ server }) => server === 'qualiphy')).toHaveLength(2)
  })
})

describe('the exam list', () => {
  const list = (api_key = simulator.qualiphy.apiKey): Promise<Answered> => post('/api/exam_list', { api_key })

  it('names the exams, as an object or bare', async () => {
    const exams = [
      { id: 800, title: 'GFE Test' },
      { id: 902, title: 'Weight management', rx_type: 2 },
    ]
    expect(outcome(await list())).toEqual([200, { clinic_id: 1, exams: expect.arrayContaining(exams) }])
    simulator.qualiphy.setExams([{ id: 5, title: 'Only one', rxType: null }])
    simulator.switches.qualiphyExamList = 'array'
    expect(outcome(await list())).toEqual([200, [{ id: 5, title: 'Only one' }]])
    simulator.switches.qualiphyExamList = 'missing'
    expect((await list()).status).toBe(404)
  })

  it('wants the key', async () => {
    expect(outcome(await list('wrong'))).toEqual(unauthorized)
  })
})

describe('a resend', () => {
  const resend = (change: Record<string, unknown> = {}): Promise<Answered> =>
    post('/api/exam_invite_resend', {
      api_key: simulator.qualiphy.apiKey,
      meeting_uuid: simulator.qualiphy.invites()[0]?.meetingUuid,
      patient_exam_id: 4844,
      ...change,
    })

  it('works three times for each exam', async () => {
    await invite({ exams: [800, 801] })
    for (let time = 1; time <= 3; time += 1) {
      expect(outcome(await resend())).toEqual([200, { http_code: 200 }])
    }
    expect(outcome(await resend())).toEqual(invalid)
    expect((await resend({ patient_exam_id: 4845 })).status).toBe(200)
    expect(simulator.qualiphy.invites()[0]?.patientExams.map(({ resends }) => resends)).toEqual([3, 1])
  })

  it.each([
    { patient_exam_id: '4844' },
    { patient_exam_id: 1 },
    { meeting_uuid: 'another' },
    { meeting_uuid: undefined },
  ])('is refused for %j', async (change) => {
    await invite()
    expect(outcome(await resend(change))).toEqual(invalid)
  })

  it('is for pending exams, and wants the key', async () => {
    await invite()
    expect(outcome(await resend({ api_key: 'wrong' }))).toEqual(unauthorized)
    await simulator.qualiphy.finish(4844)
    expect(outcome(await resend())).toEqual(invalid)
  })
})

describe('the webhooks', () => {
  it('carry ids as text, the additional data as sent, and the status', async () => {
    await invite(rest)
    const { url, body } = await simulator.qualiphy.finish(4844, 'Deferred')
    expect([url, JSON.parse(body)]).toEqual([
      rest.webhook_url,
      expect.objectContaining({
        patient_exam_id: '4844',
        exam_id: '800',
        exam_status: 'Deferred',
        additional_data: rest.additional_data,
      }),
    ])
    simulator.switches.qualiphyWebhookIds = 'number'
    expect(JSON.parse((await simulator.qualiphy.prescribe(4844)).body)).toMatchObject({
      patient_exam_id: 4844,
      prescription_id: 'RX-4844',
    })
    const parcel = await simulator.qualiphy.ship(4844)
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(parcel.body)))).toEqual([
      'prescription_tracking',
      'created_at',
    ])
  })

  it('have nowhere to go without an address, and know their exams', async () => {
    await invite()
    expect((await simulator.qualiphy.finish(4844)).url).toBeNull()
    await expect(simulator.qualiphy.finish(1)).rejects.toThrow('no exam 1')
    await expect(simulator.qualiphy.finish(4844, 'N/A', 'https://example.com')).rejects.toThrow('loopback')
    simulator.reset()
    expect(simulator.qualiphy.invites()).toEqual([])
  })
})
