import { EventEmitter } from 'node:events'
import type { Rectangle, Tray as ElectronTray } from 'electron'
import type { TrayState } from '../control.ts'
import { changed } from '../host/records.ts'
import { describeMenu, type Menu } from './menu.ts'
import { imageName, type StandInImage } from './native-image.ts'
import { strict } from './strict.ts'

let shown: Tray | null = null

class Tray extends EventEmitter {
  private image: string | null
  private toolTip = ''
  private menu: Menu | null = null
  private destroyed = false

  constructor(image: string | StandInImage) {
    super()
    if (typeof image !== 'string' && image.isEmpty()) throw new Error('The picture of the tray is empty.')
    this.image = imageName(image)
    const self = strict('Tray', this)
    shown = self
    changed()
    // eslint-disable-next-line no-constructor-return
    return self
  }
  setImage(image: string | StandInImage): void {
    if (typeof image !== 'string' && image.isEmpty()) throw new Error('The picture of the tray is empty.')
    this.image = imageName(image)
    changed()
  }
  setPressedImage(_image: unknown): void {}
  setToolTip(toolTip: string): void {
    this.toolTip = toolTip
    changed()
  }
  setTitle(_title: string): void {}
  setContextMenu(menu: Menu | null): void {
    this.menu = menu
    changed()
  }
  setIgnoreDoubleClickEvents(_ignore: boolean): void {}
  popUpContextMenu(): void {}
  displayBalloon(_options: unknown): void {}
  getBounds(): Rectangle {
    return { x: 0, y: 0, width: 16, height: 16 }
  }
  destroy(): void {
    this.destroyed = true
    if (shown?.isDestroyed() === true) shown = null
    changed()
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  describe(): TrayState {
    return { image: this.image, toolTip: this.toolTip, menu: describeMenu(this.menu) }
  }
  get contextMenu(): Menu | null {
    return this.menu
  }
}

Tray satisfies new (
  ...args: never[]
) => Pick<ElectronTray, 'setToolTip' | 'destroy' | 'isDestroyed' | 'getBounds'>

export { Tray }

/** The tray that the app shows now, or null. */
export function shownTray(): Tray | null {
  return shown
}
