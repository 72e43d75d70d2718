import { hostname } from 'node:os'
import { performance } from 'node:perf_hooks'
import type { StationEvent } from '../../shared/station-event.ts'
import { isNetworkFolder, settleTimeMs } from '../intake/drop-folder.ts'
import { createParser, usualParserLimits } from '../intake/parser-process/parser.ts'
import { createLog } from '../station/log.ts'
import { createStation, type StationEnd } from '../station/station.ts'
import { CommandFailed, exitCode, readArguments, type Command, type CommandContext } from './command.ts'
import { describeEvent } from './describe-event.ts'
import { practicesOf, settingsOf, withProfile } from './setting-up.ts'

const usage = 'run [--once] [--json]'

/** The unattended station (interfaces.md 7). */
export const runCommand: Command = {
  name: 'run',
  usage,
  summary: 'watch the drop folder and deliver; --once: work off what is there and end',
  async run(args, context) {
    const { values } = readArguments(
      args,
      { once: { type: 'boolean', default: false } },
      { min: 0, max: 0, usage },
    )
    const mode = values.once ? 'once' : 'stay'
    const emit = eventPrinter(context)
    const end = await runStation(context, mode, emit)
    emit({
      at: new Date(context.now()).toISOString(),
      event: 'stopped',
      ...(end.kind === 'not-started' ? { reason: end.message } : {}),
    })
    if (end.kind === 'not-started') throw new CommandFailed(exitCode.notStarted, end.message)
    return end.unresolved === 0 ? exitCode.done : exitCode.unresolved
  },
}

function eventPrinter({ json, output }: CommandContext): (event: StationEvent) => void {
  if (json) return (event) => output.result(event)
  return (event) => {
    const line = describeEvent(event)
    if (line !== null) output.result(line)
  }
}

async function runStation(
  context: CommandContext,
  mode: 'once' | 'stay',
  emit: (event: StationEvent) => void,
): Promise<StationEnd> {
  const settings = settingsOf(context)
  return withProfile(context, async (foundation) => {
    const practices = practicesOf(settings, context)
    const parser = createParser(usualParserLimits)
    const log = createLog(foundation.profile.logPath, context.now)
    const onNetwork = await isNetworkFolder(settings.dropFolder.path).catch(() => false)
    const station = createStation({
      settings,
      foundation,
      practices,
      parser,
      host: hostname(),
      settleMs: settleTimeMs(settings.dropFolder.settleMs, onNetwork),
      polling: settings.dropFolder.polling === 'auto' ? onNetwork : settings.dropFolder.polling === 'on',
      now: context.now,
      monotonicMs: () => performance.now(),
      random: context.random,
      machineZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      emit,
      notice: (sentence) => context.output.say(sentence),
      onBug: (error) => log.error('station', error),
    })
    const stop = (): void => station.stop()
    context.signal.addEventListener('abort', stop)
    try {
      return await station.run(mode)
    } finally {
      context.signal.removeEventListener('abort', stop)
      await parser.close()
      await practices.close()
    }
  })
}
