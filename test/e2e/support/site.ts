import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Desktop } from '../../desktop-host/desktop.ts'
import { desktopHost, startDesktop } from '../../desktop-host/start-desktop.ts'
import {
  homeEnvironment,
  missingForSecretService,
  startBus,
  startKeyring,
} from '../../setup/secret-service.mjs'
import { sampleAppointments, startSimulator, type Seed, type Simulator } from '../../simulator/simulator.ts'
import type { ReportFor } from '../../support/station/sample-reports.ts'

/** The checkout: package.json and the built out/. */
export const appFolder = join(import.meta.dirname, '..', '..', '..')

/** Of nobody whom the simulator knows. */
export const unknownStudy: ReportFor = {
  appointmentId: 'A999999',
  patientId: '990000',
  firstName: 'Robin',
  lastName: 'Quill',
  dateOfBirth: '1970-01-02',
}

/** Why the desktop specs cannot run here; null where they can. */
export function whyNot(): string | null {
  const host = desktopHost(appFolder)
  if (host.kind === 'none') return host.reason
  const missing = process.platform === 'linux' ? missingForSecretService() : []
  return missing.length === 0 ? null : `no ${missing.join(', no ')}`
}

/**
 * A workplace: QUBS (simulated), an account with a home folder and a real keychain of its own, a drop folder, and the
 * app, started as often as a spec wants.
 */
export type DesktopSite = {
  readonly simulator: Simulator
  /** Named `Reports`: what the window calls it. */
  readonly drop: string
  readonly profile: string
  readonly home: string
  /** Client secret of the practice: must be seen nowhere. */
  readonly clientSecret: string
  readonly clientId: string
  start(environment?: NodeJS.ProcessEnv): Promise<Desktop>
  /** Drops a file as a careful program does: written elsewhere, then moved in. */
  put(file: string, content: Uint8Array | string): Promise<void>
  close(): Promise<void>
}

export type SiteOptions = {
  /** True: settings and credentials are there, as after the first run. */
  readonly connected: boolean
  readonly appointments?: readonly Seed[]
}

export async function openSite(options: SiteOptions): Promise<DesktopSite> {
  const folder = await mkdtemp(join(tmpdir(), 'radpost-e2e-'))
  const closing: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })]
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).toReversed()) await step()
  }
  try {
    const home = join(folder, 'home')
    const drop = join(home, 'Reports')
    const profile = join(folder, 'profile')
    await mkdir(drop, { recursive: true })
    await mkdir(profile)
    const environment: NodeJS.ProcessEnv = { ...process.env, ...homeEnvironment(home) }
    delete environment['CREDENTIALS_DIRECTORY']
    // The app must not know that it is tested.
    delete environment['NODE_ENV']
    delete environment['VITEST']
    if (missingForSecretService().length === 0) {
      const bus = await startBus({ folder: await mkdirp(join(folder, 'bus')) })
      closing.push(() => bus.stop())
      const keyring = await startKeyring({ address: bus.address, home })
      closing.push(() => keyring.stop())
      environment['DBUS_SESSION_BUS_ADDRESS'] = bus.address
    }
    const seeds = [...(options.appointments ?? sampleAppointments())]
    const simulator = await startSimulator({ appointments: seeds })
    closing.push(() => simulator.close())
    const [client] = simulator.clients
    if (client === undefined) throw new Error('The simulator has no client.')
    const { clientId, clientSecret } = client
    if (options.connected) {
      await writeSettings(profile, drop, simulator)
      await storeCredentials(profile, environment, JSON.stringify({ clientId, clientSecret }))
    }
    let dropped = 0
    return {
      simulator,
      drop,
      profile,
      home,
      clientId,
      clientSecret,
      async start(more = {}) {
        const desktop = await startDesktop({
          appFolder,
          homeFolder: home,
          environment: { ...environment, ...more },
          args: ['--profile', profile],
        })
        closing.push(() => desktop.close())
        return desktop
      },
      async put(file, content) {
        dropped += 1
        const written = join(folder, `written-${dropped}`)
        await writeFile(written, content)
        await mkdir(join(drop, file, '..'), { recursive: true })
        await rename(written, join(drop, file)).catch(() => copyFile(written, join(drop, file)))
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function mkdirp(path: string): Promise<string> {
  await mkdir(path, { recursive: true })
  return path
}

async function writeSettings(profile: string, drop: string, simulator: Simulator): Promise<void> {
  const settings = {
    practices: [
      { domain: 'acme', name: 'Acme Radiology', baseUrl: simulator.baseUrl, tokenUrl: simulator.tokenUrl },
    ],
    dropFolder: { path: drop, settleMs: 50, giveUpMs: 400 },
  }
  await writeFile(join(profile, 'settings.json'), JSON.stringify(settings))
}

/** By the command line, as an administrator would. */
async function storeCredentials(
  profile: string,
  environment: NodeJS.ProcessEnv,
  credentials: string,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      join(appFolder, 'electron', 'radpost.ts'),
      '--profile',
      profile,
      'credentials',
      'set',
      'qubs',
      '--domain',
      'acme',
    ],
    { env: environment, stdio: ['pipe', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stdin.end(credentials)
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`The credentials could not be stored: ${said}`)
}
