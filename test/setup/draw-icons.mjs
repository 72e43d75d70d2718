import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

/**
 * Draws the PNGs of electron/desktop/icons from their SVG sources: tray pictures at 16 and 32 pixels, the app's own at
 * 512. Run by hand after a source was changed (`node test/setup/draw-icons.mjs`); the PNGs are committed.
 */

const folder = join(import.meta.dirname, '../../electron/desktop/icons')
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.svg'))) {
    const svg = await readFile(join(folder, name), 'utf8')
    const base = name.slice(0, -'.svg'.length)
    for (const [sizePixels, suffix] of base.startsWith('tray-')
      ? [
          [16, ''],
          [32, '@2x'],
        ]
      : [[512, '']]) {
      const page = await browser.newPage({ viewport: { width: sizePixels, height: sizePixels } })
      await page.setContent(
        `<style>html,body{margin:0;background:transparent}svg{display:block;width:${sizePixels}px;height:${sizePixels}px}</style>${svg}`,
      )
      const png = await page.screenshot({ omitBackground: true })
      await writeFile(join(folder, `${base}${suffix}.png`), png)
      await page.close()
    }
  }
} finally {
  await browser.close()
}
