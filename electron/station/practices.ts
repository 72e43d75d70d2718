import { readFileSync } from 'node:fs'
import type { Practice, Settings } from '../../shared/settings.ts'
import { createHttp, type Http } from '../http/http.ts'
import type { ResolveProxy } from '../http/proxy.ts'
import { createQubsClient, type QubsClient } from '../qubs/client.ts'
import { readQubsCredentials } from '../vault/credentials.ts'
import type { Vault } from '../vault/vault.ts'
import { SettingsUnusable } from './settings-file.ts'

/** One QUBS client a practice, over one HTTP core. */
export type Practices = {
  readonly http: Http
  readonly clients: ReadonlyMap<string, QubsClient>
  close(): Promise<void>
}

export type PracticesOptions = {
  readonly settings: Pick<Settings, 'network' | 'practices'>
  readonly vault: Vault
  readonly now: () => number
  readonly random: () => number
  /** The desktop's own resolver, which knows PAC files; absent: the environment is asked. */
  readonly resolveProxy?: ResolveProxy | undefined
}

/** @throws SettingsUnusable when the network settings cannot be used */
export function createPractices({ settings, vault, now, random, resolveProxy }: PracticesOptions): Practices {
  const http = httpFor(settings.network, now, resolveProxy)
  const clientOf = (practice: Practice): QubsClient =>
    createQubsClient({
      practice,
      http,
      now,
      random,
      credentials: () => readQubsCredentials(vault, practice.domain),
    })
  return {
    http,
    clients: new Map(settings.practices.map((practice) => [practice.domain, clientOf(practice)])),
    close: () => http.close(),
  }
}

function httpFor(
  { proxy, extraCaFile }: Settings['network'],
  now: () => number,
  resolveProxy: ResolveProxy | undefined,
): Http {
  let extraCa: string | null = null
  if (extraCaFile !== null) {
    try {
      extraCa = readFileSync(extraCaFile, 'utf8')
    } catch {
      throw new SettingsUnusable(`"network.extraCaFile": the file ${extraCaFile} cannot be read.`)
    }
  }
  try {
    return createHttp({ proxy, extraCa, now, resolveProxy })
  } catch (error) {
    throw new SettingsUnusable(`"network": ${error instanceof Error ? error.message : 'cannot be used.'}`)
  }
}
