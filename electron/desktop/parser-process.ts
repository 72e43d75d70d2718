import { utilityProcess } from 'electron'
import { residentBytes } from '../intake/parser-process/node-process.ts'
import type { StartParserProcess } from '../intake/parser-process/transport.ts'

/**
 * A parser process as Electron's utility process: with the runAsNode fuse off, Node's own fork is not possible. No code
 * made from strings, an empty environment, nothing on its standard streams; the resident memory is watched by its
 * owner, because a heap limit does not count buffers.
 * @param childPath the built parser-child.js
 */
export function utilityParserProcess(childPath: string): StartParserProcess {
  return (maxMemoryMb, events) => {
    const child = utilityProcess.fork(childPath, [String(maxMemoryMb)], {
      serviceName: 'Radpost parser',
      env: bareEnvironment(),
      execArgv: [
        `--max-old-space-size=${Math.floor(maxMemoryMb * 0.75)}`,
        '--disallow-code-generation-from-strings',
        '--no-warnings',
      ],
      stdio: 'ignore',
    })
    child.on('message', (message) => events.onMessage(message))
    child.once('exit', () => events.onExit())
    return {
      // A port between two processes of ours has no origin to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      send: (request) => child.postMessage(request),
      residentBytes: () => residentBytes(child.pid),
      kill: () => endAtOnce(child.pid, () => child.kill()),
    }
  }
}

/** The gentle end that Electron offers is not heard by a process that is caught in a loop. */
function endAtOnce(pid: number | undefined, gently: () => void): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
  gently()
}

/** Windows cannot start a process without its system folder; nothing else is passed on, least of all secrets. */
function bareEnvironment(): Record<string, string> {
  const { SystemRoot } = process.env
  return SystemRoot === undefined ? {} : { SystemRoot }
}
