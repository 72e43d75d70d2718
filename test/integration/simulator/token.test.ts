import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { call, caller, credentials, form, json, testClock, tokenOf, type TestClock } from './client.ts'

let simulator: Simulator
let clock: TestClock
beforeEach(async () => {
  clock = testClock()
  simulator = await startSimulator({
    now: clock.now,
    clients: [
      { clientId: 'one', clientSecret: 'secret one', domains: ['acme'] },
      { clientId: 'two', clientSecret: 'secret & two', domains: ['other', 'third'] },
    ],
  })
})
afterEach(() => simulator.close())

const pending = (domain: string): string =>
  `${simulator.baseUrl}/integrations/v1/${domain}/reporting/appointments/pending`

describe('the token endpoint', () => {
  it('issues a bearer token for an hour', async () => {
    const answer = await call(simulator.tokenUrl, form(credentials(simulator)))
    expect(answer.status).toBe(200)
    expect(json(answer)).toEqual({
      access_token: expect.stringMatching(/^eyJ[\w.-]+$/),
      expires_in: 3600,
      token_type: 'Bearer',
    })
  })

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client'],
    ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['a refresh token nobody issued', { grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
  ])('refuses %s as Cognito does', async (_what, change, error) => {
    const answer = await call(simulator.tokenUrl, form({ ...credentials(simulator), ...change }))
    expect([answer.status, json(answer)]).toEqual([400, { error }])
  })

  it('takes credentials from a form body only', async () => {
    const { body, ...request } = form(credentials(simulator))
    const refused = await Promise.all([
      call(`${simulator.tokenUrl}?${String(body)}`, { ...request, body: '' }),
      call(simulator.tokenUrl, { ...request, headers: { 'Content-Type': 'application/json' }, body: '{}' }),
      call(simulator.tokenUrl, {
        ...request,
        headers: {
          ...request.headers,
          Authorization: `Basic ${Buffer.from('one:secret one').toString('base64')}`,
        },
        body: 'grant_type=client_credentials',
      }),
      call(simulator.tokenUrl, { ...request, body: `${String(body)}&client_id=two` }),
    ])
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400])
    expect((await call(simulator.tokenUrl)).status).toBe(405)
  })

  it('words invalid_client as 401 when told to', async () => {
    simulator.switches.invalidClientStatus = 401
    const answer = await call(simulator.tokenUrl, form({ ...credentials(simulator), client_secret: 'x' }))
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toContain('Basic')
  })

  it.each([
    ['missing', undefined],
    ['text', '3600'],
    ['negative', -1],
  ] as const)('can say a %s lifetime', async (expiresIn, said) => {
    simulator.switches.expiresIn = expiresIn
    expect(json(await call(simulator.tokenUrl, form(credentials(simulator))))['expires_in']).toEqual(said)
  })

  it('exchanges a refresh token for five days, where it issues one', async () => {
    simulator.switches.issueRefreshTokens = true
    const issued = json(await call(simulator.tokenUrl, form(credentials(simulator))))
    const exchange = form({
      ...credentials(simulator),
      grant_type: 'refresh_token',
      refresh_token: String(issued['refresh_token']),
    })
    clock.pass(5 * 86_400_000 - 1000)
    const renewed = json(await call(simulator.tokenUrl, exchange))
    const headers = { Authorization: `Bearer ${String(renewed['access_token'])}` }
    expect((await call(pending('acme'), { headers })).status).toBe(200)
    clock.pass(1000)
    expect(json(await call(simulator.tokenUrl, exchange))).toEqual({ error: 'invalid_grant' })
  })
})

describe('the bearer token', () => {
  it('is asked for by every path of the API, before anything else is looked at', async () => {
    for (const headers of [
      {},
      { Authorization: 'Bearer unknown' },
      { Authorization: `Basic ${await tokenOf(simulator)}` },
    ]) {
      for (const path of [
        'acme/reporting/appointments/pending',
        'acme/appointments/A1',
        'acme/nothing/here',
      ]) {
        const answer = await call(`${simulator.baseUrl}/integrations/v1/${path}`, { headers })
        expect(answer.status).toBe(401)
        expect(answer.headers['content-type']).toBe('application/problem+json')
      }
    }
  })

  it('ends after its hour', async () => {
    const api = await caller(simulator)
    clock.pass(3_599_999)
    expect((await api.get('/reporting/appointments/pending')).status).toBe(200)
    clock.pass(1)
    expect((await api.get('/reporting/appointments/pending')).status).toBe(401)
  })

  it('reaches the domains of its client and no others', async () => {
    const headers = { Authorization: `Bearer ${await tokenOf(simulator, 1)}` }
    const statuses = await Promise.all(
      ['other', 'third', 'acme', 'nowhere'].map(
        async (domain) => (await call(pending(domain), { headers })).status,
      ),
    )
    expect(statuses).toEqual([200, 200, 403, 403])
  })

  it('can be expired by the test', async () => {
    const api = await caller(simulator)
    simulator.expireTokens()
    expect((await api.get('/reporting/appointments/pending')).status).toBe(401)
  })
})
