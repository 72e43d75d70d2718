import type { DesktopSettingsStore } from './desktop-settings.ts'
import type { DeskHost } from './desk.ts'
import type { Handlers } from './handlers.ts'

/** Preferences are the desktop's own wishes: kept in desktop.json, never in settings.json, which an administrator writes. */
export function createPreferencesHandlers(
  desktop: DesktopSettingsStore,
  host: Pick<DeskHost, 'applyDesktopSettings'>,
): Pick<Handlers, 'preferences.get' | 'preferences.save'> {
  return {
    'preferences.get': () => desktop.get().preferences,
    'preferences.save': ({ density, zoomPercent, worklist }) => {
      const before = desktop.get().preferences
      const changed = desktop.change({
        preferences: {
          density: density ?? before.density,
          zoomPercent: zoomPercent ?? before.zoomPercent,
          worklist: worklist ?? before.worklist,
        },
      })
      if (changed.preferences.zoomPercent !== before.zoomPercent) host.applyDesktopSettings(changed)
      return changed.preferences
    },
  }
}
