import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { StationEvent } from '../../shared/station-event.ts'
import { openFoundation } from '../../electron/station/foundation.ts'
import { createPractices } from '../../electron/station/practices.ts'
import { lockProfile, openProfile } from '../../electron/station/profile.ts'
import { runStation } from '../../electron/station/run-station.ts'
import { parseSettings } from '../../electron/station/settings-file.ts'
import type { StationEnd } from '../../electron/station/station.ts'
import { createMemoryVault } from '../../electron/vault/memory.ts'
import type { Simulator } from '../simulator/simulator.ts'

/** A throw-away site: profile and drop folder in the temporary folder, secrets in memory, the real station. */
export type DemoSite = {
  readonly drop: string
  /** Runs the station in this process until the signal aborts. */
  run(
    emit: (event: StationEvent) => void,
    notice: (text: string) => void,
    signal: AbortSignal,
  ): Promise<StationEnd>
  /** Files below the drop folder with `/`, without the station's own `.radpost/`. */
  files(): Promise<readonly string[]>
  remove(): Promise<void>
}

/**
 * Longer than any pause between two parts of the slow copy, which follows the deliveries; the cut-off file waits it
 * out beside them.
 */
export const GIVE_UP_MS = 5_000

export async function createDemoSite(simulator: Simulator): Promise<DemoSite> {
  const folder = await mkdtemp(join(tmpdir(), 'radpost-demo-'))
  const drop = join(folder, 'reports')
  await mkdir(join(drop, 'Final'), { recursive: true })
  const settings = parseSettings({
    practices: [{ domain: 'acme', baseUrl: simulator.baseUrl, tokenUrl: simulator.tokenUrl }],
    dropFolder: { path: drop, giveUpMs: GIVE_UP_MS },
  })
  const [client] = simulator.clients
  const credentials = { clientId: client?.clientId, clientSecret: client?.clientSecret }
  const vault = createMemoryVault([['qubs:acme', JSON.stringify(credentials)]])

  return {
    drop,
    async run(emit, notice, signal) {
      const profile = openProfile(join(folder, 'profile'))
      const lock = lockProfile(profile)
      const foundation = await openFoundation(profile, vault, Date.now)
      const practices = createPractices({ settings, vault, now: Date.now, random: Math.random })
      try {
        return await runStation(
          { settings, foundation, practices, now: Date.now, random: Math.random, emit, notice, signal },
          'stay',
        )
      } finally {
        await practices.close()
        await foundation.close()
        lock.release()
      }
    },
    files: () => filesIn(drop),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** Files below a drop folder with `/`, without the station's own `.radpost/`. */
export async function filesIn(drop: string): Promise<readonly string[]> {
  const entries = await readdir(drop, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(drop, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('.radpost/'))
}
