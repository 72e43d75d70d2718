import type { StationEvent } from '../../shared/station-event.ts'
import { runStation } from '../station/run-station.ts'
import type { StationEnd } from '../station/station.ts'
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
    const end = await runUnattended(context, mode, emit)
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

async function runUnattended(
  context: CommandContext,
  mode: 'once' | 'stay',
  emit: (event: StationEvent) => void,
): Promise<StationEnd> {
  const settings = settingsOf(context)
  return withProfile(context, async (foundation) => {
    const practices = practicesOf(settings, context)
    try {
      return await runStation(
        {
          settings,
          foundation,
          practices,
          now: context.now,
          random: context.random,
          emit,
          notice: (sentence) => context.output.say(sentence),
          signal: context.signal,
        },
        mode,
      )
    } finally {
      await practices.close()
    }
  })
}
