import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App, Settings as LoginItemSettings } from 'electron'
import { browser, closeBrowser } from '../host/browser.ts'
import { hostOptions } from '../host/options.ts'
import { changed, records } from '../host/records.ts'
import { preventable } from '../page/preventable.ts'
import { BrowserWindow, watchWindows } from './browser-window.ts'
import { closeRegistration } from './protocol.ts'
import { createSingleInstance } from './single-instance.ts'
import { strict } from './strict.ts'

const home = hostOptions.homeFolder
const manifest = JSON.parse(readFileSync(join(hostOptions.appFolder, 'package.json'), 'utf8')) as {
  readonly name: string
  readonly version: string
}

/** Lets the app's own asynchronous clean-up go on before the process is ended by force. */
const EXIT_LIMIT_MS = 10_000

class AppStandIn extends EventEmitter {
  isPackaged = false
  dock = undefined
  applicationMenu = null
  accessibilitySupportEnabled = false
  userAgentFallback = 'Radpost stand-in'
  commandLine = strict('app.commandLine', {
    appendSwitch(_name: string, _value?: string): void {},
    appendArgument(_value: string): void {},
    hasSwitch: (): boolean => false,
    getSwitchValue: (): string => '',
  })
  private asked = Promise.withResolvers<void>()
  private ready = Promise.withResolvers<void>()
  private isReadyNow = false
  private ending = false
  private quitting = false
  private appName = manifest.name
  private paths: Record<string, string> = {
    home,
    appData: join(home, '.config'),
    userData: join(home, '.config', manifest.name),
    sessionData: join(home, '.config', manifest.name),
    temp: join(home, 'tmp'),
    logs: join(home, '.config', manifest.name, 'logs'),
    desktop: join(home, 'Desktop'),
    documents: join(home, 'Documents'),
    downloads: join(home, 'Downloads'),
    exe: process.execPath,
    module: process.execPath,
    crashDumps: join(home, '.config', manifest.name, 'Crashpad'),
  }
  private instance = createSingleInstance(() => this.getPath('userData'))

  constructor() {
    super()
    this.on('newListener', (event) => {
      if (event === 'ready') this.asked.resolve()
    })
  }

  // ---------------------------------------------------------------- start

  /** Tells the app that it is ready, once its main bundle has run to its first wait. */
  async becomeReady(): Promise<void> {
    if (this.ending) return
    await browser()
    if (this.ending) return
    closeRegistration()
    this.isReadyNow = true
    this.emit('will-finish-launching')
    this.emit('ready', {}, {})
    this.ready.resolve()
    changed()
  }
  /** Resolves when the bundle first waits for `ready`: what must precede it has then been done. */
  untilAsked(): Promise<void> {
    return this.asked.promise
  }
  whenReady(): Promise<void> {
    this.asked.resolve()
    return this.ready.promise
  }
  isReady(): boolean {
    return this.isReadyNow
  }
  requestSingleInstanceLock(additionalData: unknown = null): boolean {
    const start = { argv: process.argv, workingDirectory: process.cwd(), additionalData }
    return this.instance.request(start, (second) => {
      this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData)
      changed()
    })
  }
  hasSingleInstanceLock(): boolean {
    return this.instance.holds()
  }
  releaseSingleInstanceLock(): void {
    this.instance.release()
  }

  // ---------------------------------------------------------------- end

  /** In Electron's order: before-quit, the windows' close, will-quit, quit; each of the first three may stop it. */
  quit(): void {
    if (this.ending) return
    this.quitting = true
    if (!this.allows('before-quit')) {
      this.quitting = false
      return
    }
    for (const window of BrowserWindow.getAllWindows()) window.close()
    if (BrowserWindow.getAllWindows().length > 0) {
      this.quitting = false
      return
    }
    this.finishQuitting()
  }

  private finishQuitting(): void {
    if (!this.allows('will-quit')) {
      this.quitting = false
      return
    }
    this.exit(0)
  }

  private allows(event: string): boolean {
    const details = preventable({})
    this.emit(event, details)
    return !details.defaultPrevented
  }

  exit(code = 0): void {
    if (this.ending) return
    this.ending = true
    for (const window of BrowserWindow.getAllWindows()) window.destroy()
    this.emit('quit', {}, code)
    this.instance.release()
    setTimeout(() => process.exit(code), EXIT_LIMIT_MS).unref()
    void Promise.all([closeBrowser(), this.instance.said()]).then(() => process.exit(code))
  }
  relaunch(): void {}

  allWindowsClosed(): void {
    if (this.ending || this.quitting) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  // ---------------------------------------------------------------- what it knows

  getPath(name: string): string {
    const path = this.paths[name]
    if (path === undefined) throw new Error(`Failed to get '${name}' path`)
    return path
  }
  setPath(name: string, path: string): void {
    if (!(name in this.paths)) throw new Error(`Failed to set '${name}' path`)
    mkdirSync(path, { recursive: true })
    this.paths[name] = path
  }
  setAppLogsPath(_path?: string): void {}
  getAppPath(): string {
    return hostOptions.appFolder
  }
  getVersion(): string {
    return manifest.version
  }
  getName(): string {
    return this.appName
  }
  setName(name: string): void {
    this.appName = name
  }
  get name(): string {
    return this.appName
  }
  set name(name: string) {
    this.appName = name
  }
  getLocale(): string {
    return 'en-AU'
  }
  getSystemLocale(): string {
    return 'en-AU'
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-AU']
  }

  // ---------------------------------------------------------------- what it is told

  enableSandbox(): void {
    if (this.isReadyNow) throw new Error('app.enableSandbox() can only be called before app is ready')
    records.sandboxEnabled = true
  }
  disableHardwareAcceleration(): void {}
  setAppUserModelId(id: string): void {
    records.appUserModelId = id
  }
  setLoginItemSettings(settings: LoginItemSettings): void {
    records.loginItem = { ...settings }
    changed()
  }
  getLoginItemSettings(_options?: unknown): { openAtLogin: boolean; wasOpenedAtLogin: boolean } {
    return { openAtLogin: records.loginItem?.['openAtLogin'] === true, wasOpenedAtLogin: false }
  }
  setAsDefaultProtocolClient(_protocol: string): boolean {
    return true
  }
  setAboutPanelOptions(_options: unknown): void {}
  setActivationPolicy(_policy: string): void {}
  setBadgeCount(_count?: number): boolean {
    return true
  }
  setSecureKeyboardEntryEnabled(_enabled: boolean): void {}
  focus(_options?: unknown): void {}
  hide(): void {}
  show(): void {}
  getAppMetrics(): never[] {
    return []
  }
}

AppStandIn satisfies new () => Pick<
  App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'getVersion'
  | 'getName'
  | 'getAppPath'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'setLoginItemSettings'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'isPackaged'
>

export const app = strict('app', new AppStandIn())

watchWindows(
  (window) => {
    app.emit('web-contents-created', {}, window.webContents)
    app.emit('browser-window-created', {}, window)
  },
  () => app.allWindowsClosed(),
)
