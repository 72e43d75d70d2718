import type { Address } from './address.ts'

/** Gives the proxy for an address as a URL, or null for a direct connection. */
export type ResolveProxy = (url: string) => Promise<string | null>

/** The variables of the environment that name proxies. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>

/** This machine itself: never through a proxy, which could only send it to its own loopback. */
export function isLoopback(hostname: string): boolean {
  const name = bareHost(hostname)
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  )
}

function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/(.)\.$/, '$1')
}

/**
 * The proxy that HTTPS_PROXY or HTTP_PROXY names for an address, unless NO_PROXY excludes it. The lower-case
 * spelling wins, as in other tools; https without HTTPS_PROXY falls back to HTTP_PROXY. Entries of NO_PROXY are
 * `*`, a host, a domain with or without a leading dot or `*.`, each with an optional port.
 */
export function proxyFromEnvironment(url: string, environment: ProxyEnvironment): string | null {
  const { protocol, hostname, port } = new URL(url)
  const read = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? ''
  const named = (protocol === 'https:' ? read('HTTPS_PROXY') : '') || read('HTTP_PROXY')
  if (named === '') return null
  const host = bareHost(hostname)
  const usedPort = port || (protocol === 'https:' ? '443' : '80')
  const excluded = read('NO_PROXY')
    .split(/[,\s]+/)
    .some((entry) => matches(entry.toLowerCase(), host, usedPort))
  return excluded ? null : withScheme(named)
}

function matches(entry: string, host: string, port: string): boolean {
  const withPort = /^(\[.+\]|[^:]*):(\d+)$/.exec(entry)
  if (withPort !== null && withPort[2] !== port) return false
  const name = bareHost(withPort?.[1] ?? entry)
  if (name === '') return false
  if (name === '*') return true
  const suffix = name.replace(/^\*?\./, '')
  return host.endsWith(`.${suffix}`) || (host === suffix && !name.startsWith('*.'))
}

function withScheme(proxy: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`
}

/** Whether a setting is a proxy address that can be used: http or https, with a host. */
export function isProxyAddress(text: string): boolean {
  const url = withScheme(text)
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).hostname !== ''
}

/**
 * The resolver for a `network.proxy` setting (interfaces.md 2): `none`, `system` (the desktop's own resolver where
 * there is one, else the environment), or one proxy for everything. Loopback is never proxied.
 */
export function proxyResolver(
  setting: string,
  environment: ProxyEnvironment,
  system: ResolveProxy | undefined,
): (address: Address) => Promise<string | null> {
  return async ({ origin }) => {
    if (setting === 'none' || isLoopback(new URL(origin).hostname)) return null
    if (setting !== 'system') return withScheme(setting)
    const found = system === undefined ? proxyFromEnvironment(origin, environment) : await system(origin)
    return found === null ? null : withScheme(found)
  }
}
