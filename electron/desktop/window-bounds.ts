import type { WindowBounds } from './desk/desktop-settings.ts'

export const DEFAULT_SIZE = { width: 1_280, height: 800 }
export const MIN_SIZE = { width: 1_024, height: 700 }

/** So much of the top edge must be on a screen, in pixels, for a person to get hold of the window. */
const GRIP = { width: 120, height: 40 }

/**
 * Where the window opens: where it was, unless that is on no screen any more (a monitor was unplugged). Never smaller
 * than it can be used. Pure.
 * @param workAreas of all screens, in the same coordinates
 */
export function openingBounds(
  saved: WindowBounds | null,
  workAreas: readonly WindowBounds[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  if (saved === null) return DEFAULT_SIZE
  const size = {
    width: Math.max(saved.width, MIN_SIZE.width),
    height: Math.max(saved.height, MIN_SIZE.height),
  }
  const placed = { ...saved, ...size }
  return workAreas.some((area) => canBeGripped(placed, area)) ? placed : size
}

function canBeGripped(bounds: WindowBounds, area: WindowBounds): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const top = bounds.y
  return width >= GRIP.width && top >= area.y && top + GRIP.height <= area.y + area.height
}
