import type { SoloEndpoint } from '../endpoints.ts'
import { routeIn, type RoutePattern, type TableRoute } from '../core/route-table.ts'

const api = '/qapi/v1'

/** In the order of the vendor's page. */
const patterns: readonly RoutePattern<SoloEndpoint>[] = [
  ['GET', 'solo-patient', `${api}/patients/:patientId`],
  ['GET', 'solo-patient-by-spid', `${api}/patients/id/type/SPID/value/:spid`],
  ['PUT', 'solo-patient-update', `${api}/patients/:patientId`],
  ['PUT', 'solo-patient-update-by-spid', `${api}/patients/id/type/SPID/value/:spid`],
  ['POST', 'solo-patient-create', `${api}/patients`],
  ['POST', 'solo-visit-create', `${api}/patients/:patientId/appointments`],
  ['POST', 'solo-visit-create-by-hsid', `${api}/patients/HSID/:hsid/appointments`],
  ['POST', 'solo-visit-create-by-spid', `${api}/patients/id/type/SPID/value/:spid/appointments`],
  ['GET', 'solo-provider-link', `${api}/appointments/:appointmentId/provider-link`],
  ['GET', 'solo-teams-link', `${api}/appointments/:appointmentId/msteams-provider-link`],
  ['GET', 'solo-links', `${api}/appointments/:externalId/video-call-links`],
  ['GET', 'solo-links-by-said', `${api}/appointments/id/type/SAID/value/:appointmentId/video-call-links`],
  ['PUT', 'solo-visit-update', `${api}/appointments/:appointmentId`],
  ['GET', 'solo-visit', `${api}/appointments/:appointmentId`],
  ['GET', 'solo-waiting-rooms', `${api}/waiting-rooms`],
  ['GET', 'solo-visit-note', `${api}/appointments/:appointmentId/visit-note`],
  ['PUT', 'solo-visit-note-update', `${api}/appointments/:appointmentId/visit-note`],
  ['GET', 'solo-slots', `${api}/appointment-slots`],
  ['POST', 'solo-attachment-upload', `${api}/appointments/:appointmentId/attachments`],
  ['GET', 'solo-attachments', `${api}/appointments/:appointmentId/attachments`],
  ['DELETE', 'solo-attachment-delete', `${api}/appointments/:appointmentId/attachments/:attachmentId`],
  ['POST', 'solo-document-create', `${api}/patients/:patientId/documents`],
  ['POST', 'solo-episode-create', `${api}/patients/:patientId/episodes`],
  ['GET', 'solo-episodes', `${api}/patients/:patientId/episodes`],
  ['GET', 'solo-episode', `${api}/episodes/:episodeId`],
  ['PUT', 'solo-episode-update', `${api}/episodes/:episodeId`],
  ['GET', 'solo-episode-visits', `${api}/episodes/:episodeId/appointments`],
  ['PUT', 'solo-episode-assign', `${api}/appointments/:appointmentId/episode/assign`],
  ['GET', 'solo-csv-data-dump', `${api}/reports/csv-data-dump`],
  ['POST', 'solo-report-create', `${api}/encounter-report/create`],
  ['GET', 'solo-report-status', `${api}/encounter-report/status/:reportId`],
  ['GET', 'solo-report-download', `${api}/encounter-report/download/:reportId`],
  ['POST', 'solo-perfect-answer', `${api}/perfect-answer`],
  ['GET', 'solo-linking', '/integrations/linking'],
  ['POST', 'solo-webhook-create', `${api}/webhooks`],
  ['PUT', 'solo-webhook-update', `${api}/webhooks/:webhookId`],
  ['GET', 'solo-webhooks', `${api}/webhooks`],
  ['DELETE', 'solo-webhook-delete', `${api}/webhooks/:webhookId`],
  ['GET', 'solo-webhook', `${api}/webhooks/:webhookId`],
  ['POST', 'solo-assistance-create', `${api}/request-assistance`],
  ['GET', 'solo-assistance', `${api}/request-assistance`],
  ['DELETE', 'solo-assistance-cancel', `${api}/request-assistance`],
  ['GET', 'solo-page', '/videocalls/:appointmentId'],
  ['GET', 'solo-page', '/check-in/:token'],
]

/** Whether a path belongs to the API: everything under it asks for the Api-Key first. */
export function isSoloApiPath(path: string): boolean {
  return path.startsWith(`${api}/`)
}

export function soloRouteOf(method: string, path: string): TableRoute<SoloEndpoint> {
  return routeIn(patterns, method, path)
}
