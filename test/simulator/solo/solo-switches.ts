import { z } from 'zod'

/** What Solo's page leaves open (contract 3 and 7); a part of the simulator's switches. */
export const soloSwitches = {
  /** Status of what was created: the page prints none (contract 3.1). */
  soloCreatedStatus: z.union([z.literal(200), z.literal(201)]).default(200),
  /** Status of a rejected request, such as a second perfect answer within 24 hours (contract 3.7). */
  soloRejectedStatus: z.union([z.literal(400), z.literal(422)]).default(422),
  /** Body of an update of a patient: `[]` as the page shows, or an object (contract 3.2, ambiguous). */
  soloPatientUpdateAnswer: z.enum(['array', 'object']).default('array'),
  /** Body of answers for which the page shows none: updates of episodes, deletions. */
  soloEmptyAnswer: z.enum(['empty', 'array', 'object']).default('empty'),
  /** The list of slots refuses to work without a duration (contract 3.4, ambiguous). */
  soloSlotDurationRequired: z.boolean().default(false),
  /** Largest attachment in bytes: "5Mb" of the page read as 5 MiB (contract 3.5, ambiguous). */
  soloMaxAttachmentBytes: z.int().min(0).default(5_242_880),
  /** Deleted attachments stay in the list, marked as deleted. */
  soloShowDeletedAttachments: z.boolean().default(false),
  /** How often a new encounter report answers `pending` before it has ended. */
  soloReportPolls: z.int().min(0).default(2),
  soloReportOutcome: z.enum(['completed', 'failed']).default('completed'),
  /** `locationId` of a perfect answer must be a UUID (contract 3.7, ambiguous). */
  soloLocationIdIsUuid: z.boolean().default(true),
  /** Whether webhooks are encrypted with the text of the key or with the bytes behind its Base64 (contract 4.4). */
  soloWebhookKey: z.enum(['text', 'bytes']).default('text'),
  /** How the body of a webhook is wrapped: not at all, as a JSON string, as `{"data": …}` (contract 4.4). */
  soloWebhookBody: z.enum(['bare', 'json-string', 'object']).default('bare'),
  /** What the webhooks about episodes carry: undocumented (contract 3.8). */
  soloEpisodePayload: z.enum(['episodeId', 'patientId', 'empty']).default('episodeId'),
  /** A context-aware link works once only: the page names no validity (contract 4.3). */
  soloLinksWorkOnce: z.boolean().default(false),
  /** Origin of the links that answers carry, instead of the simulator's own: what a client must not open. */
  soloLinkOrigin: z.url().nullable().default(null),
} as const
