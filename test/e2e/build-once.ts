import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describeHost, desktopHost } from '../desktop-host/start-desktop.ts'

const root = join(import.meta.dirname, '..', '..')

/**
 * The specs run what is shipped: `out/` is built once before them, from the sources as they are now, and the run says
 * on what it is run. `RADPOST_BUILT=1` says that it was built a moment ago.
 */
export async function setup(): Promise<void> {
  process.stdout.write(`${describeHost(desktopHost(root))}\n`)
  if (process.env['RADPOST_BUILT'] === '1') return
  await promisify(execFile)('npm', ['run', '--silent', 'build'], {
    cwd: root,
    shell: process.platform === 'win32',
    maxBuffer: 16 * 1024 * 1024,
  })
}
