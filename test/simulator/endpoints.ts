/**
 * The names by which faults and recorded traffic speak of an endpoint. A further service brings its own list and is
 * added here.
 */

/** Calls of the practice's API; numbers as in the contract's list of endpoints (1.4). */
export const qubsEndpoints = [
  'token',
  /** Q1 */
  'pending',
  /** Q2 */
  'appointment',
  /** Q3 */
  'attachments',
  /** Q4 */
  'attachment',
  /** Q5 */
  'comments',
  /** Q6 */
  'comment-create',
  /** Q7 */
  'comment',
  /** Q8 */
  'report',
  /** Q9 */
  'upload-urls',
  /** Q11 */
  'general-list',
  /** Q12 */
  'general',
  /** Q13 */
  'general-by-status',
  /** Q14 */
  'operational-list',
  /** Q15 */
  'operational',
  /** Q16 */
  'operational-by-status',
  /** Q17 */
  'exam-codes',
  /** Q18 */
  'sites',
  /** Q19 */
  'site',
  /** Q20 */
  'staff-skills',
  /** Q21 */
  'general-attachments',
  'general-attachment',
  /** Q22 */
  'general-comments',
  /** Q23 */
  'patient',
  /** Q24 */
  'referrer-list',
  'referrer-operational-list',
  'referrer-by-status',
  'referrer-operational-by-status',
] as const
export type QubsEndpoint = (typeof qubsEndpoints)[number]

/** Lists with a cursor: those that have pages. */
export const cursorListEndpoints = [
  'pending',
  'general-by-status',
  'operational-by-status',
  'referrer-by-status',
  'referrer-operational-by-status',
] as const

/** Calls of the object store: presigned upload (Q10) and presigned download. */
export const objectStoreEndpoints = ['put', 'get-object'] as const

/** Calls of the Teladoc Health Solo External API, in the order of its page (contract 3). */
export const soloEndpoints = [
  'solo-patient',
  'solo-patient-by-spid',
  'solo-patient-update',
  'solo-patient-update-by-spid',
  'solo-patient-create',
  'solo-visit-create',
  'solo-visit-create-by-hsid',
  'solo-visit-create-by-spid',
  'solo-provider-link',
  'solo-teams-link',
  'solo-links',
  'solo-links-by-said',
  'solo-visit-update',
  'solo-visit',
  'solo-waiting-rooms',
  'solo-visit-note',
  'solo-visit-note-update',
  'solo-slots',
  'solo-attachment-upload',
  'solo-attachments',
  'solo-attachment-delete',
  'solo-document-create',
  'solo-episode-create',
  'solo-episodes',
  'solo-episode',
  'solo-episode-update',
  'solo-episode-visits',
  'solo-episode-assign',
  'solo-csv-data-dump',
  'solo-report-create',
  'solo-report-status',
  'solo-report-download',
  'solo-perfect-answer',
  'solo-linking',
  'solo-webhook-create',
  'solo-webhook-update',
  'solo-webhooks',
  'solo-webhook-delete',
  'solo-webhook',
  'solo-assistance-create',
  'solo-assistance',
  'solo-assistance-cancel',
  /** What a browser shows behind a visit's links. */
  'solo-page',
] as const
export type SoloEndpoint = (typeof soloEndpoints)[number]

/** Calls of Qualiphy (contract 5.1, 5.2). */
export const qualiphyEndpoints = ['qualiphy-invite', 'qualiphy-exams', 'qualiphy-resend'] as const
export type QualiphyEndpoint = (typeof qualiphyEndpoints)[number]

/** `unrouted`: a path or method that no service knows; it is recorded, but has no faults of its own. */
export const endpointNames = [
  ...qubsEndpoints,
  ...objectStoreEndpoints,
  ...soloEndpoints,
  ...qualiphyEndpoints,
  'unrouted',
] as const
export type EndpointName = (typeof endpointNames)[number]

/** `api` and `store` are QUBS and its object store. */
export type ServerName = 'api' | 'store' | 'solo' | 'qualiphy'
