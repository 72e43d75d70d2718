/**
 * What a test may ask of the host process, and what it answers: names, arguments and results travel over the IPC
 * channel of `child_process` with advanced serialization.
 */

export type WindowState = {
  readonly id: number
  readonly title: string
  /** As the app named it: `app://…`. */
  readonly url: string
  readonly visible: boolean
  readonly minimized: boolean
  readonly focused: boolean
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export type MenuItemState = {
  readonly label: string
  readonly type: string
  readonly enabled: boolean
  readonly visible: boolean
  readonly checked: boolean
  readonly submenu: readonly MenuItemState[]
}

export type TrayState = {
  /** File name of the picture, without its folder; null where it was made from bytes. */
  readonly image: string | null
  readonly toolTip: string
  readonly menu: readonly MenuItemState[]
}

export type NotificationState = { readonly title: string; readonly body: string; readonly closed: boolean }

/** One thing that crossed between main process and page, as it crossed. */
export type TrafficItem =
  | { readonly kind: 'call'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly channel: string; readonly result: unknown }
  | { readonly kind: 'failure'; readonly channel: string; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: readonly unknown[] }

/** What a page tried and what the app's own guards said to it. */
export type Attempt = {
  readonly what: 'request' | 'navigation' | 'window'
  readonly url: string
  readonly allowed: boolean
}

export type HostState = {
  readonly windows: readonly WindowState[]
  readonly tray: TrayState | null
  readonly notifications: readonly NotificationState[]
  readonly openedExternally: readonly string[]
  readonly openedPaths: readonly string[]
  readonly dialogs: readonly {
    readonly kind: 'open' | 'save' | 'message'
    readonly title: string
    /** The file name that a save dialog proposes. */
    readonly proposed: string | null
  }[]
  readonly loginItem: Readonly<Record<string, unknown>> | null
  readonly appUserModelId: string | null
  readonly sandboxEnabled: boolean
  readonly attempts: readonly Attempt[]
}

export type PowerEvent = 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'shutdown'

export type ControlCalls = {
  state: { args: []; result: HostState }
  traffic: { args: []; result: TrafficItem[] }
  /** Address of Chromium's DevTools, once it runs. */
  chromium: { args: []; result: string }
  clickTray: { args: []; result: null }
  /** Labels from the tray menu's top down to the item. */
  chooseTrayItem: { args: [labels: readonly string[]]; result: null }
  clickNotification: { args: [index: number]; result: null }
  /** Answers the open-folder or open-file dialog that is shown, or the next one; null: cancelled. */
  answerOpenDialog: { args: [paths: readonly string[] | null]; result: null }
  /** Answers the save dialog that is shown, or the next one; null: cancelled. */
  answerSaveDialog: { args: [path: string | null]; result: null }
  answerMessageBox: { args: [buttonIndex: number]; result: null }
  /** The close button of the window. */
  closeWindow: { args: []; result: null }
  power: { args: [event: PowerEvent]; result: null }
  /** As the system's quit command: menu, Cmd+Q, end of the session. */
  quit: { args: []; result: null }
  /** A call that reaches `ipcMain` as if another page, or a frame inside ours, had made it. */
  callAs: {
    args: [sender: { url: string; isMainFrame: boolean }, channel: string, args: readonly unknown[]]
    result: { readonly ok: boolean; readonly value: unknown }
  }
}

export type ControlName = keyof ControlCalls
export type ControlRequest = {
  readonly id: number
  readonly name: ControlName
  readonly args: readonly unknown[]
}
export type ControlReply =
  | { readonly kind: 'reply'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }
  /** Something changed that a test may be waiting for. */
  | { readonly kind: 'changed' }
  /** The main bundle has been loaded and Electron's `ready` has been told. */
  | { readonly kind: 'ready' }
