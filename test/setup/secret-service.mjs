import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * A private session bus with a real Secret Service on it, in a home folder of its own: nothing here ever touches the
 * keyring of the person who runs the tests. Plain JavaScript because it also runs before Node 24 is installed.
 */

const READY_LIMIT_MS = 20_000
const LOOK_EVERY_MS = 50
const SERVICE = 'org.freedesktop.secrets'

/** Programs without which there is no Secret Service on Linux; each is also the reason given for a skipped test. */
const programs = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon']

/** @returns {string[]} what is missing here; empty where a Secret Service can be started */
export function missingForSecretService() {
  if (process.platform !== 'linux') return ['Linux']
  const folders = (process.env.PATH ?? '').split(':')
  const missing = programs.filter((name) => !folders.some((folder) => existsSync(join(folder, name))))
  const linker = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
  // Where there is no ldconfig (musl), the library is found by the test that loads it.
  if (linker.status === 0 && !linker.stdout.includes('libsecret-1.so.0')) missing.push('libsecret-1')
  return missing
}

/** Ends a child by its own pid and waits until it is gone. */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 3_000)
  await gone
  clearTimeout(hard)
}

/** The first line a child prints; rejects where it ends or keeps silent. */
async function firstLine(child, what) {
  const lines = createInterface({ input: child.stdout })
  const late = new AbortController()
  const fails = (reason) => Promise.reject(new Error(`${what} did not start: ${reason}`))
  try {
    return await Promise.race([
      once(lines, 'line').then(([line]) => line),
      once(child, 'exit').then(() => fails('it ended at once')),
      once(child, 'error').then(([error]) => fails(error.code)),
      wait(READY_LIMIT_MS, null, { signal: late.signal }).then(() => fails('it says nothing')),
    ])
  } finally {
    late.abort()
  }
}

/**
 * Starts a session bus on which only what is listed can be started by a message.
 * @param {{ folder: string, services?: Record<string, string> }} options `folder`: an own, short path; `services`: bus
 *   name → command line
 */
export async function startBus({ folder, services = {} }) {
  const serviceFolder = join(folder, 'services')
  mkdirSync(serviceFolder, { recursive: true })
  for (const [name, command] of Object.entries(services)) {
    writeFileSync(join(serviceFolder, `${name}.service`), `[D-BUS Service]\nName=${name}\nExec=${command}\n`)
  }
  const configFile = join(folder, 'bus.conf')
  writeFileSync(
    configFile,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${folder}</listen>
  <servicedir>${serviceFolder}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  )
  const daemon = spawn(
    'dbus-daemon',
    [`--config-file=${configFile}`, '--nofork', '--nopidfile', '--print-address=1'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const address = await firstLine(daemon, 'dbus-daemon')
  return { address, stop: () => end(daemon) }
}

/**
 * Starts gnome-keyring on that bus.
 * @param {{ address: string, home: string, locked?: boolean }} options `locked`: nobody has typed the password; a
 *   keyring that `home` has from before stays shut
 */
export async function startKeyring({ address, home, locked = false }) {
  const environment = { ...process.env, ...homeEnvironment(home), DBUS_SESSION_BUS_ADDRESS: address }
  const daemon = spawn(
    'gnome-keyring-daemon',
    ['--foreground', '--components=secrets', ...(locked ? [] : ['--unlock'])],
    { env: environment, stdio: ['pipe', 'ignore', 'ignore'] },
  )
  daemon.stdin.on('error', () => {})
  daemon.stdin.end(locked ? '' : 'password of a throw-away keyring')
  try {
    await untilReady(daemon, environment, locked)
  } catch (error) {
    await end(daemon)
    throw error
  }
  return { stop: () => end(daemon) }
}

/** Asks over the bus: without a password the service itself has to be there, with it the login keyring open too. */
async function untilReady(daemon, environment, locked) {
  const question = locked
    ? [
        'org.freedesktop.DBus',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus.GetNameOwner',
        `string:${SERVICE}`,
      ]
    : [
        SERVICE,
        '/org/freedesktop/secrets/collection/login',
        'org.freedesktop.DBus.Properties.Get',
        'string:org.freedesktop.Secret.Collection',
        'string:Locked',
      ]
  const [destination, ...message] = question
  for (let look = 0; look < READY_LIMIT_MS / LOOK_EVERY_MS; look += 1) {
    const asked = spawnSync(
      'dbus-send',
      ['--session', '--print-reply=literal', `--dest=${destination}`, ...message],
      { env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
    if (asked.status === 0 && (locked || asked.stdout.includes('false'))) return
    if (daemon.exitCode !== null) break
    await wait(LOOK_EVERY_MS)
  }
  throw new Error('gnome-keyring-daemon did not come up on the session bus.')
}

/** A home folder of its own for a program, with everything that points into one. */
export function homeEnvironment(home) {
  const runtime = join(home, 'run')
  mkdirSync(runtime, { recursive: true, mode: 0o700 })
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_RUNTIME_DIR: runtime,
  }
}
