import { app, powerMonitor } from 'electron'

/** The one place that knows whether the app is ending (electron-builder and macOS hang where there are two). */
export type Lifecycle = {
  readonly isQuitting: () => boolean
  readonly quit: () => void
  /** The system ends the session: there is no time to ask anybody. */
  readonly sessionEnds: () => void
}

/** A station finishes what is under way, but not for ever; whatever is left goes on with the next start. */
const DRAIN_MS = 10_000

/** @param drain ends the work in order */
export function createLifecycle(drain: () => Promise<void>): Lifecycle {
  let quitting = false
  let draining = false

  app.on('before-quit', () => {
    quitting = true
  })
  app.on('will-quit', (event) => {
    // app.exit() below does not come by here again.
    event.preventDefault()
    if (draining) return
    draining = true
    const limit = setTimeout(() => app.exit(0), DRAIN_MS)
    void drain().finally(() => {
      clearTimeout(limit)
      app.exit(0)
    })
  })
  // The tray stays when the window is gone.
  app.on('window-all-closed', () => undefined)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())

  return {
    isQuitting: () => quitting,
    quit: () => app.quit(),
    sessionEnds() {
      quitting = true
      app.quit()
    },
  }
}

/** Sleep begins nothing new; waking up looks at once. A locked screen changes nothing of it (idle.ts). */
export function followPower(power: {
  readonly suspend: () => void
  readonly resume: () => void
  readonly shutdown: () => void
}): void {
  powerMonitor.on('suspend', power.suspend)
  powerMonitor.on('resume', power.resume)
  powerMonitor.on('shutdown', power.shutdown)
}
