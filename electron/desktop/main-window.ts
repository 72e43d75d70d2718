import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import type { EventPayload } from '../../shared/ipc.ts'
import type { DesktopSettingsStore } from './desk/desktop-settings.ts'
import { APP_URL } from './origin.ts'
import { MIN_SIZE, openingBounds } from './window-bounds.ts'

/** The one window: made when it is first shown, hidden when it is closed, until the app quits. */
export type MainWindow = {
  /** Shows it, with a view where one is asked for. */
  open(goTo: EventPayload<'navigate'> | null): void
  isFocused(): boolean
  contents(): WebContents | null
  /** For dialogs that belong to it. */
  window(): BrowserWindow | null
  /** The page has begun to ask: from now on it hears what it is told. */
  readonly pageIsListening: () => void
}

export type MainWindowParts = {
  readonly preloadPath: string
  readonly devTools: boolean
  readonly desktop: DesktopSettingsStore
  /** The only thing that decides between hiding and closing. */
  readonly isQuitting: () => boolean
  readonly onSessionEnd: () => void
  readonly onHidden: () => void
  /** It came in sight of the person, or went out of it (hidden, minimised, gone). */
  readonly onSight: (isInSight: boolean) => void
  readonly navigate: (goTo: EventPayload<'navigate'>) => void
}

/** What is behind the page until it is drawn; `--ground` of renderer/ui/tokens.css in light and dark. */
const backgrounds = { light: '#f3f6f8', dark: '#0e1318' }

/** A window that is dragged tells every pixel; only where it rests is worth writing down. */
const REST_MS = 500

export function createMainWindow(parts: MainWindowParts): MainWindow {
  let window: BrowserWindow | null = null
  let listening = false
  let wanted: EventPayload<'navigate'> | null = null

  function make(): BrowserWindow {
    const areas = screen.getAllDisplays().map((display) => display.workArea)
    const made = new BrowserWindow({
      ...openingBounds(parts.desktop.get().window, areas),
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      title: 'Radpost',
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
      autoHideMenuBar: true,
      // Electron checklist 2, 3, 4, 6, 11: all of them Electron's defaults today, written out so that they stay.
      webPreferences: {
        preload: parts.preloadPath,
        nodeIntegration: false,
        contextIsolation: true,
        sandbox: true,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: parts.devTools,
      },
    })
    // A page's title could carry a name into task switchers and screen shares.
    made.on('page-title-updated', (event) => event.preventDefault())
    made.once('ready-to-show', () => made.show())
    made.on('close', (event) => {
      if (parts.isQuitting()) return
      event.preventDefault()
      hide(made)
    })
    // Electron remembers a zoom by origin; ours is the person's and goes with the profile.
    made.webContents.on('did-finish-load', () => {
      made.webContents.setZoomFactor(parts.desktop.get().preferences.zoomPercent / 100)
    })
    made.on('session-end', parts.onSessionEnd)
    const tellSight = (): void => parts.onSight(made.isVisible() && !made.isMinimized())
    made.on('show', tellSight)
    made.on('hide', tellSight)
    made.on('minimize', tellSight)
    made.on('restore', tellSight)
    made.on('closed', () => {
      window = null
      listening = false
      parts.onSight(false)
    })
    made.webContents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) listening = false
    })
    rememberBounds(made, parts.desktop)
    void made.loadURL(APP_URL)
    return made
  }

  function hide(shown: BrowserWindow): void {
    // A full-screen window that is hidden leaves a black screen behind on macOS.
    if (shown.isFullScreen()) {
      shown.once('leave-full-screen', () => shown.hide())
      shown.setFullScreen(false)
    } else shown.hide()
    parts.onHidden()
  }

  function tellWanted(): void {
    if (wanted === null || !listening) return
    parts.navigate(wanted)
    wanted = null
  }

  return {
    open(goTo) {
      wanted = goTo ?? wanted
      if (window === null) {
        window = make()
        return
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
      tellWanted()
    },
    isFocused: () => window?.isFocused() ?? false,
    contents: () => window?.webContents ?? null,
    window: () => window,
    pageIsListening() {
      listening = true
      tellWanted()
    },
  }
}

function rememberBounds(window: BrowserWindow, desktop: DesktopSettingsStore): void {
  let resting: NodeJS.Timeout | undefined
  const keep = (): void => {
    clearTimeout(resting)
    if (!window.isDestroyed()) desktop.change({ window: window.getNormalBounds() })
  }
  const keepSoon = (): void => {
    clearTimeout(resting)
    resting = setTimeout(keep, REST_MS)
  }
  window.on('resize', keepSoon)
  window.on('move', keepSoon)
  // There is no close at the end of a session.
  window.on('blur', keep)
  window.on('close', keep)
}
