import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ForkOptions, UtilityProcess as ElectronUtilityProcess } from 'electron'
import { strict } from './strict.ts'

const parentPort = fileURLToPath(new URL('./parent-port.ts', import.meta.url))

/** A child process of plain Node with a `process.parentPort`. */
class UtilityProcess extends EventEmitter {
  private readonly child: ChildProcess

  constructor(child: ChildProcess) {
    super()
    this.child = child
    child.once('spawn', () => this.emit('spawn'))
    child.on('message', (message) => this.emit('message', message))
    child.once('exit', (code) => this.emit('exit', code ?? 1))
    child.once('error', () => this.emit('exit', 1))
  }
  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined
  }
  get stdout(): ChildProcess['stdout'] {
    return this.child.stdout
  }
  get stderr(): ChildProcess['stderr'] {
    return this.child.stderr
  }
  postMessage(message: unknown): void {
    // As in Electron, what is said to a process that has ended is lost.
    if (this.child.connected) this.child.send(message as object, () => undefined)
  }
  kill(): boolean {
    return this.child.kill()
  }
}

UtilityProcess satisfies new (
  ...args: never[]
) => Pick<ElectronUtilityProcess, 'kill' | 'pid' | 'postMessage'>

export const utilityProcess = strict('utilityProcess', {
  fork(modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
    const { execArgv = [], env = process.env, cwd, stdio = 'inherit' } = options
    const streams = typeof stdio === 'string' ? [stdio, stdio, stdio] : stdio
    return strict(
      'UtilityProcess',
      new UtilityProcess(
        fork(modulePath, args, {
          execArgv: ['--import', parentPort, ...execArgv],
          env: env as NodeJS.ProcessEnv,
          ...(cwd === undefined ? {} : { cwd }),
          serialization: 'advanced',
          stdio: ['ignore', streams[1] ?? 'ignore', streams[2] ?? 'ignore', 'ipc'] as never,
        }),
      ),
    )
  },
})
