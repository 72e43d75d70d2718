import { missing } from './strict.ts'

/** What `import … from 'electron'` gives in the main process of the stand-in. */

export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { clipboard, powerMonitor, screen, shell } from './desktop-services.ts'
export { dialog } from './dialog.ts'
export { ipcMain } from './ipc-main.ts'
export { Menu, MenuItem } from './menu.ts'
export { nativeImage } from './native-image.ts'
export { nativeTheme } from './native-theme.ts'
export { Notification } from './notification.ts'
export { protocol } from './protocol.ts'
export { session } from './session.ts'
export { Tray } from './tray.ts'
export { utilityProcess } from './utility-process.ts'
export { webContents } from './web-contents.ts'

export const autoUpdater = missing('autoUpdater')
export const BaseWindow = missing('BaseWindow')
export const BrowserView = missing('BrowserView')
export const contentTracing = missing('contentTracing')
export const crashReporter = missing('crashReporter')
export const desktopCapturer = missing('desktopCapturer')
export const globalShortcut = missing('globalShortcut')
export const MessageChannelMain = missing('MessageChannelMain')
export const net = missing('net')
export const netLog = missing('netLog')
export const powerSaveBlocker = missing('powerSaveBlocker')
export const safeStorage = missing('safeStorage')
export const ShareMenu = missing('ShareMenu')
export const systemPreferences = missing('systemPreferences')
export const TouchBar = missing('TouchBar')
export const View = missing('View')
export const WebContentsView = missing('WebContentsView')
export const webFrameMain = missing('webFrameMain')
