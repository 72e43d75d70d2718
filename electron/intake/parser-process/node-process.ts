import { fork } from 'node:child_process'
import { existsSync, lstatSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ParserProcess, ParserProcessEvents, StartParserProcess } from './transport.ts'

const here = fileURLToPath(import.meta.url)
/** `.ts` from the checkout (Node strips the types), `.js` in the built package. */
const childFile = join(dirname(here), `child${extname(here)}`)
/** The folder that holds `electron/` and `shared/`. */
const root = join(dirname(here), '..', '..', '..')
const libraries = ['pdfjs-dist', 'dicom-parser', 'dicom-character-set', 'zod', 'luxon'] as const

/** Node's own arguments for the process: what it may do and how much memory its heap may have. */
export function parserProcessArguments(maxMemoryMb: number): string[] {
  return [
    '--permission',
    ...readableFolders().map((folder) => `--allow-fs-read=${folder}`),
    // The heap is a part of what the process holds; it ends by itself a little before the owner ends it.
    `--max-old-space-size=${Math.floor(maxMemoryMb * 0.75)}`,
    '--disallow-code-generation-from-strings',
    '--no-warnings',
  ]
}

/**
 * A parser process on plain Node: no permission but to read our own code and its libraries (Node's permission
 * model: no writing, no other files, no child processes, no workers, no native add-ons), no code made from strings,
 * an empty environment, nothing on its standard streams. Node 24's model has no rule for the network; nothing in the
 * process uses it.
 */
export const startNodeProcess: StartParserProcess = (maxMemoryMb, events) => {
  const child = fork(childFile, [String(maxMemoryMb)], {
    env: bareEnvironment(),
    execArgv: parserProcessArguments(maxMemoryMb),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  })
  reportOn(child, events)
  return {
    send: (request) => {
      // A child that has just died is told by its end, not here.
      if (child.connected) child.send(request, () => undefined)
    },
    residentBytes: () => residentBytes(child.pid),
    kill: () => void child.kill('SIGKILL'),
  } satisfies ParserProcess
}

function reportOn(child: ReturnType<typeof fork>, events: ParserProcessEvents): void {
  let ended = false
  const end = () => {
    if (ended) return
    ended = true
    events.onExit()
  }
  child.on('message', (message) => events.onMessage(message))
  child.once('exit', end)
  child.once('error', () => {
    child.kill('SIGKILL')
    end()
  })
}

/** Windows cannot start a process without its system folder; nothing else is passed on, least of all secrets. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env
  return SystemRoot === undefined ? {} : { SystemRoot }
}

function readableFolders(): string[] {
  const folders = new Set([join(root, 'electron'), join(root, 'shared'), join(root, 'package.json')])
  const require = createRequire(import.meta.url)
  for (const library of libraries) {
    folders.add(packageFolder(require.resolve(library), library))
    // Where links lead to a library, or to all of them, the way along the links must be open too.
    for (const folder of require.resolve.paths(library) ?? []) {
      if (!existsSync(join(folder, library))) continue
      folders.add(lstatSync(folder).isSymbolicLink() ? folder : join(folder, library))
    }
  }
  return [...folders]
}

/** Folder of a library from the path of one of its files: up to and with its name below `node_modules`. */
function packageFolder(file: string, library: string): string {
  const marker = `${sep}node_modules${sep}${library}${sep}`
  const at = file.lastIndexOf(marker)
  return at < 0 ? dirname(file) : file.slice(0, at + marker.length - 1)
}

/** Linux tells the memory of any process of the same user; elsewhere the child watches itself. */
export async function residentBytes(pid: number | undefined): Promise<number | null> {
  if (process.platform !== 'linux' || pid === undefined) return null
  try {
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kibibytes === undefined ? null : Number(kibibytes) * 1024
  } catch {
    return null
  }
}
