import { toAppUrl } from '../host/addresses.ts'
import type { CdpEvents } from '../host/cdp.ts'

/** The world of the preload, by the name that Electron gives it. */
export const PRELOAD_WORLD = 'Electron Isolated Context'

export type Frame = { readonly id: string; readonly isMain: boolean; readonly url: string }

/** The frames of one page and the worlds of scripts in them, as Chromium tells of them. */
export type Frames = {
  navigated(frame: CdpEvents['Page.frameNavigated']['frame']): Frame
  worldCreated(context: CdpEvents['Runtime.executionContextCreated']['context']): void
  /** undefined: not heard of yet. */
  byId(frameId: string): Frame | undefined
  ofWorld(contextId: number): Frame | undefined
  /** Address of the main frame as the app names it; empty before the first page. */
  mainUrl(): string
  /** The preload's world in the main frame, null before there is one. */
  preloadWorld(): number | null
}

export function createFrames(): Frames {
  const frames = new Map<string, Frame>()
  const worlds = new Map<number, string>()
  let preloadWorld: number | null = null
  return {
    navigated({ id, parentId, url }) {
      const frame = { id, isMain: parentId === undefined, url: toAppUrl(url) }
      frames.set(id, frame)
      return frame
    },
    worldCreated({ id, name, auxData }) {
      const frameId = auxData?.frameId
      if (frameId === undefined) return
      worlds.set(id, frameId)
      if (name === PRELOAD_WORLD && frames.get(frameId)?.isMain !== false) preloadWorld = id
    },
    byId: (frameId) => frames.get(frameId),
    ofWorld: (contextId) => frames.get(worlds.get(contextId) ?? ''),
    mainUrl: () => [...frames.values()].find(({ isMain }) => isMain)?.url ?? '',
    preloadWorld: () => preloadWorld,
  }
}
