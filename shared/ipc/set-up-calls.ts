import { z } from 'zod'
import { dateOrders, settingsSchema } from '../settings.ts'
import { nothing, type CallTable } from './vocabulary.ts'

/** Settings as the window sees and changes them: everything but paths. */
export const settingsView = z.object({
  practices: z.array(
    z.object({
      domain: z.string(),
      name: z.string(),
      baseUrl: z.string(),
      tokenUrl: z.string(),
      signedIn: z.boolean(),
      /** How this practice writes 03/04/1988; null: such a date is not compared. */
      dateOrder: z.enum(dateOrders).nullable(),
    }),
  ),
  folderLabel: z.string().nullable(),
  sidecar: z.enum(['optional', 'required', 'none']),
  reports: settingsSchema.shape.reports.unwrap(),
  identity: settingsSchema.shape.identity.unwrap(),
  refreshSeconds: z.int(),
  clinician: settingsSchema.shape.clinician.unwrap(),
  proxy: z.string(),
  /** The file with the site's own certificates, by the last part of its name; null: none. */
  extraCaLabel: z.string().nullable(),
  retention: settingsSchema.shape.retention.unwrap(),
  startAtLogin: z.boolean(),
  notifications: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
})
export type SettingsView = z.infer<typeof settingsView>

const practiceAddress = z.object({
  domain: z.string().trim().min(1).max(200),
  name: z.string().max(200),
  baseUrl: z.string().max(2_000),
  tokenUrl: z.string().max(2_000),
})
const typedCredentials = z.object({
  clientId: z.string().min(1).max(500),
  clientSecret: z.string().min(1).max(2_000),
})

/** How a connection test ended; `message` says what to do. */
const connectionTest = z.object({
  ok: z.boolean(),
  kind: z
    .enum([
      'auth',
      'scope',
      'validation',
      'gone',
      'conflict',
      'throttled',
      'server',
      'network',
      'unknown',
      'settings',
    ])
    .nullable(),
  message: z.string(),
})

/** First run and settings. */
export const setUpCalls = {
  'setup.chooseFolder': { args: nothing, result: z.object({ folderLabel: z.string().nullable() }) },
  'setup.testConnection': {
    args: z.object({ practice: practiceAddress, credentials: typedCredentials.nullable() }),
    result: connectionTest,
  },
  /** Stores settings and credentials and starts the station; `forSession` keeps the secrets in memory only. */
  'setup.connect': {
    args: z.object({ practice: practiceAddress, credentials: typedCredentials, forSession: z.boolean() }),
    result: connectionTest,
  },

  'settings.get': { args: nothing, result: settingsView },
  'settings.save': {
    args: settingsView.omit({ practices: true, folderLabel: true, extraCaLabel: true }).partial(),
    result: settingsView,
  },
  'settings.setDateOrder': {
    args: z.object({ domain: z.string(), dateOrder: z.enum(dateOrders).nullable() }),
    result: settingsView,
  },
  'settings.removePractice': { args: z.object({ domain: z.string() }), result: settingsView },
} as const satisfies CallTable
