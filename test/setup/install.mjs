import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Brings node_modules in step with package-lock.json, once, however many starts want it. Runs on system Node 20. */

const LOOK_EVERY_MS = 250
/** A lock without a readable owner is one whose maker died in between, or is about to write it. */
const OWNERLESS_MS = 10_000

/** @param {string} root the checkout */
function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

const stampFile = (root) => join(root, 'node_modules', '.radpost-installed')

/** Whether node_modules was installed by us from exactly this package-lock.json. */
export function isInStep(root) {
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === lockHash(root)
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Whether a lock folder was left behind by a start that is gone. */
function isStale(lock) {
  try {
    const owner = Number(readFileSync(join(lock, 'pid'), 'utf8'))
    if (owner > 0) return !isAlive(owner)
  } catch {
    // No owner written (yet): judged by age.
  }
  try {
    return Date.now() - statSync(lock).mtimeMs > OWNERLESS_MS
  } catch {
    return false
  }
}

/** Holds a lock folder outside of node_modules (which npm ci removes) while `task` runs. */
async function alone(root, task) {
  const lock = join(
    tmpdir(),
    `radpost-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`,
  )
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isStale(lock)) rmSync(lock, { recursive: true, force: true })
      else await wait(LOOK_EVERY_MS)
    }
  }
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.on('exit', release)
  try {
    writeFileSync(join(lock, 'pid'), String(process.pid))
    return await task()
  } finally {
    process.off('exit', release)
    release()
  }
}

/**
 * Installs where needed; says so in one line on standard error, and gives npm's own words only when it fails.
 * @param {string} root
 * @param {(child: import('node:child_process').ChildProcess) => void} started told of npm, to end it on a signal
 * @returns {Promise<boolean>} false where npm failed
 */
export async function installPackages(root, started) {
  if (isInStep(root)) return true
  return alone(root, async () => {
    // Another start may have done it while this one waited.
    if (isInStep(root)) return true
    process.stderr.write('Installing packages (npm ci) …\n')
    const said = []
    const npm = spawn('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    started(npm)
    npm.stdout.on('data', (chunk) => said.push(chunk))
    npm.stderr.on('data', (chunk) => said.push(chunk))
    const code = await new Promise((resolve) => {
      npm.on('error', (error) => {
        said.push(Buffer.from(`npm cannot be started: ${error.code}\n`))
        resolve(1)
      })
      npm.on('close', resolve)
    })
    if (code === 0) {
      writeFileSync(stampFile(root), lockHash(root))
      return true
    }
    process.stderr.write(Buffer.concat(said))
    process.stderr.write('The packages could not be installed: see what npm says above, then start again.\n')
    return false
  })
}
