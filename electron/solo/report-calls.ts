import type { z } from 'zod'
import type { Result } from '../http/outcome.ts'
import { one } from '../qubs/calls.ts'
import { perfectAnswerSchema, reportStateSchema, type ReportState } from './answers.ts'
import { checked, type CallOptions, type SoloCaller } from './caller.ts'
import { path } from './path.ts'
import {
  dumpRange,
  encounterReportOrder,
  perfectAnswerFields,
  type DumpRange,
  type EncounterReportOrder,
  type PerfectAnswerFields,
} from './requests.ts'

/** Exports, and the "perfect answer" intake (contract 3.6, 3.7). */
export type ReportCalls = {
  /** CSV. */
  readonly downloadDataDump: (range: DumpRange, options?: CallOptions) => Promise<Result<Uint8Array>>
  readonly createEncounterReport: (
    order: EncounterReportOrder,
    options?: CallOptions,
  ) => Promise<Result<ReportState>>
  readonly getEncounterReport: (reportId: string, options?: CallOptions) => Promise<Result<ReportState>>
  /** A zip that the password of the order opens. */
  readonly downloadEncounterReport: (reportId: string, options?: CallOptions) => Promise<Result<Uint8Array>>
  readonly createPerfectAnswer: (
    fields: PerfectAnswerFields,
    options?: CallOptions,
  ) => Promise<Result<z.infer<typeof perfectAnswerSchema>>>
}

export function reportCalls({ read, write, download }: SoloCaller): ReportCalls {
  return {
    async downloadDataDump(given, options = {}) {
      const range = checked(dumpRange, given)
      if (!range.ok) return range
      return download({ method: 'GET', path: path`reports/csv-data-dump`, query: range.value }, options)
    },
    async createEncounterReport(given, options = {}) {
      const order = checked(encounterReportOrder, given)
      if (!order.ok) return order
      return write(
        { method: 'POST', path: path`encounter-report/create`, body: { kind: 'json', value: order.value } },
        options,
        'look in Solo whether the report was ordered',
        one(reportStateSchema),
      )
    },
    getEncounterReport: (reportId, options = {}) =>
      read(
        { method: 'GET', path: path`encounter-report/status/${reportId}` },
        options,
        one(reportStateSchema),
      ),
    downloadEncounterReport: (reportId, options = {}) =>
      download({ method: 'GET', path: path`encounter-report/download/${reportId}` }, options),
    async createPerfectAnswer(given, options = {}) {
      const fields = checked(perfectAnswerFields, given)
      if (!fields.ok) return fields
      return write(
        { method: 'POST', path: path`perfect-answer`, body: { kind: 'json', value: fields.value } },
        options,
        "look at the patient's visits of today in Solo",
        one(perfectAnswerSchema),
      )
    },
  }
}
