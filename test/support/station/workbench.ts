import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { StationEvent } from '../../../shared/station-event.ts'
import type { Simulator } from '../../simulator/simulator.ts'

/**
 * A site in a temporary folder: profile, drop folder, credentials directory, and the real command line as a process
 * of its own. Secrets come from $CREDENTIALS_DIRECTORY, as for a systemd service, so that several processes and
 * restarts share them.
 */

const program = fileURLToPath(new URL('../../../electron/radpost.ts', import.meta.url))

export type Finished = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Standard output as `run --json` writes it. */
  readonly events: readonly StationEvent[]
  /** Standard output as one JSON value. */
  readonly json: unknown
}

export type RunningStation = {
  readonly process: ChildProcess
  readonly events: StationEvent[]
  /** Resolves with the first event, past or to come, that fits. */
  waitFor(fits: (event: StationEvent) => boolean): Promise<StationEvent>
  /** SIGTERM, then waits for the end. */
  stop(): Promise<Finished>
  kill(): Promise<Finished>
  readonly finished: Promise<Finished>
}

export type Workbench = {
  readonly folder: string
  readonly drop: string
  readonly profile: string
  /** What the processes get as $CREDENTIALS_DIRECTORY. */
  readonly credentials: string
  run(args: readonly string[], input?: string): Promise<Finished>
  start(args: readonly string[]): RunningStation
  put(path: string, content: string | Uint8Array): Promise<void>
  /** Paths of all files below the drop folder, without the station's own `.radpost/`. */
  dropped(): Promise<string[]>
  /** Another profile (another station) on the same drop folder. */
  secondStation(): Promise<Workbench>
  writeSettings(changes: object): Promise<void>
  remove(): Promise<void>
}

export type WorkbenchOptions = { readonly settings?: object; readonly domains?: readonly string[] }

export async function createWorkbench(
  simulator: Simulator,
  options: WorkbenchOptions = {},
): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'radpost-test-'))
  await mkdir(join(folder, 'drop'))
  return station(folder, join(folder, 'drop'), simulator, options)
}

async function station(
  folder: string,
  drop: string,
  simulator: Simulator,
  options: WorkbenchOptions,
): Promise<Workbench> {
  const own = join(folder, `station-${randomUUID().slice(0, 8)}`)
  const profile = join(own, 'profile')
  const credentials = join(own, 'credentials')
  await mkdir(profile, { recursive: true })
  await mkdir(credentials)
  const profileId = randomUUID()
  await writeFile(join(profile, 'profile.json'), JSON.stringify({ profileId, stationId: randomUUID() }))
  for (const name of ['seal', 'audit']) {
    await writeFile(join(credentials, `${name}:${profileId}`), randomBytes(32).toString('base64'))
  }
  const domains = options.domains ?? ['acme']
  const [client] = simulator.clients
  for (const domain of domains) {
    const { clientId, clientSecret } = client ?? { clientId: '', clientSecret: '' }
    await writeFile(join(credentials, `qubs:${domain}`), JSON.stringify({ clientId, clientSecret }))
  }

  async function writeSettings(changes: object): Promise<void> {
    const settings = {
      practices: domains.map((domain) => ({
        domain,
        baseUrl: simulator.baseUrl,
        tokenUrl: simulator.tokenUrl,
      })),
      ...changes,
      dropFolder: {
        path: drop,
        settleMs: 50,
        giveUpMs: 400,
        ...(changes as { dropFolder?: object }).dropFolder,
      },
    }
    await writeFile(join(profile, 'settings.json'), JSON.stringify(settings))
  }
  await writeSettings(options.settings ?? {})

  function start(args: readonly string[]): RunningStation {
    const child = spawn(process.execPath, [program, '--profile', profile, ...args], {
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        HOME: own,
        CREDENTIALS_DIRECTORY: credentials,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const events: StationEvent[] = []
    const waiting: { fits: (event: StationEvent) => boolean; resolve: (event: StationEvent) => void }[] = []
    let stdout = ''
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const lines = createInterface({ input: child.stdout.setEncoding('utf8') })
    lines.on('line', (line) => {
      stdout += `${line}\n`
      const event = asEvent(line)
      if (event === null) return
      events.push(event)
      for (const wait of waiting) if (wait.fits(event)) wait.resolve(event)
    })
    const finished = once(child, 'close').then((): Finished => {
      const result = { code: child.exitCode, stdout, stderr, events, json: asJson(stdout) }
      return result
    })
    return {
      process: child,
      events,
      finished,
      async waitFor(fits) {
        const past = events.find(fits)
        if (past !== undefined) return past
        const { promise, resolve, reject } = Promise.withResolvers<StationEvent>()
        waiting.push({ fits, resolve })
        void finished.then(({ code, stderr: said }) =>
          reject(new Error(`The station ended (${code}) before the event came. ${said}`)),
        )
        return promise
      },
      async stop() {
        child.kill('SIGTERM')
        return finished
      },
      async kill() {
        child.kill('SIGKILL')
        return finished
      },
    }
  }

  return {
    folder,
    drop,
    profile,
    credentials,
    start,
    writeSettings,
    async run(args, input = '') {
      const running = start(args)
      running.process.stdin?.end(input)
      return running.finished
    },
    async put(path, content) {
      await writeFile(join(drop, path), content)
    },
    dropped: async () => (await filesBelow(drop)).filter((path) => !path.startsWith('.radpost')),
    secondStation: () => station(folder, drop, simulator, options),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split('\\').join('/'))
    .toSorted()
}

/** All bytes of all files below a folder, for searching what must not be there. */
export async function bytesBelow(folder: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  for (const path of await filesBelow(folder)) {
    if ((await stat(join(folder, path))).isFile()) found.set(path, await readFile(join(folder, path)))
  }
  return found
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function asEvent(line: string): StationEvent | null {
  const value = asJson(line)
  return isEvent(value) ? value : null
}

/** Whatever the program prints as an event is taken for one: its exact form is what the tests are about. */
function isEvent(value: unknown): value is StationEvent {
  return typeof value === 'object' && value !== null && 'event' in value
}
