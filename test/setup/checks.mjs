import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { homeEnvironment, missingForSecretService, startBus, startKeyring } from './secret-service.mjs'

/**
 * `npm test`: lint, format, types and all tests, in a home folder and a session of their own, closed by one line
 * with the counts. Lint, format and types count as one check each.
 */

/** Debian's packages for a Secret Service; dbus brings the bus and its tools. */
const debianPackages = ['gnome-keyring', 'libsecret-1-0', 'dbus']

/** Installs the Secret Service where that is ours to do, else says what is missing. */
function provideSecretService() {
  if (process.platform !== 'linux' || missingForSecretService().length === 0) return
  const isDebian = existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
  if (isDebian && process.getuid?.() === 0) {
    process.stderr.write(`Installing ${debianPackages.join(', ')} (apt-get) …\n`)
    const apt = (...args) =>
      spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      })
    const steps = [
      () => apt('update'),
      () => apt('install', '-y', '--no-install-recommends', ...debianPackages),
    ]
    for (const step of steps) {
      const done = step()
      if (done.status !== 0) process.stderr.write(`${done.stdout}${done.stderr}`)
    }
  }
  const missing = missingForSecretService()
  if (missing.length > 0) {
    process.stderr.write(
      `The keychain tests are skipped: this machine has no ${missing.join(', no ')}. Install gnome-keyring, libsecret and dbus.\n`,
    )
  }
}

/** Runs one program to its end; its output goes straight through, or only where it fails. */
function run(program, args, { cwd, env, quiet, started }) {
  return new Promise((resolve) => {
    const said = []
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', ...(quiet ? ['pipe', 'pipe'] : ['inherit', 'inherit'])],
    })
    started(child)
    child.stdout?.on('data', (chunk) => said.push(chunk))
    child.stderr?.on('data', (chunk) => said.push(chunk))
    child.on('error', (error) => {
      said.push(Buffer.from(`${program} cannot be started: ${error.code}\n`))
      resolve({ code: 1, output: Buffer.concat(said) })
    })
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(said) }))
  })
}

/**
 * Counts what vitest's JSON report says. A test file that could not even be loaded, and a run that failed without a
 * failed test (an error nobody caught, no report), count as one failure each: nothing that went wrong counts as 0.
 * @param {string | null} json the report, or null where there is none
 * @param {number} exitCode of vitest
 */
export function countTests(json, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  if (json !== null) {
    for (const file of JSON.parse(json).testResults) {
      const states = file.assertionResults.map((test) => test.status)
      const failed = states.filter((state) => state === 'failed').length
      const passed = states.filter((state) => state === 'passed').length
      counts.passed += passed
      counts.failed += failed
      counts.skipped += states.length - passed - failed
      if (file.status === 'failed' && failed === 0) counts.failed += 1
    }
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1
  return counts
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * @returns {Promise<number>} the exit code: 0 where nothing failed
 */
export async function runChecks({ root, node24, environment, passedOn, started, isStopping }) {
  provideSecretService()
  const folder = mkdtempSync(join(tmpdir(), 'radpost-test-'))
  const session = []
  const total = { passed: 0, failed: 0, skipped: 0 }
  try {
    const bin = (name) => join(root, 'node_modules', name)
    const checks = {
      lint: [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'],
      format: [bin('prettier/bin/prettier.cjs'), '--check', '.'],
      types: [bin('typescript/bin/tsc'), '--noEmit'],
    }
    for (const [name, args] of Object.entries(checks)) {
      if (isStopping()) break
      const { code, output } = await run(node24, args, { cwd: root, env: environment, quiet: true, started })
      total[code === 0 ? 'passed' : 'failed'] += 1
      if (code !== 0) process.stdout.write(output)
      process.stdout.write(`${name}: ${code === 0 ? 'clean' : 'not clean'}\n`)
    }

    const home = join(folder, 'home')
    const testEnvironment = { ...environment, ...homeEnvironment(home) }
    delete testEnvironment.DBUS_SESSION_BUS_ADDRESS
    delete testEnvironment.CREDENTIALS_DIRECTORY
    if (missingForSecretService().length === 0) {
      const bus = await startBus({ folder })
      session.push(bus)
      session.push(await startKeyring({ address: bus.address, home }))
      testEnvironment.DBUS_SESSION_BUS_ADDRESS = bus.address
    }
    if (!isStopping()) {
      const report = join(folder, 'vitest.json')
      const vitest = await run(
        node24,
        [
          bin('vitest/vitest.mjs'),
          'run',
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${report}`,
          ...passedOn,
        ],
        { cwd: root, env: testEnvironment, quiet: false, started },
      )
      const counts = countTests(existsSync(report) ? readFileSync(report, 'utf8') : null, vitest.code)
      for (const key of Object.keys(total)) total[key] += counts[key]
    }
    if (isStopping()) total.failed += 1
  } finally {
    for (const part of session.toReversed()) await part.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.stdout.write(`${closingLine(total)}\n`)
  return total.failed === 0 ? 0 : 1
}
