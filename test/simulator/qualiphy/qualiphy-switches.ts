import { z } from 'zod'

/** What Qualiphy's page leaves open or what depends on the clinic (contract 5 and 7); a part of the switches. */
export const qualiphySwitches = {
  /** What the clinic has done in Qualiphy's portal; anything but `ready` refuses every invite (contract 5.1). */
  qualiphyAccount: z
    .enum(['ready', 'no-provider', 'no-contract', 'no-prescriptive-contract'])
    .default('ready'),
  /** The clinic is of the telehealth type, which must say `tele_state` (contract 5.1, ambiguous). */
  qualiphyTeleStateRequired: z.boolean().default(true),
  /** Type of `pharmacy_id` and `exam_pos_id`: typed as text, sampled as numbers (contract 5.1, ambiguous). */
  qualiphyPharmacyIds: z.enum(['both', 'number', 'text']).default('both'),
  /** Paths with and without a slash at the end; `redirect` sends one without to the one with (contract 5.1). */
  qualiphySlash: z.enum(['both', 'required', 'redirect']).default('both'),
  /** The exam list as an object, as a bare array, or not there at all (contract 5.2). */
  qualiphyExamList: z.enum(['object', 'array', 'missing']).default('object'),
  /** `http_code` of a successful answer: another one than 200 means that it was none (contract 5.1). */
  qualiphyHttpCode: z.int().default(200),
  /** Every call ends in 500: `idle` without doing anything, `busy` after doing all of it. */
  qualiphyOutage: z.enum(['none', 'idle', 'busy']).default('none'),
  /** Calls in any sixty seconds of the simulator's clock; above it, 429. Null: no limit (none is documented). */
  qualiphyCallsPerMinute: z.int().min(0).nullable().default(null),
  /** `patient_exam_id` and `exam_id` in webhooks: text as in the vendor's sample, or numbers (contract 5.3). */
  qualiphyWebhookIds: z.enum(['text', 'number']).default('text'),
  /** Origin of the meeting links. */
  qualiphyMeetingOrigin: z.url().default('https://app.qualiphy.me'),
} as const
