import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import type {
  HandlerDetails,
  WebContents as ElectronWebContents,
  WebPreferences,
  WindowOpenHandlerResponse,
} from 'electron'
import { toAppUrl, toPagePolicy, toPageUrl } from '../host/addresses.ts'
import { browser, watchOpener } from '../host/browser.ts'
import type { CdpEvents, CdpSession } from '../host/cdp.ts'
import { hostOptions } from '../host/options.ts'
import { isolatedWorldScript, mainWorldScript } from '../host/page-scripts.ts'
import { changed, records } from '../host/records.ts'
import { createStructuredText } from '../host/structured.ts'
import { ipcMain } from './ipc-main.ts'
import { handlerOf, ownSchemes } from './protocol.ts'
import { session, type StandInSession } from './session.ts'
import { NotInStandIn, strict } from './strict.ts'

const PRELOAD_WORLD = 'Electron Isolated Context'
const wire = createStructuredText()

type Frame = { readonly id: string; readonly isMain: boolean; url: string }
type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'send'; readonly channel: string; readonly args: unknown[] }

/** An event that listeners may stop, as Electron's. */
export function preventable<Details extends object>(details: Details) {
  return {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

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
  private frames = new Map<string, Frame>()
  private contexts = new Map<number, string>()
  private preloadContext: number | null = null
  private windowOpenHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null
  /** What the handler last said. */
  private mayOpenWindow = false
  private destroyed = false
  private loading = false
  private title = ''
  private loaded = Promise.withResolvers<void>()
  /** An address that main itself asked for: it needs no permission of `will-navigate`. */
  private navigatingTo: string | null = null
  private size = { width: 800, height: 600 }
  private colours: 'light' | 'dark' = 'light'
  private readonly preferences: WebPreferences
  private readonly opened: Promise<CdpSession>

  constructor(preferences: WebPreferences, size: { width: number; height: number }) {
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
    this.size = size
    const self = strict('webContents', this)
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
      ...this.size,
    })
    this.targetId = targetId
    watchOpener(targetId, () => this.windowOpenHandler === null || this.mayOpenWindow)
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
    await this.fitScreen(cdp)
    return cdp
  }

  private listen(cdp: CdpSession): void {
    cdp.on('Fetch.requestPaused', (event) => void this.onRequest(event).catch(() => undefined))
    cdp.on('Page.windowOpen', ({ url, windowName }) => this.onWindowOpen(url, windowName))
    cdp.on('Page.frameNavigated', ({ frame }) => {
      const isMain = frame.parentId === undefined
      this.frames.set(frame.id, { id: frame.id, isMain, url: toAppUrl(frame.url) })
      if (isMain) this.emit('did-navigate', {}, toAppUrl(frame.url), 200, 'OK')
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
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const frameId = context.auxData?.frameId
      if (frameId === undefined) return
      this.contexts.set(context.id, frameId)
      if (context.name === PRELOAD_WORLD && this.frames.get(frameId)?.isMain !== false)
        this.preloadContext = context.id
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === 'radpostToHost') void this.onCall(payload, executionContextId)
    })
  }

  private async readTitle(cdp: CdpSession): Promise<void> {
    const { result } = await cdp.send('Runtime.evaluate', { expression: 'document.title' })
    this.title = String(result.value)
    this.emit('page-title-updated', preventable({}), this.title, true)
  }

  // ---------------------------------------------------------------- requests, navigation, windows

  private async onRequest(event: CdpEvents['Fetch.requestPaused']): Promise<void> {
    const cdp = await this.opened
    const { requestId, request, resourceType, frameId } = event
    const url = toAppUrl(request.url)
    const isMainFrame = this.frames.get(frameId)?.isMain ?? true
    if (
      resourceType === 'Document' &&
      !this.mayNavigate(url, isMainFrame, event.redirectedRequestId !== undefined)
    ) {
      await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      return
    }
    const own = ownSchemes().has(url.split(':', 1)[0] ?? '')
    const passes = await this.session.lets({
      url,
      method: request.method,
      resourceType: electronResourceType(resourceType, isMainFrame) as never,
    })
    if (!own || !passes) {
      records.attempts.push({ what: 'request', url, allowed: passes })
      changed()
    }
    if (!passes) await cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    else if (own) await this.fulfil(cdp, requestId, url, request)
    else await cdp.send('Fetch.continueRequest', { requestId })
  }

  private mayNavigate(url: string, isMainFrame: boolean, isRedirect: boolean): boolean {
    if (isMainFrame && this.navigatingTo === url) {
      this.navigatingTo = null
      return true
    }
    const details = { url, isSameDocument: false, isMainFrame, frame: null, initiator: null }
    const names = isRedirect
      ? ['will-redirect']
      : isMainFrame
        ? ['will-frame-navigate', 'will-navigate']
        : ['will-frame-navigate']
    const allowed = names.every((name) => {
      const event = preventable(details)
      this.emit(name, event, url, false, isMainFrame)
      return !event.defaultPrevented
    })
    records.attempts.push({ what: 'navigation', url, allowed })
    if (allowed && isMainFrame) {
      this.loading = true
      this.startNavigation(url)
    }
    changed()
    return allowed
  }

  private startNavigation(url: string): void {
    this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false })
  }

  private async fulfil(
    cdp: CdpSession,
    requestId: string,
    url: string,
    { method, headers }: CdpEvents['Fetch.requestPaused']['request'],
  ): Promise<void> {
    const scheme = url.split(':', 1)[0] ?? ''
    const handler = handlerOf(scheme)
    const response =
      handler === undefined
        ? new Response(null, { status: 404 })
        : await Promise.resolve(handler(new Request(url, { method, headers }))).catch(() => null)
    if (response === null) {
      await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Failed' })
      return
    }
    const body = Buffer.from(await response.arrayBuffer()).toString('base64')
    await cdp.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({
        name,
        value: name === 'content-security-policy' ? toPagePolicy(value, ownSchemes()) : value,
      })),
      body,
    })
  }

  private onWindowOpen(pageUrl: string, frameName: string): void {
    const url = toAppUrl(pageUrl)
    const answer = this.windowOpenHandler?.({
      url,
      frameName,
      features: '',
      disposition: 'foreground-tab',
      referrer: { url: this.getURL(), policy: 'default' },
    }) ?? { action: 'allow' }
    this.mayOpenWindow = answer.action === 'allow'
    records.attempts.push({ what: 'window', url, allowed: this.mayOpenWindow })
    changed()
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.windowOpenHandler = handler
  }

  // ---------------------------------------------------------------- ipc

  private async onCall(payload: string, contextId: number): Promise<void> {
    const message = wire.read(payload) as FromPage
    const frame = this.frames.get(this.contexts.get(contextId) ?? '')
    const event = this.eventFrom({ url: frame?.url ?? '', isMainFrame: frame?.isMain ?? false })
    records.traffic.push({ kind: 'call', channel: message.channel, args: message.args })
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...message.args)
      return
    }
    const { channel, id } = message
    let answer: object
    try {
      const value = await ipcMain.invoke(channel, event, message.args)
      wire.write(value)
      records.traffic.push({ kind: 'answer', channel, result: value })
      answer = { kind: 'answer', id, ok: true, value }
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      records.traffic.push({ kind: 'failure', channel, message: said })
      answer = { kind: 'answer', id, ok: false, message: said }
    }
    changed()
    this.deliver(answer, contextId)
  }

  /** The `event` of a call, as if made by a page at `url`. */
  eventFrom(sender: { readonly url: string; readonly isMainFrame: boolean }): object {
    const origin = URL.canParse(sender.url) ? originOf(sender.url) : 'null'
    const mainFrame = this.mainFrame
    const frame = sender.isMainFrame
      ? { ...mainFrame, url: sender.url, origin, parent: null }
      : { ...mainFrame, url: sender.url, origin, parent: mainFrame, frameTreeNodeId: 2, routingId: 2 }
    const senderFrame =
      sender.isMainFrame && sender.url === this.getURL() ? mainFrame : strict('WebFrameMain', frame)
    return strict('IpcMainInvokeEvent', {
      type: 'frame',
      sender: contentsOf(this.id),
      senderFrame,
      frameId: sender.isMainFrame ? 1 : 2,
      processId: 1,
    })
  }

  private deliver(message: object, contextId: number | null): void {
    if (contextId === null || this.cdp === null || this.destroyed) return
    const expression = `radpostFromHost(${JSON.stringify(wire.write(message))})`
    // A page that has gone in the meantime gets nothing, as in Electron.
    this.cdp.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined)
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed')
    records.traffic.push({ kind: 'event', channel, args })
    changed()
    this.deliver({ kind: 'event', channel, args }, this.preloadContext)
  }

  private mainFrameObject: object | null = null
  get mainFrame(): object {
    const contents = contentsOf(this.id)
    this.mainFrameObject ??= strict('WebFrameMain', {
      get url() {
        return contents.getURL()
      },
      get origin() {
        return originOf(contents.getURL())
      },
      parent: null,
      get top() {
        return contents.mainFrame
      },
      frames: [],
      routingId: 1,
      processId: 1,
      frameTreeNodeId: 1,
      detached: false,
      isDestroyed: () => contents.isDestroyed(),
    })
    return this.mainFrameObject
  }

  // ---------------------------------------------------------------- what a window and the app use

  /** @throws Error with Chromium's word when the page cannot be loaded */
  async loadURL(url: string): Promise<void> {
    const cdp = await this.opened
    await this.decidePermissions(url)
    this.navigatingTo = url
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

  private async decidePermissions(url: string): Promise<void> {
    const { connection } = await browser()
    const { origin } = new URL(toPageUrl(url, ownSchemes()))
    if (origin === 'null') return
    const self = contentsOf(this.id)
    for (const { name, granted } of await this.session.decidedPermissions(self, originOf(url))) {
      await connection.browser
        .send('Browser.setPermission', {
          permission: { name: permissionNames[name] ?? name },
          setting: granted ? 'granted' : 'denied',
          origin,
        })
        .catch(() => undefined)
    }
  }

  /** @throws NotInStandIn always: the app must not use file:// (checklist 18). */
  async loadFile(): Promise<never> {
    throw new NotInStandIn('webContents.loadFile')
  }
  reload(): void {
    this.navigatingTo = this.getURL()
    this.loading = true
    void this.opened.then((cdp) => cdp.send('Page.reload'))
  }
  getURL(): string {
    for (const frame of this.frames.values()) if (frame.isMain) return frame.url
    return ''
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

  // ---------------------------------------------------------------- for the window's own use

  async resize(size: { width: number; height: number }): Promise<void> {
    this.size = size
    if (this.cdp !== null) await this.fitScreen(this.cdp)
  }

  async setColours(colours: 'light' | 'dark'): Promise<void> {
    this.colours = colours
    if (this.cdp !== null) await this.fitScreen(this.cdp)
  }

  private async fitScreen(cdp: CdpSession): Promise<void> {
    if (hostOptions.headless)
      await cdp.send('Emulation.setDeviceMetricsOverride', {
        ...this.size,
        deviceScaleFactor: 1,
        mobile: false,
      })
    await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true })
    await cdp.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: this.colours }],
    })
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

/** Chromium's names in `Browser.setPermission` where they differ from those of `Browser.grantPermissions`. */
const permissionNames: Readonly<Record<string, string>> = {
  videoCapture: 'camera',
  audioCapture: 'microphone',
  clipboardReadWrite: 'clipboard-read',
  idleDetection: 'idle-detection',
  sensors: 'accelerometer',
}

function electronResourceType(type: string, isMainFrame: boolean): string {
  switch (type) {
    case 'Document':
      return isMainFrame ? 'mainFrame' : 'subFrame'
    case 'XHR':
    case 'Fetch':
      return 'xhr'
    default:
      return type.charAt(0).toLowerCase() + type.slice(1)
  }
}

/** Node's URL gives custom schemes the origin "null"; Chromium gives a standard scheme a real one. */
function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null'
  const { origin, protocol, host } = new URL(url)
  return origin !== 'null'
    ? origin
    : ownSchemes().has(protocol.slice(0, -1))
      ? `${protocol}//${host}`
      : 'null'
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

export function createWebContents(
  preferences: WebPreferences,
  size: { width: number; height: number },
): StandInWebContents {
  return new WebContentsStandIn(preferences, size)
}

export const webContents = strict('webContents', {
  getAllWebContents: (): StandInWebContents[] => [...allContents],
  getFocusedWebContents: (): StandInWebContents | null => [...allContents][0] ?? null,
  fromId: (id: number): StandInWebContents | undefined => [...allContents].find((each) => each.id === id),
})
