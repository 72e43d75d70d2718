import { join } from 'node:path'
import { app, nativeTheme } from 'electron'
import type { EventName, EventPayload } from '../../shared/ipc.ts'
import type { Log } from '../station/log.ts'
import { createAutostart, HIDDEN_ARGUMENT } from './autostart.ts'
import { systemClipboard } from './clipboard.ts'
import { serveApp } from './content-protocol.ts'
import { createClipboard } from './desk/clipboard.ts'
import { createDesk, type Desk } from './desk/desk.ts'
import type { DesktopSettings } from './desk/desktop-settings.ts'
import { openDesktopVault } from './desktop-vault.ts'
import { askForFiles, askForFolder, askForSavePath, showAddress, showFolder } from './folders.ts'
import { listenToCalls, pushTo } from './ipc-main.ts'
import { followLinuxSession, followSession, systemIdleMs } from './idle.ts'
import { createIpcRegistry } from './ipc-registry.ts'
import { createLifecycle, followPower } from './lifecycle.ts'
import { createMainWindow, type MainWindow } from './main-window.ts'
import { createNotifier } from './notifier.ts'
import { createLinuxSession } from './os-unlock-linux.ts'
import { createOsUser } from './os-unlock.ts'
import { utilityParserProcess } from './parser-process.ts'
import { namedProfile } from './profile-argument.ts'
import { resolveSystemProxy } from './system-proxy.ts'
import type { TrayAction } from './tray-face.ts'
import { createTray } from './tray.ts'

/** The desktop around the station: builds the parts and connects them. Nothing is decided here. */
export type DesktopApp = {
  /** Shows the window; null: whatever view it is on. */
  open(): void
  start(): Promise<void>
}

export type DesktopAppParts = {
  readonly profileFolder: string
  readonly args: readonly string[]
  /** Folder of the built main bundle; preload and renderer are its neighbours. */
  readonly bundleFolder: string
  readonly log: Log
}

/** Call it when Electron is ready and the doors are shut. */
export function createDesktopApp({ profileFolder, args, bundleFolder, log }: DesktopAppParts): DesktopApp {
  const push = <Name extends EventName>(name: Name, payload: EventPayload<Name>): void => {
    try {
      pushTo(window.contents(), name, payload)
    } catch (error) {
      // A window that cannot be told must not stop the station.
      log.error('push', error)
    }
  }

  const setAutostart = createAutostart(namedProfile(args))
  function applySettings({ theme, startAtLogin, preferences }: DesktopSettings): void {
    nativeTheme.themeSource = theme
    window.contents()?.setZoomFactor(preferences.zoomPercent / 100)
    setAutostart(startAtLogin)
  }

  const clipboard = createClipboard(systemClipboard)
  const desk: Desk = createDesk({
    profileFolder,
    vault: openDesktopVault(process.env, app.isPackaged),
    host: {
      chooseFolder: (startingAt, use) => askForFolder(window.window(), startingAt, use),
      chooseFiles: (use) => askForFiles(window.window(), use),
      openFolder: showFolder,
      openAddress: showAddress,
      chooseSavePath: (name, extension) => askForSavePath(window.window(), name, extension),
      clipboard,
      osUser: createOsUser(process.platform, process.env),
      systemIdleMs: () => systemIdleMs(process.env),
      applyDesktopSettings: applySettings,
    },
    version: app.getVersion(),
    platform: process.platform,
    hostKind: process.versions['electron'] === undefined ? 'stand-in' : 'electron',
    now: Date.now,
    random: Math.random,
    startParserProcess: utilityParserProcess(join(bundleFolder, 'parser-child.js')),
    resolveProxy: resolveSystemProxy,
    push,
    onStatus(status) {
      tray.show(status, desk.recent())
      notifier.status(status)
    },
    onDeliveries: (changes) => notifier.deliveries(changes),
  })

  const lifecycle = createLifecycle(async () => {
    notifier.close()
    tray.destroy()
    await clipboard.clear().catch((error: unknown) => log.error('clipboard', error))
    await desk.stop()
  })
  const window: MainWindow = createMainWindow({
    preloadPath: join(bundleFolder, '..', 'preload', 'preload.cjs'),
    devTools: !app.isPackaged,
    desktop: desk.desktop,
    isQuitting: lifecycle.isQuitting,
    onSessionEnd: lifecycle.sessionEnds,
    onHidden: explainHidingOnce,
    onSight: (isInSight) => desk.watch(isInSight),
    navigate: (goTo) => push('navigate', goTo),
  })
  const tray = createTray(join(bundleFolder, 'icons'), act)
  const notifier = createNotifier({
    enabled: () => desk.desktop.get().notifications,
    windowFocused: () => window.isFocused(),
    open: (goTo) => window.open(goTo),
  })

  function act(action: TrayAction): void {
    switch (action) {
      case 'open':
        return window.open(null)
      case 'needs-you':
      case 'deliveries':
        return window.open({ view: action, id: null })
      case 'pause':
        return desk.pause(null)
      case 'pause-one-hour':
        return desk.pause(60)
      case 'resume':
        return desk.resume()
      case 'open-folder':
        void desk.openFolder()
        return
      case 'quit':
        return lifecycle.quit()
    }
  }

  function followOsLock(): void {
    const { sessionLocked: locked, sessionUnlocked: unlocked } = desk.lock
    if (process.platform !== 'linux') return followSession({ locked, unlocked })
    const session = createLinuxSession(process.env)
    followLinuxSession({
      isLocked: () => session.isLocked(),
      matters: () => desk.desktop.get().idleLockMinutes !== null,
      locked,
      unlocked,
    })
  }

  function explainHidingOnce(): void {
    if (desk.desktop.get().closeExplained) return
    desk.desktop.change({ closeExplained: true })
    notifier.explainHiding()
  }

  return {
    open: () => window.open(null),
    async start() {
      serveApp(join(bundleFolder, '..', 'renderer'))
      const registry = createIpcRegistry({
        handlers: desk.handlers,
        clean: (sentence) => desk.clean(sentence),
        onBug: (error) => log.error('call', error),
        isLocked: desk.lock.isLocked,
      })
      listenToCalls(registry, () => window.contents(), window.pageIsListening)
      followPower({
        suspend: desk.suspend,
        resume: desk.wakeFromSleep,
        shutdown: lifecycle.sessionEnds,
      })
      followOsLock()
      app.on('activate', () => window.open(null))
      tray.show(desk.status(), desk.recent())
      // Started with the session it stays in the tray; a person who starts it wants to see it.
      const hidden = args.includes(HIDDEN_ARGUMENT)
      if (!hidden) window.open(null)
      await desk.start()
      if (hidden && desk.status().overall === 'not-set-up') window.open({ view: 'first-run', id: null })
    },
  }
}
