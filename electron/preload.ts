import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { EventName, EventPayload, RadpostApi } from '../shared/ipc.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from '../shared/ipc-channels.ts'

/**
 * Puts exactly {@link RadpostApi} on `window.radpost`: no logic, neither ipcRenderer nor Electron's event object is
 * within the page's reach (Electron checklist 3, 20).
 */
const api: RadpostApi = {
  call: (name, args) => ipcRenderer.invoke(CALL_CHANNEL, name, args),
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void) {
    const forward = (_event: IpcRendererEvent, pushed: unknown, payload: EventPayload<Name>): void => {
      if (pushed === name) listener(payload)
    }
    ipcRenderer.on(EVENT_CHANNEL, forward)
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, forward)
    }
  },
}

contextBridge.exposeInMainWorld('radpost', api)
