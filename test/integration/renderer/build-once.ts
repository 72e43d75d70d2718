import { buildSharedWindow, missingBrowser } from './built-window.ts'

/** The spec files of the window share one build of it. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  return missingBrowser === null ? buildSharedWindow() : undefined
}
