import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumPath } from './browser.mjs'
import { homeEnvironment, missingForSecretService, startBus, startKeyring } from './secret-service.mjs'

/**
 * `npm test`: lint, format, types and all tests, in a home folder and a session of their own, closed by one line
 * with the counts. Lint, format and types count as one check each.
 */

/** What the tests need of the system, how Debian calls it, and what is left out without it. */
const needs = [
  {
    packages: ['gnome-keyring', 'libsecret-1-0', 'dbus'],
    missing: missingForSecretService,
    without: 'The keychain tests are skipped',
  },
  { packages: ['chromium'], missing: missingForBrowser, without: 'The window tests are skipped' },
]

/** @returns {string[]} empty where there is a Chromium to show the window in */
function missingForBrowser() {
  return chromiumPath() === null ? ['Chromium'] : []
}

/** Installs what is missing where that is ours to do, else says what is missing. */
function provideSystemPackages() {
  if (process.platform !== 'linux') return
  const packages = needs.flatMap((need) => (need.missing().length === 0 ? [] : need.packages))
  const isDebian = existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
  if (packages.length > 0 && isDebian && process.getuid?.() === 0) installDebianPackages(packages)
  for (const { missing, without } of needs) {
    const names = missing()
    if (names.length > 0) process.stderr.write(`${without}: this machine has no ${names.join(', no ')}.\n`)
  }
}

function installDebianPackages(packages) {
  process.stderr.write(`Installing ${packages.join(', ')} (apt-get) …\n`)
  const apt = (...args) =>
    spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const done = apt(...step)
    if (done.status !== 0) process.stderr.write(`${done.stdout}${done.stderr}`)
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
  provideSystemPackages()
  const folder = mkdtempSync(join(tmpdir(), 'radpost-test-'))
  const session = []
  const total = { passed: 0, failed: 0, skipped: 0 }
  try {
    const bin = (name) => join(root, 'node_modules', name)
    const types = (project) => [bin('typescript/bin/tsc'), '--noEmit', '-p', project]
    const checks = {
      lint: [[bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']],
      format: [[bin('prettier/bin/prettier.cjs'), '--check', '.']],
      types: [
        'tsconfig.json',
        'tsconfig.renderer.json',
        'tsconfig.renderer-tests.json',
        'tsconfig.e2e.json',
      ].map(types),
    }
    for (const [name, commands] of Object.entries(checks)) {
      let clean = true
      for (const args of commands) {
        if (isStopping()) break
        const { code, output } = await run(node24, args, {
          cwd: root,
          env: environment,
          quiet: true,
          started,
        })
        if (code !== 0) process.stdout.write(output)
        clean &&= code === 0
      }
      total[clean ? 'passed' : 'failed'] += 1
      process.stdout.write(`${name}: ${clean ? 'clean' : 'not clean'}\n`)
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
