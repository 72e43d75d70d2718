import { isAllowedUrl, type Settings } from '../../shared/settings.ts'
import { hostOf } from '../http/address.ts'
import type { Result } from '../http/outcome.ts'
import { done, refused } from './results.ts'

/** Hosts that links of visits may lead to: the configured base URL's, and what `solo.linkHosts` adds. */
export function allowedLinkHosts({ baseUrl, linkHosts = [] }: Settings['solo']): ReadonlySet<string> {
  return new Set([new URL(baseUrl).host, ...linkHosts])
}

/**
 * The link as it may be opened or copied, or a failure that names its host. https only (http for this computer, for
 * tests), no user name in it, and a host of the list: a link comes from a server and is opened with a click.
 */
export function guardLink(link: string, solo: Settings['solo']): Result<string> {
  const url = URL.parse(link)
  const isFit = url !== null && isAllowedUrl(link) && url.username === '' && url.password === ''
  if (!isFit) {
    return refused(
      'link',
      'Solo gave a link that is not a plain https:// address; it was not opened. Tell whoever runs Solo for you.',
    )
  }
  if (!allowedLinkHosts(solo).has(url.host)) {
    return refused(
      'link-host',
      `Solo gave a link to ${hostOf(link)}, which is not in the list of hosts that links may lead to; if it is right, add it to solo.linkHosts in the settings.`,
    )
  }
  return done(url.href)
}
