import { createServer as createTcpServer } from 'node:net'
import { onTestFinished } from 'vitest'
import type { HttpRequest } from '../../../electron/http/exchange.ts'
import { createHttp, type Http, type HttpOptions } from '../../../electron/http/http.ts'

/** An HTTP core without proxies that closes with the test. */
export function open(options: Partial<HttpOptions> = {}): Http {
  const http = createHttp({ proxy: 'none', extraCa: null, now: Date.now, environment: {}, ...options })
  onTestFinished(() => http.close())
  return http
}

export function get(url: string, part: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: {}, timeoutMs: 20_000, maxBytes: 1024, effect: 'read', ...part }
}

export function post(url: string, part: Partial<HttpRequest> = {}): HttpRequest {
  const body = new TextEncoder().encode('{"reportText":"x"}')
  return { ...get(url), method: 'POST', body, effect: 'write', ...part }
}

/** A loopback port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
