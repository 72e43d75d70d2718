import { z } from 'zod'
import { settingsView } from './set-up-calls.ts'
import { nothing, type CallTable } from './vocabulary.ts'

/** This installation: what it is made of, a bundle for support, and the certificates that the site's network needs. */
export const aboutCalls = {
  'about.get': {
    args: nothing,
    result: z.object({
      version: z.string(),
      host: z.enum(['electron', 'stand-in']),
      /** What Radpost runs on, for support: names and versions. */
      runtime: z.string(),
      system: z.string(),
      /** The last part of the profile folder's name. */
      profileLabel: z.string(),
    }),
  },
  /** Asks where to, and writes the bundle there: no patient data, no secrets, no paths. False: nothing was chosen. */
  'about.saveDiagnostics': { args: nothing, result: z.object({ saved: z.boolean() }) },

  /** Asks for a file of certificates (PEM) and trusts them beside the built-in ones. */
  'network.chooseCa': { args: nothing, result: settingsView },
  'network.forgetCa': { args: nothing, result: settingsView },
} as const satisfies CallTable
