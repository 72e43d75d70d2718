import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPackages } from './install.mjs'
import { runChecks } from './checks.mjs'

/**
 * First step of `npm test` and `npm run demo`. Starts on whatever Node the machine has (20 or later), installs the
 * packages, and goes on with the Node 24 that they bring.
 *
 *     node test/setup/with-node-24.mjs test|demo [arguments passed on]
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const node24 = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const [command, ...rest] = process.argv.slice(2)
const passedOn = rest[0] === '--' ? rest.slice(1) : rest

/** Children that run now; each is ended by its own pid. */
const children = new Set()
let stopping = null

function started(child) {
  children.add(child)
  child.on('close', () => children.delete(child))
  if (stopping !== null) child.kill(stopping)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopping ??= signal
    for (const child of children) child.kill(signal)
  })
}

function exitCodeOf(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

async function main() {
  if (command !== 'test' && command !== 'demo') {
    process.stderr.write('Use: node test/setup/with-node-24.mjs test|demo [arguments]\n')
    return 2
  }
  if (!(await installPackages(root, started))) return 1
  if (!existsSync(node24)) {
    process.stderr.write(
      'The installed packages have no Node 24 for this system: install Node 24 and start again.\n',
    )
    return 1
  }
  // What runs from here on, and whatever it starts by the name "node", is Node 24.
  const environment = {
    ...process.env,
    PATH: [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(
      process.platform === 'win32' ? ';' : ':',
    ),
  }
  if (command === 'demo') {
    const demo = spawn(node24, [join(root, 'test', 'demo', 'demo.ts'), ...passedOn], {
      cwd: root,
      env: environment,
      stdio: 'inherit',
    })
    started(demo)
    return exitCodeOf(demo)
  }
  return runChecks({ root, node24, environment, passedOn, started, isStopping: () => stopping !== null })
}

process.exitCode = await main()
