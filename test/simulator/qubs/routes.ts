import { decodedSegments, routeIn, type RoutePattern } from '../core/route-table.ts'
import type { QubsEndpoint } from '../endpoints.ts'

/** What a path of the API means. */
export type Route =
  | {
      readonly kind: 'endpoint'
      readonly endpoint: QubsEndpoint
      readonly domain: string
      readonly appointmentId: string
      /** Attachment or comment; empty where the path names none. */
      readonly guid: string
      /** Site, status or patient; empty where the path names none. */
      readonly name: string
    }
  | { readonly kind: 'wrong-method'; readonly domain: string; readonly allow: readonly string[] }
  | { readonly kind: 'unknown'; readonly domain: string | null }

const prefix = '/integrations/v1/'
const domain = `${prefix}:domain`

const patterns: readonly RoutePattern<QubsEndpoint>[] = [
  ['GET', 'pending', `${domain}/reporting/appointments/pending`],
  ['GET', 'appointment', `${domain}/reporting/appointments/:id`],
  ['GET', 'attachments', `${domain}/reporting/appointments/:id/attachments`],
  ['GET', 'attachment', `${domain}/reporting/appointments/:id/attachments/:guid`],
  ['GET', 'comments', `${domain}/reporting/appointments/:id/comments`],
  ['POST', 'comment-create', `${domain}/reporting/appointments/:id/comments`],
  ['GET', 'comment', `${domain}/reporting/appointments/:id/comments/:guid`],
  ['POST', 'report', `${domain}/reporting/appointments/:id/report`],
  ['POST', 'upload-urls', `${domain}/reporting/appointments/:id/report/attachments`],
  ['GET', 'general-list', `${domain}/appointments`],
  ['GET', 'operational-list', `${domain}/appointments/operational`],
  ['GET', 'referrer-list', `${domain}/appointments/referrer`],
  ['GET', 'referrer-operational-list', `${domain}/appointments/referrer/operational`],
  ['GET', 'general-by-status', `${domain}/appointments/by-status/:name`],
  ['GET', 'operational-by-status', `${domain}/appointments/operational/by-status/:name`],
  ['GET', 'referrer-by-status', `${domain}/appointments/referrer/by-status/:name`],
  ['GET', 'referrer-operational-by-status', `${domain}/appointments/referrer/operational/by-status/:name`],
  ['GET', 'operational', `${domain}/appointments/operational/:id`],
  ['GET', 'general', `${domain}/appointments/:id`],
  ['GET', 'general-attachments', `${domain}/appointments/:id/attachments`],
  ['GET', 'general-attachment', `${domain}/appointments/:id/attachments/:guid`],
  ['GET', 'general-comments', `${domain}/appointments/:id/comments`],
  ['GET', 'sites', `${domain}/sites`],
  ['GET', 'site', `${domain}/sites/:name`],
  ['GET', 'exam-codes', `${domain}/sites/:name/exam-codes`],
  ['GET', 'staff-skills', `${domain}/sites/:name/staff-skills`],
  ['GET', 'patient', `${domain}/patients/:name`],
]

/** Where the domain stands between the slashes of a path. */
const domainSegment = 3

/** Whether a path belongs to the API at all: everything under it asks for a token first. */
export function isApiPath(path: string): boolean {
  return path.startsWith(prefix)
}

/** @param path as sent, still percent-encoded. */
export function routeOf(method: string, path: string): Route {
  const named = isApiPath(path) ? decodedSegments(path)?.[domainSegment] : undefined
  if (named === undefined || named === '') return { kind: 'unknown', domain: null }
  const route = routeIn(patterns, method, path)
  switch (route.kind) {
    case 'endpoint': {
      const { id = '', guid = '', name = '' } = route.parameters
      return { kind: 'endpoint', endpoint: route.endpoint, domain: named, appointmentId: id, guid, name }
    }
    case 'wrong-method':
    case 'unknown':
      return { ...route, domain: named }
  }
}
