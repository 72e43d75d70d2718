import type { Page } from 'playwright-core'

/** Windows that a person may have, in pixels, and how far the window may be zoomed (shared/preferences.ts). */
const sizes = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
] as const
const zooms = [0.8, 1, 2] as const

/**
 * What does not fit, in words, in any of the sizes and zooms: a page that scrolls sideways, or a control or heading
 * that is cut off where nothing scrolls to it. A zoomed window has fewer pixels of its own, so it is a smaller one.
 */
export async function misfits(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const { width, height } of sizes) {
    for (const zoom of zooms) {
      await page.setViewportSize({ width: Math.round(width / zoom), height: Math.round(height / zoom) })
      const cut: readonly string[] = await page.evaluate(`(${String(cutOff)})()`)
      found.push(...cut.map((what) => `${width}×${height} at ${zoom * 100} %: ${what}`))
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  return found
}

/** Runs in the page. */
function cutOff(): readonly string[] {
  // oxlint-disable typescript/no-unsafe-type-assertion, typescript/no-explicit-any -- the page's own globals
  const { document, getComputedStyle, innerWidth, innerHeight } = globalThis as any
  const found = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth + 1)
    found.push(`the page scrolls sideways by ${root.scrollWidth - root.clientWidth}`)
  const slack = 2
  const dialog = [...document.querySelectorAll('.modal')].at(-1)
  for (const element of (dialog ?? document).querySelectorAll(
    'button, input:not([type=radio], [type=checkbox], [type=file]), label, textarea, select, h1, h2, [role=tab], [role=combobox]',
  )) {
    const rect = element.getBoundingClientRect()
    if (rect.width < 3 || rect.height < 3 || !element.checkVisibility({ visibilityProperty: true })) continue
    const free = { x: false, y: false }
    let clip = null
    // Boxes of one pixel hide on purpose what is for a screen reader.
    let isSpokenOnly = false
    for (
      let around = element.parentElement;
      around !== null && clip === null;
      around = around.parentElement
    ) {
      const style = getComputedStyle(around)
      const box = around.getBoundingClientRect()
      isSpokenOnly ||= box.width <= 1
      if (style.overflowX === 'auto' || style.overflowX === 'scroll') free.x = true
      else if (
        style.overflowX !== 'visible' &&
        !free.x &&
        (rect.left < box.left - slack || rect.right > box.right + slack)
      )
        clip = around
      if (style.overflowY === 'auto' || style.overflowY === 'scroll') free.y = true
      else if (
        style.overflowY !== 'visible' &&
        !free.y &&
        (rect.top < box.top - slack || rect.bottom > box.bottom + slack)
      )
        clip = around
      if (style.position === 'fixed') break
    }
    const isOut =
      (!free.x && (rect.left < -slack || rect.right > innerWidth + slack)) ||
      (!free.y && (rect.top < -slack || rect.bottom > innerHeight + slack))
    if (!isSpokenOnly && (clip !== null || isOut)) {
      const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)
      found.push(`${element.tagName.toLowerCase()} “${name}” is cut off`)
    }
  }
  return found
}
