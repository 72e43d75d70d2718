import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isIgnoredName, listDropFolder } from '../../../electron/intake/drop-folder.ts'
import { freePath, moveOriginal, numberedName } from '../../../electron/intake/originals.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'radpost-unit-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const put = (path: string, content: string) => writeFile(join(root, path), content)
const read = (path: string) => readFile(join(root, path), 'utf8')

describe('moving originals', () => {
  it('keeps the name and the last ending, and gives every number another name', () => {
    expect(numberedName('scan.pdf', 2)).toBe('scan (2).pdf')
    expect(numberedName('scan', 3)).toBe('scan (3)')
    expect(numberedName('.pdf', 2)).toBe('.pdf (2)')
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 99 }),
        (name, a, b) => {
          expect(numberedName(name, a) === numberedName(name, b)).toBe(a === b)
        },
      ),
    )
  })

  it('never overwrites, whether or not the free name was looked for', async () => {
    await mkdir(join(root, 'Sent'))
    await put('Sent/a.pdf', 'theirs')
    await put('a.pdf', 'ours')
    expect(await moveOriginal(root, 'a.pdf', 'Sent/a.pdf')).toBe('taken')
    expect(await read('Sent/a.pdf')).toBe('theirs')
    const free = await freePath(root, 'sent', 'a.pdf', true)
    expect(free).toEqual({ path: 'Sent/a (2).pdf', sidecarPath: 'Sent/a (2).pdf.json' })
    expect(await moveOriginal(root, 'a.pdf', free.path)).toBe('moved')
    expect(await read('Sent/a (2).pdf')).toBe('ours')
    expect(await moveOriginal(root, 'a.pdf', free.path)).toBe('missing')
  })

  it('takes over the empty name that a crash left reserved', async () => {
    await mkdir(join(root, 'Held'))
    await put('Held/a.pdf', '')
    await put('a.pdf', 'ours')
    expect(await moveOriginal(root, 'a.pdf', 'Held/a.pdf')).toBe('moved')
    expect(await read('Held/a.pdf')).toBe('ours')
  })
})

describe('the listing', () => {
  it('takes what interfaces.md 3 says and nothing else, and throws for a folder that is gone', async () => {
    for (const folder of [
      'Sent',
      'Held',
      '.radpost',
      'Final',
      'Preliminary',
      'Other',
      'Final/Deep',
      'Other/Deep',
    ]) {
      await mkdir(join(root, folder))
      await put(`${folder}/x.pdf`, 'x')
    }
    await put('b.pdf', 'x')
    const listed = async (recursive: boolean) => [...(await listDropFolder({ root, recursive })).files.keys()]
    expect(await listed(false)).toEqual(['Final/x.pdf', 'Preliminary/x.pdf', 'b.pdf'])
    expect(await listed(true)).toEqual([
      'Final/Deep/x.pdf',
      'Final/x.pdf',
      'Other/Deep/x.pdf',
      'Other/x.pdf',
      'Preliminary/x.pdf',
      'b.pdf',
    ])
    await expect(listDropFolder({ root: join(root, 'nowhere'), recursive: false })).rejects.toThrow('ENOENT')
  })

  it('never looks at the names of files that others are writing', () => {
    for (const name of [
      '.x',
      '~$x.pdf',
      'x.TMP',
      'x.pdf.part',
      'X.Partial',
      'x.crdownload',
      'thumbs.db',
      'Desktop.ini',
    ]) {
      expect([name, isIgnoredName(name)]).toEqual([name, true])
    }
    expect(isIgnoredName('report.pdf')).toBe(false)
  })
})
