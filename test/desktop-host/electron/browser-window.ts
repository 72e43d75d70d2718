import { EventEmitter } from 'node:events'
import type {
  BrowserWindow as ElectronBrowserWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
} from 'electron'
import type { WindowState } from '../control.ts'
import { changed } from '../host/records.ts'
import { preventable } from '../page/preventable.ts'
import { nativeTheme } from './native-theme.ts'
import { strict } from './strict.ts'
import { createWebContents, type StandInWebContents } from './web-contents.ts'

const windows = new Set<BrowserWindow>()
let lastId = 0
let onAllClosed: () => void = () => undefined
let onCreated: (window: BrowserWindow) => void = () => undefined

/** The app object listens here; windows know nothing of the app. */
export function watchWindows(created: (window: BrowserWindow) => void, allClosed: () => void): void {
  onCreated = created
  onAllClosed = allClosed
}

/** A window: what Electron would tell of it is kept here, what is in it is a page of Chromium. */
class BrowserWindow extends EventEmitter {
  readonly id: number
  readonly webContents: StandInWebContents
  private bounds: Rectangle
  private title: string
  private visible: boolean
  private minimized = false
  private maximized = false
  private fullScreen = false
  private destroyed = false
  private closable = true
  autoHideMenuBar = true
  accessibleTitle = ''

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    lastId += 1
    this.id = lastId
    const { width = 800, height = 600, x = 0, y = 0, title = 'Electron', show = true } = options
    this.bounds = { x, y, width, height }
    this.title = title
    this.visible = show
    this.webContents = createWebContents(options.webPreferences ?? {}, { width, height })
    const self = strict('BrowserWindow', this)
    windows.add(self)
    this.webContents.once('did-finish-load', () => {
      if (!self.isDestroyed()) self.emit('ready-to-show')
    })
    this.webContents.on('page-title-updated', (event: ReturnType<typeof preventable>, pageTitle: string) => {
      self.emit('page-title-updated', event, pageTitle, true)
      if (!event.defaultPrevented) self.setTitle(pageTitle)
    })
    this.webContents.on('stand-in-target-gone', () => {
      // The person closed Chromium's own window (only where it is on a display).
      if (!self.isDestroyed()) self.destroy()
    })
    followTheme(self)
    onCreated(self)
    changed()
    // eslint-disable-next-line no-constructor-return
    return self
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows]
  }
  static getFocusedWindow(): BrowserWindow | null {
    return [...windows].find((window) => window.isFocused()) ?? null
  }
  static fromWebContents(contents: StandInWebContents): BrowserWindow | null {
    return [...windows].find((window) => window.webContents === contents) ?? null
  }
  static fromId(id: number): BrowserWindow | null {
    return [...windows].find((window) => window.id === id) ?? null
  }

  private tell(event: string, ...args: unknown[]): void {
    this.emit(event, ...args)
    changed()
  }

  async loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  async loadFile(): Promise<never> {
    return this.webContents.loadFile()
  }
  reload(): void {
    this.webContents.reload()
  }
  show(): void {
    const shown = !this.visible || this.minimized
    this.visible = true
    this.minimized = false
    if (shown) this.tell('show')
    this.tell('focus')
  }
  showInactive(): void {
    this.visible = true
    this.tell('show')
  }
  hide(): void {
    if (!this.visible) return
    this.visible = false
    this.tell('blur')
    this.tell('hide')
  }
  /** As the close button: listeners may prevent it. */
  close(): void {
    if (this.destroyed) return
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
    changed()
  }
  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    this.visible = false
    for (const window of windows) if (window.id === this.id) windows.delete(window)
    this.webContents.destroy()
    this.tell('closed')
    if (windows.size === 0) onAllClosed()
  }
  focus(): void {
    this.tell('focus')
  }
  blur(): void {
    this.tell('blur')
  }
  minimize(): void {
    this.minimized = true
    this.tell('minimize')
  }
  restore(): void {
    this.minimized = false
    this.visible = true
    this.tell('restore')
  }
  maximize(): void {
    this.maximized = true
    this.visible = true
    this.tell('maximize')
  }
  unmaximize(): void {
    this.maximized = false
    this.tell('unmaximize')
  }
  setFullScreen(flag: boolean): void {
    this.fullScreen = flag
    this.tell(flag ? 'enter-full-screen' : 'leave-full-screen')
  }
  isFullScreen(): boolean {
    return this.fullScreen
  }
  isMaximized(): boolean {
    return this.maximized
  }
  isMinimized(): boolean {
    return this.minimized
  }
  isVisible(): boolean {
    return this.visible && !this.minimized
  }
  isFocused(): boolean {
    return this.isVisible()
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  isClosable(): boolean {
    return this.closable
  }
  setClosable(closable: boolean): void {
    this.closable = closable
  }
  getBounds(): Rectangle {
    return { ...this.bounds }
  }
  getNormalBounds(): Rectangle {
    return { ...this.bounds }
  }
  getContentBounds(): Rectangle {
    return { ...this.bounds }
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds }
    void this.webContents.resize(this.bounds)
    this.tell('resize')
    this.tell('resized')
  }
  getSize(): number[] {
    return [this.bounds.width, this.bounds.height]
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }
  getPosition(): number[] {
    return [this.bounds.x, this.bounds.y]
  }
  setPosition(x: number, y: number): void {
    this.bounds = { ...this.bounds, x, y }
    this.tell('move')
    this.tell('moved')
  }
  center(): void {}
  moveTop(): void {}
  setMinimumSize(_width: number, _height: number): void {}
  setTitle(title: string): void {
    this.title = title
    changed()
  }
  getTitle(): string {
    return this.title
  }
  setMenu(_menu: unknown): void {}
  removeMenu(): void {}
  setMenuBarVisibility(_visible: boolean): void {}
  setAutoHideMenuBar(_hide: boolean): void {}
  setBackgroundColor(_colour: string): void {}
  setIcon(_icon: unknown): void {}
  setSkipTaskbar(_skip: boolean): void {}
  setProgressBar(_progress: number): void {}
  setOverlayIcon(_overlay: unknown, _description: string): void {}
  flashFrame(_flag: boolean): void {}
  setContentProtection(_enable: boolean): void {}
  setAlwaysOnTop(_flag: boolean): void {}
  setVisibleOnAllWorkspaces(_visible: boolean): void {}

  /** What a test sees of this window. */
  describe(): WindowState {
    return {
      id: this.id,
      title: this.title,
      url: this.webContents.getURL(),
      visible: this.isVisible(),
      minimized: this.minimized,
      focused: this.isFocused(),
      bounds: this.getBounds(),
    }
  }
}

function followTheme(window: BrowserWindow): void {
  const apply = (): void =>
    void window.webContents.setColours(nativeTheme.shouldUseDarkColors ? 'dark' : 'light')
  apply()
  nativeTheme.on('updated', apply)
  window.once('closed', () => nativeTheme.off('updated', apply))
}

BrowserWindow satisfies new (
  options?: BrowserWindowConstructorOptions,
) => Pick<
  ElectronBrowserWindow,
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'close'
  | 'destroy'
  | 'focus'
  | 'minimize'
  | 'restore'
  | 'maximize'
  | 'isVisible'
  | 'isMinimized'
  | 'isMaximized'
  | 'isDestroyed'
  | 'isFocused'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBounds'
  | 'setTitle'
  | 'getTitle'
>

export { BrowserWindow }
