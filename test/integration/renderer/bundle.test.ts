import { expect, it } from 'vitest'
import { BUNDLE_LIMIT_BYTES, weighBundle } from '../../bench/bundle.ts'

it('is light: the whole window but the PDF viewer within its limit after gzip', async () => {
  const { files, gzipBytes, viewer } = await weighBundle()
  // The page, its code and its style are weighed; the viewer is a file of its own, or it would be loaded with them.
  expect(files.map(({ name }) => name.replace(/-[\w-]+\./, '.'))).toEqual(
    expect.arrayContaining(['index.html', 'assets/index.js', 'assets/index.css']),
  )
  expect(viewer.some((name) => /^assets\/.*\.js$/.test(name))).toBe(true)
  expect(gzipBytes).toBeGreaterThan(100_000)
  expect(gzipBytes).toBeLessThanOrEqual(BUNDLE_LIMIT_BYTES)
})
