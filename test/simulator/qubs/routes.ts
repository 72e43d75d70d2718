import type { EndpointName } from '../endpoints.ts'

/** What a path of the API means. */
export type Route =
  | {
      readonly kind: 'endpoint'
      readonly endpoint: EndpointName
      readonly domain: string
      readonly appointmentId: string
      /** Attachment or comment; empty where the path names none. */
      readonly guid: string
    }
  | { readonly kind: 'wrong-method'; readonly domain: string; readonly allow: readonly string[] }
  | { readonly kind: 'unknown'; readonly domain: string | null }

type Pattern = readonly [method: 'GET' | 'POST', endpoint: EndpointName, path: readonly string[]]

// `:id` and `:guid` stand for any segment. A fixed word wins over them, so `pending` comes first.
const patterns: readonly Pattern[] = [
  ['GET', 'pending', ['reporting', 'appointments', 'pending']],
  ['GET', 'appointment', ['reporting', 'appointments', ':id']],
  ['GET', 'attachments', ['reporting', 'appointments', ':id', 'attachments']],
  ['GET', 'attachment', ['reporting', 'appointments', ':id', 'attachments', ':guid']],
  ['GET', 'comments', ['reporting', 'appointments', ':id', 'comments']],
  ['POST', 'comment-create', ['reporting', 'appointments', ':id', 'comments']],
  ['GET', 'comment', ['reporting', 'appointments', ':id', 'comments', ':guid']],
  ['POST', 'report', ['reporting', 'appointments', ':id', 'report']],
  ['POST', 'upload-urls', ['reporting', 'appointments', ':id', 'report', 'attachments']],
  ['GET', 'general', ['appointments', ':id']],
  ['GET', 'general-attachments', ['appointments', ':id', 'attachments']],
  ['GET', 'general-attachment', ['appointments', ':id', 'attachments', ':guid']],
  ['GET', 'general-comments', ['appointments', ':id', 'comments']],
]

const prefix = '/integrations/v1/'

/** Whether a path belongs to the API at all: everything under it asks for a token first. */
export function isApiPath(path: string): boolean {
  return path.startsWith(prefix)
}

/** @param path as sent, still percent-encoded. */
export function routeOf(method: string, path: string): Route {
  const segments = decodedSegments(path)
  const [domain, ...rest] = segments ?? []
  if (domain === undefined || domain === '') return { kind: 'unknown', domain: null }
  const fitting = patterns.filter(
    ([, , pattern]) =>
      pattern.length === rest.length && pattern.every((part, i) => part.startsWith(':') || part === rest[i]),
  )
  // A path that a fixed word claims belongs to that word alone: nobody's appointment is called "pending".
  const [best] = fitting
  const own = fitting.filter(([, , pattern]) => pattern.join('/') === best?.[2].join('/'))
  const match = own.find(([allowed]) => allowed === method)
  if (own.length === 0 || rest.includes('')) return { kind: 'unknown', domain }
  if (match === undefined) return { kind: 'wrong-method', domain, allow: own.map(([allowed]) => allowed) }
  const [, endpoint, pattern] = match
  const named = (name: string): string => rest[pattern.indexOf(name)] ?? ''
  return { kind: 'endpoint', endpoint, domain, appointmentId: named(':id'), guid: named(':guid') }
}

function decodedSegments(path: string): string[] | null {
  if (!isApiPath(path)) return null
  try {
    return path.slice(prefix.length).split('/').map(decodeURIComponent)
  } catch {
    return null
  }
}
