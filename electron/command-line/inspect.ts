import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Reading } from '../../shared/document.ts'
import { createParser, usualParserLimits } from '../intake/parser-process/parser.ts'
import { parseSidecar } from '../intake/sidecar.ts'
import { MAX_READ_BYTES, statusFolderOf } from '../intake/drop-folder.ts'
import { decideMatch } from '../matching/decide.ts'
import { decideStatus } from '../matching/status.ts'
import { matchingPolicy } from '../outbox/plan.ts'
import { pathsIn } from '../station/profile.ts'
import { readSettings } from '../station/settings-file.ts'
import { settingsSchema, type Settings } from '../../shared/settings.ts'
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
    const sidecar = await sidecarOf(path)
    const status = decideStatus({
      kind: reading.kind,
      srFlags: reading.srFlags,
      sidecarStatus: sidecar?.reportStatus ?? null,
      subFolder: statusFolderOf(`${basename(dirname(path))}/${basename(path)}`),
      settings: settings?.reports ?? settingsSchema.shape.reports.parse({}),
    })
    const held = reading.problem !== null
    const report = {
      verdict: held ? ('held' as const) : ('report' as const),
      reason: reading.problem,
      message: reading.message,
      kind: reading.kind,
      status: reading.kind === null ? null : status.kind === 'decided' ? status.status : ('unclear' as const),
      identifiers: reading.identity,
      text: reading.text,
      warnings: [
        ...reading.warnings,
        ...(status.kind === 'decided' && status.warning !== null ? [status.warning] : []),
      ],
      match: settings === null || held ? null : await matchOf(context, settings, path, reading, sidecar),
    }
    context.output.result(context.json ? report : describe(report))
    return held ? exitCode.unresolved : exitCode.done
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

async function sidecarOf(path: string) {
  const sidecarPath = join(dirname(path), `${basename(path)}.json`)
  if (!existsSync(sidecarPath)) return null
  const parsed = parseSidecar(await readFileFor(sidecarPath))
  return parsed.ok ? parsed.sidecar : null
}

async function matchOf(
  context: CommandContext,
  settings: Settings,
  path: string,
  reading: Reading,
  sidecar: Awaited<ReturnType<typeof sidecarOf>>,
) {
  const practices = practicesOf(settings, context)
  try {
    const sources = new Map(
      [...practices.clients].map(([domain, client]) => [domain, () => client.listAllPending()]),
    )
    const worklist = createWorklist(sources, context.now)
    const outcomes = await Promise.all([...sources.keys()].map((domain) => worklist.refresh(domain)))
    const failure = outcomes.find((outcome) => outcome.failure !== null)?.failure
    if (failure !== undefined && failure !== null) {
      context.output.say(`${failure.message} So the file was not matched against the worklist.`)
      return null
    }
    return decideMatch(
      { fileName: basename(path), text: reading.text, identity: reading.identity, sidecar },
      worklist.view(context.now()).appointments,
      matchingPolicy(settings),
    )
  } finally {
    await practices.close()
  }
}

function describe(report: {
  readonly [key: string]: unknown
  readonly text: string
  readonly match: unknown
}): string {
  const { text, identifiers, match, ...head } = report
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
