import { parseArgs, styleText } from 'node:util'
import type { Simulator } from '../simulator/simulator.ts'
import { createWindowSite, windowHost } from './window-site.ts'
import { runDemo, type DemoScreen, type Tone } from './run-demo.ts'

/** Entry of `npm run demo`: exit 0 only when each sample report had the outcome that it should. */

const usage = 'Usage: npm run demo [-- --headless]'
/** A demo takes some ten seconds; one that takes so long hangs. */
const TIME_LIMIT_MS = 120_000

const styles = {
  good: 'green',
  attention: 'yellow',
  bad: 'red',
  faint: 'dim',
  heading: 'bold',
} as const satisfies Partial<Record<Tone, Parameters<typeof styleText>[0]>>

function terminalScreen(): DemoScreen {
  const { stdout } = process
  const colours = stdout.isTTY && process.env['NO_COLOR'] === undefined
  return {
    widthCharacters: stdout.isTTY ? stdout.columns : 120,
    line: (text, tone = 'plain') => {
      const shown =
        !colours || tone === 'plain' ? text : styleText(styles[tone], text, { validateStream: false })
      stdout.write(`${shown}\n`)
    },
  }
}

function hasDisplay({ platform, env }: NodeJS.Process): boolean {
  if (env['CI'] !== undefined) return false
  if (platform === 'win32' || platform === 'darwin') return true
  return (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== ''
}

async function main(): Promise<number> {
  let headless: boolean
  try {
    headless = parseArgs({ options: { headless: { type: 'boolean', default: false } } }).values.headless
  } catch {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  const windowed = !headless && hasDisplay(process)
  const host = windowed ? windowHost() : null
  if (host !== null) process.stderr.write(`${host}\n`)
  else if (windowed)
    process.stderr.write('There is neither Electron nor a Chromium here; this runs without a window.\n')
  // Nobody looks at a window that a script has opened: it closes with the last outcome.
  const staysOpen = process.stdin.isTTY && process.stdout.isTTY
  const interrupted = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => interrupted.abort())
  const signal = AbortSignal.any([interrupted.signal, AbortSignal.timeout(TIME_LIMIT_MS)])
  try {
    const openSite = (simulator: Simulator) => createWindowSite(simulator, staysOpen)
    const demo = { screen: terminalScreen(), signal, ...(host === null ? {} : { openSite }) }
    return (await runDemo(demo)) ? 0 : 1
  } catch (error) {
    const [why = 'unknown error'] = error instanceof Error ? error.message.split('\n') : []
    process.stderr.write(`The demo could not run: ${why}\n`)
    return 1
  }
}

process.exitCode = await main()
