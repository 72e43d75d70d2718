import type { CdpSession } from '../host/cdp.ts'
import { hostOptions } from '../host/options.ts'

export type Size = { readonly width: number; readonly height: number }

/** How one page is shown: its size, its colours, and as if its window were in front. */
export type PageScreen = {
  readonly size: () => Size
  resize(cdp: CdpSession | null, size: Size): Promise<void>
  setColours(cdp: CdpSession | null, colours: 'light' | 'dark'): Promise<void>
  fit(cdp: CdpSession | null): Promise<void>
}

/** @param first the size at the beginning */
export function createPageScreen(first: Size): PageScreen {
  let size = first
  let colours: 'light' | 'dark' = 'light'

  /** Before the page is open there is nothing to tell: it is told when it opens. */
  async function fit(cdp: CdpSession | null): Promise<void> {
    if (cdp === null) return
    if (hostOptions.headless)
      await cdp.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false })
    await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true })
    await cdp.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: colours }],
    })
  }

  return {
    size: () => size,
    async resize(cdp, wanted) {
      size = wanted
      await fit(cdp)
    },
    async setColours(cdp, wanted) {
      colours = wanted
      await fit(cdp)
    },
    fit,
  }
}
