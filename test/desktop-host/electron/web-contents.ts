import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { WebContents as ElectronWebContents, WebPreferences } from 'electron'
import { toPageUrl } from '../host/addresses.ts'
import { browser, watchOpener } from '../host/browser.ts'
import type { CdpSession } from '../host/cdp.ts'
import { isolatedWorldScript, mainWorldScript } from '../host/page-scripts.ts'
import { changed, records } from '../host/records.ts'
import { createPageCalls, type CallSender, type PageCalls } from '../page/calls.ts'
import { createFrames, PRELOAD_WORLD } from '../page/frames.ts'
import { decidePermissions } from '../page/permissions.ts'
import { preventable } from '../page/preventable.ts'
import { createPageRequests, type PageRequests, type WindowOpenHandler } from '../page/requests.ts'
import { createPageScreen, type PageScreen, type Size } from '../page/screen.ts'
import { ownSchemes } from './protocol.ts'
import { session, type StandInSession } from './session.ts'
import { NotInStandIn, strict } from './strict.ts'

let lastId = 0
const allContents = new Set<WebContentsStandIn>()

/** One page: a target of Chromium, its preload in a world of its own, every request through the app's handlers. */
class WebContentsStandIn extends EventEmitter {
  readonly id: number
  readonly session: StandInSession
  readonly isolatedWorld = PRELOAD_WORLD
  hostWebContents = null
  private cdp: CdpSession | null = null
  private targetId: string | null = null
  private destroyed = false
  private loading = false
  private title = ''
  private loaded = Promise.withResolvers<void>()
  private readonly preferences: WebPreferences
  private readonly frames = createFrames()
  private readonly screen: PageScreen
  private readonly requests: PageRequests
  private readonly calls: PageCalls
  private readonly opened: Promise<CdpSession>

  constructor(preferences: WebPreferences, size: Size) {
    super()
    for (const [name, needed] of Object.entries({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    })) {
      const given = preferences[name as 'sandbox']
      if (given !== undefined && given !== needed) throw new NotInStandIn(`webPreferences.${name}: ${given}`)
    }
    lastId += 1
    this.id = lastId
    this.preferences = preferences
    this.session = session.defaultSession
    this.screen = createPageScreen(size)
    const self = strict('webContents', this)
    this.requests = createPageRequests({
      session: this.session,
      frames: this.frames,
      emit: (event, ...args) => void self.emit(event, ...args),
      onNavigation: (url) => {
        this.loading = true
        this.startNavigation(url)
      },
    })
    this.calls = createPageCalls({
      frames: this.frames,
      contents: () => self,
      isGone: () => this.destroyed,
      cdp: () => this.cdp,
    })
    this.opened = self.open()
    this.opened.catch(() => undefined)
    allContents.add(self)
    // A member of the class is not what the app holds: everything goes on through the checked object.
    // eslint-disable-next-line no-constructor-return
    return self
  }

  private async open(): Promise<CdpSession> {
    const { connection } = await browser()
    const { targetId } = await connection.browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...this.screen.size(),
    })
    this.targetId = targetId
    watchOpener(targetId, () => this.requests.mayOpenWindow())
    const { sessionId } = await connection.browser.send('Target.attachToTarget', { targetId, flatten: true })
    const cdp = connection.session(sessionId)
    this.cdp = cdp
    this.listen(cdp)
    connection.browser.on('Target.targetDestroyed', (event) => {
      if (event.targetId === targetId) this.emit('stand-in-target-gone')
    })
    await connection.browser.send('Target.setDiscoverTargets', { discover: true })
    const secretName = randomUUID()
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    await cdp.send('Runtime.addBinding', { name: 'radpostToHost', executionContextName: PRELOAD_WORLD })
    const { preload } = this.preferences
    if (preload !== undefined) {
      const source = await readFile(preload, 'utf8')
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(secretName) })
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: isolatedWorldScript(secretName, source),
        worldName: PRELOAD_WORLD,
      })
    }
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    await this.screen.fit(cdp)
    return cdp
  }

  private listen(cdp: CdpSession): void {
    cdp.on(
      'Fetch.requestPaused',
      (event) => void this.opened.then((open) => this.requests.paused(open, event)).catch(() => undefined),
    )
    cdp.on('Page.windowOpen', (event) => this.requests.windowOpened(event))
    cdp.on('Page.frameNavigated', ({ frame }) => {
      const { isMain, url } = this.frames.navigated(frame)
      if (isMain) this.emit('did-navigate', {}, url, 200, 'OK')
    })
    cdp.on('Page.domContentEventFired', () => this.emit('dom-ready', {}))
    cdp.on('Page.loadEventFired', () => {
      // The blank page that every target begins with is no load of the app's.
      if (!this.loading) return
      this.loading = false
      this.emit('did-finish-load', {})
      this.loaded.resolve()
      changed()
      void this.readTitle(cdp)
    })
    cdp.on('Runtime.executionContextCreated', ({ context }) => this.frames.worldCreated(context))
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === 'radpostToHost') void this.calls.received(payload, executionContextId)
    })
  }

  private async readTitle(cdp: CdpSession): Promise<void> {
    const { result } = await cdp.send('Runtime.evaluate', { expression: 'document.title' })
    this.title = String(result.value)
    this.emit('page-title-updated', preventable({}), this.title, true)
  }

  private startNavigation(url: string): void {
    this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false })
  }

  // ---------------------------------------------------------------- what a window and the app use

  /** @throws Error with Chromium's word when the page cannot be loaded */
  async loadURL(url: string): Promise<void> {
    const cdp = await this.opened
    await decidePermissions(this.session, contentsOf(this.id), url)
    this.requests.allowOnce(url)
    this.loading = true
    this.loaded = Promise.withResolvers<void>()
    this.emit('did-start-loading', {})
    this.startNavigation(url)
    const { errorText } = await cdp.send('Page.navigate', { url: toPageUrl(url, ownSchemes()) })
    if (errorText !== undefined) {
      this.loading = false
      this.emit('did-fail-load', {}, -2, errorText, url, true)
      throw new Error(`${errorText} (-2) loading '${url}'`)
    }
    await this.loaded.promise
  }

  /** @throws NotInStandIn always: the app must not use file:// (checklist 18). */
  async loadFile(): Promise<never> {
    throw new NotInStandIn('webContents.loadFile')
  }
  reload(): void {
    this.requests.allowOnce(this.getURL())
    this.loading = true
    void this.opened.then((cdp) => cdp.send('Page.reload'))
  }
  send(channel: string, ...args: unknown[]): void {
    this.calls.send(channel, args)
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.requests.setWindowOpenHandler(handler)
  }
  get mainFrame(): object {
    return this.calls.mainFrame
  }
  getURL(): string {
    return this.frames.mainUrl()
  }
  getTitle(): string {
    return this.title
  }
  isLoading(): boolean {
    return this.loading
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  isCrashed(): boolean {
    return false
  }
  isFocused(): boolean {
    return true
  }
  focus(): void {}
  setZoomFactor(_factor: number): void {}
  setZoomLevel(_level: number): void {}
  getZoomFactor(): number {
    return 1
  }
  async setVisualZoomLevelLimits(_minimum: number, _maximum: number): Promise<void> {}
  setBackgroundThrottling(_allowed: boolean): void {}
  setIgnoreMenuShortcuts(_ignore: boolean): void {}
  openDevTools(): void {
    records.attempts.push({ what: 'window', url: 'devtools://', allowed: true })
  }
  closeDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false
  }
  getType(): string {
    return 'window'
  }

  // ---------------------------------------------------------------- for the host's own use

  /** The `event` of a call, as if made by a page at `url`. */
  eventFrom(sender: CallSender): object {
    return this.calls.eventFrom(sender)
  }
  resize(size: Size): Promise<void> {
    return this.screen.resize(this.cdp, size)
  }
  setColours(colours: 'light' | 'dark'): Promise<void> {
    return this.screen.setColours(this.cdp, colours)
  }

  /** Closes the page for good. */
  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    allContents.delete(contentsOf(this.id))
    const { targetId } = this
    if (targetId !== null)
      void browser().then(({ connection }) =>
        connection.browser.send('Target.closeTarget', { targetId }).catch(() => undefined),
      )
    this.emit('destroyed')
  }
}

function contentsOf(id: number): WebContentsStandIn {
  for (const contents of allContents) if (contents.id === id) return contents
  throw new TypeError('Object has been destroyed')
}

WebContentsStandIn satisfies new (
  ...args: never[]
) => Pick<
  ElectronWebContents,
  'loadURL' | 'send' | 'reload' | 'getURL' | 'isDestroyed' | 'setWindowOpenHandler' | 'isLoading' | 'focus'
>

export type StandInWebContents = WebContentsStandIn

export function createWebContents(preferences: WebPreferences, size: Size): StandInWebContents {
  return new WebContentsStandIn(preferences, size)
}

export const webContents = strict('webContents', {
  getAllWebContents: (): StandInWebContents[] => [...allContents],
  getFocusedWebContents: (): StandInWebContents | null => [...allContents][0] ?? null,
  fromId: (id: number): StandInWebContents | undefined => [...allContents].find((each) => each.id === id),
})
