import type { HandlerDetails, WindowOpenHandlerResponse } from 'electron'
import { handlerOf, ownSchemes } from '../electron/protocol.ts'
import type { StandInSession } from '../electron/session.ts'
import { toAppUrl, toPagePolicy } from '../host/addresses.ts'
import type { CdpEvents, CdpSession } from '../host/cdp.ts'
import { changed, records } from '../host/records.ts'
import type { Frames } from './frames.ts'
import { preventable } from './preventable.ts'

export type WindowOpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse
type PausedRequest = CdpEvents['Fetch.requestPaused']

/** Every way out of one page (request, navigation, window) through the app's own handlers. */
export type PageRequests = {
  paused(cdp: CdpSession, event: PausedRequest): Promise<void>
  windowOpened(event: CdpEvents['Page.windowOpen']): void
  /** The main process itself goes there: that needs no permission of `will-navigate`. */
  allowOnce(url: string): void
  setWindowOpenHandler(handler: WindowOpenHandler): void
  /** What the handler last said; a page without one opens what it likes, as in Electron. */
  mayOpenWindow(): boolean
}

export type PageRequestsParts = {
  readonly session: StandInSession
  readonly frames: Frames
  /** Tells the listeners of the app's `webContents`. */
  readonly emit: (event: string, ...args: readonly unknown[]) => void
  /** The page leads itself somewhere else, and may. */
  readonly onNavigation: (url: string) => void
}

export function createPageRequests({ session, frames, emit, onNavigation }: PageRequestsParts): PageRequests {
  let windowOpenHandler: WindowOpenHandler | null = null
  let mayOpenWindow = false
  let ownNavigation: string | null = null

  function mayNavigate(url: string, isMainFrame: boolean, isRedirect: boolean): boolean {
    if (isMainFrame && ownNavigation === url) {
      ownNavigation = null
      return true
    }
    const details = { url, isSameDocument: false, isMainFrame, frame: null, initiator: null }
    const allowed = navigationEvents(isMainFrame, isRedirect).every((name) => {
      const event = preventable(details)
      emit(name, event, url, false, isMainFrame)
      return !event.defaultPrevented
    })
    records.attempts.push({ what: 'navigation', url, allowed })
    if (allowed && isMainFrame) onNavigation(url)
    changed()
    return allowed
  }

  return {
    async paused(cdp, event) {
      const { requestId, request, resourceType, frameId } = event
      const url = toAppUrl(request.url)
      const isMainFrame = frames.byId(frameId)?.isMain ?? true
      if (
        resourceType === 'Document' &&
        !mayNavigate(url, isMainFrame, event.redirectedRequestId !== undefined)
      ) {
        await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
        return
      }
      const own = ownSchemes().has(schemeOf(url))
      const passes = await session.lets({
        url,
        method: request.method,
        resourceType: electronResourceType(resourceType, isMainFrame) as never,
      })
      if (!own || !passes) {
        records.attempts.push({ what: 'request', url, allowed: passes })
        changed()
      }
      if (!passes) await cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
      else if (own) await fulfil(cdp, requestId, url, request)
      else await cdp.send('Fetch.continueRequest', { requestId })
    },
    windowOpened({ url: pageUrl, windowName }) {
      const url = toAppUrl(pageUrl)
      const answer = windowOpenHandler?.({
        url,
        frameName: windowName,
        features: '',
        disposition: 'foreground-tab',
        referrer: { url: frames.mainUrl(), policy: 'default' },
      }) ?? { action: 'allow' }
      mayOpenWindow = answer.action === 'allow'
      records.attempts.push({ what: 'window', url, allowed: mayOpenWindow })
      changed()
    },
    allowOnce(url) {
      ownNavigation = url
    },
    setWindowOpenHandler(handler) {
      windowOpenHandler = handler
    },
    mayOpenWindow: () => windowOpenHandler === null || mayOpenWindow,
  }
}

function navigationEvents(isMainFrame: boolean, isRedirect: boolean): readonly string[] {
  if (isRedirect) return ['will-redirect']
  return isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate']
}

/** Answers from the app's own scheme. */
async function fulfil(
  cdp: CdpSession,
  requestId: string,
  url: string,
  { method, headers }: PausedRequest['request'],
): Promise<void> {
  const handler = handlerOf(schemeOf(url))
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

const schemeOf = (url: string): string => url.split(':', 1)[0] ?? ''

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
