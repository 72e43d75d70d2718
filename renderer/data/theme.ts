import { useLayoutEffect } from 'react'
import { useCall } from './radpost.ts'

/** Light, dark, or as the system: the style sheet follows `data-theme` on the page's root. */
export function useTheme(): void {
  const settings = useCall('settings.get', {})
  const theme = settings.data?.theme ?? 'system'
  useLayoutEffect(() => {
    const root = document.documentElement
    if (theme === 'system') delete root.dataset['theme']
    else root.dataset['theme'] = theme
  }, [theme])
}
