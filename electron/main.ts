import { createDesktopApp, type DesktopApp } from './desktop/desktop-app.ts'
import { shutDoors } from './desktop/guards.ts'
import { profileFolderOf } from './desktop/profile-argument.ts'
import {
  catchMistakes,
  endAtOnce,
  isOnlyInstance,
  keepBrowserDataIn,
  setMenuBar,
  setSwitches,
  whenReady,
} from './desktop/start-up.ts'
import { createLog, type Log } from './station/log.ts'
import { pathsIn } from './station/profile.ts'

/**
 * Entry of the desktop app; wiring only. The order matters: rights of files before the first file, paths before the
 * lock that lies in them, the lock before anything that two instances must not do, and everything that Electron wants
 * before it is ready before the first wait. Once it is ready the doors are shut before any window opens.
 */

process.umask(0o077)
const profileFolder = profileFolderOf(process.argv, process.env, process.platform)
let desktop: DesktopApp | null = null

keepBrowserDataIn(profileFolder)
if (isOnlyInstance(() => desktop?.open())) {
  const log = createLog(pathsIn(profileFolder).logPath, Date.now)
  catchMistakes(log)
  setSwitches()
  void startWhenReady(log)
} else {
  endAtOnce()
}

async function startWhenReady(log: Log): Promise<void> {
  await whenReady()
  shutDoors()
  setMenuBar()
  desktop = createDesktopApp({
    profileFolder,
    args: process.argv,
    bundleFolder: import.meta.dirname,
    log,
  })
  await desktop.start()
}
