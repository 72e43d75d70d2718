import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import type { Envelope, EventName, EventPayload } from '../../shared/ipc.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../shared/ipc-channels.ts'
import { checkedEvent, type IpcRegistry } from './ipc-registry.ts'
import { isOwnAddress } from './origin.ts'

/** The only file that touches ipcMain. One channel in, one out (Electron checklist 17). */

/**
 * Answers the window's calls.
 * @param ours the window's page; null while there is none
 * @param onAnswered after each answer: the page is alive
 */
export function listenToCalls(
  registry: IpcRegistry,
  ours: () => WebContents | null,
  onAnswered: () => void,
): void {
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, args: unknown): Promise<Envelope<unknown>> => {
    if (!isTrusted(event, ours())) {
      return { ok: false, code: 'invalid', message: 'Only the window of Radpost may ask.' }
    }
    const envelope = await registry.answer(name, args)
    setImmediate(onAnswered)
    return envelope
  })
}

/** The main frame of our own window, and nothing that was loaded into it from elsewhere. */
function isTrusted(event: IpcMainInvokeEvent, ours: WebContents | null): boolean {
  const { sender, senderFrame } = event
  return (
    ours !== null &&
    sender.id === ours.id &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    isOwnAddress(senderFrame.url)
  )
}

/** Pushes one event to the window; where there is none, nobody needs it. */
export function pushTo<Name extends EventName>(
  target: WebContents | null,
  name: Name,
  payload: EventPayload<Name>,
): void {
  const checked = checkedEvent(name, payload)
  if (target === null || target.isDestroyed()) return
  target.send(EVENT_CHANNEL, name, checked)
}
