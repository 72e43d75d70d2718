import { exitCode, readArguments, type Command } from './command.ts'
import { practicesOf, settingsOf } from './setting-up.ts'

const usage = 'worklist [--json]'

/** One complete pass of every practice (interfaces.md 7). */
export const worklistCommand: Command = {
  name: 'worklist',
  usage,
  summary: 'list the appointments that are pending reporting',
  async run(args, context) {
    readArguments(args, {}, { min: 0, max: 0, usage })
    const practices = practicesOf(settingsOf(context), context)
    try {
      const lists = await Promise.all(
        [...practices.clients].map(async ([domain, client]) => ({
          domain,
          result: await client.listAllPending(),
        })),
      )
      for (const { result } of lists) if (!result.ok) context.output.say(result.failure.message)
      const view = lists.map(({ domain, result }) => ({
        domain,
        complete: result.ok,
        appointments: result.ok ? result.value.items : [],
        unreadable: result.ok ? result.value.unreadable.length : 0,
      }))
      if (context.json) context.output.result({ at: new Date(context.now()).toISOString(), practices: view })
      else context.output.result(view.map(describePractice).join('\n'))
      return view.every((practice) => practice.complete) ? exitCode.done : exitCode.server
    } finally {
      await practices.close()
    }
  },
}

type PracticeView = {
  readonly domain: string
  readonly complete: boolean
  readonly unreadable: number
  readonly appointments: readonly {
    readonly appointmentId: string
    readonly patientName: string | null
    readonly modality: string | null
    readonly studyDescription: string | null
    readonly priority: string | null
    readonly reportNeededBy: string | null
  }[]
}

function describePractice(practice: PracticeView): string {
  const head = practice.complete
    ? `${practice.domain}: ${practice.appointments.length} pending`
    : `${practice.domain}: the list could not be read`
  const unreadable = practice.unreadable === 0 ? [] : [`  ${practice.unreadable} rows could not be read`]
  const rows = practice.appointments.map((row) =>
    [
      '',
      row.appointmentId,
      row.patientName,
      row.modality,
      row.studyDescription,
      row.priority,
      row.reportNeededBy,
    ]
      .map((cell) => cell ?? '-')
      .join('  '),
  )
  return [head, ...rows, ...unreadable].join('\n')
}
