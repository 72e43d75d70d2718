import { join } from 'node:path'
import type { Settings } from '../../shared/settings.ts'
import type { Http } from '../http/http.ts'
import { readSoloCredentials } from '../vault/credentials.ts'
import type { Vault } from '../vault/vault.ts'
import { createSoloClient, type SoloClient } from './client.ts'
import { visitMemoryIn } from './visit-memory.ts'
import { createVisits, type Visits } from './visits.ts'

/** Solo with the settings and secrets of a profile. The vault is asked at each call, so a new key counts at once. */

export type SoloParts = {
  readonly settings: Pick<Settings, 'solo'>
  readonly vault: Vault
  readonly http: Http
  /** Values in [0, 1). */
  readonly random: () => number
}

export function openSolo({ settings, vault, http, random }: SoloParts): SoloClient {
  const { baseUrl } = settings.solo
  return createSoloClient({ baseUrl, credentials: () => readSoloCredentials(vault), http, random })
}

/** The visits of studies, for the window. Open them once a session: the numbers of visits are read from the profile. */
export function openVisits(
  parts: SoloParts & { readonly profileFolder: string; readonly now: () => number },
): Visits {
  const { settings, vault, profileFolder, now } = parts
  return createVisits({
    client: openSolo(parts),
    memory: visitMemoryIn(join(profileFolder, 'solo-visits.json')),
    solo: settings.solo,
    credentials: () => readSoloCredentials(vault),
    now,
  })
}
