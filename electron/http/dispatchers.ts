import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { Agent, ProxyAgent, type Dispatcher } from 'undici'
import type { Address } from './address.ts'
import { CONNECT_TIMEOUT_MS } from './exchange.ts'

/** At most so many requests to one host at the same time; the rest wait their turn. */
export const MAX_CONNECTIONS_PER_HOST = 4

/** The connections of one HTTP core: direct ones, and a set for every proxy that was asked for. */
export type Dispatchers = {
  readonly dispatcherFor: (address: Address, proxy: string | null) => Dispatcher
  readonly close: () => Promise<void>
}

const certificates = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * The certificates of a PEM text, one string each.
 * @throws Error with a sentence for an administrator when there is none or one cannot be read.
 */
export function certificatesOf(pem: string): readonly string[] {
  const found = pem.match(certificates) ?? []
  if (found.length === 0) {
    throw new Error(
      'The extra certificate file has no certificate in it; it must be a PEM file with BEGIN CERTIFICATE lines.',
    )
  }
  try {
    for (const one of found) void new X509Certificate(one)
  } catch {
    throw new Error(
      'The extra certificate file has a certificate that cannot be read; export it again as PEM (Base64).',
    )
  }
  return found
}

/**
 * Connections over HTTP/1.1 only: presigned uploads need plain Content-Length framing, and four connections to a host
 * mean four requests. `extraCa` (PEM) is trusted beside the system's and the built-in certificates.
 */
export function createDispatchers(extraCa: string | null): Dispatchers {
  const extra = extraCa === null ? [] : certificatesOf(extraCa)
  let trusted: SecureContext | undefined
  // On first use only: reading the system's store takes noticeable time on some systems.
  const secureContext = (): SecureContext => {
    trusted ??= createSecureContext({
      ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...extra])],
    })
    return trusted
  }
  const common = {
    allowH2: false,
    connections: MAX_CONNECTIONS_PER_HOST,
    pipelining: 1,
    connectTimeout: CONNECT_TIMEOUT_MS,
  }
  const tls = () => ({ secureContext: secureContext(), allowH2: false, timeout: CONNECT_TIMEOUT_MS })

  const made = new Map<string, Dispatcher>()
  const keep = (name: string, make: () => Dispatcher): Dispatcher => {
    const dispatcher = made.get(name) ?? make()
    made.set(name, dispatcher)
    return dispatcher
  }

  return {
    dispatcherFor: ({ secure }, proxy) => {
      if (proxy !== null) {
        return keep(
          proxy,
          () =>
            new ProxyAgent({ ...common, uri: proxy, proxyTunnel: true, requestTls: tls(), proxyTls: tls() }),
        )
      }
      if (!secure) return keep('http', () => new Agent(common))
      return keep('https', () => new Agent({ ...common, connect: tls() }))
    },
    close: async () => {
      const all = [...made.values()]
      made.clear()
      await Promise.all(all.map((dispatcher) => dispatcher.destroy()))
    },
  }
}
