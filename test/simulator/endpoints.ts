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
  /** Q12 */
  'general',
  /** Q21 */
  'general-attachments',
  'general-attachment',
  /** Q22 */
  'general-comments',
] as const

/** Calls of the object store: presigned upload (Q10) and presigned download. */
export const objectStoreEndpoints = ['put', 'get-object'] as const

/** `unrouted`: a path or method that no service knows; it is recorded, but has no faults of its own. */
export const endpointNames = [...qubsEndpoints, ...objectStoreEndpoints, 'unrouted'] as const
export type EndpointName = (typeof endpointNames)[number]
