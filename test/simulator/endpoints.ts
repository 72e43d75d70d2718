/**
 * The names by which faults and recorded traffic speak of an endpoint. A further service (telehealth, invites)
 * brings its own list and is added here.
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

/** `unrouted`: a path or method that no service knows; it is recorded, but has no faults of its own. */
export const endpointNames = [...qubsEndpoints, ...objectStoreEndpoints, 'unrouted'] as const
export type EndpointName = (typeof endpointNames)[number]
