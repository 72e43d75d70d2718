import { z } from 'zod'
import { parseJson } from '../../shared/json-text.ts'
import { prefillInvite, type FieldProblem } from '../../shared/qualiphy-form.ts'
import type { InviteView } from '../../shared/qualiphy.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Failure, Result } from '../http/outcome.ts'
import type { ExamList } from '../qualiphy/answers.ts'
import type { Invites, SendOutcome } from '../qualiphy/invites.ts'
import { contradictsStudy } from '../qualiphy/study-patient.ts'
import { openInvites, openQualiphy } from '../station/invites.ts'
import type { Practices } from '../station/practices.ts'
import {
  CommandFailed,
  exitCode,
  readArguments,
  usageError,
  type Command,
  type CommandContext,
  type ExitCode,
} from './command.ts'
import { domainOf, isNoSecret, practicesOf, settingsOf, withProfile } from './setting-up.ts'

const usage =
  'qualiphy invite APPOINTMENT|invites [APPOINTMENT]|exams|resend [--confirm-again CODE] [--domain D]'

/** Exam invites (interfaces.md 7); `invite` and `resend` read one JSON object from standard input (docs/qualiphy.md). */
export const qualiphyCommand: Command = {
  name: 'qualiphy',
  usage,
  summary:
    'send an exam invite for a study, list invites with their results, list exams, send a link again; invite and resend read JSON from standard input',
  async run(args, context) {
    const { values, positionals } = readArguments(
      args,
      { domain: { type: 'string' }, 'confirm-again': { type: 'string' } },
      { min: 1, max: 2, usage },
    )
    const [call = '', appointmentId] = positionals
    const again = values['confirm-again']
    const fits =
      call === 'invite'
        ? appointmentId !== undefined
        : again === undefined &&
          (call === 'invites' || (['exams', 'resend'].includes(call) && appointmentId === undefined))
    if (!fits) throw usageError(`Usage: radpost ${usage}`)
    if (call === 'exams') return exams(context)
    const settings = settingsOf(context)
    return withProfile(context, async (foundation) => {
      const practices = practicesOf(settings, context)
      try {
        const { now, random } = context
        const invites = openInvites({ settings, foundation, http: practices.http, now, random })
        if (call === 'resend') return await resend(context, invites)
        if (call === 'invites' && appointmentId === undefined) return await list(context, invites, undefined)
        const key = { domain: domainOf(settings, values.domain), appointmentId: appointmentId ?? '' }
        if (call === 'invites') return await list(context, invites, key)
        return await invite({ context, settings, practices, invites }, key, again)
      } finally {
        await practices.close()
      }
    })
  },
}

/** `credentials test qualiphy`: the list of exams needs the key and changes nothing. */
export async function testQualiphy(context: CommandContext): Promise<ExitCode> {
  const result = await listExams(context)
  context.output.say(result.ok ? 'Qualiphy accepts the API key.' : result.failure.message)
  if (context.json) context.output.result({ ok: result.ok, kind: result.ok ? null : result.failure.kind })
  return result.ok ? exitCode.done : exitCode.server
}

/** May run beside a station: the journal is not touched. */
async function listExams(context: CommandContext): Promise<Result<ExamList>> {
  const settings = settingsOf(context)
  const practices = practicesOf(settings, context)
  try {
    const client = openQualiphy(settings, context.vault, practices.http, context.random)
    return await client.listExams({ signal: context.signal })
  } finally {
    await practices.close()
  }
}

type Key = { readonly domain: string; readonly appointmentId: string }
type Tools = {
  readonly context: CommandContext
  readonly settings: Settings
  readonly practices: Practices
  readonly invites: Invites
}

/** Running the command is the confirmation; for a second invite within a day `--confirm-again` is the other one. */
async function invite(tools: Tools, key: Key, again: string | undefined): Promise<ExitCode> {
  const { context, settings, practices, invites } = tools
  const typed = await readJson(context, z.record(z.string(), z.unknown()))
  const study = await practices.clients.get(key.domain)?.getPending(key.appointmentId)
  if (study === undefined) throw usageError(`There is no practice "${key.domain}".`)
  if (!study.ok) throw new CommandFailed(exitCode.server, study.failure.message)
  const form = { ...prefillInvite(study.value, settings.qualiphy), ...typed }
  // Without the list the ids count as typed by hand; that Qualiphy is away will show in a moment.
  const listed = await invites.listExams(context.signal)
  if (!listed.ok && listed.failure.kind === 'auth') throw refused(listed.failure)
  const prepared = invites.prepare(key, form)
  if (prepared.kind === 'invalid') throw invalid(prepared.problems)
  const other = contradictsStudy(prepared.invite, study.value)
  if (other.length > 0) throw invalid(other)
  const sent = await invites.send(key, form, again ?? prepared.confirmation, context.signal)
  if (sent.kind === 'invalid') throw invalid(sent.problems)
  return tell(context, sent)
}

function tell({ json, output }: CommandContext, sent: Exclude<SendOutcome, { kind: 'invalid' }>): ExitCode {
  if (json) output.result(sent)
  switch (sent.kind) {
    case 'done':
      if (!json) output.result(describe(sent.invite))
      return codeOf(sent.invite)
    case 'ask-again':
      output.say(
        `Nothing was sent: this patient was invited to such an exam on ${sent.earlier.map(({ at }) => at).join(' and ')}. If another invite is meant, run the command again with --confirm-again ${sent.confirmation}`,
      )
      return exitCode.unresolved
    case 'in-flight':
      output.say('Nothing was sent: an invite to this patient is under way.')
      return exitCode.unresolved
    case 'stale':
      output.say(
        'Nothing was sent: the code of --confirm-again is for another case. Run the command without it first.',
      )
      return exitCode.unresolved
  }
}

function codeOf({ state, code }: InviteView): ExitCode {
  if (state === 'sent') return exitCode.done
  if (state !== 'not-sent') return exitCode.unresolved
  return isNoSecret(code) ? exitCode.notStarted : exitCode.server
}

async function exams(context: CommandContext): Promise<ExitCode> {
  const result = await listExams(context)
  if (!result.ok) throw refused(result.failure)
  const { exams: known, unreadable } = result.value
  const lines = known.map(({ id, title, rxType }) =>
    `${id}  ${title}${(rxType ?? 0) > 0 ? `  (prescriptive, RX type ${rxType})` : ''}`.trimEnd(),
  )
  if (unreadable > 0) context.output.say(`${unreadable} exams of the list could not be read.`)
  context.output.result(context.json ? result.value : lines.join('\n'))
  return exitCode.done
}

const resendWish = z.strictObject({
  id: z.string(),
  patient_exam_id: z.union([z.string(), z.int().transform(String)]),
})

async function resend(context: CommandContext, invites: Invites): Promise<ExitCode> {
  const { id, patient_exam_id: patientExamId } = await readJson(context, resendWish)
  const known = invites.list().find((view) => view.id === id)
  const soFar = known?.exams.find((exam) => exam.patientExamId === patientExamId)?.resends ?? 0
  const sent = await invites.resend(id, patientExamId, soFar, context.signal)
  if (sent.kind === 'refused') throw usageError(sent.message)
  if (context.json) context.output.result(sent.invite)
  const { failure } = sent
  if (failure === null) {
    if (!context.json) context.output.result(describe(sent.invite))
    return exitCode.done
  }
  if (failure.outcomeKnown) throw refused(failure)
  context.output.say(failure.message)
  return exitCode.unresolved
}

/** Looks for results first, so that the list is what is known now. */
async function list(context: CommandContext, invites: Invites, key: Key | undefined): Promise<ExitCode> {
  const { problems, fault } = await invites.lookForResults()
  const views = invites.list(key)
  if (fault !== null) context.output.say(fault)
  if (context.json) context.output.result({ invites: views, problems })
  else {
    for (const { file, message } of problems) context.output.say(`${file}: ${message}`)
    context.output.result(views.length === 0 ? 'Nothing to show.' : views.map(describe).join('\n'))
  }
  const isOpen = problems.length > 0 || fault !== null
  return isOpen ? exitCode.unresolved : exitCode.done
}

function describe({ id, appointmentId, state, message, link, exams: known }: InviteView): string {
  const parts = known.map(({ patientExamId, title, resends, results }) => {
    const last = results.at(-1)
    const result = last === undefined ? 'no result yet' : `${last.outcome} (${last.said})`
    return `\n  exam ${patientExamId}  ${title}  ${result}${resends === 0 ? '' : `, sent again ${resends} times`}`
  })
  return `${id}  ${appointmentId}  ${state}  ${message ?? link ?? ''}`.trimEnd() + parts.join('')
}

async function readJson<T>(context: CommandContext, schema: z.ZodType<T>): Promise<T> {
  const text = await context.readStandardInput()
  let json: unknown
  try {
    json = parseJson(text)
  } catch {
    throw usageError('Standard input must be one JSON object; docs/qualiphy.md shows its fields.')
  }
  const read = schema.safeParse(json)
  if (!read.success)
    throw usageError('The JSON object has not the fields that are wanted; docs/qualiphy.md shows them.')
  return read.data
}

function invalid(problems: readonly FieldProblem[]): CommandFailed {
  const lines = problems.map(({ field, message }) => (field === null ? message : `${field}: ${message}`))
  return usageError(`Nothing was sent.\n${lines.join('\n')}`)
}

function refused({ code, message }: Failure): CommandFailed {
  return new CommandFailed(isNoSecret(code) ? exitCode.notStarted : exitCode.server, message)
}
