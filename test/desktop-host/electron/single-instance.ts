import { createHash } from 'node:crypto'
import { openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the second start tells the first. */
export type SecondStart = {
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

/**
 * One app for each folder of user data. The lock is a file, because Electron's question wants its answer at once; the
 * message goes over a local socket beside it.
 */
export function createSingleInstance(userData: () => string) {
  let server: Server | null = null
  let saying: Promise<void> = Promise.resolve()

  const name = (): string =>
    join(tmpdir(), `radpost-stand-in-${createHash('sha256').update(userData()).digest('hex').slice(0, 16)}`)
  const socketOf = (lock: string): string =>
    process.platform === 'win32' ? `\\\\.\\pipe\\${lock.replaceAll('\\', '-')}` : `${lock}.sock`

  function isHeldByAnother(lock: string): boolean {
    try {
      const pid = Number(readFileSync(lock, 'utf8'))
      process.kill(pid, 0)
      return pid !== process.pid
    } catch {
      return false
    }
  }

  function request(start: SecondStart, onSecond: (start: SecondStart) => void): boolean {
    if (server !== null) return true
    const lock = name()
    if (isHeldByAnother(lock)) {
      saying = tell(socketOf(lock), start)
      return false
    }
    rmSync(lock, { force: true })
    rmSync(socketOf(lock), { force: true })
    const file = openSync(lock, 'wx', 0o600)
    writeSync(file, String(process.pid))
    closeSync(file)
    server = createServer((socket) => {
      let said = ''
      socket.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
      socket.on('end', () => onSecond(JSON.parse(said) as SecondStart))
      socket.on('error', () => undefined)
    })
    server.listen(socketOf(lock))
    server.unref()
    return true
  }

  function release(): void {
    if (server === null) return
    server.close()
    server = null
    rmSync(name(), { force: true })
    rmSync(socketOf(name()), { force: true })
  }

  return {
    request,
    release,
    holds: (): boolean => server !== null,
    /** Resolves when the first app has been told; the second must not end before. */
    said: (): Promise<void> => saying,
  }
}

async function tell(socketPath: string, start: SecondStart): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = connect(socketPath, () => socket.end(JSON.stringify(start)))
  socket.on('close', () => resolve())
  socket.on('error', () => resolve())
  return promise
}
