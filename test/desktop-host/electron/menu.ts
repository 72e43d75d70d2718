import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions } from 'electron'
import type { MenuItemState } from '../control.ts'
import { strict } from './strict.ts'

class MenuItem {
  id: string
  label: string
  sublabel: string
  toolTip: string
  type: NonNullable<MenuItemConstructorOptions['type']>
  role: MenuItemConstructorOptions['role']
  accelerator: MenuItemConstructorOptions['accelerator']
  enabled: boolean
  visible: boolean
  checked: boolean
  submenu: Menu | undefined
  click: () => void

  constructor(options: MenuItemConstructorOptions) {
    const { submenu } = options
    this.id = options.id ?? ''
    this.role = options.role
    this.label = options.label ?? options.role ?? ''
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.accelerator = options.accelerator
    this.type = options.type ?? (submenu === undefined ? 'normal' : 'submenu')
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.submenu = Array.isArray(submenu)
      ? Menu.buildFromTemplate(submenu)
      : (submenu as unknown as Menu | undefined)
    this.click = () =>
      options.click?.(this as unknown as Parameters<NonNullable<typeof options.click>>[0], undefined, {})
  }
}

class Menu extends EventEmitter {
  items: MenuItem[] = []
  private static application: Menu | null = null

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | MenuItem)[]): Menu {
    const menu = strict('Menu', new Menu())
    for (const entry of template) menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry))
    return menu
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.application = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.application
  }
  append(item: MenuItem): void {
    this.items.push(item)
  }
  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item)
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null)
      if (found !== null) return found
    }
    return null
  }
  popup(): void {}
  closePopup(): void {}
}

export { Menu, MenuItem }

export function describeMenu(menu: Menu | null | undefined): readonly MenuItemState[] {
  return (menu?.items ?? []).map(({ label, type, enabled, visible, checked, submenu }) => ({
    label,
    type,
    enabled,
    visible,
    checked,
    submenu: describeMenu(submenu),
  }))
}

/** @throws Error when there is no such item, or it cannot be chosen now */
export function chooseItem(menu: Menu | null | undefined, labels: readonly string[]): void {
  const [label, ...deeper] = labels
  const item = menu?.items.find((each) => each.label === label && each.visible)
  if (item === undefined) throw new Error(`The menu has no item "${label}".`)
  if (!item.enabled) throw new Error(`The menu item "${label}" is disabled.`)
  if (deeper.length > 0) chooseItem(item.submenu, deeper)
  else {
    if (item.type === 'checkbox') item.checked = !item.checked
    item.click()
  }
}
