'use strict'

/**
 * Loaded into real Electron before the app (`electron --require`): notes what the app asks of the desktop, in the same
 * shape as the stand-in (control.ts), and leaves everything else as it is. CommonJS, because Electron requires it.
 */

const path = require('node:path')
const electron = require('electron')

const { app, dialog, ipcMain, nativeImage, Notification, powerMonitor, session, shell, Tray } = electron
const records = {
  traffic: [],
  attempts: [],
  openedExternally: [],
  openedPaths: [],
  dialogs: [],
  loginItem: null,
  appUserModelId: null,
  sandboxEnabled: false,
}
const imageNames = new WeakMap()
const handlers = new Map()
const notifications = []
const folderAnswers = []
const folderQuestions = []
const saveAnswers = []
const saveQuestions = []
const tray = { shown: null, image: null, toolTip: '', menu: null }
let lastImage = null

/** Puts `around(original)` in the place of a method. */
function wrap(owner, name, around) {
  owner[name] = around(owner[name])
}

wrap(nativeImage, 'createFromPath', (original) => (file) => {
  const image = original.call(nativeImage, file)
  lastImage = path.basename(file)
  imageNames.set(image, lastImage)
  return image
})
wrap(
  Tray.prototype,
  'setImage',
  (original) =>
    function setImage(image) {
      tray.image = typeof image === 'string' ? path.basename(image) : (imageNames.get(image) ?? null)
      return original.call(this, image)
    },
)
wrap(
  Tray.prototype,
  'setToolTip',
  (original) =>
    function setToolTip(toolTip) {
      // The picture of a new tray is given to its constructor, which cannot be seen: it is the last one that was made.
      if (tray.shown !== this) tray.image = lastImage
      tray.shown = this
      tray.toolTip = toolTip
      return original.call(this, toolTip)
    },
)
wrap(
  Tray.prototype,
  'setContextMenu',
  (original) =>
    function setContextMenu(menu) {
      tray.menu = menu
      return original.call(this, menu)
    },
)
wrap(
  Notification.prototype,
  'show',
  (original) =>
    function show() {
      notifications.push({ shown: this, closed: false })
      return original.call(this)
    },
)
wrap(shell, 'openExternal', () => async (url) => void records.openedExternally.push(url))
wrap(shell, 'openPath', () => async (file) => {
  records.openedPaths.push(file)
  return ''
})
wrap(dialog, 'showOpenDialog', () => (...args) => {
  records.dialogs.push({ kind: 'open', title: args.at(-1)?.title ?? '', proposed: null })
  return new Promise((resolve) => {
    if (folderAnswers.length > 0) resolve(folderAnswers.shift())
    else folderQuestions.push(resolve)
  })
})
wrap(dialog, 'showSaveDialog', () => (...args) => {
  const { title = '', defaultPath = null } = args.at(-1) ?? {}
  records.dialogs.push({ kind: 'save', title, proposed: defaultPath })
  return new Promise((resolve) => {
    if (saveAnswers.length > 0) resolve(saveAnswers.shift())
    else saveQuestions.push(resolve)
  })
})
wrap(app, 'setLoginItemSettings', (original) => (settings) => {
  records.loginItem = { ...settings }
  return original.call(app, settings)
})
wrap(app, 'setAppUserModelId', (original) => (id) => {
  records.appUserModelId = id
  return original.call(app, id)
})
wrap(app, 'enableSandbox', (original) => () => {
  records.sandboxEnabled = true
  return original.call(app)
})
wrap(ipcMain, 'handle', (original) => (channel, handler) => {
  const noting = async (event, ...args) => {
    records.traffic.push({ kind: 'call', channel, args })
    try {
      const result = await handler(event, ...args)
      records.traffic.push({ kind: 'answer', channel, result })
      return result
    } catch (error) {
      records.traffic.push({ kind: 'failure', channel, message: String(error) })
      throw error
    }
  }
  handlers.set(channel, handler)
  return original.call(ipcMain, channel, noting)
})

// Before the app's own listeners, so that what they set is seen.
app.prependListener('web-contents-created', (_event, contents) => {
  wrap(contents, 'send', (original) => (channel, ...args) => {
    records.traffic.push({ kind: 'event', channel, args })
    return original.call(contents, channel, ...args)
  })
  wrap(
    contents,
    'setWindowOpenHandler',
    (original) => (handler) =>
      original.call(contents, (details) => {
        const answer = handler(details)
        records.attempts.push({ what: 'window', url: details.url, allowed: answer.action === 'allow' })
        return answer
      }),
  )
  // After the app's own listeners, so that their decision is seen.
  setImmediate(() =>
    contents.on('will-frame-navigate', (event) =>
      records.attempts.push({ what: 'navigation', url: event.url, allowed: !event.defaultPrevented }),
    ),
  )
})
app.once('ready', () => {
  wrap(
    session.defaultSession.webRequest,
    'onBeforeRequest',
    (original) => (listener) =>
      original.call(session.defaultSession.webRequest, (details, decide) =>
        listener(details, (answer) => {
          if (!details.url.startsWith('app:'))
            records.attempts.push({ what: 'request', url: details.url, allowed: answer.cancel !== true })
          decide(answer)
        }),
      ),
  )
})

function describeMenu(menu) {
  return (menu?.items ?? []).map(({ label, type, enabled, visible, checked, submenu }) => ({
    label,
    type,
    enabled,
    visible,
    checked,
    submenu: describeMenu(submenu),
  }))
}

function choose(menu, [label, ...deeper]) {
  const item = menu?.items.find((each) => each.label === label && each.visible)
  if (item === undefined) throw new Error(`The menu has no item "${label}".`)
  if (!item.enabled) throw new Error(`The menu item "${label}" is disabled.`)
  if (deeper.length > 0) choose(item.submenu, deeper)
  else item.click()
}

const firstWindow = () => electron.BrowserWindow.getAllWindows()[0]

/** What the driver asks by `electronApp.evaluate`. */
globalThis.radpostDesk = {
  state: () => ({
    windows: electron.BrowserWindow.getAllWindows().map((window) => ({
      id: window.id,
      title: window.getTitle(),
      url: window.webContents.getURL(),
      visible: window.isVisible(),
      minimized: window.isMinimized(),
      focused: window.isFocused(),
      bounds: window.getBounds(),
    })),
    tray:
      tray.shown === null
        ? null
        : { image: tray.image, toolTip: tray.toolTip, menu: describeMenu(tray.menu) },
    notifications: notifications.map(({ shown, closed }) => ({
      title: shown.title,
      body: shown.body,
      closed,
    })),
    openedExternally: records.openedExternally,
    openedPaths: records.openedPaths,
    dialogs: records.dialogs,
    loginItem: records.loginItem,
    appUserModelId: records.appUserModelId,
    sandboxEnabled: records.sandboxEnabled,
    attempts: records.attempts,
  }),
  // Bytes would arrive as an object of numbers: they are told by their text, which is what a spec searches.
  traffic: () =>
    JSON.stringify(records.traffic, (_name, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    ),
  clickTray: () => tray.shown.emit('click', {}, tray.shown.getBounds()),
  chooseTrayItem: (labels) => choose(tray.menu, labels),
  clickNotification: (index) => notifications[index].shown.emit('click', {}),
  answerOpenDialog(paths) {
    const answer = { canceled: paths === null, filePaths: paths ?? [] }
    const waiting = folderQuestions.shift()
    if (waiting === undefined) folderAnswers.push(answer)
    else waiting(answer)
  },
  answerSaveDialog(file) {
    const answer = { canceled: file === null, filePath: file ?? '' }
    const waiting = saveQuestions.shift()
    if (waiting === undefined) saveAnswers.push(answer)
    else waiting(answer)
  },
  closeWindow: () => firstWindow().close(),
  power: (event) => powerMonitor.emit(event, {}),
  quit: () => setImmediate(() => app.quit()),
  async callAs({ url, isMainFrame }, channel, args) {
    const { webContents } = firstWindow()
    const origin = URL.canParse(url) ? `${new URL(url).protocol}//${new URL(url).host}` : 'null'
    const parent = isMainFrame ? null : webContents.mainFrame
    const event = {
      type: 'frame',
      sender: webContents,
      senderFrame: { url, origin, parent },
      frameId: 1,
      processId: 1,
    }
    try {
      return { ok: true, value: await handlers.get(channel)(event, ...args) }
    } catch (error) {
      return { ok: false, value: String(error) }
    }
  },
}
