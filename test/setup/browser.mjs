import { existsSync } from 'node:fs'
import { join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/** @returns {string | null} the Chromium of this machine, which shows the window where there is no Electron */
export function chromiumPath() {
  const folders = (process.env.PATH ?? '').split(':')
  for (const name of names) {
    const folder = folders.find((candidate) => existsSync(join(candidate, name)))
    if (folder !== undefined) return join(folder, name)
  }
  return null
}
