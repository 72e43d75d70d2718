import { isAllowedUrl, type Settings } from '../../shared/settings.ts'

/** Meetings are held below this name, whichever host the API has (contract 5.1). */
const VENDOR_DOMAIN = 'qualiphy.me'

/**
 * The meeting link as it may be opened, or null. https only (http for this computer, for tests), no user name in it,
 * and Qualiphy's own domain or the host of `qualiphy.baseUrl`: a link comes from a server and is opened with a click.
 */
export function guardMeetingLink(
  link: string,
  { baseUrl }: Pick<Settings['qualiphy'], 'baseUrl'>,
): string | null {
  const url = URL.parse(link)
  if (url === null || !isAllowedUrl(link) || url.username !== '' || url.password !== '') return null
  const isVendors = url.hostname === VENDOR_DOMAIN || url.hostname.endsWith(`.${VENDOR_DOMAIN}`)
  const isOurs = url.host === new URL(baseUrl).host
  return (isVendors && url.port === '') || isOurs ? url.href : null
}
