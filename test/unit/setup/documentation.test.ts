import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

/**
 * What README.md and docs/ name is there: files, pages, headings, npm scripts, commands with their options, settings.
 * The pages of the three servers have tests of their own beside their clients.
 */

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folders = ['.ci', 'docs', 'electron', 'renderer', 'shared', 'test']

const files: readonly string[] = [
  ...filesIn('', false),
  ...folders.flatMap((folder) => filesIn(folder, true).map((path) => `${folder}/${path}`)),
]
const places = new Set(files.flatMap((path) => [path, ...foldersAbove(path)]))

function filesIn(folder: string, isDeep: boolean): string[] {
  return readdirSync(`${root}${folder}`, { recursive: isDeep, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      posix.join(entry.parentPath.slice(`${root}${folder}`.length), entry.name).replace(/^\//u, ''),
    )
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'))
}

const pages = files.filter(
  (path) =>
    path.endsWith('.md') &&
    (path === 'README.md' || path.startsWith('docs/') || /^test\/[\w-]+\/README/u.test(path)),
)
const text = (page: string): string => readFileSync(`${root}${page}`, 'utf8')
const withoutFences = (page: string): string => text(page).replaceAll(/^```[\s\S]*?^```$/gmu, '')
const inBackticks = (page: string): string[] =>
  [...withoutFences(page).matchAll(/`([^`\n]+)`/gu)].map(([, code]) => code ?? '')
/** Everything that is written as code: in backticks, and line by line in fences. */
const code = (page: string): string[] => [
  ...inBackticks(page),
  ...[...text(page).matchAll(/^```[\s\S]*?^```$/gmu)].flatMap(([fence]) => fence.split('\n').slice(1, -1)),
]

/** A path below one of our folders, or a source file by the end of its path; `<view>` and `*` stand for anything. */
function isPath(written: string): boolean {
  return (
    /^[\w.@<>*/-]+$/u.test(written) &&
    (folders.some((folder) => written.startsWith(`${folder}/`)) ||
      (!written.startsWith('out/') && /^[\w<>*/-]+\.(?:tsx?|[cm]js|css|html|ya?ml)$/u.test(written)))
  )
}

function isThere(written: string): boolean {
  const pattern = written
    .replace(/\/$/u, '')
    .replaceAll(/[.@]/gu, String.raw`\$&`)
    .replaceAll(/<\w+>|\*/gu, '[^/]+')
  const place = new RegExp(`(?:^|/)${pattern}$`, 'u')
  return [...places].some((path) => place.test(path))
}

/** As GitHub makes the anchor of a heading. */
function anchorsOf(page: string): string[] {
  return [...withoutFences(page).matchAll(/^#+ (.+)$/gmu)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe.each(pages)('%s', (page) => {
  it('names only files that are there', () => {
    expect(inBackticks(page).filter((written) => isPath(written) && !isThere(written))).toEqual([])
  })

  it('links only to pages, headings and pictures that are there', () => {
    const links = [...withoutFences(page).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, link]) => link ?? '')
    const broken = links.filter((link) => {
      if (/^[a-z]+:/u.test(link)) return false
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : posix.join(posix.dirname(page), path)
      if (!places.has(target)) return true
      return anchor !== undefined && !anchorsOf(target).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  it('names only npm scripts that are there', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(`${root}package.json`, 'utf8')))
    const named = [
      ...code(page)
        .join('\n')
        .matchAll(/npm run (?:-s )?([a-z][\w:]*)/gu),
    ].map(([, name]) => name ?? '')
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

describe('the command line', () => {
  const { stderr } = spawnSync(process.execPath, [`${root}electron/radpost.ts`, '--help'], {
    encoding: 'utf8',
  })
  /** The line of each command in the help. */
  const usages = new Map(
    [...stderr.matchAll(/^ {2}([a-z]+)\b(.*)$/gmu)].map(([, name, rest]) => [name ?? '', rest ?? '']),
  )
  const common = ['--profile', '--json', '--verbose', '--help']
  // docs/solo.md and docs/qubs.md have the options of single calls; their own tests know them.
  const withOptionsOfCalls = new Set(['solo', 'qubs'])

  it.each(pages)('is used in %s as its help says', (page) => {
    const wrong = code(page)
      .map((line) => line.replace(/\s+#.*$/u, ''))
      .flatMap((line) => [...line.matchAll(/(?:^|\.bin\/)radpost (.+)$/gu)].map(([, rest]) => rest ?? ''))
      .filter((rest) => {
        const words = rest.replace(/^--profile \S+ /u, '').split(/\s+/u)
        const [name = ''] = words
        // `radpost --help`, and `radpost …` where any command is meant.
        if (!/^[a-z]/u.test(name)) return name.startsWith('--') && !common.includes(name)
        const usage = usages.get(name)
        if (usage === undefined) return true
        if (withOptionsOfCalls.has(name)) return false
        const options = rest.match(/--[a-z-]+/gu) ?? []
        return options.some((option) => !common.includes(option) && !usage.includes(option))
      })
    expect(wrong).toEqual([])
  })

  it('is in docs/integration.md with every command', () => {
    const table = inBackticks('docs/integration.md').flatMap((written) => written.match(/^[a-z]+\b/u) ?? [])
    expect([...usages.keys()].filter((name) => !table.includes(name))).toEqual([])
    expect(usages.size).toBeGreaterThan(10)
  })
})

type Schema = { readonly properties?: Readonly<Record<string, Schema>>; readonly items?: Schema }

/** Every key that holds a value, as `practices[].domain`; lists of objects below the second level count as one key. */
function keysOf({ properties = {} }: Schema, path: string): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const key = path === '' ? name : `${path}.${name}`
    if (schema.properties !== undefined) return keysOf(schema, key)
    return path === '' && schema.items !== undefined ? keysOf(schema.items, `${key}[]`) : [key]
  })
}

describe('docs/administration.md', () => {
  it('has every setting, and no other', () => {
    const schema: Schema = JSON.parse(readFileSync(`${root}docs/settings.schema.json`, 'utf8'))
    const keys = keysOf(schema, '')
    const [, section = ''] = text('docs/administration.md').split(/^##+ .*$/mu)
    const documented = [...section.matchAll(/^\| `([\w.[\]]+)`/gmu)].map(([, key]) => key ?? '')
    expect(documented.toSorted()).toEqual(keys.toSorted())
  })

  it('has every key of desktop.json', () => {
    const source = readFileSync(`${root}electron/desktop/desk/desktop-settings.ts`, 'utf8')
    const schema = /const schema = z\.object\(\{([\s\S]*?)^\}\)/mu.exec(source)?.[1] ?? ''
    const keys = [...schema.matchAll(/^ {2}(\w+):/gmu)].map(([, key]) => key ?? '')
    const documented = inBackticks('docs/administration.md')
    expect(keys.length).toBeGreaterThan(5)
    expect(keys.filter((key) => !documented.includes(key))).toEqual([])
  })
})

describe('docs/architecture.md', () => {
  const named = inBackticks('docs/architecture.md')

  it('has every folder of the main process, of the window and of the tests', () => {
    const ours = [...places].filter(
      (path) => /^(?:electron|renderer|test)\/[\w-]+$/u.test(path) && !files.includes(path),
    )
    expect(ours.filter((path) => !named.includes(`${path}/`))).toEqual([])
  })

  it('has every section of the contract between window and main process', () => {
    const sections = files
      .filter((path) => /^shared\/ipc\/[\w-]+-calls\.ts$/u.test(path))
      .map((path) => posix.basename(path))
    expect(sections.filter((section) => !named.includes(section))).toEqual([])
  })
})

describe('the decisions', () => {
  const numbers = files
    .flatMap((path) => /^docs\/adr\/(\d{4})-[a-z0-9-]+\.md$/u.exec(path)?.[1] ?? [])
    .toSorted()

  it('are numbered without a gap', () => {
    expect(numbers).toEqual(numbers.map((_number, index) => String(index + 1).padStart(4, '0')))
  })

  it('that the code speaks of are there', () => {
    const missing = files
      .filter((path) => /\.tsx?$/u.test(path))
      .flatMap((path) =>
        [...readFileSync(`${root}${path}`, 'utf8').matchAll(/docs\/adr\/(\d{4})/gu)]
          .filter(([, number]) => !numbers.includes(number ?? ''))
          .map(([reference]) => `${path}: ${reference}`),
      )
    expect(missing).toEqual([])
  })
})
