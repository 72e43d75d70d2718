import { z } from 'zod'
import { siteTemplates } from './site-templates.ts'
import { DEFAULT_VISIT_ID, linkHost, visitIdTemplate } from './solo.ts'

/**
 * `settings.json`, as an administrator writes it (interfaces.md 2). Every object is strict: an unknown key is
 * an error that names it, because a misspelt safety setting must not be ignored in silence.
 */

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** https anywhere, plain http only on this machine (interfaces.md 2). */
export function isAllowedUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname))
}

const serverUrl = z
  .string()
  .refine(isAllowedUrl, { error: 'must be an https:// address (http:// only for a loopback host)' })

/** Day or month first, in a date that could be read either way. */
export const dateOrders = ['dmy', 'mdy'] as const

const practice = z
  .strictObject({
    domain: z.string().min(1),
    name: z.string().optional(),
    baseUrl: serverUrl.default('https://partners.qubs.io'),
    tokenUrl: serverUrl.default('https://authenticate.qubs.io/oauth2/token'),
    /** How this practice writes 03/04/1988. Not set: a date with two readings is not compared (interfaces.md 4). */
    dateOrder: z.enum(dateOrders).optional(),
  })
  .transform((p) => ({ ...p, name: p.name ?? p.domain }))

const dropFolder = z.strictObject({
  path: z.string().min(1),
  /** Milliseconds between two looks; auto = 300 on a local disk, 2,000 on a network share. */
  settleMs: z.union([z.literal('auto'), z.int().min(0).max(600_000)]).default('auto'),
  /** Milliseconds an incomplete file may stay unchanged before it is decided as it is. */
  giveUpMs: z.int().min(0).max(86_400_000).default(10_000),
  polling: z.enum(['auto', 'on', 'off']).default('auto'),
  recursive: z.boolean().default(false),
  sidecar: z.enum(['optional', 'required', 'none']).default('optional'),
  deleteSentAfterDays: z.int().min(0).nullable().default(null),
})

const reports = z.strictObject({
  pdfStatus: z.enum(['preliminary', 'final', 'ask']).default('preliminary'),
  unsignedSr: z.enum(['preliminary', 'ask']).default('preliminary'),
  finalDiffers: z.enum(['ask', 'send']).default('ask'),
  accessionIs: z.enum(['unmapped', 'appointmentId']).default('unmapped'),
  /** The site's own labels in PDF text, beside the built-in ones; not set: none (docs/adr/0012). */
  templates: siteTemplates.optional(),
})

const identity = z
  .strictObject({
    /** How many identity elements must agree: 2, or 3 where the country's standard asks for it. */
    elements: z.union([z.literal(2), z.literal(3)]).default(2),
    patientIdIs: z.enum(['qubs', 'local']).default('qubs'),
  })
  .refine((value) => value.elements === 2 || value.patientIdIs === 'qubs', {
    path: ['elements'],
    error: '3 needs patientIdIs "qubs": a local patient id is not compared, so only two elements are left',
  })

const fields = z.strictObject({
  practices: z
    .array(practice)
    .min(1)
    .refine((list) => new Set(list.map((p) => p.domain)).size === list.length, {
      error: 'names a domain twice',
    }),
  dropFolder,
  reports: reports.prefault({}),
  identity: identity.prefault({}),
  worklist: z.strictObject({ refreshSeconds: z.int().min(5).max(3600).default(60) }).prefault({}),
  clinician: z
    .strictObject({
      name: z.string().default(''),
      providerNumber: z.string().default(''),
      email: z.string().default(''),
    })
    .prefault({}),
  solo: z
    .strictObject({
      baseUrl: serverUrl.default('https://demo.visitnow.org'),
      /** How the visit of a study is called in Solo; not set: DEFAULT_VISIT_ID (docs/adr/0018). */
      visitId: visitIdTemplate.optional(),
      /** Hosts that links of visits may lead to beside the host of `baseUrl`; not set: none. */
      linkHosts: z.array(linkHost).max(20).optional(),
      /** Folder in which the site's relay drops the webhook bodies that it received; not set: none is looked for. */
      inbox: z.string().min(1).optional(),
    })
    .prefault({}),
  qualiphy: z
    .strictObject({
      baseUrl: serverUrl.default('https://api.qualiphy.me'),
      /** Path of the exam invite; not set: as documented, with its slash at the end (contract 5.1). */
      invitePath: z
        .string()
        .regex(/^(\/[\w-]+)+\/?$/, { error: 'must be a path such as /api/exam_invite/' })
        .optional(),
      /** Where Qualiphy sends results: the site's relay; not set: each invite says it, or gets no results. */
      webhookUrl: z.url({ protocol: /^https$/, error: 'must be an https:// address' }).optional(),
      /** Folder in which that relay drops the bodies that it received; not set: none is looked for. */
      inbox: z.string().min(1).optional(),
    })
    .prefault({}),
  network: z
    .strictObject({
      /** `system`, `none`, or the address of a proxy. */
      proxy: z.string().min(1).default('system'),
      extraCaFile: z.string().nullable().default(null),
    })
    .prefault({}),
  retention: z
    .strictObject({
      spoolDays: z.int().min(0).max(365).default(7),
      auditDays: z.int().min(1).default(2555),
    })
    .prefault({}),
})

export const settingsSchema = fields.refine(
  ({ practices, solo }) => practices.length === 1 || (solo.visitId ?? DEFAULT_VISIT_ID).includes('{domain}'),
  {
    path: ['solo', 'visitId'],
    error: 'must have {domain} in it where several practices are set up: two of them may use the same ids',
  },
)

export type Settings = z.infer<typeof settingsSchema>
export type Practice = Settings['practices'][number]
