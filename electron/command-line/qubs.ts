import type { Result } from '../http/outcome.ts'
import type { QubsClient } from '../qubs/client.ts'
import { CommandFailed, exitCode, readArguments, usageError, type Command } from './command.ts'
import { domainOf, practicesOf, settingsOf } from './setting-up.ts'

/**
 * Every reading call of the QUBS client, for scripts. The writing calls are `submit` and `comment`, because a write
 * that is not in the journal could be sent twice.
 */

const options = {
  domain: { type: 'string' },
  'page-size': { type: 'string' },
  'next-token': { type: 'string' },
  any: { type: 'boolean', default: false },
} as const

type Values = {
  readonly 'page-size'?: string | undefined
  readonly 'next-token'?: string | undefined
  readonly any: boolean
}

type Call = {
  readonly parameters: readonly string[]
  readonly summary: string
  run(client: QubsClient, parameters: readonly string[], values: Values): Promise<Result<unknown>>
}

const calls: Readonly<Record<string, Call>> = {
  pending: {
    parameters: [],
    summary: 'one page of the pending list [--page-size N] [--next-token T]',
    run: (client, _, values) =>
      client.listPendingPage({ pageSize: pageSize(values['page-size']), nextToken: values['next-token'] }),
  },
  'pending-appointment': {
    parameters: ['APPOINTMENT'],
    summary: 'one appointment while it is pending reporting',
    run: (client, [id = '']) => client.getPending(id),
  },
  appointment: {
    parameters: ['APPOINTMENT'],
    summary: 'one appointment in any status',
    run: (client, [id = '']) => client.getAppointment(id),
  },
  comments: {
    parameters: ['APPOINTMENT'],
    summary: 'comments and alerts of a pending appointment',
    run: (client, [id = '']) => client.listComments(id),
  },
  attachments: {
    parameters: ['APPOINTMENT'],
    summary: 'attachments [--any: in any status]',
    run: (client, [id = ''], values) => client.listAttachments(id, { scope: scope(values) }),
  },
  attachment: {
    parameters: ['APPOINTMENT', 'GUID'],
    summary: 'one attachment [--any: in any status]',
    run: (client, [id = '', guid = ''], values) => client.getAttachment(id, guid, { scope: scope(values) }),
  },
}

const usage = 'qubs CALL [PARAMETER]… [--domain D] [--json]'

export const qubsCommand: Command = {
  name: 'qubs',
  usage,
  summary: `ask QUBS directly: ${Object.keys(calls).join(', ')}`,
  async run(args, context) {
    const { values, positionals } = readArguments(args, options, { min: 0, max: 3, usage })
    const [name, ...parameters] = positionals
    const call = name === undefined ? undefined : calls[name]
    if (call === undefined) {
      const list = Object.entries(calls).map(
        ([known, { parameters: wanted, summary }]) => `  qubs ${[known, ...wanted].join(' ')}: ${summary}`,
      )
      throw usageError(`Usage: radpost ${usage}\n${list.join('\n')}`)
    }
    if (parameters.length !== call.parameters.length) {
      throw usageError(`Usage: radpost qubs ${[name, ...call.parameters].join(' ')}`)
    }
    const settings = settingsOf(context)
    const domain = domainOf(settings, values.domain)
    const practices = practicesOf(settings, context)
    try {
      const client = practices.clients.get(domain)
      if (client === undefined) throw usageError(`There is no practice "${domain}".`)
      const result = await call.run(client, parameters, values)
      if (!result.ok) throw new CommandFailed(exitCode.server, result.failure.message)
      context.output.result(context.json ? result.value : JSON.stringify(result.value, null, 2))
      return exitCode.done
    } finally {
      await practices.close()
    }
  },
}

function pageSize(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const size = Number(value)
  if (!Number.isInteger(size) || size < 1 || size > 500)
    throw usageError('--page-size takes a whole number from 1 to 500.')
  return size
}

function scope(values: Values): 'any' | 'reporting' {
  return values.any ? 'any' : 'reporting'
}
