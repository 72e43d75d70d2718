import { spawnSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { StationEvent } from '../../shared/station-event.ts'
import type { DeliveryRecord } from '../../electron/journal/records.ts'
import { NothingYet, openFoundationToRead } from '../../electron/station/foundation.ts'
import { openProfile } from '../../electron/station/profile.ts'
import { openVault } from '../../electron/vault/open-vault.ts'
import { desktopHost, startDesktop } from '../desktop-host/start-desktop.ts'
import type { Simulator } from '../simulator/simulator.ts'
import { filesIn, GIVE_UP_MS, type DemoSite } from './demo-site.ts'

/**
 * The demo with a window: the built app on a throw-away site, on real Electron or on the stand-in's Chromium. What the
 * app does is read from its journal, beside it, as `radpost deliveries` does.
 */

const appFolder = join(import.meta.dirname, '..', '..')
const LOOK_EVERY_MS = 200

/** The sentence for the head of the demo; null when there is nothing to show a window with. */
export function windowHost(): string | null {
  const host = desktopHost(appFolder)
  switch (host.kind) {
    case 'electron':
      return 'The window is real Electron.'
    case 'stand-in':
      return 'The window is the stand-in’s Chromium, because the binary of Electron is not here.'
    case 'none':
      return null
  }
}

/** @param staysOpen the window is left to the user when the demo has ended, until it is quit */
export async function createWindowSite(simulator: Simulator, staysOpen: boolean): Promise<DemoSite> {
  buildApp()
  const folder = await mkdtemp(join(tmpdir(), 'radpost-demo-'))
  const drop = join(folder, 'Reports')
  const profileFolder = join(folder, 'profile')
  const credentials = join(folder, 'credentials')
  await mkdir(join(drop, 'Final'), { recursive: true })
  for (const path of [profileFolder, credentials, join(folder, 'home')]) await mkdir(path, { mode: 0o700 })
  const profileId = randomUUID()
  const { clientId, clientSecret } = simulator.clients[0] ?? { clientId: '', clientSecret: '' }
  const secrets = {
    [`seal:${profileId}`]: randomBytes(32).toString('base64'),
    [`audit:${profileId}`]: randomBytes(32).toString('base64'),
    'qubs:acme': JSON.stringify({ clientId, clientSecret }),
  }
  // Another process needs them, so they lie in the throw-away folder, as systemd would hand them over.
  for (const [name, value] of Object.entries(secrets)) {
    await writeFile(join(credentials, name), value, { mode: 0o600 })
  }
  await writeFile(join(profileFolder, 'profile.json'), JSON.stringify({ profileId, stationId: randomUUID() }))
  await writeFile(
    join(profileFolder, 'settings.json'),
    JSON.stringify({
      practices: [
        { domain: 'acme', name: 'Acme Radiology', baseUrl: simulator.baseUrl, tokenUrl: simulator.tokenUrl },
      ],
      dropFolder: { path: drop, giveUpMs: GIVE_UP_MS },
    }),
  )

  return {
    drop,
    async run(emit, notice, signal) {
      const desktop = await startDesktop({
        appFolder,
        homeFolder: join(folder, 'home'),
        // Nothing of a demo belongs into the keychain of the person who looks at it.
        environment: {
          ...process.env,
          CREDENTIALS_DIRECTORY: credentials,
          RADPOST_VAULT: 'memory',
          RADPOST_STAND_IN_HEADED: '1',
        },
        args: ['--profile', profileFolder],
      })
      try {
        await desktop.page()
        emit({ at: new Date().toISOString(), event: 'started' })
        const gone = new AbortController()
        void desktop.exited.then(() => gone.abort())
        await tellWhatHappens(profileFolder, credentials, emit, AbortSignal.any([signal, gone.signal]))
        if (staysOpen && !gone.signal.aborted) {
          notice('Look around: the table comes when you quit Radpost or press Ctrl+C here.')
          await Promise.race([desktop.exited, once(process, 'SIGINT')])
        }
      } finally {
        await desktop.close()
      }
      return { kind: 'done', unresolved: 0 }
    },
    files: () => filesIn(drop),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** Turns what the journal says, look by look, into the events that an unattended station would have said. */
async function tellWhatHappens(
  profileFolder: string,
  credentials: string,
  emit: (event: StationEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const vault = openVault({ CREDENTIALS_DIRECTORY: credentials })
  const told = new Map<string, string>()
  while (!signal.aborted) {
    for (const record of await recordsOf(profileFolder, vault)) {
      if (!told.has(record.id)) emit({ ...fileOf(record), event: 'seen' })
      const event = eventOf(record)
      const said = JSON.stringify(event === null ? null : { ...event, at: null })
      if (event !== null && told.get(record.id) !== said) emit(event)
      told.set(record.id, said)
    }
    await delay(LOOK_EVERY_MS)
  }
}

async function recordsOf(
  profileFolder: string,
  vault: ReturnType<typeof openVault>,
): Promise<readonly DeliveryRecord[]> {
  try {
    const foundation = await openFoundationToRead(openProfile(profileFolder), vault, Date.now)
    try {
      return foundation.journal.all()
    } finally {
      await foundation.close()
    }
  } catch (error) {
    if (error instanceof NothingYet) return []
    throw error
  }
}

function fileOf({ id, file }: DeliveryRecord): { at: string; id: string; file: string } {
  return { at: new Date().toISOString(), id, file }
}

/** An outcome counts once its file has been moved: the demo looks at the folder, too. */
function eventOf(record: DeliveryRecord): StationEvent | null {
  const { state, plan, original } = record
  const isMoved = original?.place !== 'drop'
  if (state.state === 'waiting') {
    return {
      ...fileOf(record),
      event: 'waiting',
      reason: state.reason,
      nextTryAt: new Date(state.nextTryAtMs).toISOString(),
    }
  }
  if (!isMoved) return null
  if (state.state === 'held') {
    return { ...fileOf(record), event: 'held', reason: state.reason, message: state.message }
  }
  if (state.state === 'duplicate') return { ...fileOf(record), event: 'duplicate', of: state.of }
  if (state.state !== 'delivered' || state.receipt.kind !== 'report' || plan?.kind !== 'report') return null
  const { reportGuid, reportedAtUtc, status, attachments } = state.receipt
  return {
    ...fileOf(record),
    event: 'delivered',
    domain: plan.domain,
    appointmentId: plan.appointmentId,
    status,
    reportGuid,
    reportedAtUtc,
    attachments,
  }
}

function buildApp(): void {
  const built = spawnSync('npm', ['run', '-s', 'build'], {
    cwd: appFolder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (built.status !== 0) throw new Error(`The window could not be built: ${built.stderr}`)
}
