import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import {
  ActionRefused,
  discardDelivery,
  resolveDelivery,
  retryDelivery,
  type Resolution,
} from '../outbox/person-actions.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import type { Foundation } from '../station/foundation.ts'
import {
  exitCode,
  readArguments,
  usageError,
  type Command,
  type CommandContext,
  type ExitCode,
} from './command.ts'
import { viewOf } from './deliveries.ts'
import { settingsOf, withProfile } from './setting-up.ts'

/** What a named person decides about a held report (interfaces.md 6). Carried out by the next run. */

const resolveUsage =
  'resolve ID [--appointment A [--domain D]] [--birth-date YYYY-MM-DD] [--text-file F | --text T] [--status S] [--release] [--settled delivered|not-delivered] --by NAME --reason TEXT'
const retryUsage = 'retry ID'
const discardUsage = 'discard ID --by NAME --reason TEXT'

export const resolveCommand: Command = {
  name: 'resolve',
  usage: resolveUsage,
  summary: 'decide about a held report, as a named person',
  async run(args, context) {
    const { values, positionals } = readArguments(
      args,
      {
        appointment: { type: 'string' },
        domain: { type: 'string' },
        'birth-date': { type: 'string' },
        'text-file': { type: 'string' },
        text: { type: 'string' },
        status: { type: 'string' },
        release: { type: 'boolean', default: false },
        settled: { type: 'string' },
        by: { type: 'string' },
        reason: { type: 'string' },
      },
      { min: 1, max: 1, usage: resolveUsage },
    )
    const resolution: Resolution = {
      by: required(values.by, '--by'),
      reason: required(values.reason, '--reason'),
      appointment:
        values.appointment === undefined
          ? null
          : { domain: values.domain ?? null, appointmentId: values.appointment },
      birthDate: birthDate(values['birth-date']),
      text: await typedText(values.text, values['text-file']),
      status: oneOf(values.status, ['preliminary', 'final'], '--status'),
      release: values.release,
      settled: oneOf(values.settled, ['delivered', 'not-delivered'], '--settled'),
    }
    const domains = settingsOf(context).practices.map((practice) => practice.domain)
    return act(context, ({ journal }) =>
      resolveDelivery({ journal, now: context.now, domains }, positionals[0] ?? '', resolution),
    )
  },
}

export const retryCommand: Command = {
  name: 'retry',
  usage: retryUsage,
  summary: 'try a waiting, gone or rejected delivery again with the next run',
  async run(args, context) {
    const { positionals } = readArguments(args, {}, { min: 1, max: 1, usage: retryUsage })
    return act(context, ({ journal }) =>
      retryDelivery({ journal, now: context.now, domains: [] }, positionals[0] ?? ''),
    )
  },
}

export const discardCommand: Command = {
  name: 'discard',
  usage: discardUsage,
  summary: 'give up a held delivery; the file itself stays in Held/',
  async run(args, context) {
    const { values, positionals } = readArguments(
      args,
      { by: { type: 'string' }, reason: { type: 'string' } },
      { min: 1, max: 1, usage: discardUsage },
    )
    const by = required(values.by, '--by')
    const reason = required(values.reason, '--reason')
    return act(context, ({ journal }) =>
      discardDelivery({ journal, now: context.now, domains: [] }, positionals[0] ?? '', by, reason),
    )
  },
}

async function act(
  context: CommandContext,
  action: (foundation: Foundation) => DeliveryRecord,
): Promise<ExitCode> {
  return withProfile(context, async (foundation) => {
    try {
      const view = viewOf(action(foundation))
      context.output.result(context.json ? view : `${view.file}: ${view.state}. The next run carries it out.`)
      return exitCode.done
    } catch (error) {
      if (error instanceof ActionRefused) throw usageError(error.message)
      throw error
    }
  })
}

function required(value: string | undefined, option: string): string {
  if (value === undefined || value.trim() === '')
    throw usageError(`${option} is required: decisions are kept with their author.`)
  return value.trim()
}

function birthDate(value: string | undefined): string | null {
  if (value === undefined) return null
  if (!z.iso.date().safeParse(value).success) throw usageError('--birth-date takes a date as YYYY-MM-DD.')
  return value
}

function oneOf<T extends string>(value: string | undefined, allowed: readonly T[], option: string): T | null {
  if (value === undefined) return null
  const found = allowed.find((entry) => entry === value)
  if (found === undefined) throw usageError(`${option} takes ${allowed.join(' or ')}.`)
  return found
}

/** Text as typed or from a file; never trimmed (contract 1.6 Q8 "stored as-is"). */
export async function typedText(text: string | undefined, file: string | undefined): Promise<string | null> {
  if (text !== undefined && file !== undefined) throw usageError('Give --text or --text-file, not both.')
  if (file === undefined) {
    if (text?.trim() === '') throw usageError('--text is blank.')
    return text ?? null
  }
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (error) {
    throw usageError(
      `The text file cannot be read (${(error as { code?: string }).code ?? 'unknown error'}).`,
    )
  }
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (decoded.trim() === '') throw usageError('The text file is blank.')
    return decoded
  } catch (error) {
    if (error instanceof TypeError)
      throw usageError('The text file is not UTF-8. Save it as UTF-8 and try again.')
    throw error
  }
}
