import { EventEmitter } from 'node:events'
import type { NativeTheme } from 'electron'
import { strict } from './strict.ts'

class NativeThemeStandIn extends EventEmitter {
  private source: NativeTheme['themeSource'] = 'system'
  /** What the system itself wants; a desk in daylight. */
  private systemIsDark = process.env['RADPOST_STAND_IN_DARK'] === '1'
  shouldUseHighContrastColors = false
  shouldUseInvertedColorScheme = false
  prefersReducedTransparency = false
  inForcedColorsMode = false

  get themeSource(): NativeTheme['themeSource'] {
    return this.source
  }
  set themeSource(source: NativeTheme['themeSource']) {
    this.source = source
    this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'system' ? this.systemIsDark : this.source === 'dark'
  }
}

NativeThemeStandIn satisfies new () => Pick<
  NativeTheme,
  | 'themeSource'
  | 'shouldUseDarkColors'
  | 'shouldUseHighContrastColors'
  | 'shouldUseInvertedColorScheme'
  | 'prefersReducedTransparency'
  | 'inForcedColorsMode'
>

export const nativeTheme = strict('nativeTheme', new NativeThemeStandIn())
