import { describe, expect, it } from 'vitest'
import { closedPort, get, open, post } from './http-core.ts'
import { breakInBody, hangUp, json, silence, startScriptedServer, text } from './scripted-server.ts'

describe('an answer', () => {
  it('comes with its JSON, correlation id and the clock of the server', async () => {
    const server = await startScriptedServer()
    server.on(
      'GET /a',
      json(200, { x: 1 }, { date: 'Fri, 20 Nov 2026 12:00:10 GMT', 'X-Correlation-Id': 'beef' }),
    )
    const http = open({ now: () => Date.UTC(2026, 10, 20, 12, 0, 0) })
    const result = await http.requestJson(get(`${server.url}/a`))
    expect(result).toMatchObject({
      ok: true,
      value: { json: { x: 1 } },
      correlationId: 'beef',
      clockSkewMs: 10_000,
    })
  })

  it('is asked for with the path as it stands and no header that nobody asked for', async () => {
    const server = await startScriptedServer()
    server.on('PUT ', text(200, ''))
    const path = "/b/a%20b+c/%2e%2e/d%2Fe?X-Amz-Credential=AK%2F1&q='~|&z=a%3Bb"
    await open().request({
      ...post(`${server.url}${path}`),
      method: 'PUT',
      headers: { 'Content-Type': 'application/pdf' },
    })
    expect(server.seen[0]?.url).toBe(path)
    expect(Object.keys(server.seen[0]?.headers ?? {}).toSorted()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
    ])
  })

  it.each([
    ['text/html', '<html>Sign in</html>'],
    ['text/plain', '{}'],
  ])('200 with %s is not from our server', async (type, body) => {
    const server = await startScriptedServer()
    server.on('GET ', text(200, body, { 'content-type': type }))
    server.on('POST ', text(200, body, { 'content-type': type }))
    const http = open()
    const read = await http.requestJson(get(server.url))
    expect(read).toMatchObject({ ok: false, failure: { kind: 'network', status: 200, outcomeKnown: true } })
    expect(!read.ok && read.failure.message).toMatch(/sign-in page/)
    expect(await http.requestJson(post(server.url))).toMatchObject({
      failure: { kind: 'network', outcomeKnown: false },
    })
  })

  it.each(['', '{"cut', '\xff'])('200 with the broken JSON %j leaves a write open', async (body) => {
    const server = await startScriptedServer()
    server.on('POST ', (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from(body, 'latin1'))
    })
    expect(await open().requestJson(post(server.url))).toMatchObject({
      failure: { kind: 'unknown', outcomeKnown: false, status: 200 },
    })
  })

  it('that redirects is not followed, on the same host or another', async () => {
    const server = await startScriptedServer()
    const other = await startScriptedServer()
    server.on('GET /same', text(302, '', { location: '/elsewhere' }))
    server.on('GET /other', text(307, '', { location: `${other.url}/x` }))
    const http = open()
    for (const path of ['/same', '/other']) {
      const result = await http.request(
        get(`${server.url}${path}`, { headers: { Authorization: 'Bearer t' } }),
      )
      expect(result).toMatchObject({ ok: false, failure: { kind: 'network', code: 'redirect' } })
      expect(!result.ok && result.failure.message).toContain(`${server.host} redirects`)
    }
    expect(server.seen).toHaveLength(2)
    expect(other.seen).toHaveLength(0)
  })

  it('over its limit is a failure; an endless error answer still counts by its status', async () => {
    const server = await startScriptedServer()
    server.on('GET /large', text(200, 'x'.repeat(1025)))
    server.on('GET /fits', text(200, 'x'.repeat(1024)))
    server.on('GET /error', (response) => {
      response.writeHead(503, { 'retry-after': '3' })
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more))
      }
      more()
    })
    const http = open()
    expect(await http.request(get(`${server.url}/large`))).toMatchObject({
      failure: { kind: 'unknown', code: 'too-large' },
    })
    expect(await http.request(get(`${server.url}/fits`))).toMatchObject({ ok: true })
    expect(await http.request(get(`${server.url}/error`))).toMatchObject({
      failure: { kind: 'server', retryAfterMs: 3000 },
    })
  })
})

describe('a break', () => {
  it('before the connection settles a write: refused, and named', async () => {
    const port = await closedPort()
    const result = await open().request(post(`http://127.0.0.1:${port}/secret?x=1`))
    expect(result).toMatchObject({
      failure: { kind: 'network', outcomeKnown: true, code: 'ECONNREFUSED', status: null },
    })
    expect(!result.ok && result.failure.message).toBe(
      `127.0.0.1:${port} refused the connection (ECONNREFUSED).`,
    )
  })

  it('by a name that does not exist settles a write', async () => {
    const result = await open().request(post('https://radpost-test.invalid/x'))
    expect(result).toMatchObject({ failure: { kind: 'network', outcomeKnown: true } })
    expect(!result.ok && result.failure.message).toContain(
      'The name of radpost-test.invalid could not be found',
    )
  })

  it.each([
    ['hang-up after the whole request', hangUp, null],
    ['break inside a 2xx', breakInBody, 200],
  ] as const)(
    'by a %s leaves a write open, and is a network failure of a read',
    async (_name, reply, status) => {
      const server = await startScriptedServer()
      server.on('GET ', reply)
      server.on('POST ', reply)
      const http = open()
      expect(await http.request(post(server.url))).toMatchObject({
        failure: { kind: 'unknown', outcomeKnown: false, status },
      })
      expect(await http.request(get(server.url))).toMatchObject({
        failure: { kind: 'network', outcomeKnown: true },
      })
    },
  )

  it('by silence ends after the time limit, and leaves a write open', async () => {
    const server = await startScriptedServer()
    server.on('POST ', silence)
    const result = await open().request(post(server.url, { timeoutMs: 50, deadlineMs: 60_000 }))
    expect(result).toMatchObject({ failure: { kind: 'unknown', outcomeKnown: false } })
    expect(!result.ok && result.failure.message).toMatch(/did not answer in time.*may have taken/)
  })

  it('by a trickle ends at the overall deadline', async () => {
    const server = await startScriptedServer()
    server.on('POST ', (response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('x'), 5)
      response.on('close', () => {
        clearInterval(drip)
      })
    })
    const result = await open().request(
      post(server.url, { timeoutMs: 20_000, deadlineMs: 200, maxBytes: 1e9 }),
    )
    expect(result).toMatchObject({ failure: { kind: 'unknown', outcomeKnown: false, status: 200 } })
  })

  it('by the caller leaves a write open once bytes left', async () => {
    const server = await startScriptedServer()
    const controller = new AbortController()
    server.on('POST ', () => {
      controller.abort()
    })
    const result = await open().request(post(server.url, { signal: controller.signal }))
    expect(result).toMatchObject({ failure: { kind: 'unknown', outcomeKnown: false, code: 'cancelled' } })
  })

  it('by the caller before that settles it: nothing arrives', async () => {
    const server = await startScriptedServer()
    const held = Promise.withResolvers<undefined>()
    const arrived = Promise.withResolvers<undefined>()
    let waiting = 0
    server.on('POST /busy', (response) => {
      waiting += 1
      if (waiting === 4) arrived.resolve(undefined)
      void held.promise.then(() => response.end())
    })
    server.on('POST /queued', text(200, ''))
    server.on('POST /after', text(200, ''))
    const http = open()
    const busy = Array.from({ length: 4 }, () =>
      http.request(post(`${server.url}/busy`, { timeoutMs: 600_000 })),
    )
    await arrived.promise
    const controller = new AbortController()
    const queued = http.request(post(`${server.url}/queued`, { signal: controller.signal }))
    const late = http.request(post(`${server.url}/queued`, { deadlineMs: 30 }))
    // A turn of the event loop, so that both wait inside the library for a connection.
    await new Promise((resolve) => setImmediate(resolve))
    controller.abort()
    expect(await queued).toMatchObject({
      failure: { kind: 'network', outcomeKnown: true, code: 'cancelled' },
    })
    expect(await late).toMatchObject({ failure: { kind: 'network', outcomeKnown: true, code: 'timeout' } })
    held.resolve(undefined)
    await Promise.all(busy)
    expect(await http.request(post(`${server.url}/after`))).toMatchObject({ ok: true })
    expect(server.asked('POST /queued')).toHaveLength(0)
  })

  it('by an address that is not allowed sends nothing', async () => {
    const result = await open().request(post('http://partners.example/x'))
    expect(result).toMatchObject({ failure: { kind: 'validation', outcomeKnown: true, code: 'not-allowed' } })
  })
})

describe('concurrency', () => {
  it('is four requests a host', async () => {
    const server = await startScriptedServer()
    const held = Promise.withResolvers<undefined>()
    const four = Promise.withResolvers<undefined>()
    let arrived = 0
    server.on('GET /held', (response) => {
      arrived += 1
      if (arrived === 4) four.resolve(undefined)
      void held.promise.then(() => response.end('x'))
    })
    server.on('GET /free', text(200, ''))
    const http = open()
    const all = Array.from({ length: 20 }, () => http.request(get(`${server.url}/held`)))
    await four.promise
    // Round trips of somebody else: time enough for a fifth request to arrive if one were on its way.
    const other = open()
    for (let trip = 0; trip < 20; trip += 1) await other.request(get(`${server.url}/free`))
    expect(arrived).toBe(4)
    held.resolve(undefined)
    expect((await Promise.all(all)).every((r) => r.ok)).toBe(true)
    expect(arrived).toBe(20)
  })
})
