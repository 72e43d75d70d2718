import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** Every layer rule of design.md 2, each as files that break it and files that may do the same. */

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Path of a file → the module that it imports, which it must not. */
const offending: readonly (readonly [string, string])[] = [
  ['shared/a.ts', '../electron/http/outcome.ts'],
  ['shared/b.ts', '../renderer/view.tsx'],
  ['shared/c.ts', '../test/simulator/main.ts'],
  ['shared/d.ts', 'node:fs'],
  ['shared/e.ts', 'electron'],
  ['shared/f.ts', 'react'],
  ['shared/g.ts', 'fs'],
  ['shared/deep/h.ts', '../../electron/http/outcome.ts'],
  ['renderer/a.ts', '../electron/station/station.ts'],
  ['renderer/b.ts', '../test/helper.ts'],
  ['renderer/c.ts', 'node:path'],
  ['renderer/d.ts', 'electron'],
  ['renderer/view/e.ts', '../../electron/http/outcome.ts'],
  ['electron/station/electron.ts', 'electron'],
  ['electron/station/electron-main.ts', 'electron/main'],
  ['electron/main.ts', 'electron'],
  ['electron/vault/vault.ts', 'keytar'],
  ['electron/desktop/keytar.ts', 'keytar'],
  ['electron/station/fork.ts', '@github/keytar'],
  ['electron/journal/audit.ts', 'node:sqlite'],
  ['electron/intake/settling.ts', 'chokidar'],
  ['electron/qubs/client.ts', 'undici'],
  ['electron/vault/keychain.ts', 'undici'],
  ['electron/http/sqlite.ts', 'node:sqlite'],
  ['electron/journal/database.ts', 'chokidar'],
  ['electron/intake/folder-watcher.ts', 'keytar'],
  ['electron/preload.ts', '../test/helper.ts'],
  ['electron/radpost.ts', '../test/simulator/main.ts'],
  ['electron/http/test.ts', '../../test/simulator/main.ts'],
  ['electron/station/view.ts', '../../renderer/view.tsx'],
  ['electron/station/react.ts', 'react'],
]

const allowed: readonly (readonly [string, string])[] = [
  ['shared/ok.ts', 'zod'],
  ['shared/ok-own.ts', './delivery.ts'],
  ['renderer/ok.ts', '../shared/ipc.ts'],
  ['electron/ok/preload.ts', '../../shared/ipc.ts'],
  ['electron/ok/node.ts', 'node:fs'],
  ['electron/http/ok.ts', 'undici'],
  ['test/ok.ts', '../electron/http/outcome.ts'],
]

/** Files that are both: each may have its own module, imported on line 2. */
const ownModule: readonly (readonly [string, string])[] = [
  ['electron/vault/keychain.ts', 'keytar'],
  ['electron/journal/database.ts', 'node:sqlite'],
  ['electron/intake/folder-watcher.ts', 'chokidar'],
]

/** Parts of Electron that one file each may touch: path, name, whether it may. */
const ownPart: readonly (readonly [string, string, boolean])[] = [
  ['electron/desktop/ipc-main.ts', 'ipcMain', true],
  ['electron/desktop/folders.ts', 'shell', true],
  ['electron/desktop/window.ts', 'ipcMain', false],
  ['electron/desktop/links.ts', 'shell', false],
  ['electron/desktop/push.ts', 'ipcRenderer', false],
  ['electron/desktop/other.ts', 'app', true],
]

let folder = ''
let complaints: readonly string[] = []

function lint(): readonly string[] {
  try {
    return execFileSync(
      process.execPath,
      [join(root, 'node_modules/oxlint/bin/oxlint'), '--deny-warnings', '-f', 'unix'],
      { cwd: folder, encoding: 'utf8' },
    ).split('\n')
  } catch (error) {
    // A lint that found something ends with 1 and has said what on standard output.
    if (error instanceof Error && 'stdout' in error) return String(error.stdout).split('\n')
    throw error
  }
}

function write(path: string, text: string): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'radpost-layers-'))
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  const second = new Map(ownModule)
  for (const [path, module] of [...offending, ...allowed]) {
    const own = second.get(path)
    write(
      path,
      `export * from '${module}'\n${own === undefined ? '' : `export const load = () => import('${own}')\n`}`,
    )
  }
  for (const [path, name] of ownPart) write(path, `export { ${name} } from 'electron'\n`)
  write('electron/preload.ts', `export * from '../test/helper.ts'\nexport { ipcRenderer } from 'electron'\n`)
  write('electron/station/later.ts', `export const load = () => import('keytar')\n`)
  write('electron/station/loud.ts', `console.log('x')\nexport const x = 1\n`)
  write('electron/command-line/output.ts', `console.log('x')\nexport const x = 1\n`)
  write('test/setup/tool.mjs', `console.log('x')\nexport const x = 1\n`)
  complaints = lint()
})
afterAll(() => rmSync(folder, { recursive: true }))

function about(path: string, line: number): readonly string[] {
  return complaints.filter((complaint) => complaint.startsWith(`${path}:${line}:`))
}

describe('the layer rules', () => {
  it.each(offending)('%s must not import %s', (path) => {
    expect(about(path, 1).join('\n')).toMatch(/no-restricted-imports|prefer-node-protocol/u)
  })

  it.each(allowed)('%s may import %s', (path) => {
    expect(about(path, 1)).toEqual([])
  })

  it.each(ownModule)('%s alone may import %s', (path) => {
    expect(about(path, 2)).toEqual([])
  })

  it.each(ownPart)('%s and %s of Electron: %s', (path, _name, may) => {
    expect(about(path, 1).length === 0).toBe(may)
  })

  it('leave ipcRenderer to the preload', () => {
    expect(about('electron/preload.ts', 2)).toEqual([])
  })

  it('hold for an import at run time too', () => {
    expect(about('electron/station/later.ts', 1).join('\n')).toContain('no-restricted-imports')
  })

  it('keep console to the output of the command line and to the tools', () => {
    expect(about('electron/station/loud.ts', 1).join('\n')).toContain('no-console')
    expect(about('electron/command-line/output.ts', 1)).toEqual([])
    expect(about('test/setup/tool.mjs', 1)).toEqual([])
  })
})
