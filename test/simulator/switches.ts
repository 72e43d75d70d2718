import { z } from 'zod'
import { qualiphySwitches } from './qualiphy/qualiphy-switches.ts'
import { soloSwitches } from './solo/solo-switches.ts'

/**
 * Behaviours that the vendor's pages leave open or that differ between installations. Each can be changed at any
 * time, by a test or over the control endpoint; the defaults are what Radpost was planned against.
 */
export const switchesSchema = z.strictObject({
  /** A final report moves the appointment out of PENDING REPORTING, to FINALISED (contract 1.6, ambiguous). */
  finalLeavesPending: z.boolean().default(true),
  /** Report artefacts are listed among the attachments (contract 2 rule 5, ambiguous). */
  showReportArtefacts: z.boolean().default(true),
  /** Refusals (4xx) are stored under their Idempotency-Key and replayed (contract 1.6, ambiguous). */
  replayErrors: z.boolean().default(false),
  /** Unknown members of a request body are refused: finds misspelt optional fields. */
  refuseUnknownFields: z.boolean().default(false),
  /** Status of `invalid_client`: Cognito says 400, RFC 6749 5.2 allows 401. */
  invalidClientStatus: z.union([z.literal(400), z.literal(401)]).default(400),
  /** Real lifetime of an access token, in seconds. */
  tokenLifetimeSeconds: z.int().min(1).default(3600),
  /** How the token answer words it: `text` is a string of digits, `negative` is -1. */
  expiresIn: z.enum(['number', 'missing', 'text', 'negative']).default('number'),
  issueRefreshTokens: z.boolean().default(false),
  /** `needs-encoding`: the list's cursor contains + / and =, as in the older generation of the vendor's pages. */
  cursorStyle: z.enum(['url-safe', 'needs-encoding']).default('url-safe'),
  /** Largest `pageSize` that a list takes (contract 1.3: not documented for the pending list). */
  maxPageSize: z.int().min(1).max(500).default(500),
  /** `old`: general views show dates as stored (`dd-MM-yyyy`) and numbers as text (contract 1.1). */
  documentGeneration: z.enum(['new', 'old']).default('new'),
  /** What site settings give as time zone: what the seed has, nothing, or an id that nobody knows (contract 1.3). */
  siteTimeZone: z.enum(['as-seeded', 'missing', 'unknown']).default('as-seeded'),
  /** A second request with a key whose first one still runs: 409, or the answer of the first (contract 1.6). */
  conflictWhileRunning: z.boolean().default(true),
  /** Status of a report that was taken: the vendor's pages show none (contract 1.6 Q8). */
  reportStatusCode: z.union([z.literal(200), z.literal(201), z.literal(202)]).default(200),
  /** Largest object the store takes, in bytes ("2 MB" of the vendor's pages read as 2 MiB). */
  maxObjectBytes: z.int().min(0).default(2_097_152),
  ...soloSwitches,
  ...qualiphySwitches,
})

export type Switches = z.infer<typeof switchesSchema>
