import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Reading } from '../../shared/document.ts'
import type { Settings } from '../../shared/settings.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { MAX_READ_BYTES, statusFolderOf } from '../intake/drop-folder.ts'
import { createParser, usualParserLimits } from '../intake/parser-process/parser.ts'
import { parseSidecar, type SidecarResult } from '../intake/sidecar.ts'
import { inspect, type Inspection } from '../station/inspection.ts'
import { pathsIn } from '../station/profile.ts'
import { readSettings } from '../station/settings-file.ts'
import { createWorklist } from '../worklist/worklist.ts'
import { exitCode, readArguments, usageError, type Command, type CommandContext } from './command.ts'
import { practicesOf } from './setting-up.ts'

const usage = 'inspect FILE [--json]'

/** A dry run: what Radpost sees in a file. Nothing is sent and nothing is kept (interfaces.md 7). */
export const inspectCommand: Command = {
  name: 'inspect',
  usage,
  summary: 'say what a file is, whose it is and where it would go; nothing is sent or kept',
  async run(args, context) {
    const { positionals } = readArguments(args, {}, { min: 1, max: 1, usage })
    const path = positionals[0] ?? ''
    const bytes = await readFileFor(path)
    const settings = settingsIfAny(context)
    const parser = createParser(usualParserLimits, undefined, settings?.reports.templates)
    let reading: Reading
    try {
      reading = await parser.read(bytes)
    } finally {
      await parser.close()
    }
    const report = inspect({
      fileName: basename(path),
      subFolder: statusFolderOf(`${basename(dirname(path))}/${basename(path)}`),
      reading,
      sidecar: await sidecarOf(path),
      settings,
      worklist: settings === null || reading.problem !== null ? null : await pendingNow(context, settings),
    })
    context.output.result(context.json ? report : describe(report))
    return report.verdict === 'held' ? exitCode.unresolved : exitCode.done
  },
}

async function readFileFor(path: string): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r')
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) throw usageError('This is not a regular file.')
      if (stats.size > MAX_READ_BYTES)
        throw usageError(`The file has ${stats.size} bytes; more than ${MAX_READ_BYTES} are not read.`)
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      throw usageError(`The file cannot be read (${error.code}).`)
    }
    throw error
  }
}

/** A dry run must work without any profile; where there is one that cannot be used, it counts as none. */
function settingsIfAny(context: CommandContext): Settings | null {
  const { settingsPath } = pathsIn(context.profileFolder)
  if (!existsSync(settingsPath)) return null
  try {
    return readSettings(settingsPath)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'The settings cannot be read.'
    context.output.say(`${why} So the file was not matched against the worklist.`)
    return null
  }
}

async function sidecarOf(path: string): Promise<SidecarResult | null> {
  const sidecarPath = join(dirname(path), `${basename(path)}.json`)
  return existsSync(sidecarPath) ? parseSidecar(await readFileFor(sidecarPath)) : null
}

/** One complete pass of every practice; null, said why, where one could not be asked. */
async function pendingNow(
  context: CommandContext,
  settings: Settings,
): Promise<readonly PendingAppointment[] | null> {
  const practices = practicesOf(settings, context)
  try {
    const sources = new Map(
      [...practices.clients].map(([domain, client]) => [domain, () => client.listAllPending()]),
    )
    const worklist = createWorklist(sources, context.now)
    const outcomes = await Promise.all([...sources.keys()].map((domain) => worklist.refresh(domain)))
    const failure = outcomes.find((outcome) => outcome.failure !== null)?.failure
    if (failure === undefined || failure === null) return worklist.view(context.now()).appointments
    context.output.say(`${failure.message} So the file was not matched against the worklist.`)
    return null
  } finally {
    await practices.close()
  }
}

function describe({ text, identifiers, match, ...head }: Inspection): string {
  const lines = Object.entries(head)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return [
    ...lines,
    `identifiers: ${JSON.stringify(identifiers)}`,
    ...(match === null ? [] : [`match: ${JSON.stringify(match)}`]),
    '',
    text,
  ].join('\n')
}
