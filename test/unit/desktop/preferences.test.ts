import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesktopSettings, type DesktopSettings } from '../../../electron/desktop/desk/desktop-settings.ts'
import { createPreferencesHandlers } from '../../../electron/desktop/desk/preferences.ts'
import { defaultPreferences } from '../../../shared/preferences.ts'

describe('preferences of the window', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'radpost-preferences-'))
    path = join(folder, 'desktop.json')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function open() {
    const applied: DesktopSettings[] = []
    const desktop = openDesktopSettings(path)
    const handlers = createPreferencesHandlers(desktop, {
      applyDesktopSettings: (settings) => void applied.push(settings),
    })
    return { ...handlers, desktop, applied }
  }

  it('are the defaults at first, and what was saved after a new start', async () => {
    expect(await open()['preferences.get']({})).toEqual(defaultPreferences)
    const worklist = { ...defaultPreferences.worklist, viewId: 'overdue' }
    await open()['preferences.save']({ density: 'compact', worklist })
    expect(await open()['preferences.get']({})).toEqual({
      ...defaultPreferences,
      density: 'compact',
      worklist,
    })
  })

  it('leave the other wishes of the desktop alone', async () => {
    const { desktop, ...handlers } = open()
    desktop.change({ theme: 'dark', closeExplained: true })
    await handlers['preferences.save']({ zoomPercent: 150 })
    expect(open().desktop.get()).toMatchObject({ theme: 'dark', closeExplained: true })
  })

  it('apply a zoom at once, and nothing where it is the same', async () => {
    const { applied, ...handlers } = open()
    await handlers['preferences.save']({ density: 'compact' })
    await handlers['preferences.save']({ zoomPercent: 100 })
    expect(applied).toEqual([])
    await handlers['preferences.save']({ zoomPercent: 150 })
    expect(applied.map(({ preferences }) => preferences.zoomPercent)).toEqual([150])
  })

  it('are the defaults where the file is damaged, part by part', async () => {
    writeFileSync(
      path,
      '{"theme": "dark", "preferences": {"density": "compact", "zoomPercent": 4000, "worklist": 7}}',
    )
    expect(await open()['preferences.get']({})).toEqual({ ...defaultPreferences, density: 'compact' })
    writeFileSync(path, '{"theme": "dark", "prefer')
    expect(await open()['preferences.get']({})).toEqual(defaultPreferences)
  })

  it('hold nothing of a search', async () => {
    await open()['preferences.save']({ density: 'compact' })
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    expect(JSON.stringify(kept)).not.toContain('search')
  })
})
