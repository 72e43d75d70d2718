import { describe, expect, it } from 'vitest'
import { chooseItem, describeMenu, Menu } from '../../desktop-host/electron/menu.ts'
import { missing, NotInStandIn, strict } from '../../desktop-host/electron/strict.ts'

describe('a part of Electron that the stand-in lacks', () => {
  it('is named when it is read', () => {
    const part = strict('tray', { there: 1 })
    expect(part.there).toBe(1)
    expect(() => (part as { lacking?: unknown }).lacking).toThrow(new NotInStandIn('tray.lacking'))
  })

  it('can be awaited and written as JSON like any object', async () => {
    const part = strict('tray', { there: 1 })
    await expect(Promise.resolve(part)).resolves.toBe(part)
    expect(JSON.stringify(part)).toBe('{"there":1}')
  })

  it('can be imported when it is missing as a whole, but not used', () => {
    const part = missing('autoUpdater') as { check(): void; new (): object }
    expect(() => part.check()).toThrow('autoUpdater.check')
    expect(() => new part()).toThrow('autoUpdater')
  })
})

describe('menus', () => {
  it('lets a test choose what a person could choose, and nothing else', () => {
    let chosen = ''
    const menu = Menu.buildFromTemplate([
      { label: 'Pause', submenu: [{ label: 'For 1 hour', click: () => (chosen = 'hour') }] },
      { label: 'Recent', enabled: false },
      { label: 'Secret', visible: false },
    ])
    chooseItem(menu, ['Pause', 'For 1 hour'])
    expect(chosen).toBe('hour')
    expect(() => chooseItem(menu, ['Recent'])).toThrow('disabled')
    expect(() => chooseItem(menu, ['Secret'])).toThrow('no item')
    expect(describeMenu(menu).map(({ label }) => label)).toEqual(['Pause', 'Recent', 'Secret'])
  })
})
