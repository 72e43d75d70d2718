/// <reference types="vite/client" />

import type { RadpostApi } from '../shared/ipc.ts'

declare global {
  interface Window {
    /** Put there by the preload; the only way out of the window. */
    readonly radpost: RadpostApi
  }
}
