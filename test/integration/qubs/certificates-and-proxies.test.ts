import { createServer as createPlainServer, type IncomingMessage } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeCertificate } from './certificate.ts'
import { closedPort, open, post } from './http-core.ts'
import { listen, script, startScriptedServer, text } from './scripted-server.ts'

describe('certificates', () => {
  it('that nobody knows are named, and trusted by the extra file', async () => {
    const { key, cert } = makeCertificate('localhost')
    const { listener, on, seen } = script()
    const port = await listen(createSecureServer({ key, cert }, listener))
    on('POST ', text(200, ''))
    const url = `https://localhost:${port}/x`
    const refused = await open().request(post(url))
    expect(refused).toMatchObject({ failure: { kind: 'network', outcomeKnown: true, code: 'certificate' } })
    expect(!refused.ok && refused.failure.message).toContain('extraCaFile')
    expect(seen).toHaveLength(0)
    expect(await open({ extraCa: cert }).request(post(url))).toMatchObject({ ok: true })
  })

  it('for another name are refused even when their issuer is trusted', async () => {
    const { key, cert } = makeCertificate('elsewhere.example')
    const { listener, on } = script()
    const port = await listen(createSecureServer({ key, cert }, listener))
    on('POST ', text(200, ''))
    const result = await open({ extraCa: cert }).request(post(`https://localhost:${port}/x`))
    expect(result).toMatchObject({ failure: { kind: 'network', code: 'certificate', outcomeKnown: true } })
  })

  it('are not looked for where a plain server answers: a failure of encryption', async () => {
    const server = await startScriptedServer()
    const result = await open().request(post(`https://localhost:${server.port}/x`))
    expect(result).toMatchObject({ failure: { kind: 'network', outcomeKnown: true, status: null } })
    expect(!result.ok && result.failure.message).toContain('No encrypted connection')
  })
})

describe('a proxy', () => {
  async function startProxy(
    targetPort: number,
    refusal: string | null,
  ): Promise<{ port: number; asked: string[] }> {
    const asked: string[] = []
    const proxy = createPlainServer()
    const tunnels = new Set<Duplex>()
    proxy.on('connect', (request: IncomingMessage, socket: Duplex) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? '-'}`)
      if (refusal !== null) {
        socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 0\r\n\r\n`)
        return
      }
      const target = connect(targetPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(target).pipe(socket)
      })
      for (const end of [socket, target]) {
        tunnels.add(end)
        end.on('error', () => undefined)
      }
    })
    const port = await listen(proxy)
    onTestFinished(() => {
      for (const tunnel of tunnels) tunnel.destroy()
    })
    return { port, asked }
  }

  async function startTarget() {
    const { key, cert } = makeCertificate('qubs.example')
    const { listener, on, seen } = script()
    const port = await listen(createSecureServer({ key, cert }, listener))
    on('POST ', text(200, 'ok'))
    return { port, cert, seen }
  }

  it('is tunnelled through, with its own user and none of its headers at the server', async () => {
    const target = await startTarget()
    const proxy = await startProxy(target.port, null)
    const http = open({ proxy: `http://user:word@127.0.0.1:${proxy.port}`, extraCa: target.cert })
    expect(await http.request(post('https://qubs.example/x?y=1'))).toMatchObject({ ok: true })
    const user = Buffer.from('user:word').toString('base64')
    expect(proxy.asked).toEqual([`qubs.example:443 Basic ${user}`])
    expect(target.seen[0]?.url).toBe('/x?y=1')
    expect(Object.keys(target.seen[0]?.headers ?? {}).some((h) => h.startsWith('proxy'))).toBe(false)
  })

  it('that wants a password has its own sentence, and settles a write', async () => {
    const target = await startTarget()
    const proxy = await startProxy(target.port, '407 Proxy Authentication Required')
    const http = open({
      proxy: 'system',
      resolveProxy: () => Promise.resolve(`http://127.0.0.1:${proxy.port}`),
    })
    const result = await http.request(post('https://qubs.example/x'))
    expect(result).toMatchObject({ failure: { kind: 'network', outcomeKnown: true, code: 'proxy-auth' } })
    expect(!result.ok && result.failure.message).toContain(
      `The proxy 127.0.0.1:${proxy.port} asks for a user name`,
    )
    expect(target.seen).toHaveLength(0)
  })

  it('that refuses, or is not there, settles a write and is named without its password', async () => {
    const target = await startTarget()
    const proxy = await startProxy(target.port, '502 Bad Gateway')
    const refused = await open({ proxy: `http://user:word@127.0.0.1:${proxy.port}` }).request(
      post('https://qubs.example/x'),
    )
    expect(refused).toMatchObject({ failure: { kind: 'network', outcomeKnown: true } })
    const port = await closedPort()
    const absent = await open({ proxy: `http://user:word@127.0.0.1:${port}` }).request(
      post('https://qubs.example/x'),
    )
    expect(absent).toMatchObject({ failure: { kind: 'network', outcomeKnown: true, code: 'ECONNREFUSED' } })
    for (const result of [refused, absent]) {
      expect(!result.ok && result.failure.message).toContain('proxy 127.0.0.1')
      expect(JSON.stringify(result)).not.toContain('word')
    }
  })

  it('is taken from the environment, and a resolver that fails is a failure, not a way around it', async () => {
    const target = await startTarget()
    const proxy = await startProxy(target.port, null)
    const environment = { HTTPS_PROXY: `127.0.0.1:${proxy.port}` }
    const http = open({ proxy: 'system', environment, extraCa: target.cert })
    expect(await http.request(post('https://qubs.example/x'))).toMatchObject({ ok: true })
    const failing = open({ proxy: 'system', resolveProxy: () => Promise.reject(new Error('PAC')) })
    expect(await failing.request(post('https://qubs.example/x'))).toMatchObject({
      failure: { kind: 'network', outcomeKnown: true },
    })
  })

  it('that is no address is refused at the start', () => {
    expect(() => open({ proxy: 'socks5://p:1' })).toThrow(/proxy setting/)
  })
})
