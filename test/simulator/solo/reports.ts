import { z } from 'zod'
import { jsonAnswer, type Answer } from '../core/answer.ts'
import { bodyObject } from '../core/json-request.ts'
import { createdAnswer, type SoloCall, type SoloContext, type SoloHandlers } from './solo-call.ts'
import { badParameters, notFound, SoloError } from './solo-error.ts'
import { atomDateTime, calendarDate, readSoloBody, readSoloQuery, requiredText } from './solo-input.ts'
import { lockedZip } from './locked-zip.ts'
import type { SoloEncounterReport } from './solo-records.ts'

/** Exports: the CSV data dump, and encounter reports, which take their time (contract 3.6). */

/** The one preset of the simulated tenant; presets are made in Solo's own web application. */
export const encounterReportPresetId = 'a2c6e3fc-c2f7-4a24-a0d6-eb2343a15469'

const msPerDay = 86_400_000
const columns = ['appointmentId', 'patientId', 'date', 'duration', 'status', 'waitingRoom', 'externalId']

/** Visits that start in the given range, the end excluded. */
function csvOfVisits(fromMs: number, toMs: number, { state }: SoloContext): Buffer {
  const rows = state.visits
    .filter(({ dateSeconds }) => dateSeconds * 1000 >= fromMs && dateSeconds * 1000 < toMs)
    .map((visit) => [
      String(visit.id),
      state.patientBySpid(visit.patientSpid)?.id ?? '',
      new Date(visit.dateSeconds * 1000).toISOString(),
      String(visit.durationSeconds),
      visit.status,
      visit.waitingRoom,
      visit.externalId ?? '',
    ])
  const lines = [columns, ...rows].map((row) => row.map(csvCell).join(','))
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8')
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function download(body: Buffer): Answer {
  return { status: 200, headers: { 'Content-Type': 'application/octet-stream' }, body }
}

/** @throws SoloError 404 */
function reportOf({ parameters }: SoloCall, { state }: SoloContext): SoloEncounterReport {
  const found = state.reports.find(({ id }) => id === parameters['reportId'])
  if (found === undefined) throw notFound('Report')
  return found
}

export const reportCalls: SoloHandlers<
  'solo-csv-data-dump' | 'solo-report-create' | 'solo-report-status' | 'solo-report-download'
> = {
  'solo-csv-data-dump': (call, context) => {
    const { from, to } = readSoloQuery(call.request, z.object({ from: calendarDate, to: calendarDate }))
    if (to < from) throw badParameters([['to', 'This value should not be before "from".']])
    return download(csvOfVisits(Date.parse(from), Date.parse(to) + msPerDay, context))
  },
  'solo-report-create': (call, context) => {
    const body = readSoloBody(
      call.request,
      bodyObject(
        { from: atomDateTime, to: atomDateTime, presetId: requiredText, password: requiredText },
        context.switches.refuseUnknownFields,
      ),
    )
    const [fromMs, toMs] = [Date.parse(body.from), Date.parse(body.to)]
    if (toMs < fromMs) throw badParameters([['to', 'This value should not be before "from".']])
    if (body.presetId !== encounterReportPresetId) throw badParameters([['presetId', 'Preset not found.']])
    const report: SoloEncounterReport = {
      id: context.newId(),
      password: body.password,
      fromMs,
      toMs,
      polls: 0,
      outcome: null,
    }
    context.state.reports.push(report)
    return createdAnswer({ id: report.id, status: 'pending' }, context)
  },
  'solo-report-status': (call, context) => {
    const report = reportOf(call, context)
    if (report.polls >= context.switches.soloReportPolls)
      report.outcome ??= context.switches.soloReportOutcome
    report.polls += 1
    return jsonAnswer(200, { id: report.id, status: report.outcome ?? 'pending' })
  },
  'solo-report-download': (call, context) => {
    const report = reportOf(call, context)
    if (report.outcome !== 'completed') throw new SoloError(404, 'Report is not completed')
    const csv = csvOfVisits(report.fromMs, report.toMs + 1, context)
    return download(lockedZip('encounters.csv', csv, report.password, context.randomBytes))
  },
}
