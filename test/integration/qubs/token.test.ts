import { describe, expect, it } from 'vitest'
import { hangUp, json, text } from './scripted-server.ts'
import { appointment, pending, row, startRig, tokenPath } from './station.ts'

const page = json(200, { items: [row('A1')] })
const write = { body: new TextEncoder().encode('{"reportText":"x"}'), idempotencyKey: 'k1' }

describe('the token', () => {
  it('is asked for with the credentials in the body, and used as bearer', async () => {
    const { client, server } = await startRig()
    server.on(pending, page)
    expect(await client.listPendingPage()).toMatchObject({ ok: true })
    const [asked] = server.asked(tokenPath)
    expect(Object.fromEntries(new URLSearchParams(asked?.body.toString()))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'radpost-client',
      client_secret: 's3cret+/=&',
    })
    expect(asked?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    })
    expect(asked?.headers['authorization']).toBeUndefined()
    const [call] = server.asked(pending)
    expect(call?.headers).toMatchObject({ authorization: 'Bearer token-1', accept: 'application/json' })
    expect(call?.headers['x-correlation-id']).toMatch(/^[0-9a-f]{16}$/)
  })

  it('is asked for once by many callers at the same time', async () => {
    const { client, server } = await startRig()
    server.on(pending, page)
    const results = await Promise.all(Array.from({ length: 10 }, () => client.listPendingPage()))
    expect(results.every((r) => r.ok)).toBe(true)
    expect(server.asked(tokenPath)).toHaveLength(1)
  })

  it('is renewed at three quarters of its life', async () => {
    const { client, server, clock } = await startRig()
    server.on(pending, page)
    await client.listPendingPage()
    clock.nowMs += 2_699_999
    await client.listPendingPage()
    expect(server.asked(tokenPath)).toHaveLength(1)
    clock.nowMs += 1
    await client.listPendingPage()
    expect(server.asked(pending).at(-1)?.headers['authorization']).toBe('Bearer token-2')
  })

  it('without expires_in lives 300 s', async () => {
    const { client, server, clock } = await startRig()
    server.on(
      tokenPath,
      json(200, { access_token: 'a', token_type: 'Bearer' }),
      json(200, { access_token: 'b' }),
    )
    server.on(pending, page)
    await client.listPendingPage()
    clock.nowMs += 180_000
    await client.listPendingPage()
    expect(server.asked(pending).map((s) => s.headers['authorization'])).toEqual(['Bearer a', 'Bearer b'])
  })

  it('is renewed by a refresh token while that is young, else by the credentials', async () => {
    const { client, server, clock } = await startRig()
    const day = 24 * 3_600_000
    server.on(tokenPath, json(200, { access_token: 'a', expires_in: 60, refresh_token: 'r-1' }))
    server.on(pending, page)
    const grants = () =>
      server.asked(tokenPath).map((s) => new URLSearchParams(s.body.toString()).get('grant_type'))
    await client.listPendingPage()
    server.on(tokenPath, json(200, { access_token: 'b', expires_in: 60 }))
    clock.nowMs += 4 * day
    await client.listPendingPage()
    expect(server.asked(tokenPath).at(-1)?.body.toString()).toContain('refresh_token=r-1')
    clock.nowMs += day
    await client.listPendingPage()
    expect(grants()).toEqual(['client_credentials', 'refresh_token', 'client_credentials'])
  })

  it('falls back to the credentials when the refresh token is refused, and does not offer it again', async () => {
    const { client, server, clock } = await startRig()
    server.on(
      tokenPath,
      json(200, { access_token: 'a', expires_in: 60, refresh_token: 'r-1' }),
      json(400, { error: 'invalid_grant' }),
      json(200, { access_token: 'b', expires_in: 60 }),
    )
    server.on(pending, page)
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await client.listPendingPage()).toMatchObject({ ok: true })
      clock.nowMs += 60_000
    }
    const grants = server
      .asked(tokenPath)
      .map((s) => new URLSearchParams(s.body.toString()).get('grant_type'))
    expect(grants).toEqual([
      'client_credentials',
      'refresh_token',
      'client_credentials',
      'client_credentials',
    ])
  })

  it.each([400, 401])('refused as invalid_client with %i is permanent, and told once', async (status) => {
    const { client, server } = await startRig()
    server.on(tokenPath, json(status, { error: 'invalid_client', error_description: 's3cret+/=&' }))
    const result = await client.listPendingPage()
    expect(result).toMatchObject({
      failure: { kind: 'auth', code: 'invalid_client', status, outcomeKnown: true },
    })
    expect(!result.ok && result.failure.message).toMatch(
      /^127\.0\.0\.1:\d+ refused the QUBS credentials of the domain acme/,
    )
    expect(JSON.stringify(result)).not.toContain('s3cret')
    expect(server.seen).toHaveLength(1)
  })

  it('is tried again by a read after 429, 5xx, HTML and a break', async () => {
    const { client, server, waits } = await startRig()
    server.on(
      tokenPath,
      json(429, {}, { 'retry-after': '2' }),
      text(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }),
      text(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
      hangUp,
      json(200, { access_token: 'a' }),
    )
    server.on(pending, page)
    expect(await client.listPendingPage()).toMatchObject({ ok: true })
    expect(waits).toHaveLength(4)
    expect(waits[0]).toBeGreaterThanOrEqual(2000)
  })

  it.each([
    ['429', json(429, {}), 'throttled'],
    ['503', json(503, {}), 'server'],
    ['a break', hangUp, 'network'],
  ] as const)(
    'that fails with %s is handed to a write at once: nothing was written',
    async (_name, reply, kind) => {
      const { client, server, waits } = await startRig()
      server.on(tokenPath, reply)
      expect(await client.submitReport('A1', write)).toMatchObject({ failure: { kind, outcomeKnown: true } })
      expect(waits).toEqual([])
      expect(server.seen).toHaveLength(1)
    },
  )

  it.each([
    {},
    { access_token: '' },
    { access_token: 'a\nb' },
    { access_token: 'a', token_type: 'mac' },
    [],
    'x',
  ])('answered as %j is no token', async (answer) => {
    const { client, server } = await startRig()
    server.on(tokenPath, json(200, answer))
    expect(await client.listPendingPage()).toMatchObject({ failure: { kind: 'unknown', outcomeKnown: true } })
    expect(server.asked(pending)).toHaveLength(0)
  })

  it('needs credentials, and says so without asking anybody', async () => {
    const none = await startRig({ credentials: () => Promise.resolve(null) })
    expect(await none.client.listPendingPage()).toMatchObject({
      failure: { kind: 'auth', code: 'no-credentials' },
    })
    const locked = await startRig({ credentials: () => Promise.reject(new Error('locked')) })
    expect(await locked.client.listPendingPage()).toMatchObject({
      failure: { kind: 'auth', code: 'keychain' },
    })
    expect([...none.server.seen, ...locked.server.seen]).toEqual([])
  })

  it('is asked for anew after the credentials were changed', async () => {
    const { client, server } = await startRig()
    server.on(pending, page)
    await client.listPendingPage()
    client.forgetToken()
    await client.listPendingPage()
    expect(server.asked(pending).map((s) => s.headers['authorization'])).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ])
  })
})

describe('401 from the API', () => {
  it('in the middle of a batch renews the token once and repeats the same bytes with the same key', async () => {
    const { client, server } = await startRig()
    server.on(
      `POST ${appointment}/report`,
      json(401, {}),
      json(200, { reportGuid: 'g', reportStatus: 'final', reportedAtUtc: '2026-11-20T01:02:03Z' }),
    )
    expect(await client.submitReport('A1', write)).toMatchObject({ ok: true, value: { reportGuid: 'g' } })
    const sent = server.asked(`POST ${appointment}/report`)
    expect(sent.map((s) => s.headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2'])
    expect(sent.map((s) => s.headers['idempotency-key'])).toEqual(['k1', 'k1'])
    expect(sent[1]?.body).toEqual(sent[0]?.body)
  })

  it('a second time is final', async () => {
    const { client, server } = await startRig()
    server.on(pending, json(401, {}))
    const result = await client.listPendingPage()
    expect(result).toMatchObject({ failure: { kind: 'auth', status: 401 } })
    expect(!result.ok && result.failure.message).toContain('the domain acme')
    expect(server.asked(pending)).toHaveLength(2)
    expect(server.asked(tokenPath)).toHaveLength(2)
  })

  it('of several calls at once renews the token once', async () => {
    const { client, server } = await startRig()
    server.on(pending, (...call) => {
      const stale = call[2].headers['authorization'] === 'Bearer token-1'
      json(stale ? 401 : 200, { items: [] })(...call)
    })
    const results = await Promise.all(Array.from({ length: 4 }, () => client.listPendingPage()))
    expect(results.every((r) => r.ok)).toBe(true)
    expect(server.asked(tokenPath)).toHaveLength(2)
  })

  it('that comes late, for a token already replaced, does not throw the new one away', async () => {
    const { client, server } = await startRig()
    const both = Promise.withResolvers<undefined>()
    const firstDone = Promise.withResolvers<undefined>()
    let stale = 0
    server.on(pending, (...call) => {
      if (call[2].headers['authorization'] !== 'Bearer token-1') {
        json(200, { items: [] })(...call)
        return
      }
      stale += 1
      if (stale === 2) both.resolve(undefined)
      const turn = stale === 1 ? both : firstDone
      void turn.promise.finally(() => {
        json(401, {})(...call)
      })
    })
    const first = client.listPendingPage()
    const second = client.listPendingPage()
    await Promise.race([first, second])
    firstDone.resolve(undefined)
    expect((await Promise.all([first, second])).every((r) => r.ok)).toBe(true)
    expect(server.asked(tokenPath)).toHaveLength(2)
  })

  it('is not what 403 is: that names the domain and renews nothing', async () => {
    const { client, server } = await startRig()
    server.on(pending, json(403, { detail: 'Outside scope' }))
    const result = await client.listPendingPage()
    expect(result).toMatchObject({ failure: { kind: 'scope' } })
    expect(!result.ok && result.failure.message).toContain('do not cover the domain acme')
    expect(server.asked(tokenPath)).toHaveLength(1)
  })
})

describe('a cancelled call', () => {
  it('stops waiting for a token and leaves it to the others', async () => {
    const { client, server } = await startRig()
    const held = Promise.withResolvers<undefined>()
    const controller = new AbortController()
    server.on(tokenPath, (...call) => {
      controller.abort()
      void held.promise.finally(() => {
        json(200, { access_token: 'a' })(...call)
      })
    })
    server.on(pending, page)
    const other = client.listPendingPage()
    const cancelled = await client.listPendingPage({ signal: controller.signal })
    expect(cancelled).toMatchObject({ failure: { kind: 'network', code: 'cancelled', outcomeKnown: true } })
    held.resolve(undefined)
    expect(await other).toMatchObject({ ok: true })
    expect(server.asked(tokenPath)).toHaveLength(1)
  })
})
