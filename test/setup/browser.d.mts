/** The Chromium of this machine, which shows the window where there is no Electron; null where there is none. */
export function chromiumPath(): string | null
