import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { discrepancyChannels } from '../../shared/delivery.ts'
import {
  ActionRefused,
  discardDelivery,
  resolveDelivery,
  retryDelivery,
  type Resolution,
} from '../outbox/person-actions.ts'
import { answerDiscrepancy, type Told } from '../outbox/answer-discrepancy.ts'
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
import { describeSuggestion, suggestAfter } from './suggest-template.ts'
import { codeOf } from '../intake/file-error.ts'

/** What a named person decides about a held report (interfaces.md 6). Carried out by the next run. */

const resolveUsage =
  'resolve ID [--appointment A [--domain D]] [--birth-date YYYY-MM-DD] [--text-file F | --text T] [--status S] [--release] [--settled delivered|not-delivered] [--discrepancy none|told [--told WHOM --told-at TIME --how in-person|phone|message|other]] --by NAME --reason TEXT'
const retryUsage = 'retry ID'
const discardUsage = 'discard ID --by NAME --reason TEXT'

const carriedOut = 'The next run carries it out.'

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
        discrepancy: { type: 'string' },
        told: { type: 'string' },
        'told-at': { type: 'string' },
        how: { type: 'string' },
        by: { type: 'string' },
        reason: { type: 'string' },
      },
      { min: 1, max: 1, usage: resolveUsage },
    )
    const by = required(values.by, '--by')
    const reason = required(values.reason, '--reason')
    const id = positionals[0] ?? ''
    const settings = settingsOf(context)
    const domains = settings.practices.map((practice) => practice.domain)
    const told = toldOf(values)
    if (told !== undefined) {
      refuseOthersBeside(values)
      return act(
        context,
        ({ journal }) => answerDiscrepancy({ journal, now: context.now, domains }, id, { by, reason, told }),
        'The answer is kept with the audit.',
      )
    }
    const resolution: Resolution = {
      by,
      reason,
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
    const { finalDiffers } = settings.reports
    return withProfile(context, async (foundation) => {
      const { journal } = foundation
      const held = journal.get(id)
      const view = viewOf(
        refusedAsUsage(() =>
          resolveDelivery({ journal, now: context.now, domains, finalDiffers }, id, resolution),
        ),
      )
      const suggestedTemplate = await suggestAfter(context, settings, foundation, held)
      if (context.json) context.output.result({ ...view, suggestedTemplate })
      else {
        context.output.result(`${view.file}: ${view.state}. ${carriedOut}`)
        if (suggestedTemplate !== null) context.output.say(describeSuggestion(suggestedTemplate))
      }
      return exitCode.done
    })
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
  then = carriedOut,
): Promise<ExitCode> {
  return withProfile(context, (foundation) => {
    const view = viewOf(refusedAsUsage(() => action(foundation)))
    context.output.result(context.json ? view : `${view.file}: ${view.state}. ${then}`)
    return Promise.resolve(exitCode.done)
  })
}

/** @throws CommandFailed (wrong usage) where the action does not fit */
function refusedAsUsage(action: () => DeliveryRecord): DeliveryRecord {
  try {
    return action()
  } catch (error) {
    if (error instanceof ActionRefused) throw usageError(error.message)
    throw error
  }
}

type DiscrepancyOptions = {
  readonly discrepancy?: string | undefined
  readonly told?: string | undefined
  readonly 'told-at'?: string | undefined
  readonly how?: string | undefined
}

/** The answer of `--discrepancy`: who was told, or null for none; undefined where the option is not there. */
function toldOf(values: DiscrepancyOptions): Told | null | undefined {
  const answer = oneOf(values.discrepancy, ['none', 'told'], '--discrepancy')
  const details = [values.told, values['told-at'], values.how]
  if (answer !== 'told') {
    if (details.some((detail) => detail !== undefined)) {
      throw usageError('--told, --told-at and --how belong to --discrepancy told.')
    }
    return answer === null ? undefined : null
  }
  const whom = values.told?.trim() ?? ''
  const atMs = Date.parse(values['told-at'] ?? '')
  const how = oneOf(values.how, discrepancyChannels, '--how')
  if (whom === '' || Number.isNaN(atMs) || how === null) {
    throw usageError(
      `--discrepancy told needs --told WHOM, --told-at with a time such as 2026-11-20T08:00:00Z, and --how ${discrepancyChannels.join('|')}.`,
    )
  }
  return { whom: whom.slice(0, 200), atMs, how }
}

/** The answer is about a delivered report; everything else that `resolve` takes is about a held one. */
function refuseOthersBeside(values: { readonly [option: string]: string | boolean | undefined }): void {
  const allowed = ['discrepancy', 'told', 'told-at', 'how', 'by', 'reason']
  const other = Object.entries(values).find(
    ([option, value]) => !allowed.includes(option) && value !== undefined && value !== false,
  )
  if (other !== undefined) throw usageError(`--discrepancy goes alone: leave out --${other[0]}.`)
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
    throw usageError(`The text file cannot be read (${codeOf(error) ?? 'unknown error'}).`)
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
