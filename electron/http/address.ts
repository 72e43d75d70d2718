import { isAllowedUrl } from '../../shared/settings.ts'

/** An address cut into what goes on the wire, with nothing changed. */
export type Address = {
  /** `https://host` or `https://host:8443`. */
  readonly origin: string
  /** Path and query, byte for byte as given: a presigned URL is signed in exactly this form (contract 2). */
  readonly path: string
  /** Host and, where it is not the usual one, port: the part that messages may name. */
  readonly host: string
  readonly secure: boolean
}

const parts = /^https?:\/\/[^/?#]+([^#]*)/i

/** null where the text is no address, has a user name in it, or is plain http to another machine (interfaces.md 2). */
export function splitAddress(text: string): Address | null {
  if (!isAllowedUrl(text)) return null
  const url = new URL(text)
  const rest = parts.exec(text)?.[1]
  if (rest === undefined || url.username !== '' || url.password !== '') return null
  return {
    origin: url.origin,
    path: rest.startsWith('/') ? rest : `/${rest}`,
    host: url.host,
    secure: url.protocol === 'https:',
  }
}

/** The host of an address for messages; never its path or query. */
export function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).host : 'the server'
}
