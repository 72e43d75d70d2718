import type { ParseArgsOptionsConfig } from 'node:util'
import type { Failure } from '../http/outcome.ts'
import { CommandFailed, exitCode, readArguments, usageError, type Command } from './command.ts'
import { qubsCalls, qubsOptions, type QubsCall, type QubsOptionName, type QubsValues } from './qubs-calls.ts'
import { domainOf, practicesOf, settingsOf } from './setting-up.ts'

const usage = 'qubs CALL [PARAMETER]… [--domain D] [--json]'

const optionNames = Object.keys(qubsOptions).filter((name): name is QubsOptionName => name in qubsOptions)

const accepted: ParseArgsOptionsConfig = {
  domain: { type: 'string' },
  any: { type: 'boolean' },
  all: { type: 'boolean' },
  ...Object.fromEntries(optionNames.map((name) => [name, { type: 'string' }] as const)),
}

/** `radpost qubs CALL`: asks QUBS directly, for scripts (interfaces.md 7). */
export const qubsCommand: Command = {
  name: 'qubs',
  usage,
  summary: `ask QUBS directly: ${Object.keys(qubsCalls).join(', ')}`,
  async run(args, context) {
    const { values, positionals } = readArguments(args, accepted, { min: 0, max: 3, usage })
    const [name = '', ...parameters] = positionals
    const call = Object.hasOwn(qubsCalls, name) ? qubsCalls[name] : undefined
    if (call === undefined) {
      const list = Object.entries(qubsCalls).map(
        ([known, one]) => `  ${describe(known, one)}\n      ${one.summary}`,
      )
      throw usageError(`Usage: radpost ${usage}\n${list.join('\n')}`)
    }
    const given = Object.keys(values).filter((option) => option !== 'domain')
    const allowed: readonly string[] = [...call.options, ...call.switches]
    const isWrong = parameters.length !== call.parameters.length || given.some((o) => !allowed.includes(o))
    if (isWrong) throw usageError(`Usage: radpost ${describe(name, call)}`)
    const { any, all, domain: named, ...texts } = values
    if (all === true && ['page-size', 'next-token', 'skip', 'take'].some((option) => option in texts)) {
      throw usageError('--all reads the whole list: leave --page-size, --next-token, --skip and --take out.')
    }
    const settings = settingsOf(context)
    const domain = domainOf(settings, typeof named === 'string' ? named : undefined)
    const practices = practicesOf(settings, context)
    try {
      const client = practices.clients.get(domain)
      if (client === undefined) throw usageError(`There is no practice "${domain}".`)
      const switches = { any: any === true, all: all === true }
      const result = await call.run(client, parameters, valuesOf(texts, context.signal), switches)
      if (!result.ok) throw refused(result.failure)
      context.output.result(context.json ? result.value : JSON.stringify(result.value, null, 2))
      return exitCode.done
    } finally {
      await practices.close()
    }
  },
}

function describe(name: string, { parameters, options, switches }: QubsCall): string {
  const withValues = options.map((option) => `[--${option} ${qubsOptions[option].placeholder}]`)
  return ['qubs', name, ...parameters, ...withValues, ...switches.map((one) => `[--${one}]`)].join(' ')
}

/** Named and typed as the client's parameters; what is no number becomes NaN, which the client refuses by name. */
function valuesOf(texts: Readonly<Record<string, unknown>>, signal: AbortSignal): QubsValues {
  const entries = optionNames.flatMap((option) => {
    const text = texts[option]
    if (typeof text !== 'string') return []
    const { parameter, kind } = qubsOptions[option]
    const isNumber = /^-?\d{1,15}$/.test(text)
    return [[parameter, kind === 'number' ? (isNumber ? Number(text) : Number.NaN) : text] as const]
  })
  return { ...Object.fromEntries(entries), signal }
}

/** What was refused before anything was sent is a wrong usage; everything else is the server's answer. */
function refused({ kind, status, message }: Failure): CommandFailed {
  return kind === 'validation' && status === null
    ? usageError(message)
    : new CommandFailed(exitCode.server, message)
}
