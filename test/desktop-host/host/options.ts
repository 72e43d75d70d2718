import { join } from 'node:path'

/** How this host was started: by environment variables, so that the command line stays the app's own. */
export type HostOptions = {
  /** The folder that holds package.json: Electron's `app.getAppPath()`. */
  readonly appFolder: string
  /** Folder in which `app.getPath` finds everything. */
  readonly homeFolder: string
  /** Folder for Chromium's own files, which whoever made it removes; null: a new one, removed with Chromium. */
  readonly browserFolder: string | null
  readonly headless: boolean
}

export const hostOptions: HostOptions = {
  appFolder: process.env['RADPOST_STAND_IN_APP'] ?? join(import.meta.dirname, '..', '..', '..'),
  homeFolder: process.env['RADPOST_STAND_IN_HOME'] ?? process.env['HOME'] ?? '',
  browserFolder: process.env['RADPOST_STAND_IN_BROWSER'] ?? null,
  headless: process.env['RADPOST_STAND_IN_HEADED'] !== '1',
}
