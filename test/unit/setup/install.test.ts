import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const module = new URL('../../setup/install.mjs', import.meta.url).href

let folder = ''
let root = ''
/** The lock of this root, beside which no other test's can lie: the temp folder is its own. */
let lock = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radpost-install-test-'))
  root = join(folder, 'checkout')
  mkdirSync(root)
  writeFileSync(join(root, 'package-lock.json'), '{"version":1}')
  lock = join(folder, `radpost-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`)
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A stand-in for npm that does what `npm ci` does to the folder, and counts. */
function npmThat(ends: string): void {
  writeFileSync(
    join(folder, 'npm'),
    `#!/bin/sh\necho "npm's own words"\nrm -rf node_modules\nmkdir node_modules\necho run >> ${folder}/runs\n${ends}\n`,
    { mode: 0o755 },
  )
}

function runs(): number {
  const file = join(folder, 'runs')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0
}

function start(): Promise<{ installed: string; said: string }> {
  const script = `const { installPackages } = await import(${JSON.stringify(module)})
    console.log(await installPackages(${JSON.stringify(root)}, () => {}))`
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--input-type=module', '-e', script],
      { env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, TMPDIR: folder } },
      (error, stdout, stderr) =>
        error === null ? resolve({ installed: stdout.trim(), said: stderr }) : reject(error),
    )
  })
}

describe.skipIf(process.platform === 'win32')('installPackages', () => {
  it('installs once for starts at the same time, and again only when the lock file changes', async () => {
    npmThat('exit 0')
    const both = await Promise.all([start(), start()])
    expect(both.map(({ installed }) => installed)).toEqual(['true', 'true'])
    expect(runs()).toBe(1)
    expect(both.map(({ said }) => said).join('')).toBe('Installing packages (npm ci) …\n')
    expect(await start()).toEqual({ installed: 'true', said: '' })
    writeFileSync(join(root, 'package-lock.json'), '{"version":2}')
    await start()
    expect(runs()).toBe(2)
    expect(existsSync(lock)).toBe(false)
  })

  it('gives npm its say when it fails, and tries again at the next start', async () => {
    npmThat('exit 1')
    const failed = await start()
    expect(failed.installed).toBe('false')
    expect(failed.said).toContain("npm's own words")
    await start()
    expect(runs()).toBe(2)
  })

  it('takes over the lock of a start that is gone', async () => {
    npmThat('exit 0')
    mkdirSync(lock)
    // Larger than any process id there is.
    writeFileSync(join(lock, 'pid'), '999999999')
    expect((await start()).installed).toBe('true')
  })

  it('takes over a lock that has long had no owner', async () => {
    npmThat('exit 0')
    mkdirSync(lock)
    utimesSync(lock, new Date(0), new Date(0))
    expect((await start()).installed).toBe('true')
  })
})
