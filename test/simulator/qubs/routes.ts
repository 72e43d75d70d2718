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
      /** Site, status or patient; empty where the path names none. */
      readonly name: string
    }
  | { readonly kind: 'wrong-method'; readonly domain: string; readonly allow: readonly string[] }
  | { readonly kind: 'unknown'; readonly domain: string | null }

type Pattern = readonly [method: 'GET' | 'POST', endpoint: EndpointName, path: readonly string[]]

// `:id`, `:guid` and `:name` stand for any segment. A fixed word wins over them, so paths with one come first.
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
  ['GET', 'general-list', ['appointments']],
  ['GET', 'operational-list', ['appointments', 'operational']],
  ['GET', 'referrer-list', ['appointments', 'referrer']],
  ['GET', 'referrer-operational-list', ['appointments', 'referrer', 'operational']],
  ['GET', 'general-by-status', ['appointments', 'by-status', ':name']],
  ['GET', 'operational-by-status', ['appointments', 'operational', 'by-status', ':name']],
  ['GET', 'referrer-by-status', ['appointments', 'referrer', 'by-status', ':name']],
  [
    'GET',
    'referrer-operational-by-status',
    ['appointments', 'referrer', 'operational', 'by-status', ':name'],
  ],
  ['GET', 'operational', ['appointments', 'operational', ':id']],
  ['GET', 'general', ['appointments', ':id']],
  ['GET', 'general-attachments', ['appointments', ':id', 'attachments']],
  ['GET', 'general-attachment', ['appointments', ':id', 'attachments', ':guid']],
  ['GET', 'general-comments', ['appointments', ':id', 'comments']],
  ['GET', 'sites', ['sites']],
  ['GET', 'site', ['sites', ':name']],
  ['GET', 'exam-codes', ['sites', ':name', 'exam-codes']],
  ['GET', 'staff-skills', ['sites', ':name', 'staff-skills']],
  ['GET', 'patient', ['patients', ':name']],
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
  return {
    kind: 'endpoint',
    endpoint,
    domain,
    appointmentId: named(':id'),
    guid: named(':guid'),
    name: named(':name'),
  }
}

function decodedSegments(path: string): string[] | null {
  if (!isApiPath(path)) return null
  try {
    return path.slice(prefix.length).split('/').map(decodeURIComponent)
  } catch {
    return null
  }
}
