import { ipcMain } from '../electron/ipc-main.ts'
import { ownSchemes } from '../electron/protocol.ts'
import { strict } from '../electron/strict.ts'
import { originOf } from '../host/addresses.ts'
import type { CdpSession } from '../host/cdp.ts'
import { changed, records } from '../host/records.ts'
import { createStructuredText } from '../host/structured.ts'
import type { Frames } from './frames.ts'

const wire = createStructuredText()

type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'send'; readonly channel: string; readonly args: unknown[] }

export type CallSender = { readonly url: string; readonly isMainFrame: boolean }

/** What passes between one page's preload and `ipcMain`, recorded as it passes. */
export type PageCalls = {
  /** A message of the preload in the world `contextId`. */
  received(payload: string, contextId: number): Promise<void>
  send(channel: string, args: readonly unknown[]): void
  /** The `event` of a call, as if made by a page at `url`. */
  eventFrom(sender: CallSender): object
  readonly mainFrame: object
}

export type PageCallsParts = {
  readonly frames: Frames
  /** The app's `webContents`. */
  readonly contents: () => object
  readonly isGone: () => boolean
  /** null before the page is open. */
  readonly cdp: () => CdpSession | null
}

export function createPageCalls({ frames, contents, isGone, cdp }: PageCallsParts): PageCalls {
  const mainFrame: object = strict('WebFrameMain', {
    get url() {
      return frames.mainUrl()
    },
    get origin() {
      return originOf(frames.mainUrl(), ownSchemes())
    },
    parent: null,
    get top() {
      return mainFrame
    },
    frames: [],
    routingId: 1,
    processId: 1,
    frameTreeNodeId: 1,
    detached: false,
    isDestroyed: isGone,
  })

  function eventFrom(sender: CallSender): object {
    const origin = originOf(sender.url, ownSchemes())
    const frame = sender.isMainFrame
      ? { ...mainFrame, url: sender.url, origin, parent: null }
      : { ...mainFrame, url: sender.url, origin, parent: mainFrame, frameTreeNodeId: 2, routingId: 2 }
    const senderFrame =
      sender.isMainFrame && sender.url === frames.mainUrl() ? mainFrame : strict('WebFrameMain', frame)
    return strict('IpcMainInvokeEvent', {
      type: 'frame',
      sender: contents(),
      senderFrame,
      frameId: sender.isMainFrame ? 1 : 2,
      processId: 1,
    })
  }

  function deliver(message: object, contextId: number | null): void {
    if (contextId === null || isGone()) return
    const expression = `radpostFromHost(${JSON.stringify(wire.write(message))})`
    // A page that has gone in the meantime gets nothing, as in Electron.
    cdp()
      ?.send('Runtime.evaluate', { expression, contextId })
      .catch(() => undefined)
  }

  return {
    async received(payload, contextId) {
      const message = wire.read(payload) as FromPage
      const frame = frames.ofWorld(contextId)
      const event = eventFrom({ url: frame?.url ?? '', isMainFrame: frame?.isMain ?? false })
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
      deliver(answer, contextId)
    },
    send(channel, args) {
      if (isGone()) throw new TypeError('Object has been destroyed')
      records.traffic.push({ kind: 'event', channel, args })
      changed()
      deliver({ kind: 'event', channel, args }, frames.preloadWorld())
    },
    eventFrom,
    mainFrame,
  }
}
