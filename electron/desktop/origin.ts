/** Where the window's own pages live: a custom scheme, never file:// (Electron checklist 18). */
export const APP_SCHEME = 'app'
export const APP_HOST = 'radpost'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/** Whether an address is one of our own pages. Compared after parsing, never by how it begins (checklist 13). */
export function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
}
