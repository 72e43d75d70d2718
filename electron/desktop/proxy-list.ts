/**
 * The proxy that Chromium's answer names, as an address: the first entry that an HTTP client can use, null for a
 * direct connection. The answer is a list such as `PROXY host:port; SOCKS5 host:port; DIRECT`.
 * @throws Error where only kinds are named that Radpost cannot use
 */
export function proxyFromList(list: string): string | null {
  for (const entry of list.split(';')) {
    const [kind = '', host = ''] = entry.trim().split(/\s+/u)
    switch (kind.toUpperCase()) {
      case 'DIRECT':
      case '':
        return null
      case 'PROXY':
      case 'HTTP':
        return `http://${host}`
      case 'HTTPS':
        return `https://${host}`
      default:
    }
  }
  throw new Error('The system names only proxies of a kind that Radpost cannot use (SOCKS).')
}
