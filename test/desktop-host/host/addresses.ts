/**
 * An unknown scheme aborts a navigation in plain Chromium, so `app://radpost/x` is `https://radpost.app.stand-in.invalid/x`
 * behind the scenes: a name that no resolver ever answers.
 */
const suffix = '.stand-in.invalid'

export type Schemes = ReadonlySet<string>

/** @param url as the app writes it; what is not of a scheme of its own stays as it is */
export function toPageUrl(url: string, schemes: Schemes): string {
  const mark = url.indexOf('://')
  const scheme = url.slice(0, Math.max(0, mark))
  if (!schemes.has(scheme)) return url
  const rest = url.slice(mark + 3)
  const slash = rest.indexOf('/')
  const host = slash < 0 ? rest : rest.slice(0, slash)
  return `https://${host}.${scheme}${suffix}${slash < 0 ? '/' : rest.slice(slash)}`
}

/** The way back: what the app is to see of an address of the page. */
export function toAppUrl(url: string): string {
  if (!URL.canParse(url)) return url
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' || !hostname.endsWith(suffix)) return url
  const name = hostname.slice(0, -suffix.length)
  const dot = name.lastIndexOf('.')
  const rest = url.slice(`https://${hostname}`.length)
  return `${name.slice(dot + 1)}://${name.slice(0, dot)}${rest}`
}

/** A policy that names the app's scheme must name its origin behind the scenes. */
export function toPagePolicy(policy: string, schemes: Schemes): string {
  let mapped = policy
  for (const scheme of schemes) {
    mapped = mapped.replaceAll(
      new RegExp(`\\b${scheme}://([a-z0-9.-]+)`, 'gi'),
      `https://$1.${scheme}${suffix}`,
    )
    mapped = mapped.replaceAll(
      new RegExp(`(?<=[\\s;]|^)${scheme}:(?=[\\s;]|$)`, 'gi'),
      `https://*.${scheme}${suffix}`,
    )
  }
  return mapped
}

/** Node's URL gives custom schemes the origin "null"; Chromium gives a standard scheme a real one. */
export function originOf(url: string, schemes: Schemes): string {
  if (!URL.canParse(url)) return 'null'
  const { origin, protocol, host } = new URL(url)
  return origin === 'null' && schemes.has(protocol.slice(0, -1)) ? `${protocol}//${host}` : origin
}
