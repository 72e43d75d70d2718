import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { PlannedFile, ReportPlan, ReportStatus } from '../../shared/delivery.ts'
import { MAX_REPORT_TEXT_BYTES, MAX_UPLOAD_BYTES } from '../../shared/document.ts'
import type { Settings } from '../../shared/settings.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { createParser, usualParserLimits } from '../intake/parser-process/parser.ts'
import { safeFileName } from '../outbox/plan.ts'
import { addComposed, composedContentId, sendComposed, type ComposedFile } from '../station/send-composed.ts'
import { CommandFailed, exitCode, readArguments, usageError, type Command, type ExitCode } from './command.ts'
import { viewOf } from './deliveries.ts'
import { typedText } from './person-commands.ts'
import { domainOf, practicesOf, settingsOf, withProfile } from './setting-up.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { codeOf } from '../intake/file-error.ts'

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
    const files = await readAttachments(values.attach)

    return withProfile(context, async (foundation) => {
      const practices = practicesOf(settings, context)
      try {
        const server = practices.clients.get(domain)
        if (server === undefined) throw usageError(`There is no practice "${domain}".`)
        const appointment = await server.getPending(appointmentId)
        if (!appointment.ok) throw new CommandFailed(exitCode.server, appointment.failure.message)
        refuseWrongPatient(appointment.value, values.confirm ?? null)
        const plan = planOf(
          settings,
          appointment.value,
          status,
          text,
          files,
          values.by ?? null,
          context.now(),
        )
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
  return record.state.state === 'delivered' ? exitCode.done : exitCode.unresolved
}

export function describeSent(record: DeliveryRecord): string {
  const { state } = record
  if (state.state === 'delivered') {
    return `Delivered, receipt ${state.receipt.kind === 'report' ? state.receipt.reportGuid : state.receipt.guid}.`
  }
  if (state.state === 'held') return `Held (${state.reason}): ${state.message}`
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
  const bytes = Buffer.byteLength(text, 'utf8')
  if (bytes > MAX_REPORT_TEXT_BYTES) {
    throw usageError(`The text has ${bytes} bytes; QUBS takes ${MAX_REPORT_TEXT_BYTES} at most.`)
  }
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

async function readAttachments(paths: readonly string[]): Promise<(ComposedFile & { kind: 'pdf' | 'sr' })[]> {
  if (paths.length === 0) return []
  if (paths.length > 20) throw usageError('A report takes 20 attachments at most.')
  const parser = createParser(usualParserLimits)
  try {
    const files: (ComposedFile & { kind: 'pdf' | 'sr' })[] = []
    for (const [index, path] of paths.entries()) {
      const bytes = await readFile(path).catch((error: unknown) => {
        throw usageError(`Attachment ${index + 1} cannot be read (${codeOf(error) ?? 'unknown error'}).`)
      })
      if (bytes.length > MAX_UPLOAD_BYTES) {
        throw usageError(
          `Attachment ${index + 1} has ${bytes.length} bytes; QUBS takes ${MAX_UPLOAD_BYTES} at most.`,
        )
      }
      const reading = await parser.read(bytes)
      // A scan is a fine attachment: the text of the report is typed here anyway.
      if (reading.problem !== null && reading.problem !== 'no-text') {
        throw usageError(`Attachment ${index + 1}: ${reading.message}`)
      }
      if (reading.kind !== 'pdf' && reading.kind !== 'sr') {
        throw usageError(`Attachment ${index + 1} is neither a PDF nor a DICOM SR.`)
      }
      files.push({ name: `attachment-${index + 1}`, bytes, kind: reading.kind })
    }
    return files
  } finally {
    await parser.close()
  }
}

function planOf(
  settings: Settings,
  appointment: PendingAppointment,
  status: ReportStatus,
  reportText: string,
  files: readonly (ComposedFile & { kind: 'pdf' | 'sr' })[],
  by: string | null,
  nowMs: number,
): ReportPlan {
  const { clinician } = settings
  return {
    kind: 'report',
    domain: appointment.domain,
    appointmentId: appointment.appointmentId,
    status,
    reportText,
    reportedAtUtc: new Date(nowMs).toISOString().replace(/\.\d{3}Z$/u, 'Z'),
    clinician: {
      name: nullIfEmpty(clinician.name),
      providerNumber: nullIfEmpty(clinician.providerNumber),
      email: nullIfEmpty(clinician.email),
    },
    files: files.map((file, index): PlannedFile => ({
      fileName: `${safeFileName(appointment.appointmentId)}-report${index === 0 ? '' : `-${index + 1}`}.${file.kind === 'sr' ? 'dcm' : 'pdf'}`,
      contentType: file.kind === 'sr' ? 'application/dicom' : 'application/pdf',
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      sizeBytes: file.bytes.length,
      spoolName: file.name,
      part: 'whole',
    })),
    contentId: composedContentId(reportText, files),
    releases: null,
    confirmedBy: by ?? 'the person at the command line',
  }
}

function nullIfEmpty(value: string): string | null {
  return value === '' ? null : value
}
