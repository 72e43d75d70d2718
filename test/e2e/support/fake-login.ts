import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/**
 * Stands for systemd-logind, which a test cannot lock: `lock-session` locks, and the person is back as soon as the file
 * `back` is there.
 */
const loginctl = `#!/bin/sh
cd "$(dirname "$0")"
case "$1" in
  lock-session) echo yes > hint ;;
  show-session)
    cat hint
    if [ "$(cat hint)" = yes ] && [ -e back ]; then rm back; echo no > hint; fi ;;
esac
`

export type FakeLogin = {
  /** With this the app finds it. */
  readonly environment: NodeJS.ProcessEnv
  /** The person has passed the lock screen. */
  comeBack(): Promise<void>
}

/** @param home a folder of the test's own */
export async function fakeLogin(home: string): Promise<FakeLogin> {
  const tools = join(home, 'tools')
  await mkdir(tools)
  await writeFile(join(tools, 'loginctl'), loginctl, { mode: 0o755 })
  await writeFile(join(tools, 'hint'), 'no\n')
  return {
    environment: { PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}`, XDG_SESSION_ID: '7' },
    comeBack: () => writeFile(join(tools, 'back'), ''),
  }
}
