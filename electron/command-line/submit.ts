import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { MAX_ATTACHMENTS, reportTextFault } from '../../shared/composed-report.ts'
import type { ReportPlan, ReportStatus } from '../../shared/delivery.ts'
import type { DocumentIdentity } from '../../shared/document.ts'
import type { Settings } from '../../shared/settings.ts'
import { sameAppointment, type PendingAppointment } from '../../shared/worklist.ts'
import { codeOf } from '../intake/file-error.ts'
import { createParser, usualParserLimits } from '../intake/parser-process/parser.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import {
  attachedKind,
  composedPlan,
  otherPatientFault,
  sizeFault,
  textFaultSentence,
  tooManyFiles,
  type AttachedFile,
} from '../station/compose-report.ts'
import { addComposed, sendComposed } from '../station/send-composed.ts'
import { CommandFailed, exitCode, readArguments, usageError, type Command, type ExitCode } from './command.ts'
import { viewOf } from './deliveries.ts'
import { typedText } from './person-commands.ts'
import { domainOf, practicesOf, settingsOf, withProfile } from './setting-up.ts'

const usage =
  'submit APPOINTMENT --text-file F --status preliminary|final [--attach FILE]… [--domain D] [--by NAME] [--confirm BIRTHDATE]'

/** A report written by a person (interfaces.md 7): the same durable steps as a dropped one. */
export const submitCommand: Command = {
  name: 'submit',
  usage,
  summary: 'send a report typed by a person; final needs the patient’s birth date',
  async run(args, context) {
    const { values, positionals } = readArguments(
      args,
      {
        'text-file': { type: 'string' },
        status: { type: 'string' },
        attach: { type: 'string', multiple: true, default: [] },
        domain: { type: 'string' },
        by: { type: 'string' },
        confirm: { type: 'string' },
      },
      { min: 1, max: 1, usage },
    )
    const status = statusOf(values.status)
    const text = await typedText(undefined, values['text-file'])
    if (text === null) throw usageError('--text-file is required.')
    refuseBadText(text)
    if (status === 'final' && values.confirm === undefined) {
      throw usageError('A final report needs --confirm with the patient’s birth date (YYYY-MM-DD).')
    }
    if (values.confirm !== undefined && !z.iso.date().safeParse(values.confirm).success) {
      throw usageError('--confirm takes the patient’s birth date as YYYY-MM-DD.')
    }
    const settings = settingsOf(context)
    const domain = domainOf(settings, values.domain)
    const appointmentId = positionals[0] ?? ''
    const files = await readAttachments(values.attach, settings)

    return withProfile(context, async (foundation) => {
      const practices = practicesOf(settings, context)
      try {
        const server = practices.clients.get(domain)
        if (server === undefined) throw usageError(`There is no practice "${domain}".`)
        const appointment = await server.getPending(appointmentId)
        if (!appointment.ok) throw new CommandFailed(exitCode.server, appointment.failure.message)
        refuseWrongPatient(appointment.value, values.confirm ?? null)
        refuseOthersFiles(files, appointment.value, settings)
        const plan = composedPlan({
          appointment: appointment.value,
          status,
          text,
          clinician: settings.clinician,
          files,
          confirmedBy: values.by ?? 'the person at the command line',
          releases: null,
          atMs: context.now(),
        })
        refuseOpenTwin(foundation.journal, plan)
        const parts = {
          foundation,
          server,
          now: context.now,
          random: context.random,
          signal: context.signal,
          finalDiffers: settings.reports.finalDiffers,
        }
        const sent = await sendComposed(parts, await addComposed(parts, plan, files))
        const view = viewOf(sent)
        context.output.result(context.json ? view : describeSent(sent))
        return exitCodeOf(sent)
      } finally {
        await practices.close()
      }
    })
  },
}

export function exitCodeOf(record: DeliveryRecord): ExitCode {
  const { state } = record.state
  return state === 'delivered' || state === 'duplicate' ? exitCode.done : exitCode.unresolved
}

export function describeSent(record: DeliveryRecord): string {
  const { state } = record
  if (state.state === 'delivered') {
    return `Delivered, receipt ${state.receipt.kind === 'report' ? state.receipt.reportGuid : state.receipt.guid}.`
  }
  if (state.state === 'duplicate') {
    return `Nothing was sent: this very report has been delivered already, as delivery ${state.of}.`
  }
  if (state.state === 'held') return `Held (${state.reason}) as delivery ${record.id}: ${state.message}`
  if (state.state === 'waiting') {
    return `Waiting (${state.reason}): ${state.message} The next run tries again.`
  }
  return `It is ${state.state}.`
}

function statusOf(value: string | undefined): ReportStatus {
  if (value === 'preliminary' || value === 'final') return value
  throw usageError('--status takes preliminary or final.')
}

function refuseBadText(text: string): void {
  const fault = reportTextFault(text)
  if (fault !== null) throw usageError(textFaultSentence(fault))
}

function refuseWrongPatient(appointment: PendingAppointment, confirmed: string | null): void {
  if (confirmed === null) return
  if (appointment.dateOfBirth === null) {
    throw usageError(
      'QUBS gives no birth date for this appointment, so it cannot be confirmed. Send it preliminary, or in QUBS itself.',
    )
  }
  if (appointment.dateOfBirth !== confirmed) {
    throw usageError('The birth date typed is not the one of this appointment’s patient. Nothing was sent.')
  }
}

/** The same report under another name is the very doubling that nobody wants (interfaces.md 5). */
function refuseOpenTwin(journal: Pick<Journal, 'inStates'>, plan: ReportPlan): void {
  const twin = journal
    .inStates(['queued', 'sending', 'waiting', 'held'])
    .find(
      ({ plan: other }) =>
        other?.kind === 'report' &&
        sameAppointment(other, plan) &&
        other.contentId === plan.contentId &&
        other.status === plan.status,
    )
  if (twin === undefined) return
  throw new CommandFailed(
    exitCode.unresolved,
    `Nothing was sent: this very report is delivery ${twin.id}, which is ${twin.state.state}. "radpost deliveries" shows what that one needs.`,
  )
}

/** A contradiction always stops it (interfaces.md 4). */
function refuseOthersFiles(
  files: readonly ReadFile[],
  appointment: PendingAppointment,
  settings: Settings,
): void {
  for (const [index, { identity }] of files.entries()) {
    const fault = otherPatientFault(identity, appointment, settings)
    if (fault !== null) throw usageError(`Attachment ${index + 1}: ${fault} Nothing was sent.`)
  }
}

type ReadFile = AttachedFile & { readonly identity: DocumentIdentity }

async function readAttachments(paths: readonly string[], { reports }: Settings): Promise<ReadFile[]> {
  if (paths.length === 0) return []
  if (paths.length > MAX_ATTACHMENTS) throw usageError(tooManyFiles)
  const parser = createParser(usualParserLimits, undefined, reports.templates)
  try {
    const files: ReadFile[] = []
    for (const [index, path] of paths.entries()) {
      const bytes = await readFile(path).catch((error: unknown) => {
        throw usageError(`Attachment ${index + 1} cannot be read (${codeOf(error) ?? 'unknown error'}).`)
      })
      const tooLarge = sizeFault(bytes.length)
      if (tooLarge !== null) throw usageError(`Attachment ${index + 1}: ${tooLarge}`)
      const reading = await parser.read(bytes)
      const attached = attachedKind(reading)
      if (!attached.ok) throw usageError(`Attachment ${index + 1}: ${attached.message}`)
      files.push({ name: `attachment-${index + 1}`, bytes, kind: attached.kind, identity: reading.identity })
    }
    return files
  } finally {
    await parser.close()
  }
}
