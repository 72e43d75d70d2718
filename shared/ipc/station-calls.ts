import { z } from 'zod'
import { nothing, time, type CallTable } from './vocabulary.ts'

/** One look at the whole station: what tray, status bar and badges show. */
export const stationStatus = z.object({
  /** The most urgent truth; never `idle` while anything is unresolved. */
  overall: z.enum([
    'idle',
    'working',
    'needs-you',
    'paused',
    'offline',
    'folder-unreachable',
    'signed-out',
    'standby',
    'not-set-up',
  ]),
  /** What keeps the station from working as a whole, in one sentence; null or absent when nothing does. */
  problem: z.string().nullable().optional(),
  paused: z.boolean(),
  needsYou: z.int(),
  inProgress: z.int(),
  waiting: z.int(),
  deliveredToday: z.int(),
  folderLabel: z.string().nullable(),
  practices: z.array(
    z.object({
      domain: z.string(),
      name: z.string(),
      connection: z.enum(['connected', 'offline', 'signed-out', 'never']),
      /** Sentence of the last failure; null when connected. */
      message: z.string().nullable(),
      completeAt: time.nullable(),
      pending: z.int(),
      unreadable: z.int(),
    }),
  ),
  /** Which vault keeps the secrets; `session` means: gone with the next start. */
  secrets: z.enum(['keychain', 'session', 'unavailable']),
})
export type StationStatus = z.infer<typeof stationStatus>

/** The station as a whole: how it is, pause and resume. */
export const stationCalls = {
  'app.info': {
    args: nothing,
    result: z.object({ version: z.string(), platform: z.string(), host: z.enum(['electron', 'stand-in']) }),
  },
  'station.status': { args: nothing, result: stationStatus },
  'station.pause': { args: z.object({ minutes: z.int().positive().nullable() }), result: nothing },
  'station.resume': { args: nothing, result: nothing },
  'station.openFolder': { args: nothing, result: nothing },
} as const satisfies CallTable
