import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useLayoutEffect } from 'react'
import type { CallArgs, CallResult } from '../../shared/ipc.ts'
import { defaultPreferences, ZOOM_PERCENT, type Preferences } from '../../shared/preferences.ts'
import { useAnnounce } from '../ui/messages.tsx'
import { call, useCall } from './radpost.ts'
import { useShortcuts } from './shortcuts.ts'

export type PreferencesDesk = {
  /** False until they have been read: what is shown by then would jump. */
  readonly isReady: boolean
  readonly preferences: Preferences
  /** Shown at once, and kept for the next start. */
  readonly change: (part: CallArgs<'preferences.save'>) => void
}

/** How the person likes the window. Where that cannot be read, the defaults. */
export function usePreferences(): PreferencesDesk {
  const client = useQueryClient()
  const announce = useAnnounce()
  const kept = useCall('preferences.get', {})
  const change = useCallback(
    (part: CallArgs<'preferences.save'>) => {
      client.setQueryData<CallResult<'preferences.get'>>(['preferences.get', {}], (present) =>
        Object.assign({}, present ?? defaultPreferences, part),
      )
      call('preferences.save', part).catch(announce.failed)
    },
    [client, announce],
  )
  return {
    isReady: kept.data !== undefined || kept.isError,
    preferences: kept.data ?? defaultPreferences,
    change,
  }
}

/** The next zoom in that direction, in percent; at the end of the range the same one. */
export function nextZoom(percent: number, by: -1 | 1): number {
  const { min, max, step } = ZOOM_PERCENT
  return Math.min(max, Math.max(min, (Math.round(percent / step) + by) * step))
}

/** Density on the page's root, where the style sheet looks for it, and the keys that zoom. */
export function useLook(): void {
  const { preferences, change } = usePreferences()
  const { density, zoomPercent } = preferences
  useLayoutEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
  const larger = () => change({ zoomPercent: nextZoom(zoomPercent, 1) })
  useShortcuts({
    'mod++': larger,
    'mod+=': larger,
    'mod+-': () => change({ zoomPercent: nextZoom(zoomPercent, -1) }),
    'mod+0': () => change({ zoomPercent: 100 }),
  })
}
