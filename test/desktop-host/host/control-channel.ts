import type { ControlCalls, ControlName, ControlReply, ControlRequest, HostState } from '../control.ts'
import { app } from '../electron/app.ts'
import { BrowserWindow } from '../electron/browser-window.ts'
import { powerMonitor } from '../electron/desktop-services.ts'
import { messageBoxes, openDialogs, saveDialogs } from '../electron/dialog.ts'
import { ipcMain } from '../electron/ipc-main.ts'
import { chooseItem } from '../electron/menu.ts'
import { shownNotifications } from '../electron/notification.ts'
import { shownTray } from '../electron/tray.ts'
import { browser } from './browser.ts'
import { onChanged, records } from './records.ts'

/** The test's hand on the desktop: answers over the IPC channel that `child_process` gave this process. */

type Answers = {
  readonly [Name in ControlName]: (
    ...args: ControlCalls[Name]['args']
  ) => ControlCalls[Name]['result'] | Promise<ControlCalls[Name]['result']>
}

function firstWindow(): BrowserWindow {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) throw new Error('The app has no window now.')
  return window
}

function state(): HostState {
  return {
    windows: BrowserWindow.getAllWindows().map((window) => window.describe()),
    tray: shownTray()?.describe() ?? null,
    notifications: shownNotifications().map(({ title, body, closed }) => ({ title, body, closed })),
    openedExternally: records.openedExternally,
    openedPaths: records.openedPaths,
    dialogs: records.dialogs,
    loginItem: records.loginItem,
    appUserModelId: records.appUserModelId,
    sandboxEnabled: records.sandboxEnabled,
    attempts: records.attempts,
  }
}

const answers: Answers = {
  state,
  traffic: () => records.traffic,
  chromium: async () => (await browser()).webSocketUrl,
  clickTray() {
    const tray = shownTray()
    if (tray === null) throw new Error('The app shows no tray.')
    tray.emit('click', {}, tray.getBounds())
    return null
  },
  chooseTrayItem(labels) {
    chooseItem(shownTray()?.contextMenu, labels)
    return null
  },
  clickNotification(index) {
    const notification = shownNotifications()[index]
    if (notification === undefined) throw new Error(`There is no notification ${index}.`)
    notification.emit('click', {})
    return null
  },
  answerOpenDialog(paths) {
    openDialogs.answer({ canceled: paths === null, filePaths: [...(paths ?? [])] })
    return null
  },
  answerSaveDialog(path) {
    saveDialogs.answer({ canceled: path === null, filePath: path ?? '' })
    return null
  },
  answerMessageBox(buttonIndex) {
    messageBoxes.answer({ response: buttonIndex, checkboxChecked: false })
    return null
  },
  closeWindow() {
    firstWindow().close()
    return null
  },
  power(event) {
    powerMonitor.emit(event, {})
    return null
  },
  quit() {
    // After the answer is on its way.
    setImmediate(() => app.quit())
    return null
  },
  async callAs(sender, channel, args) {
    try {
      const event = firstWindow().webContents.eventFrom(sender)
      return { ok: true, value: await ipcMain.invoke(channel, event, args) }
    } catch (error) {
      return { ok: false, value: error instanceof Error ? error.message : String(error) }
    }
  },
}

function tell(reply: ControlReply): void {
  if (process.connected) process.send?.(reply)
}

/** Where nobody started this process with a channel, nobody is answered: a person simply uses the app. */
export function answerControl(): void {
  if (process.send === undefined) return
  process.on('message', (message) => {
    const { id, name, args } = message as ControlRequest
    void (async () => {
      try {
        const answer = answers[name] as (...given: readonly unknown[]) => unknown
        tell({ kind: 'reply', id, result: await answer(...args) })
      } catch (error) {
        tell({ kind: 'error', id, message: error instanceof Error ? error.message : String(error) })
      }
    })()
  })
  onChanged(() => tell({ kind: 'changed' }))
  // The app's own end must not wait for the test, but a test that is gone ends the app.
  process.channel?.unref()
  process.on('disconnect', () => app.exit(0))
}

export function tellReady(): void {
  tell({ kind: 'ready' })
}
