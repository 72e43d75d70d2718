import { join } from 'node:path'
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron'
import type { StationStatus } from '../../shared/ipc.ts'
import type { RecentItem } from './desk/recent.ts'
import {
  trayIconOf,
  trayMenu,
  trayWords,
  type TrayAction,
  type TrayIcon,
  type TrayMenuItem,
} from './tray-face.ts'

export type AppTray = {
  show(status: StationStatus, recent: readonly RecentItem[]): void
  destroy(): void
}

/** Icons that change faster than this are not all drawn by every desktop. */
const SHOW_EVERY_MS = 250

/**
 * The picture in the tray with its menu. The returned object must be kept: a tray that is collected disappears.
 * @param iconFolder where the built pictures are
 */
export function createTray(iconFolder: string, act: (action: TrayAction) => void): AppTray {
  const images = new Map<TrayIcon, NativeImage>()
  let tray: Tray | null = null
  let next: (() => void) | null = null
  let resting: NodeJS.Timeout | undefined
  let shown = ''

  function imageOf(icon: TrayIcon): NativeImage {
    const known = images.get(icon)
    if (known !== undefined) return known
    const isMac = process.platform === 'darwin'
    const image = nativeImage.createFromPath(join(iconFolder, `tray-${icon}${isMac ? 'Template' : ''}.png`))
    if (isMac) image.setTemplateImage(true)
    images.set(icon, image)
    return image
  }

  function build(items: readonly TrayMenuItem[]): MenuItemConstructorOptions[] {
    return items.map((item) => {
      switch (item.kind) {
        case 'separator':
          return { type: 'separator' }
        case 'words':
          return { label: item.label, enabled: false }
        case 'action':
          return { label: item.label, enabled: item.enabled, click: () => act(item.action) }
        case 'group':
          return { label: item.label, submenu: build(item.items) }
      }
    })
  }

  function put(status: StationStatus, recent: readonly RecentItem[]): void {
    const items = trayMenu(status, recent)
    const icon = trayIconOf(status.overall)
    const text = JSON.stringify([icon, items])
    if (text === shown) return
    shown = text
    const image = imageOf(icon)
    if (tray === null) {
      tray = new Tray(image)
      // On macOS a click opens the menu; elsewhere the right button does, and the left one the window.
      if (process.platform !== 'darwin') tray.on('click', () => act('open'))
    } else tray.setImage(image)
    tray.setToolTip(`Radpost: ${trayWords(status)}`)
    // A menu once given to a Linux desktop does not change by itself.
    tray.setContextMenu(Menu.buildFromTemplate(build(items)))
  }

  function rest(): void {
    resting = undefined
    const work = next
    next = null
    if (work === null) return
    work()
    resting = setTimeout(rest, SHOW_EVERY_MS)
  }

  return {
    show(status, recent) {
      next = () => put(status, recent)
      if (resting === undefined) rest()
    },
    destroy() {
      clearTimeout(resting)
      next = null
      // Windows keeps a ghost of an icon that was not taken away.
      tray?.destroy()
      tray = null
    },
  }
}
