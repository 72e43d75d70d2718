import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { ParseArgsOptionsConfig } from 'node:util'
import { parseJson } from '../../shared/json-text.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Failure } from '../http/outcome.ts'
import { sleep } from '../http/retry.ts'
import { codeOf } from '../intake/file-error.ts'
import { webhookWithKeySchema } from '../solo/answers.ts'
import { checked } from '../solo/caller.ts'
import type { SoloClient } from '../solo/client.ts'
import { awaitEncounterReport } from '../solo/encounter-report.ts'
import { openSolo } from '../solo/open-solo.ts'
import { encounterReportOrder } from '../solo/requests.ts'
import { forgetWebhookKey, keepKeyOf } from '../solo/webhook-keys.ts'
import { readSoloCredentials } from '../vault/credentials.ts'
import {
  CommandFailed,
  exitCode,
  readArguments,
  usageError,
  type Command,
  type CommandContext,
  type ExitCode,
} from './command.ts'
import { asNotStarted, isNoSecret, practicesOf, settingsOf } from './setting-up.ts'
import { soloOptions, type SoloCall, type SoloOptionName } from './solo-call.ts'
import { soloCalls } from './solo-calls.ts'

const usage = 'solo CALL [PARAMETER]… [--body FILE] [--output FILE] [--json]'

/** Orders an encounter report and waits for it: several calls of the client, so it is not in the table. */
const waitingCall = 'encounter-report'
const waitingUsage = `solo ${waitingCall} --output FILE [--body FILE] [--wait-minutes N]`

const optionNames = Object.keys(soloOptions).filter((name): name is SoloOptionName => name in soloOptions)

const accepted: ParseArgsOptionsConfig = {
  body: { type: 'string' },
  output: { type: 'string' },
  'wait-minutes': { type: 'string' },
  ...Object.fromEntries(optionNames.map((name) => [name, { type: 'string' }] as const)),
}

type Texts = Readonly<Record<string, unknown>>

/** `radpost solo CALL`: asks Teladoc Health Solo directly, for scripts (interfaces.md 7). */
export const soloCommand: Command = {
  name: 'solo',
  usage,
  summary: `ask Teladoc Health Solo directly: ${[...Object.keys(soloCalls), waitingCall].join(', ')}`,
  async run(args, context) {
    const { values, positionals } = readArguments(args, accepted, { min: 0, max: 3, usage })
    const [name = '', ...parameters] = positionals
    if (name === waitingCall) return encounterReport(context, parameters, values)
    const call = Object.hasOwn(soloCalls, name) ? soloCalls[name] : undefined
    if (call === undefined) throw usageError(`Usage: radpost ${usage}\n${listOfCalls()}`)
    const allowed: readonly string[] = [
      ...call.options,
      ...(call.takesBody ? ['body'] : []),
      ...(call.gives === 'bytes' ? ['output'] : []),
    ]
    const isWrong =
      parameters.length !== call.parameters.length ||
      Object.keys(values).some((option) => !allowed.includes(option))
    if (isWrong) throw usageError(`Usage: radpost ${describe(name, call)}`)
    if (call.gives === 'bytes' && context.json && values['output'] === undefined)
      throw usageError('With --json, say with --output FILE where the file goes.')
    const given = {
      parameters,
      values: valuesOf(values),
      body: call.takesBody ? await readBody(context, values['body']) : undefined,
      file: call.parameters.includes('FILE') ? await readGiven(parameters.at(-1) ?? '') : null,
      signal: context.signal,
    }
    return withSolo(context, async (client, { solo }) => {
      const secret = await secretFor(context, call)
      const result = await call.run(client, { ...given, baseUrl: solo.baseUrl, secret })
      if (!result.ok) throw refused(result.failure)
      if (name === 'delete-webhook')
        await forgetWebhookKey(context.vault, parameters[0] ?? '').catch(asNotStarted)
      if (result.value instanceof Uint8Array) return giveBytes(context, result.value, values['output'])
      if (call.gives === 'webhook-key') return giveWebhook(context, result.value)
      print(context, result.value)
      return exitCode.done
    })
  },
}

/** `credentials test solo`: the list of waiting rooms needs the key and changes nothing. */
export async function testSolo(context: CommandContext): Promise<ExitCode> {
  return withSolo(context, async (client) => {
    const result = await client.listWaitingRooms({ signal: context.signal })
    context.output.say(result.ok ? 'Solo accepts the API key.' : result.failure.message)
    if (context.json) context.output.result({ ok: result.ok, kind: result.ok ? null : result.failure.kind })
    return result.ok ? exitCode.done : exitCode.server
  })
}

async function withSolo<T>(
  context: CommandContext,
  work: (client: SoloClient, settings: Settings) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(context)
  const practices = practicesOf(settings, context)
  try {
    return await work(openSolo({ ...context, settings, http: practices.http }), settings)
  } finally {
    await practices.close()
  }
}

/** The secret that a call needs besides the API key. */
async function secretFor({ vault }: CommandContext, { needs }: SoloCall): Promise<string> {
  if (needs === null) return ''
  const secret = (await readSoloCredentials(vault).catch(asNotStarted))?.[needs]
  if (secret !== undefined) return secret
  throw new CommandFailed(
    exitCode.notStarted,
    `No ${needs} for Teladoc Health Solo is stored; use "radpost credentials set solo".`,
  )
}

function listOfCalls(): string {
  const lines = Object.entries(soloCalls).map(
    ([name, call]) => `  ${describe(name, call)}\n      ${call.summary}`,
  )
  const waiting = `  ${waitingUsage}\n      order an encounter report, wait until it is ready, and fetch its zip`
  return [...lines, waiting].join('\n')
}

function describe(name: string, { parameters, options, takesBody, gives }: SoloCall): string {
  return [
    'solo',
    name,
    ...parameters,
    ...options.map((option) => `[--${option} ${soloOptions[option].placeholder}]`),
    ...(takesBody ? ['[--body FILE]'] : []),
    ...(gives === 'bytes' ? ['[--output FILE]'] : []),
  ].join(' ')
}

/** Named as the fields of requests; what is no number becomes NaN, which the client refuses by name. */
function valuesOf(texts: Texts): Readonly<Record<string, string | number>> {
  const entries = optionNames.flatMap((option) => {
    const text = texts[option]
    if (typeof text !== 'string') return []
    const { field, kind } = soloOptions[option]
    const isNumber = /^\d{1,15}$/.test(text)
    return [[field, kind === 'number' ? (isNumber ? Number(text) : Number.NaN) : text] as const]
  })
  return Object.fromEntries(entries)
}

/** JSON from a file, or from standard input. */
async function readBody(context: CommandContext, path: unknown): Promise<unknown> {
  const text =
    typeof path === 'string'
      ? Buffer.from(await readGiven(path)).toString('utf8')
      : await context.readStandardInput()
  try {
    return parseJson(text)
  } catch {
    throw usageError(
      'The body is not valid JSON: pipe one JSON object in, or name its file with --body; docs/solo.md shows its fields.',
    )
  }
}

async function readGiven(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw usageError(`The file cannot be read (${codeOf(error) ?? 'unknown error'}); check its name.`)
  }
}

function print(context: CommandContext, value: unknown): void {
  if (value === null && !context.json) context.output.say('Done.')
  else context.output.result(context.json ? value : JSON.stringify(value, null, 2))
}

/** To standard output as it is, or to a file that is there whole or not at all. */
async function giveBytes(context: CommandContext, bytes: Uint8Array, path: unknown): Promise<ExitCode> {
  if (typeof path !== 'string') {
    context.output.bytes(bytes)
    return exitCode.done
  }
  try {
    await writeFile(`${path}.part`, bytes, { mode: 0o600, flush: true })
    await rename(`${path}.part`, path)
  } catch (error) {
    // It has data of patients, under a name that nobody looks for.
    await rm(`${path}.part`, { force: true }).catch(() => undefined)
    throw new CommandFailed(
      exitCode.notStarted,
      `The file cannot be written (${codeOf(error) ?? 'unknown error'}); check --output.`,
    )
  }
  context.output.say(`Written: ${bytes.length} bytes.`)
  if (context.json) context.output.result({ bytes: bytes.length })
  return exitCode.done
}

/** The key goes to the keychain and is never printed. */
async function giveWebhook(context: CommandContext, value: unknown): Promise<ExitCode> {
  const { webhook, keyKept, problem } = await keepKeyOf(context.vault, webhookWithKeySchema.parse(value))
  print(context, { ...webhook, keyKept })
  if (problem === null) return exitCode.done
  context.output.say(problem)
  context.output.say(`Fetch the key again with "radpost solo webhook ${webhook.id}" when it can be kept.`)
  return exitCode.unresolved
}

/** The order, the wait with its progress, the zip. Ctrl+C ends the wait; the report goes on in Solo. */
async function encounterReport(
  context: CommandContext,
  parameters: readonly string[],
  values: Texts,
): Promise<ExitCode> {
  const { body: bodyFile, output, 'wait-minutes': minutes = '60', ...others } = values
  const waitMinutes = typeof minutes === 'string' && /^\d{1,4}$/.test(minutes) ? Number(minutes) : null
  if (parameters.length > 0 || Object.keys(others).length > 0 || typeof output !== 'string')
    throw usageError(`Usage: radpost ${waitingUsage}`)
  if (waitMinutes === null) throw usageError('--wait-minutes must be a whole number from 0 to 9999.')
  const order = checked(encounterReportOrder, await readBody(context, bodyFile))
  if (!order.ok) throw refused(order.failure)
  const { signal, output: terminal } = context
  return withSolo(context, async (client) => {
    const ordered = await client.createEncounterReport(order.value, { signal })
    if (!ordered.ok) throw refused(ordered.failure)
    const { id } = ordered.value
    terminal.say(`The report is ordered: ${id}.`)
    const wait = await awaitEncounterReport(client, id, {
      forMs: waitMinutes * 60_000,
      sleep,
      signal,
      onPending: (waitedMs) => terminal.say(`Not ready after ${Math.round(waitedMs / 1000)} s; waiting.`),
    })
    switch (wait.kind) {
      case 'ready': {
        const zip = await client.downloadEncounterReport(id, { signal })
        if (!zip.ok) throw refused(zip.failure)
        return giveBytes(context, zip.value, output)
      }
      case 'refused':
        throw refused(wait.failure)
      case 'failed':
        throw new CommandFailed(
          exitCode.server,
          `Solo could not make the report ${id}; check the preset and the dates, and order it again.`,
        )
      case 'not-yet':
        terminal.say(
          `The report ${id} is not ready yet; fetch it later with "radpost solo download-encounter-report ${id} --output FILE".`,
        )
        return exitCode.unresolved
    }
  })
}

/**
 * Refused before anything was sent: wrong usage, or no key. A write whose outcome nobody knows is not settled;
 * everything else is the server's answer.
 */
function refused({ kind, status, code, outcomeKnown, message }: Failure): CommandFailed {
  if (isNoSecret(code)) return new CommandFailed(exitCode.notStarted, message)
  if (!outcomeKnown) return new CommandFailed(exitCode.unresolved, message)
  return kind === 'validation' && status === null
    ? usageError(message)
    : new CommandFailed(exitCode.server, message)
}
