import type { z } from 'zod'
import type { Result } from '../http/outcome.ts'
import {
  oneAppointment,
  type Caller,
  type CallOptions,
  type ListOptions,
  type PageOptions,
  type ReferrerListOptions,
  type ReferrerPageOptions,
} from './calls.ts'
import {
  listParameters,
  noParameters,
  pageParameters,
  referrerListParameters,
  referrerPageParameters,
} from './parameters.ts'
import { operationalAppointmentSchema, type OperationalAppointment } from './practice-schemas.ts'
import { PASS_PAGE_SIZE } from './reporting-calls.ts'
import {
  appointmentSummarySchema,
  readList,
  readPage,
  type AppointmentSummary,
  type Page,
  type Rows,
} from './schemas.ts'
import { readWholeList, readWholeOffsetList, type WholeList } from './worklist-pass.ts'

/** The filters of a list that is read to its end. */
export type WholeListOptions = Omit<ListOptions, 'skip' | 'take'>

/**
 * Q11–Q16 and Q24: the practice's appointments in any status, as summaries and with what happened on the day, and the
 * same as a referrer sees them. A status is sent exactly as given; unknown ones are the server's business.
 */
export type AppointmentCalls = {
  /** Q11: one part, by date and site. */
  readonly listAppointments: (options?: ListOptions) => Promise<Result<Rows<AppointmentSummary>>>
  /** Q11 to its end, or a failure. */
  readonly listAllAppointments: (options?: WholeListOptions) => Promise<Result<WholeList<AppointmentSummary>>>
  /** Q12: the appointment in any status. */
  readonly getAppointment: (
    appointmentId: string,
    options?: CallOptions,
  ) => Promise<Result<AppointmentSummary>>
  /** Q13: one page. */
  readonly listAppointmentsByStatus: (
    status: string,
    options?: PageOptions,
  ) => Promise<Result<Page<AppointmentSummary>>>
  /** Q13 to its end, or a failure. */
  readonly listAllAppointmentsByStatus: (
    status: string,
    options?: CallOptions,
  ) => Promise<Result<WholeList<AppointmentSummary>>>
  /** Q14: one part, by date and site. */
  readonly listOperational: (options?: ListOptions) => Promise<Result<Rows<OperationalAppointment>>>
  /** Q14 to its end, or a failure. */
  readonly listAllOperational: (
    options?: WholeListOptions,
  ) => Promise<Result<WholeList<OperationalAppointment>>>
  /** Q15. */
  readonly getOperational: (
    appointmentId: string,
    options?: CallOptions,
  ) => Promise<Result<OperationalAppointment>>
  /** Q16: one page. */
  readonly listOperationalByStatus: (
    status: string,
    options?: PageOptions,
  ) => Promise<Result<Page<OperationalAppointment>>>
  /** Q16 to its end, or a failure. */
  readonly listAllOperationalByStatus: (
    status: string,
    options?: CallOptions,
  ) => Promise<Result<WholeList<OperationalAppointment>>>
  /** Q24: Q11 as a referrer sees it. */
  readonly listReferrerAppointments: (
    options?: ReferrerListOptions,
  ) => Promise<Result<Rows<AppointmentSummary>>>
  /** Q24: Q14 as a referrer sees it. */
  readonly listReferrerOperational: (
    options?: ReferrerListOptions,
  ) => Promise<Result<Rows<OperationalAppointment>>>
  /** Q24: Q13 as a referrer sees it. */
  readonly listReferrerByStatus: (
    status: string,
    options?: ReferrerPageOptions,
  ) => Promise<Result<Page<AppointmentSummary>>>
  /** Q24: Q16 as a referrer sees it. */
  readonly listReferrerOperationalByStatus: (
    status: string,
    options?: ReferrerPageOptions,
  ) => Promise<Result<Page<OperationalAppointment>>>
}

type Row = { readonly domain: string; readonly appointmentId: string }
type Parameters = z.ZodType<Readonly<Record<string, unknown>>>

const wholePages =
  <T extends Row>(readOne: (status: string, options: PageOptions) => Promise<Result<Page<T>>>) =>
  (status: string, { signal }: CallOptions = {}): Promise<Result<WholeList<T>>> =>
    readWholeList((nextToken) => readOne(status, { pageSize: PASS_PAGE_SIZE, nextToken, signal }))

const wholeParts =
  <T extends Row>(readOne: (options: ListOptions) => Promise<Result<Rows<T>>>) =>
  (options: WholeListOptions = {}): Promise<Result<WholeList<T>>> =>
    readWholeOffsetList((skip, take) => readOne({ ...options, skip, take }))

export function appointmentCalls({ domain, read }: Caller): AppointmentCalls {
  /** One part of a list that is paged by skip and take. */
  const part =
    <T extends Row>(schema: z.ZodType<T>, parameters: Parameters, path: readonly string[]) =>
    (options: ListOptions = {}): Promise<Result<Rows<T>>> =>
      read(path, parameters, options, (json) => {
        const list = readList(schema, json, domain)
        return list === null ? 'its content is not a list' : { value: list }
      })

  /** One page of a list that is paged by a cursor. */
  const page =
    <T extends Row>(schema: z.ZodType<T>, parameters: Parameters, path: readonly string[]) =>
    (status: string, options: PageOptions = {}): Promise<Result<Page<T>>> =>
      read([...path, 'by-status', status], parameters, options, (json) => {
        const found = readPage(schema, json, domain)
        return found === null ? 'it is not a page of appointments' : { value: found }
      })

  const single =
    <T extends Row>(schema: z.ZodType<T>, path: readonly string[]) =>
    (appointmentId: string, options: CallOptions = {}): Promise<Result<T>> =>
      read([...path, appointmentId], noParameters, options, oneAppointment(schema, domain, appointmentId))

  const summary = appointmentSummarySchema
  const operational = operationalAppointmentSchema
  const all = ['appointments']
  const day = ['appointments', 'operational']
  const referrer = ['appointments', 'referrer']
  const referrerDay = ['appointments', 'referrer', 'operational']

  const listAppointments = part(summary, listParameters, all)
  const listOperational = part(operational, listParameters, day)
  const listAppointmentsByStatus = page(summary, pageParameters, all)
  const listOperationalByStatus = page(operational, pageParameters, day)

  return {
    listAppointments,
    listAllAppointments: wholeParts(listAppointments),
    getAppointment: single(summary, all),
    listAppointmentsByStatus,
    listAllAppointmentsByStatus: wholePages(listAppointmentsByStatus),
    listOperational,
    listAllOperational: wholeParts(listOperational),
    getOperational: single(operational, day),
    listOperationalByStatus,
    listAllOperationalByStatus: wholePages(listOperationalByStatus),
    listReferrerAppointments: part(summary, referrerListParameters, referrer),
    listReferrerOperational: part(operational, referrerListParameters, referrerDay),
    listReferrerByStatus: page(summary, referrerPageParameters, referrer),
    listReferrerOperationalByStatus: page(operational, referrerPageParameters, referrerDay),
  }
}
