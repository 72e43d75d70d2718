import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { autostartEntry, quotedForWindows } from '../../../electron/desktop/autostart-entry.ts'
import { cleanSentence, folderLabel } from '../../../electron/desktop/desk/clean-sentence.ts'
import { showable } from '../../../electron/desktop/desk/attachments.ts'
import { namedProfile, profileFolderOf } from '../../../electron/desktop/profile-argument.ts'
import { proxyFromList } from '../../../electron/desktop/proxy-list.ts'
import { MIN_SIZE, openingBounds } from '../../../electron/desktop/window-bounds.ts'

describe('sentences for the window', () => {
  it.each([
    [
      'The drop folder /srv/share/My Reports cannot be reached.',
      'The drop folder My Reports cannot be reached.',
    ],
    [String.raw`The folder C:\Users\jane\reports is gone.`, 'The folder reports is gone.'],
    [String.raw`The folder \\server\share\in is gone.`, 'The folder in is gone.'],
    ['"/home/jane/settings.json" is not valid JSON.', '"settings.json" is not valid JSON.'],
  ])('%s', (text, cleaned) => {
    expect(cleanSentence(text, ['/srv/share/My Reports'])).toBe(cleaned)
  })
  it.each([
    'Born 03/04/1988, application/pdf, 1/2 and/or 3.',
    'https://partners.qubs.io/v1/reporting refused it; see http://127.0.0.1:8080/a/b.',
  ])('leaves alone: %s', (text) => {
    expect(cleanSentence(text, [])).toBe(text)
  })
  it('a folder is called by its own name', () => {
    expect(folderLabel('/srv/reports/')).toBe('reports')
    expect(folderLabel(String.raw`D:\in`)).toBe('in')
  })
})

describe('where the window opens', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 }
  it('is where it was', () => {
    const saved = { x: 100, y: 50, width: 1300, height: 900 }
    expect(openingBounds(saved, [screen])).toEqual(saved)
  })
  it('is not where no screen is any more', () => {
    expect(openingBounds({ x: 2500, y: 50, width: 1300, height: 900 }, [screen])).toEqual({
      width: 1300,
      height: 900,
    })
    expect(openingBounds({ x: 10, y: -500, width: 1300, height: 900 }, [screen])).not.toHaveProperty('x')
  })
  it('always leaves a corner to take hold of, and is never too small', () => {
    const number = fc.integer({ min: -4_000, max: 4_000 })
    const size = fc.integer({ min: 1, max: 4_000 })
    fc.assert(
      fc.property(fc.record({ x: number, y: number, width: size, height: size }), (saved) => {
        const bounds = openingBounds(saved, [screen])
        expect(bounds.width).toBeGreaterThanOrEqual(MIN_SIZE.width)
        expect(bounds.height).toBeGreaterThanOrEqual(MIN_SIZE.height)
        const { x = 0, y = 0 } = bounds
        expect(x + bounds.width).toBeGreaterThan(screen.x)
        expect(x).toBeLessThan(screen.width)
        expect(y).toBeGreaterThanOrEqual(screen.y)
        expect(y).toBeLessThan(screen.height)
      }),
    )
  })
})

describe('the system’s proxy', () => {
  it.each([
    ['DIRECT', null],
    ['', null],
    ['PROXY proxy.site:8080; DIRECT', 'http://proxy.site:8080'],
    ['HTTPS secure.site:443', 'https://secure.site:443'],
    ['SOCKS5 s:1080; PROXY proxy.site:8080', 'http://proxy.site:8080'],
    ['SOCKS5 s:1080; DIRECT', null],
  ])('%s', (list, proxy) => {
    expect(proxyFromList(list)).toBe(proxy)
  })
  it('of a kind that cannot be used is an error, not a way around the proxy', () => {
    expect(() => proxyFromList('SOCKS5 s:1080')).toThrow(/SOCKS/u)
  })
})

it('the start with a Linux session quotes its program', () => {
  const text = autostartEntry(['/opt/My App/rad$post', '--hidden', '100%'])
  expect(text).toContain(String.raw`Exec="/opt/My App/rad\\$post" "--hidden" "100%%"`)
})

it.each([
  [String.raw`C:\Users\Rory Smith\Radpost`, String.raw`"C:\Users\Rory Smith\Radpost"`],
  ['C:\\My Disk\\', '"C:\\My Disk\\\\"'],
  ['--hidden', '--hidden'],
])('the start with a Windows session quotes %s', (argument, quoted) => {
  expect(quotedForWindows(argument)).toBe(quoted)
})

it('the profile is named as on the command line', () => {
  const environment = { XDG_DATA_HOME: '/data' }
  expect(profileFolderOf(['app', '--profile', '/a'], environment, 'linux')).toBe(resolve('/a'))
  expect(profileFolderOf(['app', '--profile=/b', '--hidden'], environment, 'linux')).toBe(resolve('/b'))
  expect(profileFolderOf(['app'], environment, 'linux')).toBe(resolve('/data/radpost'))
  expect(namedProfile(['app', '--profile', '/a'])).toBe(resolve('/a'))
  expect(namedProfile(['app', '--profile='])).toBeNull()
})

describe('an attachment', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
  it.each([
    ['%PDF-1.7 …', 'text/html', 'pdf'],
    ['\u0089PNG\r\n\u001a\n…', null, 'image'],
    ['plain words', 'text/plain; charset=utf-8', 'text'],
    ['<script>alert(1)</script>', 'text/html', 'other'],
    ['\u00ff\u00fe', 'text/plain', 'other'],
  ])('%j as %s is %s', (content, type, kind) => {
    const shown = showable(bytes(content), type)
    expect(shown.kind).toBe(kind)
    expect(shown.bytes.length > 0).toBe(kind !== 'other')
  })
})
