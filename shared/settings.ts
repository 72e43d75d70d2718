import { z } from 'zod'
import { siteTemplates } from './site-templates.ts'

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

const practice = z
  .strictObject({
    domain: z.string().min(1),
    name: z.string().optional(),
    baseUrl: serverUrl.default('https://partners.qubs.io'),
    tokenUrl: serverUrl.default('https://authenticate.qubs.io/oauth2/token'),
    /** How this practice writes 03/04/1988. Not set: a date with two readings is not compared (interfaces.md 4). */
    dateOrder: z.enum(['dmy', 'mdy']).optional(),
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

export const settingsSchema = z.strictObject({
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
  solo: z.strictObject({ baseUrl: serverUrl.default('https://demo.visitnow.org') }).prefault({}),
  qualiphy: z.strictObject({ baseUrl: serverUrl.default('https://api.qualiphy.me') }).prefault({}),
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

export type Settings = z.infer<typeof settingsSchema>
export type Practice = Settings['practices'][number]
