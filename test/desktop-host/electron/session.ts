import { EventEmitter } from 'node:events'
import type {
  CallbackResponse,
  OnBeforeRequestListenerDetails,
  ProxyConfig,
  Session as ElectronSession,
  WebContents as ElectronWebContents,
} from 'electron'
import { protocol } from './protocol.ts'
import { strict } from './strict.ts'

type PermissionCheck = Parameters<ElectronSession['setPermissionCheckHandler']>[0]
type PermissionRequest = Parameters<ElectronSession['setPermissionRequestHandler']>[0]
type BeforeRequest =
  ((details: OnBeforeRequestListenerDetails, callback: (response: CallbackResponse) => void) => void) | null

/** Permissions that Chromium can be told about, with Electron's name for each. */
const permissions = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  videoCapture: 'media',
  audioCapture: 'media',
  midi: 'midi',
  clipboardReadWrite: 'clipboard-read',
  idleDetection: 'idle-detection',
  sensors: 'sensors',
} as const

class WebRequestStandIn {
  listener: BeforeRequest = null

  onBeforeRequest(filterOrListener: { urls: string[] } | BeforeRequest, listener?: BeforeRequest): void {
    if (typeof filterOrListener === 'function' || filterOrListener === null) {
      this.listener = filterOrListener
      return
    }
    const all = filterOrListener.urls.every((url) => url === '<all_urls>' || url === '*://*/*')
    if (!all) throw new Error('The desktop stand-in has no webRequest filter but <all_urls>.')
    this.listener = listener ?? null
  }
}

class SessionStandIn extends EventEmitter {
  protocol = protocol
  webRequest = strict('session.webRequest', new WebRequestStandIn())
  private checks: PermissionCheck = null
  private requests: PermissionRequest = null

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.checks = handler
  }
  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.requests = handler
  }
  setDevicePermissionHandler(_handler: unknown): void {}
  setBluetoothPairingHandler(_handler: unknown): void {}
  setUSBProtectedClassesHandler(_handler: unknown): void {}
  setDisplayMediaRequestHandler(_handler: unknown): void {}
  allowNTLMCredentialsForDomains(_domains: string): void {}
  setSpellCheckerEnabled(_enable: boolean): void {}
  setSpellCheckerLanguages(_languages: string[]): void {}
  setSpellCheckerDictionaryDownloadURL(_url: string): void {}
  isSpellCheckerEnabled(): boolean {
    return false
  }
  setUserAgent(_userAgent: string): void {}
  async setProxy(_config: ProxyConfig): Promise<void> {}
  /** The tests' servers are all on loopback. */
  async resolveProxy(_url: string): Promise<string> {
    return 'DIRECT'
  }
  async clearCache(): Promise<void> {}
  async clearStorageData(): Promise<void> {}
  async closeAllConnections(): Promise<void> {}
  flushStorageData(): void {}

  /** The state of each permission as the app's handlers decide it: granted where there is no handler, as in Electron. */
  async decidedPermissions(contents: unknown, origin: string): Promise<{ name: string; granted: boolean }[]> {
    return Promise.all(
      Object.entries(permissions).map(async ([name, permission]) => {
        const checked =
          this.checks?.(contents as ElectronWebContents, permission, origin, {
            isMainFrame: true,
            requestingUrl: `${origin}/`,
          }) ?? true
        const asked = await new Promise<boolean>((resolve) => {
          if (this.requests === null) resolve(true)
          else
            this.requests(contents as ElectronWebContents, permission, resolve, {
              isMainFrame: true,
              requestingUrl: `${origin}/`,
            })
        })
        return { name, granted: checked && asked }
      }),
    )
  }

  /** Whether the app lets this request go on. */
  async lets(
    details: Pick<OnBeforeRequestListenerDetails, 'url' | 'method' | 'resourceType'>,
  ): Promise<boolean> {
    const { listener } = this.webRequest
    if (listener === null) return true
    const answer = await new Promise<CallbackResponse>((resolve) =>
      listener({ id: 0, timestamp: Date.now(), ...details } as OnBeforeRequestListenerDetails, resolve),
    )
    return answer.cancel !== true
  }
}

SessionStandIn satisfies new () => Pick<
  ElectronSession,
  'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'resolveProxy' | 'setProxy' | 'clearCache'
>

export type StandInSession = SessionStandIn

const defaultSession = strict('session', new SessionStandIn())

export const session = strict('session', {
  defaultSession,
  fromPartition: (): StandInSession => defaultSession,
})
