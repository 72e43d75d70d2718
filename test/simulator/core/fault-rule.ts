import { z } from 'zod'
import {
  cursorListEndpoints,
  endpointNames,
  objectStoreEndpoints,
  qualiphyEndpoints,
  qubsEndpoints,
  soloEndpoints,
  type EndpointName,
} from '../endpoints.ts'

/**
 * What can go wrong on purpose. Rules are plain JSON, so that tests and other programs (over the control
 * endpoints) say the same thing in the same words.
 */

const seconds = z.int().min(-86_400).max(864_000)

/** How a 429 or 503 words its Retry-After (RFC 9110 10.2.3), or a raw value that no grammar allows. */
const retryAfter = z.union([
  z.strictObject({ seconds }),
  /** An HTTP-date so many seconds after the answer's own Date. */
  z.strictObject({ dateInSeconds: seconds }),
  z.strictObject({ raw: z.string().max(200) }),
])

const fault = z.discriminatedUnion('kind', [
  // Answers that stand in for the real one: nothing is processed.
  z.strictObject({ kind: z.literal('throttle'), retryAfter: retryAfter.optional() }),
  z.strictObject({
    kind: z.literal('server-error'),
    status: z.int().min(500).max(599).default(500),
    /** `problem`: the service's own error form; `gateway`: the cloud gateway's JSON; `html`: a proxy's page. */
    body: z.enum(['problem', 'gateway', 'html']).default('problem'),
    retryAfter: retryAfter.optional(),
  }),
  z.strictObject({
    kind: z.literal('problem'),
    status: z.int().min(400).max(499),
    detail: z.string().max(500).optional(),
    errors: z.record(z.string(), z.array(z.string())).optional(),
  }),
  z.strictObject({ kind: z.literal('in-progress') }),
  z.strictObject({
    kind: z.literal('token-error'),
    error: z.string().max(60).default('invalid_client'),
    status: z.union([z.literal(400), z.literal(401)]).default(400),
  }),
  z.strictObject({ kind: z.literal('slow-down') }),
  z.strictObject({ kind: z.literal('expired-token') }),
  z.strictObject({ kind: z.literal('expired-url') }),
  z.strictObject({ kind: z.literal('captive-portal') }),
  z.strictObject({ kind: z.literal('reset-before') }),
  // The request is processed, but its answer does not arrive whole.
  z.strictObject({ kind: z.literal('reset-after') }),
  z.strictObject({ kind: z.literal('cut-answer') }),
  // The request waits: for `release()`, or for so many milliseconds of the injected timer.
  z.strictObject({
    kind: z.literal('hold'),
    when: z.enum(['before', 'after']).default('before'),
    ms: z.int().min(0).max(3_600_000).optional(),
  }),
  // Something happens first, then the request is processed as usual.
  z.strictObject({ kind: z.literal('expire-tokens') }),
  z.strictObject({ kind: z.literal('change-status'), status: z.string().min(1).max(60) }),
  // The answer is altered.
  z.strictObject({ kind: z.literal('date-skew'), minutes: z.number() }),
  z.strictObject({ kind: z.literal('empty-page') }),
  z.strictObject({ kind: z.literal('repeated-token') }),
  z.strictObject({ kind: z.literal('duplicate-row') }),
  z.strictObject({ kind: z.literal('old-rows') }),
  z.strictObject({ kind: z.literal('unreadable-row') }),
  z.strictObject({ kind: z.literal('unknown-status') }),
  z.strictObject({ kind: z.literal('reversed-items') }),
  z.strictObject({ kind: z.literal('short-url'), seconds: z.int().min(1).max(900) }),
  z.strictObject({ kind: z.literal('checksum-url') }),
])

export type Fault = z.infer<typeof fault>
export type FaultKind = Fault['kind']
export type RetryAfter = z.infer<typeof retryAfter>

const everywhere = endpointNames
const api = qubsEndpoints.filter((name) => name !== 'token')
const telehealth = [...soloEndpoints, ...qualiphyEndpoints]
const offsetLists = [
  'general-list',
  'operational-list',
  'referrer-list',
  'referrer-operational-list',
] as const satisfies readonly EndpointName[]
const lists: readonly EndpointName[] = [...cursorListEndpoints, ...offsetLists]
const ofThePractice: readonly EndpointName[] = ['sites', 'site', 'exam-codes', 'staff-skills', 'patient']
const perAppointment = api.filter((name) => !lists.includes(name) && !ofThePractice.includes(name))

/** Where a fault means something. Elsewhere a rule is refused: a fault that can never bite hides a broken test. */
const placesOf: Record<FaultKind, readonly EndpointName[]> = {
  throttle: [...qubsEndpoints, ...telehealth],
  'server-error': everywhere,
  problem: [...api, ...telehealth],
  'in-progress': ['comment-create', 'report', 'upload-urls'],
  'token-error': ['token'],
  'slow-down': objectStoreEndpoints,
  'expired-token': objectStoreEndpoints,
  'expired-url': objectStoreEndpoints,
  'captive-portal': everywhere,
  'reset-before': everywhere,
  'reset-after': everywhere,
  'cut-answer': everywhere,
  hold: everywhere,
  'expire-tokens': api,
  'change-status': perAppointment,
  'date-skew': everywhere,
  'empty-page': cursorListEndpoints,
  'repeated-token': cursorListEndpoints,
  'duplicate-row': lists,
  'old-rows': lists,
  'unreadable-row': lists,
  'unknown-status': lists,
  'reversed-items': ['upload-urls'],
  'short-url': ['upload-urls'],
  'checksum-url': ['upload-urls'],
}

const rule = z.strictObject({
  /** `*`: every endpoint of all servers, and paths that nobody knows. */
  endpoint: z.enum([...endpointNames, '*']),
  fault,
  appointmentId: z.string().optional(),
  /** Page of a list with a cursor, from 1. */
  page: z.int().min(1).optional(),
  /** How many requests are hit; `always` until the rule is removed. */
  times: z.union([z.int().min(1), z.literal('always')]).default(1),
  /** How many matching requests pass unharmed first. */
  after: z.int().min(0).default(0),
  /** Share of the matching requests that are hit, by the simulator's seed. */
  chance: z.number().gt(0).max(1).default(1),
})

/** A rule with its defaults filled in. */
export type FaultRule = z.infer<typeof rule>
/** A rule as a test writes it. */
export type FaultRuleInput = z.input<typeof rule>

/**
 * Reads a rule.
 * @throws Error with one sentence: what is wrong with it.
 */
export function parseFaultRule(input: unknown): FaultRule {
  const parsed = rule.safeParse(input)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`Not a fault rule: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`)
  }
  const { endpoint, page } = parsed.data
  const places = placesOf[parsed.data.fault.kind]
  const possible = endpoint === '*' ? places === everywhere : places.includes(endpoint)
  if (!possible) {
    throw new Error(
      `The fault "${parsed.data.fault.kind}" means nothing on "${endpoint}"; it works on: ${places.join(', ')}.`,
    )
  }
  const hasPages = cursorListEndpoints.some((name) => name === endpoint)
  if (page !== undefined && !hasPages) {
    throw new Error(`Only ${cursorListEndpoints.join(', ')} have pages: leave "page" out.`)
  }
  return parsed.data
}
