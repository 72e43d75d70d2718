import { launchChromium, type Chromium } from './chromium.ts'
import { hostOptions } from './options.ts'

let running: Promise<Chromium> | null = null
const openers = new Map<string, () => boolean>()

/** @param mayOpen asked when the page of this target has opened a window, before that loads anything */
export function watchOpener(targetId: string, mayOpen: () => boolean): void {
  openers.set(targetId, mayOpen)
}

/** The Chromium of this host process, started when first asked for. */
export function browser(): Promise<Chromium> {
  running ??= launchChromium(hostOptions).then(refuseNewWindows)
  return running
}

/**
 * Chromium opens what a page asks for; unless the app's handler allows it, nothing that the new page asks for is
 * loaded, and it is closed. It is not held at its beginning: the page that opened it would wait with it.
 */
async function refuseNewWindows(chromium: Chromium): Promise<Chromium> {
  const { browser: whole, session } = chromium.connection
  const mayOpen = (openerId: string | undefined): boolean =>
    openerId === undefined || (openers.get(openerId)?.() ?? true)

  async function close(targetId: string, sessionId: string): Promise<void> {
    // Another client of the protocol may hold it; a held page that is closed would hold its opener for ever.
    await session(sessionId).send('Runtime.runIfWaitingForDebugger')
    await whole.send('Target.closeTarget', { targetId })
  }
  whole.on('Target.attachedToTarget', ({ sessionId, targetInfo: { targetId, openerId } }) => {
    // It may be gone by then.
    if (!mayOpen(openerId)) close(targetId, sessionId).catch(() => undefined)
  })

  async function decide(requestId: string, frameId: string): Promise<void> {
    // The main frame of a page has the id of its target; a frame inside a page is none.
    const known = await whole.send('Target.getTargetInfo', { targetId: frameId }).catch(() => null)
    if (mayOpen(known?.targetInfo.openerId)) await whole.send('Fetch.continueRequest', { requestId })
    else await whole.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
  }
  whole.on('Fetch.requestPaused', ({ requestId, frameId }) => {
    decide(requestId, frameId).catch(() => undefined)
  })
  await whole.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] })
  await whole.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: true,
    filter: [{ type: 'page' }],
  })
  return chromium
}

/** Ends it, if it was ever started. */
export async function closeBrowser(): Promise<void> {
  const chromium = await running?.catch(() => null)
  await chromium?.close()
}
