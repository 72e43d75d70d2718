import type { Result } from '../http/outcome.ts'
import type { QubsClient } from '../qubs/client.ts'

/**
 * Every reading call of the QUBS client as a table for the command line. The writing calls are `submit` and `comment`,
 * because a write that is not in the journal could be sent twice.
 */

/** An option of the command line with the parameter of the client that it becomes. */
type QubsOption = {
  readonly parameter: string
  readonly kind: 'text' | 'number'
  readonly placeholder: string
}

/** What the values of options become; the client's own schemas check them (electron/qubs/parameters.ts). */
export const qubsOptions = {
  'page-size': { parameter: 'pageSize', kind: 'number', placeholder: 'N' },
  'next-token': { parameter: 'nextToken', kind: 'text', placeholder: 'T' },
  date: { parameter: 'appointmentDate', kind: 'text', placeholder: 'YYYY-MM-DD' },
  site: { parameter: 'scheduledSite', kind: 'text', placeholder: 'SITE' },
  skip: { parameter: 'skip', kind: 'number', placeholder: 'N' },
  take: { parameter: 'take', kind: 'number', placeholder: 'N' },
  'start-date': { parameter: 'startDate', kind: 'text', placeholder: 'YYYY-MM-DD' },
  'end-date': { parameter: 'endDate', kind: 'text', placeholder: 'YYYY-MM-DD' },
  'utc-offset-minutes': { parameter: 'clientUtcOffsetMinutes', kind: 'number', placeholder: 'N' },
  'url-ttl-seconds': { parameter: 'urlTtlSeconds', kind: 'number', placeholder: 'N' },
  disposition: { parameter: 'disposition', kind: 'text', placeholder: 'inline|attachment' },
} as const satisfies Record<string, QubsOption>
export type QubsOptionName = keyof typeof qubsOptions

/** Options as the client takes them: named as its parameters, numbers as numbers. */
export type QubsValues = {
  readonly pageSize?: number
  readonly nextToken?: string
  readonly appointmentDate?: string
  readonly scheduledSite?: string
  readonly skip?: number
  readonly take?: number
  readonly startDate?: string
  readonly endDate?: string
  readonly clientUtcOffsetMinutes?: number
  readonly urlTtlSeconds?: number
  readonly disposition?: 'inline' | 'attachment'
  readonly signal?: AbortSignal
}

/** Options without a value: `--any` (an appointment in any status), `--all` (the list to its end). */
export type QubsSwitches = { readonly any: boolean; readonly all: boolean }
export type QubsSwitchName = keyof QubsSwitches

export type QubsCall = {
  readonly parameters: readonly string[]
  readonly options: readonly QubsOptionName[]
  readonly switches: readonly QubsSwitchName[]
  readonly summary: string
  readonly run: (
    client: QubsClient,
    parameters: readonly string[],
    values: QubsValues,
    switches: QubsSwitches,
  ) => Promise<Result<unknown>>
}

const pages = ['page-size', 'next-token'] as const
const parts = ['date', 'site', 'skip', 'take'] as const
const referrer = ['start-date', 'end-date', 'utc-offset-minutes'] as const
const addresses = ['url-ttl-seconds', 'disposition'] as const
const plain = { options: [], switches: [] } as const

const scope = ({ any }: QubsSwitches): 'any' | 'reporting' => (any ? 'any' : 'reporting')

export const qubsCalls: Readonly<Record<string, QubsCall>> = {
  pending: {
    parameters: [],
    options: pages,
    switches: ['all'],
    summary: 'the pending list, one page or all of it',
    run: (client, _, values, { all }) =>
      all ? client.listAllPending(values) : client.listPendingPage(values),
  },
  'pending-appointment': {
    ...plain,
    parameters: ['APPOINTMENT'],
    summary: 'one appointment while it is pending reporting',
    run: (client, [id = ''], values) => client.getPending(id, values),
  },
  comments: {
    parameters: ['APPOINTMENT'],
    options: [],
    switches: ['any'],
    summary: 'comments and alerts of an appointment and its patient',
    run: (client, [id = ''], values, switches) =>
      client.listComments(id, { ...values, scope: scope(switches) }),
  },
  comment: {
    ...plain,
    parameters: ['APPOINTMENT', 'GUID'],
    summary: 'one comment while the appointment is pending reporting',
    run: (client, [id = '', guid = ''], values) => client.getComment(id, guid, values),
  },
  attachments: {
    parameters: ['APPOINTMENT'],
    options: addresses,
    switches: ['any'],
    summary: 'attachments of an appointment',
    run: (client, [id = ''], values, switches) =>
      client.listAttachments(id, { ...values, scope: scope(switches) }),
  },
  attachment: {
    parameters: ['APPOINTMENT', 'GUID'],
    options: addresses,
    switches: ['any'],
    summary: 'one attachment',
    run: (client, [id = '', guid = ''], values, switches) =>
      client.getAttachment(id, guid, { ...values, scope: scope(switches) }),
  },
  appointments: {
    parameters: [],
    options: parts,
    switches: ['all'],
    summary: 'appointments in any status, by date and site',
    run: (client, _, values, { all }) =>
      all ? client.listAllAppointments(values) : client.listAppointments(values),
  },
  appointment: {
    ...plain,
    parameters: ['APPOINTMENT'],
    summary: 'one appointment in any status',
    run: (client, [id = ''], values) => client.getAppointment(id, values),
  },
  'appointments-by-status': {
    parameters: ['STATUS'],
    options: pages,
    switches: ['all'],
    summary: 'appointments in one status, such as "NOT ARRIVED"',
    run: (client, [status = ''], values, { all }) =>
      all
        ? client.listAllAppointmentsByStatus(status, values)
        : client.listAppointmentsByStatus(status, values),
  },
  operational: {
    parameters: [],
    options: parts,
    switches: ['all'],
    summary: 'the schedule: appointments with what happened on the day, by date and site',
    run: (client, _, values, { all }) =>
      all ? client.listAllOperational(values) : client.listOperational(values),
  },
  'operational-appointment': {
    ...plain,
    parameters: ['APPOINTMENT'],
    summary: 'one appointment with what happened on the day',
    run: (client, [id = ''], values) => client.getOperational(id, values),
  },
  'operational-by-status': {
    parameters: ['STATUS'],
    options: pages,
    switches: ['all'],
    summary: 'the schedule in one status',
    run: (client, [status = ''], values, { all }) =>
      all
        ? client.listAllOperationalByStatus(status, values)
        : client.listOperationalByStatus(status, values),
  },
  sites: {
    ...plain,
    parameters: [],
    summary: 'the sites that the credentials may see',
    run: (client, _, values) => client.listSites(values),
  },
  site: {
    ...plain,
    parameters: ['SITE'],
    summary: 'the settings of a site, its time zone among them',
    run: (client, [site = ''], values) => client.getSite(site, values),
  },
  'exam-codes': {
    ...plain,
    parameters: ['SITE'],
    summary: 'the exam codes of a site',
    run: (client, [site = ''], values) => client.listExamCodes(site, values),
  },
  'staff-skills': {
    ...plain,
    parameters: ['SITE'],
    summary: 'who can do which exams at a site',
    run: (client, [site = ''], values) => client.getStaffSkills(site, values),
  },
  patient: {
    ...plain,
    parameters: ['PATIENT'],
    summary: 'the summary of a patient',
    run: (client, [id = ''], values) => client.getPatient(id, values),
  },
  'referrer-appointments': {
    parameters: [],
    options: [...parts, ...referrer],
    switches: [],
    summary: 'appointments as a referrer sees them',
    run: (client, _, values) => client.listReferrerAppointments(values),
  },
  'referrer-operational': {
    parameters: [],
    options: [...parts, ...referrer],
    switches: [],
    summary: 'the schedule as a referrer sees it',
    run: (client, _, values) => client.listReferrerOperational(values),
  },
  'referrer-by-status': {
    parameters: ['STATUS'],
    options: [...pages, ...referrer],
    switches: [],
    summary: 'appointments in one status as a referrer sees them',
    run: (client, [status = ''], values) => client.listReferrerByStatus(status, values),
  },
  'referrer-operational-by-status': {
    parameters: ['STATUS'],
    options: [...pages, ...referrer],
    switches: [],
    summary: 'the schedule in one status as a referrer sees it',
    run: (client, [status = ''], values) => client.listReferrerOperationalByStatus(status, values),
  },
}
