import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runDemo } from '../../demo/run-demo.ts'

const program = fileURLToPath(new URL('../../demo/demo.ts', import.meta.url))

let temporary: string
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'radpost-demo-test-'))
})
afterEach(() => rm(temporary, { recursive: true, force: true }))

async function demo(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], TMPDIR: temporary, TEMP: temporary, TMP: temporary, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}

describe('the demo', () => {
  it('ends with a table in which every file had its outcome, without colours, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await demo(['--headless'], { CI: 'true' })

    expect(stderr).toBe('')
    expect(stdout).toContain('11 of 11 files had the outcome that they should.')
    expect(stdout.match(/^✓/gmu)).toHaveLength(11)
    expect(stdout).toContain('The wrong-patient report (mammogram.pdf) never left the folder')
    expect(stdout).not.toContain('\u001B')
    expect(code).toBe(0)
    expect(await readdir(temporary)).toEqual([])
  })

  it('opens no window where it is told not to, although there is a display', async () => {
    const { code, stderr } = await demo(['--headless'], { DISPLAY: ':99' })
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  it('refuses an option that it does not know', async () => {
    expect(await demo(['--fast'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Usage: npm run demo [-- --headless]\n',
    })
  })

  it('fails when one file has another outcome than it should', async () => {
    const lines: string[] = []
    const isWell = await runDemo({
      screen: { widthCharacters: 200, line: (line) => lines.push(line) },
      signal: AbortSignal.timeout(60_000),
      prepare: (simulator) => simulator.setStatus('acme', 'A100003', 'REPORTED'),
    })
    expect(isWell).toBe(false)
    const wrong = lines.filter((line) => line.startsWith('✗'))
    expect(wrong).toHaveLength(1)
    expect(wrong[0]).toContain('mri-spine.dcm')
  })

  it('shows what is missing when it is ended early', async () => {
    const lines: string[] = []
    const ending = new AbortController()
    const isWell = await runDemo({
      screen: {
        widthCharacters: 200,
        line: (line) => {
          lines.push(line)
          if (line.startsWith('delivered')) ending.abort()
        },
      },
      signal: ending.signal,
    })
    expect(isWell).toBe(false)
    expect(lines).toContain('The station ended before every file had its outcome.')
    expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(1)
  })
})
