import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll, extractFile, listPackage, statFile } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../desktop-host/host/chromium.ts'
import { startOnStandIn } from '../desktop-host/stand-in-driver.ts'
import { packWithoutElectron, type PackedApp } from './pack.ts'

const noChromium = findChromium() === null

let packed: PackedApp
let archive = ''

beforeAll(async () => {
  packed = await packWithoutElectron()
  archive = join(packed.folder, 'resources', 'app.asar')
})
afterAll(() => packed.remove())

function shippedFiles(): string[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.split('\\').join('/'))
    .filter((path) => !('files' in statFile(archive, path.slice(1))))
}

/** The lines of the list as patterns, in which `*` stands for anything but a folder. */
async function allowedLines(): Promise<{ line: string; fits: RegExp }[]> {
  const text = await readFile(join(import.meta.dirname, 'shipped-files.txt'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({
      line,
      fits: new RegExp(
        `^${line
          .split('*')
          .map((part) => RegExp.escape(part))
          .join('[^/]+')}$`,
      ),
    }))
}

describe('what ships', () => {
  it('is exactly what the list allows', async () => {
    const lines = await allowedLines()
    const files = shippedFiles()
    const unexpected = files.filter((file) => !lines.some(({ fits }) => fits.test(file)))
    const absent = lines.filter(({ fits }) => !files.some((file) => fits.test(file))).map(({ line }) => line)
    expect({ unexpected, absent }).toEqual({ unexpected: [], absent: [] })
  })

  it('holds no test, no source, no map and no settings of tools', () => {
    const never =
      /(?:^\/(?:test|renderer|electron|shared|docs|\.)|\.(?:ts|tsx|mts|cts|map|yml)$|tsconfig|vite)/
    expect(shippedFiles().filter((file) => never.test(file))).toEqual([])
  })

  it('has the window built for people, not for tests of its libraries', () => {
    const scripts = shippedFiles().filter((file) => /^\/out\/renderer\/assets\/.*\.js$/.test(file))
    expect(scripts.length).toBeGreaterThan(0)
    for (const file of scripts)
      // The words by which React's development build asks for its developer tools.
      expect(extractFile(archive, file.slice(1)).includes('Download the React DevTools'), file).toBe(false)
  })

  it('keeps the native keychain library as a file of its own', () => {
    const natives = shippedFiles().filter((file) => file.endsWith('.node'))
    expect(natives).toHaveLength(1)
    for (const file of natives) expect(statFile(archive, file.slice(1))).toMatchObject({ unpacked: true })
  })

  it.skipIf(noChromium)(
    `starts from these files alone${noChromium ? ' (skipped here: no Chromium)' : ''}`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'radpost-shipped-'))
      const appFolder = join(folder, 'app')
      extractAll(archive, appFolder)
      const { DBUS_SESSION_BUS_ADDRESS: _, NODE_ENV: __, ...environment } = process.env
      const desktop = await startOnStandIn({
        appFolder,
        homeFolder: join(folder, 'home'),
        environment,
        args: ['--profile', join(folder, 'profile')],
      })
      try {
        const page = await desktop.page()
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        expect(await desktop.quit()).toBe(0)
      } finally {
        await desktop.close()
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
